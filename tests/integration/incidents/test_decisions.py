"""Findings, recommendation and decision: people find, the engine advises, reasons are kept."""

from datetime import date, timedelta

import pytest
from tests.world import (
    a_member,
    a_partners_trio,
    a_rapid_review,
    a_recommended_incident,
    a_screened_incident,
    an_agency,
    every_criterion_found,
)

from candour.cases.access import Access
from candour.duties.models import Duty
from candour.duties.states import state_of
from candour.incidents.facts import children_of
from candour.incidents.models import (
    CriterionFinding,
    FirstHoursStep,
    Recommendation,
    ReviewDecision,
)
from candour.incidents.services.assessment import (
    criteria_unanswered,
    criteria_word,
    find_criterion,
)
from candour.incidents.services.correcting import correct_facts
from candour.incidents.services.decision import (
    decide,
    record_partner_view,
    standing_decision,
)
from candour.incidents.services.scoping import send_scoping
from candour.incidents.services.screening import begin_screening, recommend
from candour.kernel import clock
from candour.kernel.errors import EditedElsewhere, Invalid, NotPermitted, WrongState
from candour.people.roles import PartnerBody, Role

Outcome = Recommendation.Outcome
Finding = CriterionFinding.Finding


def found(access: Access, criterion: str, finding: Finding, version: int = 0) -> CriterionFinding:
    return find_criterion(
        access=access,
        child=children_of(access.case)[0],
        criterion=criterion,
        finding=finding,
        evidence="",
        reason="Because of the medical opinion",
        seen_version=version,
    )


# Criterion by criterion


def test_every_criterion_that_arises_must_be_answered_for_every_child(scr: Access) -> None:
    unanswered = criteria_unanswered(scr.case)

    assert any("abuse or neglect" in question for question in unanswered)
    # Concern about working together is never asked where a child died.
    assert not any("worked together" in question for question in unanswered)

    every_criterion_found(scr)
    assert criteria_unanswered(scr.case) == []


def test_cannot_tell_yet_is_an_answer_but_not_a_criterion_found_unmet(scr: Access) -> None:
    every_criterion_found(scr, "undetermined")

    assert criteria_unanswered(scr.case) == []
    assert criteria_word(scr.case) == "met_or_unclear"


def test_criteria_are_unmet_only_where_both_facts_and_findings_rule_a_review_out(
    scr: Access,
) -> None:
    every_criterion_found(scr, "not_met")
    assert criteria_word(scr.case) == "met_or_unclear"  # the facts still say suspected abuse

    child = children_of(scr.case)[0]
    correct_facts(
        access=scr,
        child=child,
        seen_version=1,
        age_years="2",
        facts={
            "abuse_neglect": "not_indicated",
            "outcome": "death",
            "normally_resident": "yes",
            "detention_setting": "none",
            "mha_detained": "no",
        },
    )
    assert criteria_word(scr.case) == "not_met"


def test_a_finding_needs_a_reason_and_a_question_that_the_rules_ask(scr: Access) -> None:
    child = children_of(scr.case)[0]
    with pytest.raises(Invalid, match="reasons_missing"):
        find_criterion(
            access=scr,
            child=child,
            criterion="b_i_death",
            finding=Finding.MET,
            evidence="",
            reason=" ",
        )
    with pytest.raises(Invalid, match="criterion_unknown"):
        found(scr, "public_interest", Finding.MET)


def test_two_people_finding_on_one_criterion_lose_nothing(scr: Access) -> None:
    found(scr, "b_i_death", Finding.MET)

    with pytest.raises(EditedElsewhere):
        found(scr, "b_i_death", Finding.NOT_MET)
    assert found(scr, "b_i_death", Finding.UNDETERMINED, version=1).version == 2


def test_the_sub_group_finds_but_an_agency_author_does_not(scr: Access) -> None:
    found(a_member(scr, Role.SUB_GROUP), "b_i_death", Finding.MET)

    author = a_member(scr, Role.AGENCY_AUTHOR, agency=an_agency())
    with pytest.raises(NotPermitted):
        found(author, "child", Finding.MET)


