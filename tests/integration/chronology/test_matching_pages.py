"""The pages on which proposals are decided: one by one, in words, and closed to agencies."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker
from tests import world
from tests.integration.chronology.compared import Compared, build

from candour.cases.access import Access
from candour.chronology.models import DifferingAccount, Event, OneSidedContact, SameEvent
from candour.chronology.services.matching import confirm_same_event, propose_matches
from candour.people.roles import Role

pytestmark = pytest.mark.django_db(databases=["default", "archive"])


@pytest.fixture(scope="module")
def compared(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Compared]:
    """Built once, with one event confirmed; what each test writes is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic("default"), transaction.atomic("archive"):
        made = build()
        proposal = made.proposal()
        confirm_same_event(
            access=made.reviewer,
            proposal=proposal,
            seen_version=proposal.version,
            entries=list(proposal.entries.all()),
            title="Core group",
        )
        propose_matches(access=made.reviewer)
        yield made
        transaction.set_rollback(True, "default")
        transaction.set_rollback(True, "archive")


def address(compared: Compared, page: str, **more: object) -> str:
    reference = {"reference": compared.manager.case.reference}
    return reverse(f"chronology:{page}", kwargs=reference | more)


def text_of(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def opened(compared: Compared, page: str, access: Access | None = None, **more: object) -> str:
    client: Client = world.a_browser(access or compared.reviewer)
    response = client.get(address(compared, page, **more))
    assert response.status_code == 200, response.status_code
    return text_of(response)


def count_difference() -> DifferingAccount:
    return DifferingAccount.objects.get(type="count")


def test_what_waits_stands_apart_from_the_register_with_its_error_rate(compared: Compared) -> None:
    page = opened(compared, "differing")

    register, waiting = page.split("Proposed, and not in the register")
    assert "No difference has been entered yet" in register
    assert "Measured on two made-up cases" in waiting
    assert "children: " in waiting


def test_a_disposition_is_given_on_the_difference_s_own_page(compared: Compared) -> None:
    difference = count_difference()
    client = world.a_browser(compared.reviewer)
    page = opened(compared, "difference", difference_id=difference.pk)
    assert "may have to be disclosed to a court" in page or "disclosed" in page

    sent = {"version": difference.version, "disposition": "both_stand", "why": ""}
    where = address(compared, "difference", difference_id=difference.pk)
    assert client.post(where, sent).status_code == 422
    assert client.post(where, sent | {"why": "Each from its notes"}).status_code == 302
    assert client.post(where, sent | {"why": "Later"}).status_code == 409

    listed = opened(compared, "differing")
    assert "The accounts stand side by side" in listed
    assert "Each from its notes" in listed


def test_the_register_leaves_with_what_was_decided_and_nothing_proposed(
    compared: Compared,
) -> None:
    client = world.a_browser(compared.reviewer)
    before = client.get(address(compared, "register_csv")).content.decode("utf-8-sig")
    difference = count_difference()
    client.post(
        address(compared, "difference", difference_id=difference.pk),
        {"version": difference.version, "disposition": "unresolved", "why": "=Asked the chair"},
    )

    after = client.get(address(compared, "register_csv")).content.decode("utf-8-sig")
    word = client.get(address(compared, "register_word"))

    assert "children: " not in before
    assert "children: " in after
    assert "'=Asked the chair" in after
    assert word["Content-Type"].endswith("wordprocessingml.document")


def test_a_proposal_shows_its_rows_and_confirms_those_chosen(compared: Compared) -> None:
    reviewer = compared.reviewer
    proposal = SameEvent.objects.create(
        case=reviewer.case, signature="made", score=4, reasons=["the same day"]
    )
    chosen = [compared.entry("Home visit"), compared.entry("Clinic")]
    for entry in chosen:
        proposal.rows.create(case=reviewer.case, entry=entry)
    client = world.a_browser(reviewer)
    assert "1 proposal to decide" in opened(compared, "same_events")
    where = address(compared, "same_event", same_event_id=proposal.pk)
    assert "Confirm this one" in text_of(client.get(where))

    told = {"version": proposal.version, "which": "new", "title": "Weight"}
    assert client.post(where, told).status_code == 422, "no entry was chosen"
    sent = client.post(where, told | {"entry": [str(entry.pk) for entry in chosen]})

    assert sent.status_code == 302
    assert Event.objects.filter(title="Weight").exists()
    assert "Confirm this one" not in text_of(client.get(where))


def test_no_page_offers_to_confirm_all(compared: Compared) -> None:
    pages = " ".join(opened(compared, page) for page in ("same_events", "differing", "one_agency"))

    assert "onfirm all" not in pages
    assert pages.count("Measured on") == 3


def test_a_contact_says_what_the_files_show_and_never_what_anybody_knew(
    compared: Compared,
) -> None:
    contact = OneSidedContact.objects.get()
    client = world.a_browser(compared.reviewer)
    where = address(compared, "one_sided", contact_id=contact.pk)
    page = text_of(client.get(where))
    assert "Sender records telling; no receipt in the files submitted" in page
    assert "did not know" not in page

    assert client.post(where, {"version": contact.version, "why": ""}).status_code == 302

    assert "Confirmed" in opened(compared, "one_agency")


def test_declining_asks_for_a_reason_and_keeps_it(compared: Compared) -> None:
    client = world.a_browser(compared.reviewer)
    contact, difference = OneSidedContact.objects.get(), count_difference()
    for page, more, one in (
        ("decline_contact", {"contact_id": contact.pk}, contact),
        ("decline_difference", {"difference_id": difference.pk}, difference),
    ):
        where = address(compared, page, **more)
        assert client.post(where, {"version": one.version, "why": ""}).status_code == 422
        assert (
            client.post(where, {"version": one.version, "why": "In the diary"}).status_code == 302
        )
        one.refresh_from_db()
        assert (one.state, one.why) == ("declined", "In the diary")


def test_a_difference_is_put_down_by_hand_from_its_event(compared: Compared) -> None:
    event = Event.objects.get()
    client = world.a_browser(compared.reviewer)
    where = address(compared, "add_difference", event_id=event.pk)
    accounts = [str(pk) for pk in event.groupings.values_list("entry_id", flat=True)]

    sent = client.post(where, {"type": "detail", "words": "Where it met", "entry": accounts})

    assert sent.status_code == 302
    assert "Where it met" in opened(compared, "differing")


@pytest.mark.parametrize("page", ["same_events", "differing", "one_agency", "register_csv"])
def test_agencies_find_nothing_at_these_addresses(compared: Compared, page: str) -> None:
    client = world.a_browser(compared.health)

    assert client.get(address(compared, page)).status_code == 404


def test_readers_see_what_was_decided_and_no_proposal(compared: Compared) -> None:
    reader = world.a_member(compared.manager, Role.SUB_GROUP)
    contact = OneSidedContact.objects.get()
    where = address(compared, "one_sided", contact_id=contact.pk)
    client = world.a_browser(reader)
    assert client.get(where).status_code == 404
    assert "Proposals to decide" not in opened(compared, "one_agency", reader)

    world.a_browser(compared.reviewer).post(where, {"version": contact.version, "why": ""})

    assert "Decide again" not in text_of(client.get(where))
    assert "Confirmed" in opened(compared, "one_agency", reader)
