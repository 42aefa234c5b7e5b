"""Forty-five vectors written, with their answers, from the law and the README before the engine
was asked: what stands in none of the files of vectors.
"""

import pytest

from candour.engines.statute.command import (
    assess_record,
    due_record,
    independence_record,
    transition_record,
)

Row = dict[str, str]
CHILD: Row = {
    "known_date": "",
    "decision_date": "",
    "sp_arrangements_start": "",
    "abuse_neglect": "suspected",
    "outcome": "death",
    "harm_basis": "none",
    "interagency_concern": "definitively_none",
    "detention_setting": "none",
    "mha_detained": "no",
    "dol_order": "no",
    "suspected_suicide": "no",
    "looked_after": "no",
    "responsible_authority": "not_applicable",
    "regulated_setting": "no",
    "in_area": "yes",
    "normally_resident": "yes",
    "outside_england": "no",
    "age_years": "9",
    "care_leaver": "no",
    "care_leaver_age": "",
    "child_role": "victim",
    "special_trigger": "none",
}
HARMED = {"outcome": "serious_harm", "harm_basis": "impairment_physical", "abuse_neglect": "known"}
SINCE_2018 = {"interagency_concern": "not_applicable"}

CRITERIA = [
    # A death with abuse suspected needs no failure of any agency and no contact before it.
    ("WT2013", "2014-05-06", {}, "must_review", "limb_b_i", "yes"),
    (
        "WT2013",
        "2014-05-06",
        {**HARMED, "interagency_concern": "unclear"},
        "must_review_unless_definitively_no_concern",
        "limb_b_ii_reversed_burden",
        "yes",
    ),
    (
        "WT2013",
        "2014-05-06",
        {"abuse_neglect": "not_indicated", "detention_setting": "yoi", "age_years": "17"},
        "must_review",
        "always_custody",
        "yes",
    ),
    # An order that deprives of liberty is an "always" case only from 2015 on.
    (
        "WT2013",
        "2014-05-06",
        {"abuse_neglect": "not_indicated", "dol_order": "yes", "age_years": "16"},
        "not_required",
        "none",
        "no",
    ),
    (
        "WT2015",
        "2016-05-09",
        {"abuse_neglect": "not_indicated", "mha_detained": "yes", "age_years": "15"},
        "must_review",
        "always_mha",
        "yes",
    ),
    (
        "WT2015",
        "2016-05-09",
        {"abuse_neglect": "not_indicated", "looked_after": "yes", "responsible_authority": "yes"},
        "not_required",
        "none",
        "yes",
    ),
    (
        "WT2015",
        "2016-05-09",
        {"suspected_suicide": "yes", "abuse_neglect": "not_yet_known", "age_years": "15"},
        "undetermined",
        "undetermined",
        "undetermined",
    ),
    (
        "WT2015",
        "2016-05-09",
        {"suspected_suicide": "yes", "abuse_neglect": "not_indicated", "age_years": "15"},
        "not_required",
        "none",
        "no",
    ),
    # Recovery does not undo serious harm.
    (
        "WT2015",
        "2016-05-09",
        {**HARMED, "harm_basis": "one_off_recovered", "interagency_concern": "concern"},
        "must_review",
        "limb_b_ii",
        "yes",
    ),
    # Since 2018 custody is no ground of its own, and a death in it counts as any other.
    (
        "WT2018",
        "2020-10-06",
        {**SINCE_2018, "detention_setting": "remand", "age_years": "17"},
        "rapid_review_required",
        "s16c_in_area_death",
        "yes",
    ),
    (
        "WT2018",
        "2020-10-06",
        {**SINCE_2018, "abuse_neglect": "not_indicated", "detention_setting": "remand"},
        "not_required",
        "none",
        "no",
    ),
    (
        "WT2018",
        "2020-10-06",
        {**SINCE_2018, **HARMED, "age_years": "18"},
        "not_required",
        "none",
        "no",
    ),
    (
        "WT2018",
        "2020-10-06",
        {
            **SINCE_2018,
            "abuse_neglect": "not_indicated",
            "age_years": "20",
            "care_leaver": "yes",
            "care_leaver_age": "20",
        },
        "not_required",
        "none",
        "no",
    ),
    (
        "WT2023",
        "2025-03-04",
        {
            **SINCE_2018,
            "abuse_neglect": "not_indicated",
            "age_years": "20",
            "care_leaver": "yes",
            "care_leaver_age": "20",
        },
        "not_required",
        "none",
        "yes",
    ),
    (
        "WT2023",
        "2025-03-04",
        {
            **SINCE_2018,
            "abuse_neglect": "not_indicated",
            "age_years": "25",
            "care_leaver": "yes",
            "care_leaver_age": "25",
        },
        "not_required",
        "none",
        "no",
    ),
]


@pytest.mark.parametrize(("rules", "known", "facts", "outcome", "route", "notifiable"), CRITERIA)
def test_criteria(
    rules: str, known: str, facts: Row, outcome: str, route: str, notifiable: str
) -> None:
    days = {"incident_date": known, "known_date": known}
    answer = assess_record({**CHILD, **days, "rule_set": rules, "notify_rule_set": rules, **facts})
    found = (answer["outcome"], answer["route"], answer["notifiable"])
    assert found == (outcome, route, notifiable)


