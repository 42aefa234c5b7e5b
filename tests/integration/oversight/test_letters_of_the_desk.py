"""A letter of the panel's desk stands on the page of the decision it is about, and is answered."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from tests import world

from candour.cases.access import Access
from candour.cases.models import Case
from candour.duties.models import Letter
from candour.duties.states import state_of
from candour.incidents.models import PanelLetter, Recommendation, ReviewDecision
from candour.incidents.services.decision import decide, standing_decision
from candour.incidents.services.panel import close_challenge, file_panel_letter, record_panel_told
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, WrongState
from candour.oversight.models import DeskLetter, NationalBody, Notified, PaperKind
from candour.oversight.services.advising import write_to_partnership
from candour.oversight.services.bodies import add_body, give_place
from candour.oversight.services.sending import send_pack
from candour.people.models import User
from candour.people.roles import Role
from candour.platform.worker import run_due
from candour.worklist.owed import owed_on

Outcome = DeskLetter.Outcome


@pytest.fixture(autouse=True)
def in_2014(db: None) -> Iterator[None]:
    """Under the boards, when a challenge was a step of the process."""
    with time_machine.travel(datetime(2014, 3, 4, 10, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def adviser() -> User:
    """Somebody at the desk of a panel that works here."""
    administrator = world.actor(world.an_appointment(Role.ADMINISTRATOR))
    panel = add_body(
        by=administrator,
        name="The panel",
        kind=NationalBody.Kind.PANEL,
        began_on=clock.today(),
        has_desk=True,
    )
    user = world.a_user("Adviser Example")
    give_place(by=administrator, desk=panel, user=user)
    return user


@pytest.fixture
def chair() -> Access:
    """The Chair of a board that decided against a review, told the panel and sent it the papers."""
    manager = world.an_incident(normally_resident="yes")
    chair = world.a_member(world.a_recommended_incident(manager), Role.CHAIR)
    decide(
        access=chair,
        outcome=Recommendation.Outcome.NONE,
        reasons="Nothing to learn",
        override_reasons="A natural cause",
    )
    today = clock.today()
    record_panel_told(
        access=chair,
        letter="The Chair has decided.",
        told_on=today,
        ofsted_told_on=today,
        dfe_told_on=today,
        notification_copied=True,
    )
    return chair


def written(
    adviser: User, access: Access, outcome: DeskLetter.Outcome, non_publication: str = ""
) -> Letter:
    """A letter of the desk about the papers just sent, as it arrives with the case."""
    letter = write_to_partnership(
        by=world.actor(adviser),
        notified=Notified.objects.get(),
        outcome=outcome,
        text="We ask you to think again.",
        reply_due_on=clock.today() + timedelta(days=14),
        non_publication=non_publication,
    )
    run_due()
    return Letter.objects.get(case=access.case, delivery=letter.pk)


def sent(access: Access, kind: PaperKind) -> None:
    send_pack(access=access, body=NationalBody.objects.get(), kind=kind)
    run_due()


def address(access: Access, page: str) -> str:
    return reverse(page, kwargs={"reference": access.case.reference})


def on_record(browser: Client, access: Access, page: str, letter: Letter, outcome: str) -> None:
    """Press the one button that puts a delivered letter on record, as the page fills it in."""
    where = f"{address(access, page)}?delivered={letter.pk}"
    shown = browser.get(where).content.decode()
    assert letter.body in shown
    received, due = letter.received_on, letter.reply_due_on
    assert received is not None
    told = {"outcome": outcome, "text": letter.body, "submission": str(uuid.uuid4())}
    for name, day in (("received_on", received), ("reply_due_on", due)):
        if day:
            told |= {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    answer = browser.post(where, told)
    assert answer.status_code == 302, answer.content.decode()


def owed(access: Access) -> list[str]:
    return [each.text for each in owed_on(Q(case=access.case)) if "panel" in each.text]


def test_a_request_to_think_again_is_shown_filed_and_answered_with_a_new_decision(
    adviser: User, chair: Access
) -> None:
    sent(chair, PaperKind.DECISION)
    letter = written(adviser, chair, Outcome.RECONSIDER)
    browser = world.a_browser(chair)
    shown = browser.get(address(chair, "incidents:decision")).content.decode()
    assert "We ask you to think again." in shown
    assert state_of(chair.case) == "PANEL_INFORMED", "a letter by itself moves nothing"

    on_record(browser, chair, "incidents:panel_letter", letter, "challenges")
    assert state_of(chair.case) == "CHALLENGED"
    assert owed(chair) == ["Reply to the national panel"], "owed once, not as a letter too"
    shown = browser.get(address(chair, "incidents:decision")).content.decode()
    assert "Think again: reply and decide anew" in shown

    today = clock.today()
    decided = browser.post(
        address(chair, "incidents:decide"),
        {
            "outcome": "review",
            "reasons": "The panel is right",
            "reply": "We hold a review",
            **{f"replied_on-{part}": getattr(today, part) for part in ("day", "month", "year")},
            "submission": str(uuid.uuid4()),
        },
    )
    assert decided.status_code == 302, decided.content.decode()
    assert state_of(chair.case) == "DECIDED_SCR"
    assert PanelLetter.objects.get().reply == "We hold a review"
    assert ReviewDecision.objects.filter(case=chair.case).count() == 2
    assert owed(chair) == []
    begun = browser.get(f"{address(chair, 'oversight:send')}?answers={letter.pk}")
    assert "We hold a review" in begun.content.decode(), "the reply is ready to go to the desk"


def test_a_reply_that_went_to_the_desk_answers_the_letter_and_nothing_is_owed_on_it(
    adviser: User, chair: Access
) -> None:
    sent(chair, PaperKind.DECISION)
    letter = written(adviser, chair, Outcome.QUERIES)
    assert "Answer a letter" in [each.text for each in owed_on(Q(case=chair.case))]
    send_pack(
        access=chair,
        body=NationalBody.objects.get(),
        kind=PaperKind.REPLY,
        words="The school says…",
        answers=letter,
    )
    assert letter.answered_by.get().body == "The school says…"
    assert "Answer a letter" not in [each.text for each in owed_on(Q(case=chair.case))]


def test_thinking_again_is_reply_and_decision_or_neither(adviser: User, chair: Access) -> None:
    sent(chair, PaperKind.DECISION)
    written(adviser, chair, Outcome.RECONSIDER)
    challenged(chair)
    before = standing_decision(chair.case)
    answer = world.a_browser(chair).post(
        address(chair, "incidents:decide"),
        {
            "outcome": "other",
            "alternative": "",
            "reasons": "An audit",
            "reply": "An audit",
            "replied_on-day": 1,
            "replied_on-month": 1,
            "replied_on-year": 2099,
            "submission": str(uuid.uuid4()),
        },
    )
    assert answer.status_code in (200, 422)
    assert state_of(chair.case) == "CHALLENGED"
    assert standing_decision(chair.case) == before
    assert PanelLetter.objects.get().replied_on is None


def challenged(access: Access) -> PanelLetter:
    return file_panel_letter(
        access=access,
        outcome=PanelLetter.Outcome.CHALLENGES,
        received_on=clock.today(),
        text="Think again",
        reply_due_on=clock.today() + timedelta(days=7),
    )


def test_advice_never_overrules_the_reasons_for_keeping_a_decision_are_the_reply(
    chair: Access,
) -> None:
    before = standing_decision(chair.case)
    letter = challenged(chair)
    close_challenge(access=chair, reasons_for_not_following="No abuse was found")
    letter.refresh_from_db()
    assert state_of(chair.case) == "CHALLENGE_CLOSED"
    assert letter.reply == "No abuse was found"
    assert standing_decision(chair.case) == before


@pytest.mark.parametrize("outcome", [PanelLetter.Outcome.AGREES, PanelLetter.Outcome.QUERIES])
def test_under_the_boards_agreement_and_questions_leave_the_case_where_it_stands(
    chair: Access, outcome: PanelLetter.Outcome
) -> None:
    file_panel_letter(
        access=chair, outcome=outcome, received_on=clock.today(), text="We have read it"
    )
    assert state_of(chair.case) == "PANEL_INFORMED"


def test_a_board_is_not_told_of_a_national_review_which_began_in_2018(chair: Access) -> None:
    with pytest.raises(Invalid, match="outcome_unknown"):
        file_panel_letter(
            access=chair,
            outcome=PanelLetter.Outcome.NATIONAL_REVIEW,
            received_on=clock.today(),
            text="A national review",
        )


def test_a_delivered_letter_is_put_on_record_once_and_on_its_own_case(
    adviser: User, chair: Access
) -> None:
    sent(chair, PaperKind.DECISION)
    letter = written(adviser, chair, Outcome.AGREES)
    filing = {
        "outcome": PanelLetter.Outcome.AGREES,
        "received_on": clock.today(),
        "text": letter.body,
        "delivered": letter,
    }
    file_panel_letter(access=chair, **filing)  # type: ignore[arg-type]
    with pytest.raises(WrongState, match="already_filed"):
        file_panel_letter(access=chair, **filing)  # type: ignore[arg-type]
    elsewhere = world.a_case(regime=Case.Regime.SCR, rule_set="WT2013")
    with pytest.raises(Hidden):
        file_panel_letter(access=elsewhere, **filing)  # type: ignore[arg-type]


def test_the_desk_answers_a_decision_not_to_publish_on_that_decisions_page(adviser: User) -> None:
    manager = world.a_case(regime=Case.Regime.SCR, rule_set="WT2013")
    chair = world.a_board_that_does_not_publish(manager)
    sent(chair, PaperKind.NON_PUBLICATION)
    letter = written(adviser, chair, Outcome.NON_PUBLICATION, "disagreed")
    browser = world.a_browser(chair)
    page = address(chair, "publication:not_publishing")
    assert "We ask you to think again." in browser.get(page).content.decode()
    decision = browser.get(address(chair, "incidents:decision")).content.decode()
    assert "We ask you to think again." not in decision
    on_record(browser, chair, "publication:advice", letter, "disagreed")
    assert state_of(chair.case) == "NONPUB_DISAGREED"
    assert Notified.objects.get().non_publication == "disagreed"
