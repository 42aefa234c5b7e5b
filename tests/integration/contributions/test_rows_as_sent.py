"""A row keeps what its table said: the order of the columns, until when, and the words around."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import world

from candour.cases.access import Access
from candour.contributions.models import AgencyRequest, Entry, Submission
from candour.contributions.sender import Sender, sender_for
from candour.contributions.services import checking, receiving, signing_off
from candour.people.roles import Role

pytestmark = pytest.mark.django_db

# The longer heading first: an engine that sorts keys by length would turn them round.
HEADINGS = ("Category of the record", "Opened", "Closed", "What happened", "By")


@pytest.fixture
def manager() -> Access:
    return world.a_case()


@pytest.fixture
def asked(manager: Access) -> AgencyRequest:
    return world.an_asked_agency(manager)


@pytest.fixture
def sender(manager: Access, asked: AgencyRequest) -> Sender:
    return sender_for(world.a_signer(manager, asked), asked)


def workbook(hide: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["Key: TA means tenancy adviser"])
    sheet.append(HEADINGS)
    sheet.append(["Tenancy", "12/03/2013", "15/03/2013", "14:30 TA visited; door not opened", "TA"])
    sheet.append(["Repairs", "13/03/2013", "", "Window lock reported broken", "TA"])
    if hide:
        sheet.column_dimensions[hide].hidden = True
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def read(sender: Sender, content: bytes) -> Submission:
    sent = receiving.receive_submission(
        sender=sender, upload=SimpleUploadedFile("housing.xlsx", content)
    )
    roles = dict(zip(HEADINGS, ("other", "date", "end_date", "event", "staff"), strict=True))
    return checking.confirm_headings(sender=sender, submission=sent, roles=roles)


def test_the_cells_of_a_row_stand_in_the_order_of_their_columns(sender: Sender) -> None:
    entry = read(sender, workbook()).entries.first()
    assert entry is not None
    assert tuple(entry.text) == HEADINGS
    assert tuple(entry.roles) == HEADINGS


def test_until_when_and_where_the_time_was_read_are_kept(sender: Sender) -> None:
    first, second = read(sender, workbook()).entries.all()
    assert (first.end_raw, first.end_earliest) == ("15/03/2013", date(2013, 3, 15))
    assert (first.time_from, first.time_basis) == ("14:30", "event_opening")
    assert (second.end_raw, second.end_earliest, second.time_basis) == ("", None, "")


def test_a_hidden_column_that_is_released_takes_its_place_and_is_read(sender: Sender) -> None:
    held = read(sender, workbook(hide="C"))
    first = Entry.objects.get(pk=held.entries.all()[0].pk)
    assert "Closed" not in first.text and first.end_raw == ""

    closed = held.held_back.filter(heading="Closed")
    checking.release(sender=sender, held=closed, reason="Ours")
    first.refresh_from_db()
    assert tuple(first.text) == HEADINGS and first.end_latest == date(2013, 3, 15)

    checking.remove(sender=sender, held=closed, reason="Not ours after all")
    first.refresh_from_db()
    assert "Closed" not in first.text and (first.end_raw, first.end_latest) == ("", None)


def test_the_words_around_a_table_are_read_beside_its_rows(manager: Access, sender: Sender) -> None:
    held = read(sender, workbook())
    place = f"/cases/{manager.case.reference}/agencies/{sender.request.pk}/files/{held.pk}/"
    signer = world.a_browser(world.a_signer(manager, sender.request))
    assert "Key: TA means tenancy adviser" in signer.get(place).content.decode()

    checking.release(sender=sender, held=held.held_back.all(), reason="Ours")
    for query in signing_off.open_queries(held):
        checking.leave_query(sender=sender, query=query, reason="No better known")
    signing_off.sign_off(sender=sender, submission=held)
    reviewer = world.a_browser(world.a_member(manager, Role.LEAD_REVIEWER))
    entry = held.entries.all()[0]
    page = reviewer.get(f"/cases/{manager.case.reference}/chronology/entries/{entry.pk}/")
    assert "Key: TA means tenancy adviser" in page.content.decode()
    assert "15/03/2013, understood as 15 March 2013" in page.content.decode()
