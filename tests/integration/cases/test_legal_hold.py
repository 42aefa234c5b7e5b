"""While a legal hold is in force nothing of a case may be disposed of."""

import uuid

import pytest
from django.urls import reverse
from tests import world

from candour.cases.access import Access
from candour.cases.legal_hold import (
    lift_legal_hold,
    may_dispose,
    place_legal_hold,
)
from candour.cases.models import LegalHold
from candour.kernel.decision import Denied
from candour.kernel.errors import Invalid, NotPermitted, WrongState
from candour.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Access:
    return world.a_case()


def a_hold(access: Access, asked_by: str = "The coroner") -> LegalHold:
    return place_legal_hold(access=access, asked_by=asked_by, reasons="An inquest is open")


def test_a_hold_stops_all_disposal_until_the_last_is_lifted(manager: Access) -> None:
    assert may_dispose(manager.case)
    first, second = a_hold(manager), a_hold(manager, "The police")
    answer = may_dispose(manager.case)
    assert isinstance(answer, Denied)
    assert answer.code == "legal_hold"
    assert "The coroner; The police" in answer.reason

    lift_legal_hold(access=manager, hold=first, reasons="The inquest is over")
    assert not may_dispose(manager.case)
    lift_legal_hold(access=manager, hold=second, reasons="No further action")
    assert may_dispose(manager.case)
    with pytest.raises(WrongState, match="hold_lifted"):
        lift_legal_hold(access=manager, hold=second, reasons="Again")


def test_a_hold_says_who_wants_it_and_why(manager: Access) -> None:
    for asked_by, reasons in ((" ", "An inquest"), ("The coroner", " ")):
        with pytest.raises(Invalid, match="reasons_missing"):
            place_legal_hold(access=manager, asked_by=asked_by, reasons=reasons)


def test_whoever_only_reads_disclosure_places_none(manager: Access) -> None:
    member = world.a_member(manager, Role.SUB_GROUP)
    with pytest.raises(NotPermitted):
        a_hold(member)


def test_a_hold_is_placed_and_lifted_through_its_pages(manager: Access) -> None:
    browser = world.a_browser(world.a_member(manager, Role.LEGAL_ADVISER))
    reference = manager.case.reference
    listed = reverse("cases:legal_holds", args=[reference])
    assert "No legal hold has been placed" in browser.get(listed).content.decode()
    sent = {"asked_by": "The coroner", "reasons": "An inquest", "submission": str(uuid.uuid4())}
    assert browser.post(reverse("cases:place_hold", args=[reference]), sent).status_code == 302
    hold = LegalHold.objects.get()
    lifting = reverse("cases:lift_hold", args=[reference, hold.pk])
    assert lifting in browser.get(listed).content.decode()
    sent = {"reasons": "It is over", "submission": str(uuid.uuid4())}
    assert browser.post(lifting, sent).status_code == 302
    assert "It is over" in browser.get(listed).content.decode()