# Screening and recommendation


def test_screening_waits_for_the_records_notice_and_the_safety_check(scr: Access) -> None:
    with pytest.raises(WrongState, match="records_notice_missing"):
        begin_screening(access=scr, lead_area_settled=True)

    FirstHoursStep.objects.filter(case=scr.case, code="records").update(done_at=clock.now())
    with pytest.raises(WrongState, match="safety_check_missing"):
        begin_screening(access=scr, lead_area_settled=True)


def test_the_sub_group_recommends_once_every_agency_answered_or_was_chased(scr: Access) -> None:
    a_screened_incident(scr)
    send_scoping(access=scr, agency=an_agency(name="Testshire Police"), due_on=clock.today())

    with pytest.raises(WrongState, match="scoping_outstanding"):
        _recommended(scr)


def test_members_declare_conflicts_before_they_recommend(scr: Access) -> None:
    a_screened_incident(scr)

    with pytest.raises(WrongState, match="conflict_not_declared"):
        _recommended(scr, conflicts_declared=False)


def test_a_recommendation_keeps_its_dissent(scr: Access) -> None:
    a_screened_incident(scr)

    assert _recommended(scr, dissent="Health disagreed").dissent == "Health disagreed"
    assert state_of(scr.case) == "RECOMMENDED"


def _recommended(
    manager: Access, dissent: str = "", conflicts_declared: bool = True
) -> Recommendation:
    return recommend(
        access=a_member(manager, Role.SUB_GROUP),
        outcome=Outcome.REVIEW,
        reasons="Both criteria are met",
        dissent=dissent,
        recommended_on=clock.today(),
        conflicts_declared=conflicts_declared,
    )


# The Chair


@pytest.fixture
def chair(scr: Access) -> Access:
    return a_member(a_recommended_incident(scr), Role.CHAIR)


def test_the_chair_alone_decides_on_a_serious_case_review(chair: Access, scr: Access) -> None:
    partner = a_member(scr, Role.LEAD_PARTNER, partner_body=PartnerBody.POLICE)
    for other in (partner, scr):
        with pytest.raises(NotPermitted):
            decide(access=other, outcome=Outcome.REVIEW, reasons="Met")

    decide(access=chair, outcome=Outcome.REVIEW, reasons="Met")

    assert state_of(scr.case) == "DECIDED_SCR"
    standing = standing_decision(scr.case)
    assert standing and standing.outcome == "review"
    assert Duty.objects.get(case=scr.case, code="S6").starts_on == clock.today()


def test_deciding_against_a_review_whose_criteria_look_met_needs_its_own_reason(
    chair: Access,
) -> None:
    with pytest.raises(WrongState, match="override_reason_missing"):
        decide(access=chair, outcome=Outcome.NONE, reasons="Nothing to learn")
    assert standing_decision(chair.case) is None

    decide(
        access=chair,
        outcome=Outcome.NONE,
        reasons="Nothing to learn",
        override_reasons="The coroner found a natural cause",
    )
    assert Duty.objects.get(case=chair.case, code="S4").starts_on == clock.today()


def test_another_exercise_is_named(chair: Access) -> None:
    with pytest.raises(Invalid, match="reasons_missing"):
        decide(access=chair, outcome=Outcome.OTHER, reasons="Smaller", override_reasons="x")


def test_a_decision_entered_later_keeps_both_days_and_meets_its_clock_on_the_day_it_was_taken(
    chair: Access,
) -> None:
    taken = clock.today() - timedelta(days=3)
    Duty.objects.create(
        case=chair.case,
        code="S3",
        name="Decide",
        owed_by="The Chair",
        owed_to="The board",
        rule_set="WT2013",
        starts_on=taken - timedelta(days=30),
        due_on=taken,
        basis="secondary",
    )

    decision = decide(access=chair, outcome=Outcome.REVIEW, reasons="Met", decided_on=taken)

    assert decision.decided_on == taken
    assert clock.day_of(decision.recorded_at) == clock.today()
    met = Duty.objects.get(case=chair.case, code="S3").fulfilled_at
    assert met and clock.day_of(met) == taken


