"""PostgreSQL itself keeps a desk's rows from everybody who does not work there."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from tests import world

from candour.duties.models import Letter
from candour.kernel import clock
from candour.kernel.actor import SYSTEM
from candour.oversight.models import (
    DeskLetter,
    DeskMember,
    NationalBody,
    Notified,
    Paper,
    PaperKind,
)
from candour.oversight.services.advising import write_to_partnership
from candour.oversight.services.sending import send_pack
from candour.people.models import User
from candour.platform import row_security
from candour.platform.acting import acting
from candour.platform.worker import run_due
from candour.worklist.models import Reminder
from candour.worklist.reminding import remind

pytestmark = pytest.mark.postgres

AsServer = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def panel(transactional_db: None) -> NationalBody:
    return NationalBody.objects.create(
        name="The national panel", kind="panel", began_on=clock.today(), has_desk=True
    )


@pytest.fixture
def adviser(panel: NationalBody) -> User:
    user = world.a_user("Adviser Example")
    DeskMember.objects.create(desk=panel, user=user)
    return user


def test_every_table_of_a_desk_is_guarded_or_exempt_for_a_reason() -> None:
    guarded = {table.table for table in row_security.guarded_tables()}
    of_a_desk = {
        model._meta.db_table
        for model in apps.get_models()
        if "desk_id" in {field.column for field in model._meta.local_fields}
    }

    assert len(of_a_desk) > 4
    assert of_a_desk <= guarded | set(row_security.EXEMPT)


def test_papers_letters_and_reminders_pass_between_a_case_and_a_desk_that_see_only_their_own(
    as_server: AsServer, panel: NationalBody, adviser: User
) -> None:
    manager = world.an_incident()
    world.a_notified_incident(manager)
    stranger = world.actor(world.a_user())

    with as_server():
        with acting(manager.actor):
            send_pack(access=manager, body=panel, kind=PaperKind.NOTIFICATION)
        run_due()
        for nobody in (manager.actor, stranger):
            with acting(nobody):
                assert not Notified.objects.exists()
                assert not Paper.objects.exists()
        with acting(world.actor(adviser)):
            row = Notified.objects.get()
            write_to_partnership(
                by=world.actor(adviser),
                notified=row,
                outcome=DeskLetter.Outcome.QUERIES,
                text="Please say more.",
                reply_due_on=clock.today() + timedelta(days=5),
            )
        run_due()
        with acting(manager.actor):
            assert Letter.objects.get().body == "Please say more."
        with acting(stranger), pytest.raises(DatabaseError), transaction.atomic():
            Notified.objects.create(
                desk=panel,
                sender=manager.case.lead_partnership,
                sender_name="x",
                case_reference="CR-1",
                nature="OTHER",
                notified_on=clock.today(),
            )


def test_a_successors_desk_sees_what_its_predecessor_received(
    as_server: AsServer, panel: NationalBody, adviser: User
) -> None:
    later = NationalBody.objects.create(name="Later", kind="panel", began_on=clock.today())
    newcomer = world.a_user()
    DeskMember.objects.create(desk=later, user=newcomer)
    manager = world.an_incident()
    world.a_notified_incident(manager)
    with as_server():
        with acting(manager.actor):
            send_pack(access=manager, body=panel, kind=PaperKind.NOTIFICATION)
        run_due()
        with acting(world.actor(newcomer)):
            assert not Notified.objects.exists()
    NationalBody.objects.filter(pk=panel.pk).update(successor=later)

    with as_server(), acting(world.actor(newcomer)):
        assert Notified.objects.count() == 1


def test_reminders_are_made_by_the_worker_for_people_on_the_case(as_server: AsServer) -> None:
    manager = world.an_incident()
    stranger = world.actor(world.a_user())
    with as_server():
        with acting(SYSTEM), patch("candour.worklist.reminding.SOON", 10):
            assert remind() > 0
        with acting(manager.actor):
            assert Reminder.objects.exists()
        with acting(stranger):
            assert not Reminder.objects.exists()
