"""Only entries of one's own case come into a report's chronology, whatever ids a form sends."""

from uuid import uuid4

import pytest
from django.urls import reverse
from tests import world

from candour.cases.access import Access
from candour.contributions.models import Entry
from candour.people.roles import Role
from candour.reports.models import ChronologyRow

pytestmark = pytest.mark.django_db

ROWS = b"Date,Event\n3 March 2014,Seen at home\n"


@pytest.fixture
def reviewer() -> Access:
    manager = world.an_incident()
    world.an_agency_with_entries(manager, "Testshire Council", ROWS)
    world.a_report(manager)
    return world.a_member(manager, Role.LEAD_REVIEWER)


def send(reviewer: Access, *ids: str) -> int:
    address = reverse("reports:choose", args=[reviewer.case.reference])
    sent = {"offered": ids, "entry": ids, "submission": str(uuid4())}
    return int(world.a_browser(reviewer).post(address, sent).status_code)


@pytest.mark.parametrize("odd", ["", "junk", "0" * 400, "' or 1=1 --", "\N{SNOWMAN}"])
def test_what_is_no_id_is_passed_over_and_what_is_one_is_chosen(reviewer: Access, odd: str) -> None:
    entry = Entry.objects.get(case=reviewer.case)

    assert send(reviewer, odd, str(entry.pk)) == 302
    assert [row.entry_id for row in ChronologyRow.objects.all()] == [entry.pk]


def test_an_entry_of_another_case_is_not_chosen(reviewer: Access) -> None:
    elsewhere = world.an_incident(world.a_partnership("Elsewhere Partnership"))
    world.an_agency_with_entries(elsewhere, "Elsewhere Council", ROWS)
    foreign = Entry.objects.get(case=elsewhere.case)

    assert send(reviewer, str(foreign.pk)) == 302
    assert not ChronologyRow.objects.exists()
