"""The page of the commission is for everybody on the case; not everything on it is."""

import pytest
from django.urls import reverse
from tests import world

from candour.cases.access import Access
from candour.people.roles import Role
from candour.reviews.models import AgencyInScope
from candour.reviews.services import bring_agency_into_scope

pytestmark = pytest.mark.django_db

BELOW = "The partners want to learn from it"


@pytest.fixture
def manager() -> Access:
    manager = world.an_incident()
    review = world.a_review(manager)
    for name in ("Testshire Council", "Testshire Police"):
        bring_agency_into_scope(
            access=manager,
            review=review,
            agency=world.an_agency(manager.case.lead_partnership, name=name),
            asked_for=f"What {name} did on 3 March",
        )
    return manager


def page_of(access: Access) -> str:
    address = reverse("reviews:review", args=[access.case.reference])
    return world.a_browser(access).get(address).content.decode()


@pytest.mark.parametrize("role", [Role.AGENCY_AUTHOR, Role.ACTION_OWNER, Role.COMMUNICATIONS_LEAD])
def test_why_a_review_is_held_below_the_criteria_is_for_those_who_read_decisions(
    manager: Access, role: Role
) -> None:
    assert BELOW not in page_of(world.a_member(manager, role, agency=world.an_agency()))
    assert BELOW in page_of(world.a_member(manager, Role.CHAIR))


def test_an_agency_sees_what_it_is_asked_for_and_not_what_another_is(manager: Access) -> None:
    police = AgencyInScope.objects.get(agency__name="Testshire Police").agency
    page = page_of(world.a_member(manager, Role.AGENCY_AUTHOR, agency=police))

    assert "What Testshire Police did on 3 March" in page
    assert "What Testshire Council did on 3 March" not in page
