"""Every step says what it needs; the right person supplies it; the case moves on honest facts."""

import uuid

import pytest
from django.urls import reverse
from tests import world
from tests.process import good_facts, taken_to

from candour.cases.access import Access
from candour.cases.models import Case, Membership
from candour.duties.models import Duty, Status
from candour.duties.states import move, state_of
from candour.engines.statute.machines import machine
from candour.kernel.errors import Hidden, Invalid, NotPermitted, WrongState
from candour.people.roles import PartnerBody, Role
from candour.process.models import Statement
from candour.process.questions import QUESTIONS
from candour.process.services import say, take_step
from candour.process.steps import OWN_PAGE, SUPPLIED_ON, TYPED, next_step, next_steps
from candour.reports.models import Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def scr() -> Access:
    return world.a_case(regime=Case.Regime.SCR, rule_set="WT2015")


@pytest.fixture
def cspr() -> Access:
    return world.a_case()


def page(access: Access, name: str, **further: str) -> str:
    return reverse(f"process:{name}", kwargs={"reference": access.case.reference, **further})


def say_yes(access: Access, *facts: str, answer: bool = True) -> None:
    for fact in facts:
        say(access=access, fact=fact, answer=answer, note="I looked at it")


def codes_missing(access: Access, target: str) -> set[str]:
    return {need.guard.code for need in next_step(access, target).missing}


@pytest.mark.parametrize("code", ["SCR", "CSPR"])
def test_every_fact_of_every_step_can_be_supplied_somewhere(code: str) -> None:
    left = {
        (step.event, guard.name)
        for step in machine(code).transitions
        for guard in step.guards
        if step.target not in OWN_PAGE and f"{step.source}>{step.target}" not in OWN_PAGE
        if not {each.fact for way in guard.alternatives for each in way}
        & (set(SUPPLIED_ON) | set(QUESTIONS) | TYPED | {"published", "today"})
    }
    assert left == set()


def test_every_page_named_as_a_place_of_supply_exists() -> None:
    for page_name in {*OWN_PAGE.values(), *SUPPLIED_ON.values()}:
        assert reverse(page_name, kwargs={"reference": "CR-2222-2222"}), page_name


def test_a_draft_waits_for_returns_episodes_practitioners_and_family(scr: Access) -> None:
    taken_to(scr, "IN_REVIEW")
    reviewer = reviewer_of(scr)
    assert codes_missing(reviewer, "DRAFT_REPORT") == {
        "agency_reports_unsigned",
        "as_at_evidence_missing",
        "practitioner_step_missing",
        "family_step_missing",
    }
    with pytest.raises(WrongState, match="agency_reports_unsigned"):
        take_step(access=reviewer, target="DRAFT_REPORT", reasons="The analysis is done")
    say_yes(reviewer, "practitioner_event")
    assert "practitioner_step_missing" not in codes_missing(reviewer, "DRAFT_REPORT")
    assert state_of(scr.case) == "IN_REVIEW"


def reviewer_of(manager: Access) -> Access:
    """A lead reviewer put on the case as an accepted appointment would."""
    user = world.a_user("Robin Example")
    Membership.objects.create(
        case=manager.case, user=user, role=Role.LEAD_REVIEWER, granted_by_id=manager.actor.id
    )
    return world.access_for(user, manager.case)


def test_a_step_belongs_to_whom_the_process_names(scr: Access) -> None:
    taken_to(scr, "IN_REVIEW")
    found = next_step(scr, "DRAFT_REPORT")
    assert not found.is_for_this_person
    with pytest.raises(WrongState, match="actor_not_permitted"):
        take_step(access=scr, target="DRAFT_REPORT", reasons="I would like to")


def test_the_board_accepts_a_report_only_when_all_is_answered_and_checked(scr: Access) -> None:
    taken_to(scr, "FACT_CHECK")
    world.a_report(scr)
    chair = world.a_member(scr, Role.CHAIR)
    say_yes(scr, "comments_resolved", "plain_english", "jigsaw_passed")
    say_yes(scr, "needs_redaction", answer=True)
    assert codes_missing(chair, "BOARD_ACCEPTED") == {
        "anonymisation_not_cleared",
        "redaction_needed",
    }
    say_yes(chair, "needs_redaction", answer=False)
    world.a_check(scr)
    assert codes_missing(chair, "BOARD_ACCEPTED") == set()

    take_step(access=chair, target="BOARD_ACCEPTED", reasons="Accepted at the meeting of the board")

    assert state_of(scr.case) == "BOARD_ACCEPTED"
    assert Report.objects.get(case=scr.case).state == Report.State.ACCEPTED
    last = Status.objects.filter(case=scr.case).last()
    assert last is not None
    assert last.reasons == "Accepted at the meeting of the board"


def test_an_edit_after_the_check_takes_the_step_away_again(scr: Access) -> None:
    taken_to(scr, "DRAFT_REPORT")
    world.a_report(scr)
    world.a_check(scr)
    assert codes_missing(scr, "FACT_CHECK") == set()
    world.write_in(scr, "introduction", "Written again since.")
    assert codes_missing(scr, "FACT_CHECK") == {"version_not_frozen"}


