"""Facts that do not fit are pointed out, the assessment goes on, and nothing is put right."""

import json
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import pytest

from candour.engines.statute import CaseFacts, assess, contradictions
from candour.engines.statute.command import main
from candour.engines.statute.facts import (
    Answer,
    ChildOutcome,
    DetentionSetting,
    HarmBasis,
    Responsible,
)

CASE = CaseFacts(
    rule_set="WT2023", notify_rule_set="WT2023", age_years=10, known_on=date(2024, 5, 7)
)


def test_facts_that_fit_raise_no_doubt() -> None:
    assert contradictions(CASE, happened_on=date(2024, 5, 6), decided_on=date(2024, 6, 1)) == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"suspected_suicide": Answer.YES, "outcome": ChildOutcome.SERIOUS_HARM},
            "but not a death",
        ),
        (
            {"outcome": ChildOutcome.NEITHER, "harm_basis": HarmBasis.IMPAIRMENT_PHYSICAL},
            "neither death nor serious harm",
        ),
        ({"care_leaver": Answer.YES}, "care leaver of 10"),
        ({"care_leaver": Answer.NO, "care_leaver_age": 19}, "somebody who is none"),
        ({"dol_order": Answer.YES}, "at 16 or 17"),
        ({"in_area": Answer.YES, "outside_england": Answer.YES}, "outside England"),
        (
            {"looked_after": Answer.NO, "responsible_authority": Responsible.YES},
            "not looked after",
        ),
        (
            {"age_years": "unborn", "detention_setting": DetentionSetting.REMAND},
            "unborn child",
        ),
    ],
)
def test_facts_that_do_not_fit_are_named_and_assessed_all_the_same(
    changed: dict[str, Any], said: str
) -> None:
    facts = replace(CASE, **changed)
    (doubt,) = contradictions(facts)
    assert said in doubt
    assert assess(facts).review.outcome


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"happened_on": date(2024, 5, 8)}, "aware before it happened"),
        ({"decided_on": date(2024, 5, 1)}, "before the authority became aware"),
        ({"today": date(2024, 5, 1)}, "lies ahead"),
    ],
)
def test_days_out_of_order_are_named(days: dict[str, date], said: str) -> None:
    (doubt,) = contradictions(CASE, **days)
    assert said in doubt


def test_the_command_names_them_beside_its_answer() -> None:
    line = {"known_date": "2024-05-07", "incident_date": "2024-05-09"}
    out = StringIO()
    assert main(["assess"], [json.dumps(line)], out) == 0
    assert "aware before it happened" in json.loads(out.getvalue())["contradictions"][0]
