"""Deny by default; access follows the memberships in force at this very instant."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.world import a_browser, a_case, a_member, a_user, access_for, actor, an_agency

from candour.cases.access import Access, access_to, cases_visible_to
from candour.cases.models import Membership
from candour.cases.permissions import ACTS, PROCESS_ACTORS, RECORDS, Act, Kind, Reach
from candour.cases.services import end_grant, end_membership, give_membership, grant
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, NotPermitted, WrongState
from candour.people.models import User
from candour.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Access:
    return a_case()


def test_a_case_is_hidden_from_everybody_who_is_not_on_it(manager: Access) -> None:
    stranger = actor(a_user())

    with pytest.raises(Hidden):
        access_to(stranger, manager.case.reference)
    assert not cases_visible_to(stranger).exists()


def test_access_ends_the_instant_the_membership_ends(manager: Access) -> None:
    panel = a_member(manager, Role.REVIEW_PANEL)
    membership = Membership.objects.get(user_id=panel.actor.id)

    end_membership(access=manager, membership=membership, reason="Left the panel")

    with pytest.raises(Hidden):
        access_to(panel.actor, manager.case.reference)


def test_a_membership_that_has_not_begun_gives_nothing(manager: Access) -> None:
    panel = a_member(manager, Role.REVIEW_PANEL)
    Membership.objects.filter(user_id=panel.actor.id).update(
        starts_at=clock.now() + timedelta(minutes=1)
    )

    with pytest.raises(Hidden):
        access_to(panel.actor, manager.case.reference)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.LIBRARIAN])
def test_the_administrator_and_the_librarian_see_no_case(manager: Access, role: Role) -> None:
    with pytest.raises(Hidden):
        a_member(manager, role)


@pytest.mark.parametrize("role", [role for role in Role if RECORDS[role]])
@pytest.mark.parametrize("kind", list(Kind))
def test_what_a_list_returns_and_what_a_check_allows_are_one_rule(
    manager: Access, role: Role, kind: Kind
) -> None:
    agency, other = an_agency(), an_agency(name="Testshire Police")
    member = a_member(manager, role, agency=agency)
    rows = Membership.objects.all()  # any table with a case and an agency
    give_membership(
        access=manager, user=a_user(), role=Role.AGENCY_AUTHOR, reason="Asked", agency=other
    )

    seen = member.visible(kind, rows, "agency")

    for row in rows.filter(case=manager.case):
        assert (row in seen) == bool(member.may_read(kind, row.agency_id)), row.role


def test_an_agency_author_reads_their_own_agencys_return_and_no_other(manager: Access) -> None:
    own, other = an_agency(), an_agency(name="Testshire Police")
    author = a_member(manager, Role.AGENCY_AUTHOR, agency=own)

    assert author.may_write(Kind.AGENCY_RETURN, own.pk)
    assert not author.may_read(Kind.AGENCY_RETURN, other.pk)
    assert not author.may_read(Kind.AGENCY_RETURN)


def test_what_practice_marks_on_order_is_denied_until_a_dated_grant(manager: Access) -> None:
    coroner = a_member(manager, Role.CORONER)
    assert not coroner.may_read(Kind.DRAFT)

    grant(
        access=manager,
        membership=Membership.objects.get(user_id=coroner.actor.id),
        kind=Kind.DRAFT,
        legal_basis="Order of the coroner of 3 March",
        onward_use="The inquest only",
        ends_at=clock.now() + timedelta(days=14),
    )

    now = access_to(coroner.actor, manager.case.reference)
    assert now.may_read(Kind.DRAFT)
    assert not now.may_read(Kind.FAMILY)
    with clock.standing_at(clock.now() + timedelta(days=15)):
        later = access_to(coroner.actor, manager.case.reference)
        assert not later.may_read(Kind.DRAFT)


def test_only_those_who_manage_the_case_give_access(manager: Access) -> None:
    panel = a_member(manager, Role.REVIEW_PANEL)

    with pytest.raises(NotPermitted, match="Business manager"):
        give_membership(access=panel, user=a_user(), role=Role.REVIEW_PANEL, reason="Please")


def test_access_without_a_reason_is_refused(manager: Access) -> None:
    with pytest.raises(Invalid, match="why"):
        give_membership(access=manager, user=a_user(), role=Role.REVIEW_PANEL, reason=" ")


def test_giving_the_same_access_twice_is_one_membership(manager: Access) -> None:
    person = a_user()
    for _ in range(2):
        give_membership(access=manager, user=person, role=Role.REVIEW_PANEL, reason="Needed")

    assert Membership.objects.filter(user=person).count() == 1


def test_every_role_act_and_process_actor_is_in_the_tables() -> None:
    assert set(RECORDS) == set(Role)
    assert set(ACTS) == set(Act)
    assert all(roles <= set(Role) for roles in PROCESS_ACTORS.values())


def test_no_role_with_a_grant_cell_reaches_it_without_one() -> None:
    on_grant = {role for role, cells in RECORDS.items() if Reach.ON_GRANT in cells.values()}

    assert on_grant == {Role.POLICE_LIAISON, Role.CORONER, Role.PANEL_ADVISER}


def test_a_member_of_one_case_does_not_see_another(manager: Access) -> None:
    panel = a_member(manager, Role.REVIEW_PANEL)
    other = a_case()

    with pytest.raises(Hidden):
        access_for_id(panel, other)


def access_for_id(member: Access, other: Access) -> Access:
    from candour.people.models import User

    return access_for(User.objects.get(pk=member.actor.id), other.case)


def test_leave_under_an_order_can_be_ended_before_its_day_and_the_membership_goes_on() -> None:
    manager = a_case()
    coroner = a_member(manager, Role.CORONER)
    given = grant(
        access=manager,
        membership=Membership.objects.get(case=manager.case, user_id=coroner.actor.id),
        kind=Kind.CHRONOLOGY,
        legal_basis="Order of the coroner",
        onward_use="The inquest only",
        ends_at=clock.now() + timedelta(days=30),
    )
    user = User.objects.get(pk=coroner.actor.id)
    assert access_for(user, manager.case).may_read(Kind.CHRONOLOGY)

    path = reverse("cases:end_grant", args=[manager.case.reference, given.pk])
    assert (
        "Order of the coroner"
        in a_browser(manager)
        .get(reverse("cases:grants", args=[manager.case.reference]))
        .content.decode()
    )
    assert a_browser(manager).post(path, {"reason": "The order was varied"}).status_code == 302

    assert not access_for(user, manager.case).may_read(Kind.CHRONOLOGY)
    with pytest.raises(WrongState):
        end_grant(access=manager, given=given, reason="Again")
    with pytest.raises(NotPermitted):
        end_grant(access=coroner, given=given, reason="Mine")
