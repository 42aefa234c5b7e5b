"""Giving and ending access: nobody widens their own, and whatever was given can be ended."""

import pytest
from django.urls import reverse
from tests import world

from candour.cases.access import Access
from candour.cases.forms import GiveAccessForm
from candour.cases.models import Membership
from candour.cases.permissions import RECORDS, Kind, Reach
from candour.cases.services import give_membership
from candour.kernel.errors import NotPermitted
from candour.people.models import User
from candour.people.roles import Role

pytestmark = pytest.mark.django_db

ON_GRANT = [role for role in Role if Reach.ON_GRANT in RECORDS[role].values()]


@pytest.fixture
def manager() -> Access:
    return world.a_case()


@pytest.mark.parametrize("role", [Role.SIGNING_OFF_MANAGER, Role.LEGAL_ADVISER, Role.CHAIR])
def test_nobody_gives_access_to_themselves(manager: Access, role: Role) -> None:
    myself = User.objects.get(pk=manager.actor.id)

    with pytest.raises(NotPermitted, match="themselves"):
        give_membership(
            access=manager, user=myself, role=role, reason="Handy", agency=world.an_agency()
        )
    assert Membership.objects.get(user=myself).role == Role.BUSINESS_MANAGER


@pytest.mark.parametrize("role", [Role.LEAD_REVIEWER, Role.SECOND_REVIEWER])
def test_a_reviewer_comes_on_the_case_by_an_accepted_declaration_and_not_by_this_page(
    manager: Access, role: Role
) -> None:
    offered = dict(GiveAccessForm().fields["role"].choices)  # type: ignore[attr-defined]
    assert role.value not in offered

    person = world.a_user()
    world.a_browser(manager).post(
        reverse("cases:give", args=[manager.case.reference]),
        {"person": str(person.pk), "role": role.value, "reason": "Needed"},
    )
    assert not Membership.objects.filter(user=person).exists()


@pytest.mark.parametrize("role", ON_GRANT)
def test_the_page_leads_to_ending_the_access_of_those_who_see_on_order_alone(
    manager: Access, role: Role
) -> None:
    world.a_member(manager, role)
    held = Membership.objects.get(role=role)
    page = world.a_browser(manager).get(reverse("cases:members", args=[manager.case.reference]))

    for act in ("end", "grant"):
        address = reverse(f"cases:{act}", args=[manager.case.reference, held.pk])
        assert address in page.content.decode()


@pytest.mark.parametrize("role", [Role.AGENCY_AUTHOR, Role.SIGNING_OFF_MANAGER])
@pytest.mark.parametrize("also", [Role.LEAD_REVIEWER, Role.LEGAL_ADVISER])
def test_whoever_acts_for_an_employer_never_reads_what_practitioners_told(
    manager: Access, role: Role, also: Role
) -> None:
    person = world.a_user()
    both = world.a_member(manager, also, user=person)
    assert both.may_read(Kind.CONVERSATIONS)

    both = world.a_member(manager, role, user=person, agency=world.an_agency())
    assert not both.may_read(Kind.CONVERSATIONS)
    assert not both.may_write(Kind.CONVERSATIONS)
    assert not both.visible(Kind.CONVERSATIONS, Membership.objects.all()).exists()
    page = reverse("contributions:practitioners", args=[manager.case.reference])
    assert world.a_browser(both).get(page).status_code == 404
