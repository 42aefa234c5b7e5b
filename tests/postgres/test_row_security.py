"""PostgreSQL itself refuses rows: no actor, no rows; another case's rows, never."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from tests.world import a_partnership, a_user, actor, an_incident

from candour.audit.models import Event
from candour.cases.access import Access
from candour.cases.models import Case, Membership
from candour.identities.models import Identity
from candour.incidents.models import Incident, IncidentChild
from candour.kernel import clock
from candour.kernel.actor import SYSTEM, Actor
from candour.people.models import User
from candour.people.roles import LinkPurpose
from candour.people.services.links import link_actor, make_link
from candour.platform import row_security
from candour.platform.acting import acting

pytestmark = pytest.mark.postgres

AsServer = Callable[[], AbstractContextManager[None]]

WATCHED = (Case, Membership, Incident, IncidentChild, Identity)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in WATCHED}


def test_every_table_with_a_case_is_guarded_or_exempt_for_a_reason() -> None:
    guarded = {table.table for table in row_security.guarded_tables()}
    with_case = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if "case_id" in {field.column for field in model._meta.local_fields}
        and model._meta.app_label != "archive"
    }

    assert with_case <= guarded | set(row_security.EXEMPT)
    assert all(row_security.EXEMPT.values())


def test_the_policies_stand_and_bind_even_the_owner(secured: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relrowsecurity and relforcerowsecurity")
        forced = {name for (name,) in cursor.fetchall()}

    assert {table.table for table in row_security.guarded_tables()} <= forced


def test_without_an_actor_there_are_no_rows(as_server: AsServer) -> None:
    an_incident()

    with as_server():
        assert set(counts().values()) == {0}
        assert Event.objects.filter(case_id__isnull=False).count() == 0


def test_a_member_sees_their_case_and_no_other(as_server: AsServer) -> None:
    own, other = an_incident(), an_incident(partnership=a_partnership("Elsewhere Partnership"))

    with as_server(), acting(own.actor):
        assert list(Case.objects.values_list("pk", flat=True)) == [own.case.pk]
        assert not Incident.objects.filter(case=other.case).exists()
        assert Incident.objects.filter(case=own.case).exists()


def test_a_stranger_sees_nothing(as_server: AsServer) -> None:
    an_incident()
    stranger = actor(a_user())

    with as_server(), acting(stranger):
        assert set(counts().values()) == {0}


def test_access_ends_in_the_database_too(as_server: AsServer) -> None:
    own = an_incident()
    Membership.objects.filter(user_id=own.actor.id).update(ends_at=clock.now())

    with as_server(), acting(own.actor):
        assert set(counts().values()) == {0}


def test_nobody_can_write_into_another_case(as_server: AsServer) -> None:
    own, other = an_incident(), an_incident(partnership=a_partnership("Elsewhere Partnership"))
    incident = Incident.objects.get(case=other.case)

    with as_server(), acting(own.actor):
        assert Incident.objects.filter(pk=incident.pk).update(outline="changed") == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Identity.objects.create(
                case=other.case,
                kind="person",
                relationship="mother",
                pseudonym="Mother",
                sealed=b"x",
            )


def test_the_actor_does_not_outlive_the_transaction(as_server: AsServer) -> None:
    own = an_incident()

    with as_server():
        for _ in range(50):
            with acting(own.actor):
                assert Case.objects.count() == 1
            assert Case.objects.count() == 0


def test_the_server_cannot_change_the_audit(as_server: AsServer) -> None:
    own = an_incident()

    with as_server(), acting(own.actor):
        for act in (
            lambda: Event.objects.all().update(subject="changed"),
            lambda: Event.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()


def test_a_link_reaches_its_own_case_only_while_it_lives(as_server: AsServer) -> None:
    own, other = an_incident(), an_incident(partnership=a_partnership("Elsewhere Partnership"))
    link = a_link(own)

    with as_server(), acting(link):
        assert list(Case.objects.values_list("pk", flat=True)) == [own.case.pk]
        assert not Case.objects.filter(pk=other.case.pk).exists()
    with (
        clock.standing_at(clock.now() + timedelta(days=15)),
        as_server(),
        acting(link),
    ):
        assert Case.objects.count() == 0


def test_candours_own_worker_sees_every_case(as_server: AsServer) -> None:
    an_incident()
    an_incident()

    with as_server(), acting(SYSTEM):
        assert Case.objects.count() == 2


def test_an_incident_can_be_logged_by_the_server(as_server: AsServer) -> None:
    first = an_incident()

    with as_server(), acting(first.actor):
        second = an_incident(partnership=first.case.lead_partnership, by=user_of(first))
        assert Case.objects.filter(pk=second.case.pk).exists()


def a_link(access: Access) -> Actor:
    """The holder of a one-use link for something on this case."""
    made = make_link(
        by=access.actor,
        purpose=LinkPurpose.CONTRIBUTION,
        subject="request",
        case_id=access.case.pk,
        code_channel="telephone",
    )
    return link_actor(made.link)


def user_of(access: Access) -> User:
    """The account of the person whose access this is."""
    return User.objects.get(pk=access.actor.id)
