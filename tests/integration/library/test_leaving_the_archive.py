"""A review leaves the archive by two people, at once where a child is in danger, never on hold."""

import uuid
from datetime import date
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.db import IntegrityError
from django.test import Client, RequestFactory
from django.urls import reverse
from tests import world
from tests.integration.archive.deposited import record
from tests.integration.archive.public_site import public_site
from tests.integration.library.test_desk import approved
from tests.unit.reading import documents
from tests.world import actor, an_appointment

from candour.archive.deposits import deposit
from candour.archive.models import ReasonClass, ReviewRecord, Status, TombstoneKind
from candour.archive.purging import purge_pending
from candour.cases.legal_hold import lift_legal_hold, place_legal_hold
from candour.kernel.actor import Actor
from candour.kernel.errors import Invalid, WrongState
from candour.library.models import Intake, LedgerEntry, Withdrawal
from candour.library.services import describe, ledger
from candour.library.services.take_in import SHELF, original
from candour.library.services.withdrawing import (
    Order,
    ask_to_withdraw,
    carry_out,
    refuse,
    tell_of_ended_orders,
)
from candour.people.models import User
from candour.people.roles import Role
from candour.people.second_factor import confirm
from candour.platform import files
from candour.platform.models import Notification

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

ENDED = Order(ReasonClass.RETENTION_END, TombstoneKind.FULL, "Deed of 3 May 2014", "Kept a year.")


@pytest.fixture
def review(librarian: Actor) -> ReviewRecord:
    """A review that an order let stand until a day that has passed."""
    found = deposit(record())
    describe.set_visibility(
        by=librarian, review=found, noindex=False, kept_until=date(2015, 1, 31), gone=None
    )
    found.refresh_from_db()
    return found


@pytest.fixture
def second() -> Actor:
    return actor(an_appointment(Role.LIBRARIAN))


def public(review: ReviewRecord) -> int:
    with public_site() as visitor:
        return visitor.get(f"/review/{review.pk}").status_code


def test_when_an_order_ends_two_librarians_withdraw_and_the_ledger_remembers(
    review: ReviewRecord, librarian: Actor, second: Actor
) -> None:
    asked = ask_to_withdraw(by=librarian, review=review, order=ENDED)
    assert public(review) == 200, "asking alone changes nothing"
    with pytest.raises(WrongState, match="asked for this yourself"):
        carry_out(by=librarian, withdrawal=asked)
    carry_out(by=second, withdrawal=asked)
    assert public(review) == 410
    entry = LedgerEntry.objects.get(record_id=review.pk)
    assert entry.facts["title"] == review.title
    assert entry.ordered["reason"] == "retention_end"
    with pytest.raises(WrongState):
        carry_out(by=second, withdrawal=asked)


def test_the_database_itself_holds_to_two_people(review: ReviewRecord, librarian: Actor) -> None:
    asked = ask_to_withdraw(by=librarian, review=review, order=ENDED)
    asked.outcome = Withdrawal.Outcome.CARRIED_OUT
    asked.settled_by_id, asked.settled_at = librarian.id, asked.asked_at
    with pytest.raises(IntegrityError):
        asked.save()


@pytest.mark.parametrize("urgent", Withdrawal.URGENT)
def test_where_every_minute_harms_one_librarian_is_enough(
    review: ReviewRecord, librarian: Actor, urgent: ReasonClass
) -> None:
    order = Order(urgent, TombstoneKind.BARE, "High Court FD15P00001")
    done = ask_to_withdraw(by=librarian, review=review, order=order)
    assert done.outcome == Withdrawal.Outcome.CARRIED_OUT
    review.refresh_from_db()
    assert review.status == Status.WITHDRAWN


def test_an_order_that_has_not_ended_withdraws_nothing(librarian: Actor) -> None:
    standing = deposit(record("d-3"))
    with pytest.raises(Invalid, match="a day that has passed"):
        ask_to_withdraw(by=librarian, review=standing, order=ENDED)
    with pytest.raises(Invalid, match="Name the order"):
        order = Order(ReasonClass.ERROR, TombstoneKind.FULL, " ")
        ask_to_withdraw(by=librarian, review=standing, order=order)


def test_a_second_wish_for_the_same_review_waits_and_a_refusal_has_its_reason(
    review: ReviewRecord, librarian: Actor, second: Actor
) -> None:
    asked = ask_to_withdraw(by=librarian, review=review, order=ENDED)
    with pytest.raises(WrongState):
        ask_to_withdraw(by=second, review=review, order=ENDED)
    with pytest.raises(Invalid):
        refuse(by=second, withdrawal=asked, why=" ")
    refuse(by=second, withdrawal=asked, why="The order was prolonged.")
    assert public(review) == 200
    assert ask_to_withdraw(by=second, review=review, order=ENDED).pk != asked.pk