def test_a_decision_cannot_lie_ahead(chair: Access) -> None:
    with pytest.raises(Invalid, match="day_ahead"):
        decide(access=chair, outcome=Outcome.REVIEW, reasons="Met", decided_on=date(2014, 3, 5))


def test_findings_under_a_decision_stay_as_they_were(chair: Access, scr: Access) -> None:
    decide(access=chair, outcome=Outcome.REVIEW, reasons="Met")

    with pytest.raises(WrongState, match="already_decided"):
        found(scr, "b_i_death", Finding.NOT_MET, version=1)


def test_nobody_decides_while_a_criterion_is_unanswered(chair: Access) -> None:
    CriterionFinding.objects.filter(case=chair.case, criterion="b_i_death").delete()

    with pytest.raises(WrongState, match="Has the child died"):
        decide(access=chair, outcome=Outcome.REVIEW, reasons="Met")


# The three partners


@pytest.fixture
def partners(cspr: Access) -> list[Access]:
    a_rapid_review(cspr)
    every_criterion_found(cspr)
    return list(a_partners_trio(cspr).values())


def proposed(partners: list[Access], outcome: Outcome = Outcome.REVIEW) -> ReviewDecision:
    return decide(access=partners[0], outcome=outcome, reasons="There is learning in it")


def test_a_decision_of_the_partners_stands_only_when_all_three_agree(
    partners: list[Access],
) -> None:
    decision = proposed(partners)
    for partner in partners[:2]:
        record_partner_view(access=partner, decision=decision, agrees=True, reasons="Yes")
        assert standing_decision(decision.case) is None

    record_partner_view(access=partners[2], decision=decision, agrees=True, reasons="Yes")

    assert standing_decision(decision.case) == decision
    assert Duty.objects.get(case=decision.case, code="C6").starts_on == decision.decided_on


def test_where_one_partner_disagrees_nothing_stands_and_the_disagreement_is_kept(
    partners: list[Access],
) -> None:
    decision = proposed(partners)
    for number, partner in enumerate(partners):
        record_partner_view(
            access=partner, decision=decision, agrees=number != 1, reasons=f"Reason {number}"
        )

    assert standing_decision(decision.case) is None
    assert decision.views.get(agrees=False).reasons == "Reason 1"

    later = proposed(partners, Outcome.NONE)
    with pytest.raises(WrongState, match="superseded"):
        record_partner_view(access=partners[0], decision=decision, agrees=True, reasons="Yes")
    assert later.superseded_at is None


def test_a_partner_answers_once_with_reasons(partners: list[Access]) -> None:
    decision = proposed(partners)
    with pytest.raises(Invalid):
        record_partner_view(access=partners[0], decision=decision, agrees=True, reasons="")
    record_partner_view(access=partners[0], decision=decision, agrees=True, reasons="Yes")

    with pytest.raises(WrongState, match="already_answered"):
        record_partner_view(access=partners[0], decision=decision, agrees=False, reasons="No")


def test_a_deputy_or_the_chair_does_not_answer_for_a_partner(
    partners: list[Access], cspr: Access
) -> None:
    decision = proposed(partners)
    for role in (Role.DEPUTY_PARTNER, Role.CHAIR):
        other = a_member(cspr, role, partner_body=PartnerBody.POLICE)
        with pytest.raises(NotPermitted):
            record_partner_view(access=other, decision=decision, agrees=True, reasons="Yes")


def test_a_chair_who_stands_for_no_partner_does_not_open_the_partners_decision(
    partners: list[Access], cspr: Access
) -> None:
    with pytest.raises(NotPermitted):
        decide(access=a_member(cspr, Role.CHAIR), outcome=Outcome.REVIEW, reasons="Yes")


def test_partners_decide_only_after_the_rapid_review_has_begun(cspr: Access) -> None:
    every_criterion_found(cspr)
    partner = a_member(cspr, Role.LEAD_PARTNER, partner_body=PartnerBody.HEALTH)

    with pytest.raises(WrongState, match="no_such_transition"):
        decide(access=partner, outcome=Outcome.REVIEW, reasons="Early")