CLOCKS = [
    ("WT2018", "C1", "2018-12-21T16:00+00:00", "2019-01-02"),
    ("WT2018", "C4", "2020-04-27", "2020-05-19"),
    ("WT2018", "C1", "2022-05-30", "2022-06-08"),
    ("WT2018", "C1", "2022-09-15", "2022-09-23"),
    ("WT2023", "C1", "2024-06-30T23:30Z", "2024-07-08"),
    ("WT2023", "C4", "2025-12-19", "2026-01-14"),
    ("WT2015", "S1", "2017-04-13", "2017-04-24"),
    ("WT2013", "S3", "2014-01-30", "2014-02-28"),
    ("WT2010", "S6", "2011-08-31", "2012-02-29"),
    ("WT2013", "S4", "2013-12-24", "2014-01-07"),
    ("WT2013", "S7b", "2014-01-01", "2013-12-25"),
    ("WT2015", "S7b", "2016-03-29", "2016-03-16"),
    ("WT2018", "C6", "2023-08-31", "2024-02-29"),
    ("WT2018", "T1", "2019-06-30", "2020-06-30"),
    ("WT2023", "C7b", "2026-04-08", "2026-03-26"),
    ("WT2023", "C8", "2024-02-29", "2025-02-28"),
]


@pytest.mark.parametrize(("rules", "code", "start", "due"), CLOCKS)
def test_clocks(rules: str, code: str, start: str, due: str) -> None:
    row = {"rule_set": rules, "clock_code": code, "start_datetime": start}
    assert due_record(row)["due_date"] == due


def test_seventy_two_hours_over_the_end_of_summer_time() -> None:
    row = {"rule_set": "WT2010", "clock_code": "S2", "start_datetime": "2012-10-26T17:00+01:00"}
    assert due_record(row)["due_datetime"] == "2012-10-29T16:00+00:00"


REVIEWER: Row = {
    "rule_set": "WT2015",
    "commissioned_on": "2017-06-01",
    "review_period_start": "2014-01-01",
    "review_period_end": "2017-01-31",
    "agencies_in_scope": "Eastmoor Council; Eastmoor Health Trust",
    "body_history": "",
    "engagements": "",
    "case_involvement": "none",
    "relation": "none",
    "commissioner_role": "none",
    "same_board_reviews": "0",
    "published_view": "none",
}
SPLIT = (
    "Northshire Council>Eastmoor Council@2013-04-01; Northshire Council>Westmoor Council@2013-04-01"
)
INDEPENDENCE = [
    ({"engagements": "Eastmoor Council,employment,2002-01-01,2010-12-31"}, "independent", "none"),
    (
        {"engagements": "Eastmoor Council,employment,2002-01-01,2013-06-30"},
        "declare_and_decide",
        "recent_engagement",
    ),
    (
        {
            "engagements": "Eastmoor Primary Care Trust,contract,2013-09-01,2014-03-31",
            "body_history": "Eastmoor Primary Care Trust>Eastmoor Health Trust@2014-04-01",
        },
        "conflict",
        "engaged_in_period",
    ),
    # The other half of a council that was split is another body.
    (
        {
            "engagements": "Westmoor Council,employment,2013-05-01,2016-12-31",
            "body_history": SPLIT,
        },
        "independent",
        "none",
    ),
    ({"published_view": "this_case"}, "conflict", "prejudgement"),
    ({"case_involvement": "direct"}, "conflict", "case_involvement"),
]


@pytest.mark.parametrize(("facts", "expected", "kinds"), INDEPENDENCE)
def test_independence(facts: Row, expected: str, kinds: str) -> None:
    answer = independence_record({**REVIEWER, **facts})
    assert answer["expected"] == expected
    assert kinds in str(answer["conflict_kinds"]).split("+")


WORKFLOW = [
    ("WT2013", "SCR", "CHALLENGED>RECONSIDERED", "chair", "reply_sent=yes", ""),
    ("WT2013", "SCR", "CHALLENGED>DECIDED_SCR", "chair", "", "no_such_transition"),
    ("WT2015", "SCR", "IN_REVIEW>PUBLISHED", "chair", "", "no_such_transition"),
    (
        "WT2015",
        "SCR",
        "PUBLISHED>ARCHIVED",
        "business_manager",
        "published=2016-03-01; today=2017-02-28",
        "retention_not_elapsed",
    ),
    (
        "WT2015",
        "SCR",
        "PUBLISHED>ARCHIVED",
        "business_manager",
        "published=2016-03-01; today=2017-03-01",
        "",
    ),
    ("WT2023", "CSPR", "SIN_SENT>RR_SIGNED_OFF", "safeguarding_partners", "", "no_such_transition"),
    ("WT2023", "CSPR", "PANEL_QUERIES>RR_WITH_PANEL", "national_panel", "", "actor_not_permitted"),
]


@pytest.mark.parametrize(("rules", "kind", "step", "actor", "facts", "code"), WORKFLOW)
def test_workflow(rules: str, kind: str, step: str, actor: str, facts: str, code: str) -> None:
    source, _, target = step.partition(">")
    answer = transition_record(
        {
            "rule_set": rules,
            "machine": kind,
            "from_state": source,
            "to_state": target,
            "actor_role": actor,
            "guard_facts": facts,
        }
    )
    expected = "refused" if code else "allowed"
    assert (answer["expected"], answer["refusal_code"]) == (expected, code)