def test_a_question_is_answered_by_whom_it_is_for_and_says_how_they_know(scr: Access) -> None:
    lawyer = world.a_member(scr, Role.LEGAL_ADVISER)
    with pytest.raises(NotPermitted):
        say_yes(lawyer, "comments_resolved")
    with pytest.raises(Invalid, match="reasons_missing"):
        say(access=scr, fact="comments_resolved", answer=True, note=" ")
    with pytest.raises(Hidden):
        say_yes(scr, "anything_else")
    say_yes(scr, "comments_resolved", answer=False)
    say_yes(scr, "comments_resolved", answer=True)
    assert Statement.objects.filter(case=scr.case).count() == 2


def test_actions_run_beside_the_review_and_leave_it_where_it_stands(scr: Access) -> None:
    taken_to(scr, "RESPONSE_AGREED")
    chair = world.a_member(scr, Role.CHAIR)
    taken_to_actions = {step.step.target for step in next_steps(chair) if step.step.track}
    assert taken_to_actions == {"ACTIONS_OPEN"}
    step = machine("SCR").transition("RESPONSE_AGREED", "ACTIONS_OPEN")
    assert step is not None
    move(access=chair, target="ACTIONS_OPEN", facts=good_facts(step))
    assert state_of(scr.case) == "RESPONSE_AGREED"
    assert state_of(scr.case, "actions") == "ACTIONS_OPEN"
    assert {"NONPUB_PROPOSED", "PRE_PUBLICATION", "ACTIONS_CLOSED"} <= {
        each.step.target for each in next_steps(chair)
    }


def test_a_case_is_published_in_its_process_only_once_the_archive_has_the_report(
    scr: Access,
) -> None:
    taken_to(scr, "PRE_PUBLICATION")
    chair = world.a_member(scr, Role.CHAIR)
    assert next_step(chair, "PUBLISHED").own_page == "publication:publication"
    with pytest.raises(Hidden):
        take_step(access=chair, target="PUBLISHED", reasons="It is time")


def test_partners_return_a_report_with_reasons_and_it_comes_again(cspr: Access) -> None:
    taken_to(cspr, "REPORT_SUBMITTED")
    partner = world.a_member(cspr, Role.LEAD_PARTNER, partner_body=PartnerBody.HEALTH)
    with pytest.raises(Invalid, match="reasons_missing"):
        take_step(access=partner, target="RETURNED", reasons=" ")
    take_step(access=partner, target="RETURNED", reasons="No analysis of why")
    assert state_of(cspr.case) == "RETURNED"
    assert [each.step.target for each in next_steps(partner)] == ["REPORT_SUBMITTED"]


def test_improvements_are_published_in_place_of_a_report(cspr: Access) -> None:
    partner = world.partners_who_do_not_publish(cspr)[PartnerBody.HEALTH]
    with pytest.raises(WrongState, match="improvements_text_missing"):
        take_step(access=partner, target="IMPROVEMENTS_PUBLISHED", reasons="Done")
    say_yes(partner, "improvements_text")
    take_step(access=partner, target="IMPROVEMENTS_PUBLISHED", reasons="Done")
    assert Duty.objects.filter(case=cspr.case, code="C8", earliest=True).exists()


def test_a_national_review_is_followed_to_its_report_and_local_actions_begin_meanwhile(
    cspr: Access,
) -> None:
    taken_to(cspr, "NATIONAL_REVIEW")
    assert {each.step.target for each in next_steps(cspr)} == {"NATIONAL_PUBLISHED", "ACTIONS_OPEN"}
    take_step(access=cspr, target="NATIONAL_PUBLISHED", reasons="The panel published it today")
    assert Duty.objects.get(case=cspr.case, code="C9").earliest


def test_a_step_that_cannot_follow_is_not_there(cspr: Access) -> None:
    with pytest.raises(Hidden):
        take_step(access=cspr, target="PUBLISHED", reasons="At once")


def test_a_step_with_a_page_of_its_own_is_not_taken_here(cspr: Access) -> None:
    with pytest.raises(Hidden):
        take_step(access=cspr, target="SIN_SENT", reasons="At once")


def test_a_step_is_taken_through_its_page_from_what_is_missing_to_the_next_state(
    cspr: Access,
) -> None:
    taken_to(cspr, "REPORT_SUBMITTED")
    partner = world.a_member(cspr, Role.LEAD_PARTNER, partner_body=PartnerBody.POLICE)
    browser = world.a_browser(partner)
    listed = browser.get(page(partner, "steps")).content.decode()
    assert "Accepting the report" in listed
    assert "1 thing missing" in listed

    where = page(partner, "step", target="accepted")
    shown = browser.get(where).content.decode()
    asking = page(partner, "say", fact="quality_check")
    assert asking in shown
    assert "Take this step" not in shown
    sent = {"answer": "yes", "note": "Read by all three", "submission": str(uuid.uuid4())}
    assert browser.post(asking, sent).status_code == 302
    assert "Take this step" in browser.get(where).content.decode()
    done = browser.post(where, {"reasons": "It answers why", "submission": str(uuid.uuid4())})
    assert done.status_code == 302
    assert state_of(cspr.case) == "ACCEPTED"


def test_agencies_do_not_see_what_may_follow(cspr: Access) -> None:
    author = world.a_member(cspr, Role.AGENCY_AUTHOR, agency=world.an_agency())
    assert world.a_browser(author).get(page(author, "steps")).status_code == 404
