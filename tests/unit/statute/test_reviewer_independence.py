"""Independence of a reviewer: lineage of bodies, the period, the look-back."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.engines.statute import Declaration, Verdict, check_independence
from candour.engines.statute.independence import (
    CaseInvolvement,
    CommissionerRole,
    Engagement,
    PublishedView,
    Relation,
    Succession,
    read_independence_rules,
)
from candour.kernel.errors import Invalid

CLEAN = Declaration(
    commissioned_on=date(2025, 2, 3),
    period_start=date(2022, 1, 1),
    period_end=date(2024, 10, 1),
    agencies_in_scope=("North Council",),
    body_history=(),
    engagements=(),
    case_involvement=CaseInvolvement.NONE,
    relation=Relation.NONE,
    commissioner_role=CommissionerRole.NONE,
    commissioner_until=None,
    same_board_reviews=0,
    published_view=PublishedView.NONE,
)
SPLIT = (
    Succession("Whole County", "North Council", date(2021, 4, 1)),
    Succession("Whole County", "South Council", date(2021, 4, 1)),
)


def worked_for(body: str, until: date | None, since: date = date(2001, 1, 1)) -> Declaration:
    engagement = Engagement(body, "employment", since, until)
    return replace(CLEAN, engagements=(engagement,), body_history=SPLIT)


def test_a_body_is_the_same_as_its_predecessor() -> None:
    result = check_independence(worked_for("Whole County", date(2021, 3, 31)))
    assert result.kinds == ("recent_engagement",)
    assert result.verdict is Verdict.DECLARE_AND_DECIDE


def test_the_other_half_of_a_split_body_is_another_body() -> None:
    assert check_independence(worked_for("South Council", None)).verdict is Verdict.INDEPENDENT


def test_spelling_differences_of_case_and_space_do_not_hide_a_body() -> None:
    assert check_independence(worked_for(" north  COUNCIL", None)).kinds == ("current_engagement",)


@given(until=st.dates(date(2005, 1, 1), date(2030, 1, 1)))
def test_an_engagement_bars_in_the_period_asks_in_the_look_back_and_lapses(until: date) -> None:
    verdict = check_independence(worked_for("North Council", until)).verdict
    if until >= CLEAN.period_start:
        assert verdict is Verdict.CONFLICT
    elif until >= date(2020, 2, 3):
        assert verdict is Verdict.DECLARE_AND_DECIDE
    else:
        assert verdict is Verdict.INDEPENDENT


@pytest.mark.parametrize(
    ("until", "kinds"),
    [
        (date(2025, 2, 3), ("commissioner",)),
        (date(2023, 1, 1), ("commissioner_in_period",)),
        (date(2021, 1, 1), ("former_commissioner",)),
        (date(2019, 1, 1), ()),
    ],
)
def test_a_former_office_bars_in_the_period_and_asks_in_the_look_back(
    until: date, kinds: tuple[str, ...]
) -> None:
    former = replace(CLEAN, commissioner_role=CommissionerRole.FORMER, commissioner_until=until)
    assert check_independence(former).kinds == kinds


def test_a_former_office_without_its_end_is_asked_for() -> None:
    with pytest.raises(Invalid, match="Give the day on which it ended"):
        check_independence(replace(CLEAN, commissioner_role=CommissionerRole.FORMER))


def test_a_part_in_the_case_has_no_limit_of_time() -> None:
    for part in (
        CaseInvolvement.DIRECT,
        CaseInvolvement.SUPERVISORY,
        CaseInvolvement.AGENCY_AUTHOR,
    ):
        assert check_independence(replace(CLEAN, case_involvement=part)).verdict is Verdict.CONFLICT


def test_a_bar_is_never_softened_by_something_that_only_asks_for_a_decision() -> None:
    both = replace(CLEAN, published_view=PublishedView.GENERAL, relation=Relation.FAMILY_OF_CHILD)
    result = check_independence(both)
    assert result.verdict is Verdict.CONFLICT
    assert result.kinds == ("relation", "published_view")
    assert len(result.reasons) == 2


def test_the_look_back_is_a_setting(tmp_path: Path) -> None:
    (tmp_path / "independence.toml").write_text("[setting.look_back_years]\nvalue = 2\n")
    left = worked_for("Whole County", date(2021, 3, 31))
    rules = read_independence_rules(tmp_path)
    assert check_independence(left, rules).verdict is Verdict.INDEPENDENT


def test_a_circle_in_the_history_of_bodies_does_not_hang() -> None:
    circle = (
        Succession("A", "B", date(2010, 1, 1)),
        Succession("B", "A", date(2015, 1, 1)),
    )
    engaged = replace(worked_for("A", None), body_history=circle, agencies_in_scope=("B",))
    assert check_independence(engaged).verdict is Verdict.CONFLICT


def test_work_that_began_after_the_period_and_has_ended_asks_for_a_decision() -> None:
    after = worked_for("North Council", date(2024, 12, 31), since=date(2024, 10, 2))
    assert check_independence(after).kinds == ("recent_engagement",)