def test_a_legal_hold_of_the_case_that_published_it_keeps_it_until_lifted(
    librarian: Actor, second: Actor
) -> None:
    manager = world.an_incident(name="Sam Fictional")
    world.a_report(manager)
    publication, _ = world.a_published_report(manager)
    review = ReviewRecord.objects.get(pk=publication.archive_record_id)
    hold = place_legal_hold(access=manager, asked_by="The coroner", reasons="An inquest.")
    order = Order(ReasonClass.PUBLISHER_REQUEST, TombstoneKind.FULL, "Letter of the board")
    asked = ask_to_withdraw(by=librarian, review=review, order=order)
    with pytest.raises(WrongState, match="legal hold"):
        carry_out(by=second, withdrawal=asked)
    review.refresh_from_db()
    assert review.status == Status.PUBLISHED
    lift_legal_hold(access=manager, hold=hold, reasons="The inquest has ended.")
    carry_out(by=second, withdrawal=asked)
    publication.refresh_from_db()
    assert publication.state == "withdrawn", "the case knows that its report is gone"


def test_every_librarian_is_told_once_of_an_order_that_has_ended(
    review: ReviewRecord, second: Actor
) -> None:
    assert tell_of_ended_orders() == 2
    assert tell_of_ended_orders() == 0
    assert {each.subject_reference for each in Notification.objects.all()} == {review.pk}


def test_what_a_court_struck_out_never_comes_back(review: ReviewRecord, librarian: Actor) -> None:
    ledger.enter(review)
    with pytest.raises(WrongState, match="still stands"):
        ledger.strike_out(by=librarian, record_id=review.pk, order="High Court")
    order = Order(ReasonClass.COURT_ORDER, TombstoneKind.FULL, "High Court FD15P00001")
    ask_to_withdraw(by=librarian, review=review, order=order)
    ledger.strike_out(by=librarian, record_id=review.pk, order="High Court FD15P00002")
    purge_pending()
    ledger.enter_all()
    assert LedgerEntry.objects.get(record_id=review.pk).facts == {}


def test_with_the_ledger_goes_the_file_as_it_came(
    librarian: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    review = approved(librarian, documents.report_docx())
    came = Intake.objects.get()
    assert original(came)
    order = Order(ReasonClass.COURT_ORDER, TombstoneKind.BARE, "High Court FD15P00001")
    ask_to_withdraw(by=librarian, review=review, order=order)
    with django_capture_on_commit_callbacks(execute=True):
        ledger.strike_out(by=librarian, record_id=review.pk, order="High Court FD15P00002")
    assert not files.stored_path(SHELF, came.sha256).exists()
    left = Intake.objects.get()
    assert (left.facts, left.name) == ({}, "struck out")
    assert came.sha256 not in {left.sha256, left.text_sha256}


def test_the_pages_lead_from_the_order_that_ended_to_the_second_persons_button(
    browser: Client, review: ReviewRecord, second: Actor
) -> None:
    assert "1 order ended" in browser.get("/library/").content.decode()
    assert "Ended 31 January 2015" in browser.get("/library/keeping/").content.decode()
    told = {
        "reason_class": "retention_end",
        "tombstone": "full",
        "public_text": "Kept a year.",
        "ordered_by": "Deed of 3 May 2014",
        "submission": str(uuid.uuid4()),
    }
    asked = browser.post(reverse("library:withdraw", args=[review.pk]), told)
    assert asked.status_code == 302
    own = browser.get(asked["Location"]).content.decode()
    assert "You asked for this yourself" in own and "Carry it out" not in own
    done = _signed_in(second).post(
        asked["Location"], {"sure": "on", "submission": str(uuid.uuid4())}
    )
    assert done.status_code == 302
    assert public(review) == 410
    struck = browser.post(
        reverse("library:strike_out", args=[review.pk]),
        {"order": "High Court FD15P1", "sure": "on", "submission": str(uuid.uuid4())},
    )
    assert struck.status_code == 302
    assert "Struck out under High Court" in browser.get("/library/ledger/").content.decode()


def _signed_in(somebody: Actor) -> Client:
    user, client = User.objects.get(pk=somebody.id), Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    request = RequestFactory().get("/")
    request.session, request.user = client.session, user
    confirm(request.session, user)
    record_authentication(request, user, method="password")
    request.session.save()
    return client
