"""Not publishing is a state of the case, with reasons and dissent; advice never overrules it."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from tests import world
from tests.process import taken_to

from candour.cases.access import Access
from candour.cases.models import Case
from candour.duties.models import Duty, Status
from candour.duties.states import state_of
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, NotPermitted, WrongState
from candour.people.roles import PartnerBody, Role
from candour.process.services import take_step
from candour.process.steps import next_step, next_steps
from candour.publication.models import NonPublication, NonPublicationLetter
from candour.publication.policies import in_the_way_of_publishing
from candour.publication.services.not_publishing import (
    Grounds,
    answer_on_not_publishing,
    decide_not_to_publish,
    present_decision,
    publish_after_all,
    record_told_of_not_publishing,
)
from candour.publication.services.panel_on_not_publishing import (
    Advice,
    file_advice,
    reply_about_not_publishing,
)

pytestmark = pytest.mark.django_db
Outcome = NonPublicationLetter.Outcome


@pytest.fixture
def scr() -> Access:
    return world.a_case(regime=Case.Regime.SCR, rule_set="WT2015")


@pytest.fixture
def cspr() -> Access:
    return world.a_case()


def in_force(access: Access) -> NonPublication:
    decision = present_decision(access.case)
    assert decision is not None
    return decision


def advised(
    manager: Access, outcome: NonPublicationLetter.Outcome = Outcome.DISAGREED
) -> NonPublicationLetter:
    due = clock.today() + timedelta(days=14)
    advice = Advice(outcome, clock.today(), "We have read your reasons", "NP/7", due)
    return file_advice(access=manager, advice=advice)


def test_the_chair_decides_with_reasons_alternatives_and_dissent_and_the_case_stands_there(
    scr: Access,
) -> None:
    world.a_board_that_does_not_publish(scr)
    decision = in_force(scr)
    assert state_of(scr.case) == "NONPUB_PROPOSED"
    assert decision.stands_from
    assert decision.dissent == world.GROUNDS.dissent
    assert Status.objects.filter(case=scr.case).last().reasons == world.GROUNDS.reasons  # type: ignore[union-attr]


@pytest.mark.parametrize("left_out", ["reasons", "alternatives"])
def test_no_report_is_kept_back_without_reasons_and_alternatives(
    scr: Access, left_out: str
) -> None:
    taken_to(scr, "RESPONSE_AGREED")
    chair = world.a_member(scr, Role.CHAIR)
    words = {"reasons": "A sibling", "alternatives": "A summary", left_out: " "}
    with pytest.raises(Invalid, match=left_out):
        decide_not_to_publish(access=chair, grounds=Grounds(**words))
    assert state_of(scr.case) == "RESPONSE_AGREED"


def test_nobody_but_those_who_decide_keeps_a_report_back(scr: Access) -> None:
    taken_to(scr, "RESPONSE_AGREED")
    with pytest.raises(NotPermitted):
        decide_not_to_publish(access=scr, grounds=world.GROUNDS)


def test_a_report_that_is_not_there_yet_cannot_be_kept_back(scr: Access) -> None:
    taken_to(scr, "IN_REVIEW")
    chair = world.a_member(scr, Role.CHAIR)
    with pytest.raises(WrongState, match="no_such_transition"):
        decide_not_to_publish(access=chair, grounds=world.GROUNDS)


def test_since_2018_it_stands_only_once_all_three_partners_agree(cspr: Access) -> None:
    taken_to(cspr, "ACCEPTED")
    partners = world.a_partners_trio(cspr)
    council, police, health = partners.values()
    decision = decide_not_to_publish(access=council, grounds=world.GROUNDS)
    answer_on_not_publishing(access=police, decision=decision, agrees=True, reasons="Yes")
    assert state_of(cspr.case) == "ACCEPTED"
    with pytest.raises(WrongState, match="already_answered"):
        answer_on_not_publishing(access=police, decision=decision, agrees=True, reasons="Twice")
    answer_on_not_publishing(access=health, decision=decision, agrees=True, reasons="Yes")
    assert state_of(cspr.case) == "INAPPROPRIATE_TO_PUBLISH"
    assert in_force(cspr).stands_from


def test_one_partner_who_does_not_agree_leaves_the_report_to_be_published(cspr: Access) -> None:
    taken_to(cspr, "ACCEPTED")
    council, police, health = world.a_partners_trio(cspr).values()
    decision = decide_not_to_publish(access=council, grounds=world.GROUNDS)
    for partner, agrees in ((police, False), (health, True)):
        answer_on_not_publishing(access=partner, decision=decision, agrees=agrees, reasons="Said")
    assert state_of(cspr.case) == "ACCEPTED"
    later = decide_not_to_publish(access=police, grounds=world.GROUNDS)
    assert in_force(cspr) == later
    decision.refresh_from_db()
    assert decision.ended_at


def test_telling_the_panel_ends_the_clock_and_a_letter_alone_does_not(scr: Access) -> None:
    chair = world.a_board_that_does_not_publish(scr)
    advised(scr)
    owed = Duty.objects.get(case=scr.case, code="S9")
    assert owed.fulfilled_at is None
    today = clock.today()
    with pytest.raises(Invalid, match="day_out_of_order"):
        record_told_of_not_publishing(
            access=chair,
            decision=in_force(scr),
            panel_told_on=today + timedelta(days=1),
            department_told_on=today,
        )
    record_told_of_not_publishing(
        access=chair, decision=in_force(scr), panel_told_on=today, department_told_on=today
    )
    owed.refresh_from_db()
    assert owed.fulfilled_at


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.AGREED, "NONPUB_AGREED"),
        (Outcome.DISAGREED, "NONPUB_DISAGREED"),
        (Outcome.ANONYMOUS, "NONPUB_ANON_NSPCC"),
        (Outcome.SUMMARY, "NONPUB_SUMMARY_ONLY"),
        (Outcome.QUERIES, "NONPUB_PROPOSED"),
    ],
)
def test_the_panels_letter_is_a_state_and_never_ends_the_decision(
    scr: Access, outcome: NonPublicationLetter.Outcome, state: str
) -> None:
    world.a_board_that_does_not_publish(scr)
    advised(scr, outcome)
    assert state_of(scr.case) == state
    assert in_force(scr).stands_from


def test_every_letter_is_kept_counted_and_answered_once(scr: Access) -> None:
    world.a_board_that_does_not_publish(scr)
    first, second = advised(scr), advised(scr)
    assert in_force(scr).letters.filter(outcome=Outcome.DISAGREED).count() == 2
    today = clock.today()
    reply_about_not_publishing(access=scr, letter=first, reply="It stands", replied_on=today)
    with pytest.raises(WrongState, match="already_answered"):
        reply_about_not_publishing(access=scr, letter=first, reply="Again", replied_on=today)
    second.refresh_from_db()
    assert second.replied_on is None


def test_a_question_of_the_panel_says_by_when(cspr: Access) -> None:
    world.partners_who_do_not_publish(cspr)
    advice = Advice(Outcome.QUERIES, clock.today(), "Which risk?")
    with pytest.raises(Invalid, match="reply_day_missing"):
        file_advice(access=cspr, advice=advice)


def test_a_letter_about_no_decision_is_not_filed(scr: Access) -> None:
    taken_to(scr, "RESPONSE_AGREED")
    with pytest.raises(WrongState, match="not_decided"):
        advised(scr)


def test_the_chair_publishes_after_all_and_may_decide_anew_later(scr: Access) -> None:
    chair = world.a_board_that_does_not_publish(scr)
    advised(scr)
    with pytest.raises(Invalid, match="reasons_missing"):
        publish_after_all(access=chair, reasons=" ")
    ended = publish_after_all(access=chair, reasons="The sibling is grown up and wishes it")
    assert state_of(scr.case) == "RESPONSE_AGREED"
    assert ended.ended_why.startswith("The sibling")
    assert present_decision(scr.case) is None
    decide_not_to_publish(access=chair, grounds=world.GROUNDS)
    assert state_of(scr.case) == "NONPUB_PROPOSED"


def test_partners_publish_after_all_even_once_improvements_stand_in_place(cspr: Access) -> None:
    partners = world.partners_who_do_not_publish(cspr)
    police = partners[PartnerBody.POLICE]
    publish_after_all(access=police, reasons="The order has ended")
    assert state_of(cspr.case) == "ACCEPTED"


def test_nothing_is_published_while_it_is_decided_not_to(scr: Access) -> None:
    taken_to(scr, "RESPONSE_AGREED")
    world.a_report(scr)
    publication = world.a_prepared_publication(scr)
    world.a_board_that_does_not_publish(scr)
    codes = {each.code for each in in_the_way_of_publishing(scr, publication)}
    assert "decided_not_to_publish" in codes


def test_actions_run_whether_or_not_the_report_is_published(scr: Access) -> None:
    chair = world.a_board_that_does_not_publish(scr)
    assert "ACTIONS_OPEN" in {each.step.target for each in next_steps(chair)}


def test_the_step_is_taken_on_its_own_page_and_nowhere_else(scr: Access) -> None:
    taken_to(scr, "RESPONSE_AGREED")
    chair = world.a_member(scr, Role.CHAIR)
    own = next_step(chair, "NONPUB_PROPOSED").own_page
    assert own == "publication:not_publishing_decide"
    with pytest.raises(Hidden):
        take_step(access=chair, target="NONPUB_PROPOSED", reasons="Kept back")


def test_a_person_goes_from_the_decision_to_the_reply_on_its_pages(scr: Access) -> None:
    taken_to(scr, "RESPONSE_AGREED")
    chair = world.a_member(scr, Role.CHAIR)
    browser = world.a_browser(chair)
    today = clock.today()

    def page(name: str, **further: object) -> str:
        return reverse(f"publication:{name}", args=[scr.case.reference, *further.values()])

    def send(name: str, told: dict[str, object], **further: object) -> None:
        told = {"submission": str(uuid.uuid4()), **told}
        answer = browser.post(page(name, **further), told)
        assert answer.status_code == 302, answer.content.decode()

    def day(field: str) -> dict[str, object]:
        return {f"{field}-{part}": getattr(today, part) for part in ("day", "month", "year")}

    send("not_publishing_decide", {"reasons": "A sibling", "alternatives": "A summary"})
    send("not_publishing_told", day("panel_told_on") | day("department_told_on"))
    letter = {"outcome": "disagreed", "text": "Publish a summary", **day("received_on")}
    send("advice", letter)
    filed = in_force(scr).letters.get()
    send("advice_reply", {"reply": "It stands", **day("replied_on")}, advice_id=filed.pk)
    shown = browser.get(page("not_publishing")).content.decode()
    for words in ("In force", "A sibling", "Publish a summary", "It stands", "Once"):
        assert words in shown
    send("publish_after_all", {"reasons": "The order ended"})
    assert "The order ended" in browser.get(page("not_publishing")).content.decode()
