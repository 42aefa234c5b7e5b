"""The audit is append-only, chained, and names the first row that was tampered with."""

import pytest
from django.db import DatabaseError, connection, transaction
from tests.world import a_case

from candour.audit.models import Event, Seal, Stream
from candour.audit.services import record, seal_heads
from candour.audit.verification import verify
from candour.kernel.actor import Actor

pytestmark = pytest.mark.django_db

SOMEBODY = Actor(id="9f1c")


def three_events() -> list[Event]:
    return [record("cases.opened", by=SOMEBODY, subject=f"CR-{n}") for n in range(3)]


def lift_protection(table: str = "audit_event") -> None:
    """As someone with the database in their hands could."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"drop trigger {table}_no_update")
            cursor.execute(f"drop trigger {table}_no_delete")
        else:
            cursor.execute(f"drop trigger {table}_append_only on {table}")


def test_an_untouched_audit_verifies() -> None:
    three_events()
    seal_heads()

    assert verify() == []


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_or_remove_an_event(verb: str) -> None:
    event = three_events()[0]
    rows = Event.objects.filter(pk=event.pk)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(subject="other") if verb == "update" else rows.delete()


@pytest.mark.parametrize("field", ["actor", "name", "subject", "previous", "hash"])
def test_a_changed_event_is_named(field: str) -> None:
    events = three_events()
    lift_protection()
    Event.objects.filter(pk=events[1].pk).update(**{field: "changed"})

    assert [(fault.stream, fault.sequence) for fault in verify()] == [("installation", 2)]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_removed_event_is_named_even_at_the_end(place: int) -> None:
    events = three_events()
    lift_protection()
    Event.objects.filter(pk=events[place].pk).delete()

    assert [fault.sequence for fault in verify()] == [place + 1]


def test_a_chain_cut_back_with_its_head_is_betrayed_by_the_seal() -> None:
    events = three_events()
    seal_heads()
    lift_protection()
    Event.objects.filter(pk=events[2].pk).delete()
    Stream.objects.filter(key="installation").update(sequence=2, head=events[1].hash)

    assert any("seal" in fault.what for fault in verify())


def test_nothing_new_makes_no_new_seal() -> None:
    three_events()
    assert seal_heads() is not None

    assert seal_heads() is None
    assert Seal.objects.count() == 1


def test_each_case_has_a_chain_of_its_own() -> None:
    first, second = a_case(), a_case()

    assert Event.objects.get(stream=str(first.case.pk), sequence=1).name == "cases.opened"
    assert Event.objects.get(stream=str(second.case.pk), sequence=1).name == "cases.opened"


@pytest.mark.parametrize("value", ["Rowan Example", "a sentence about somebody", "line\nbreak"])
def test_a_payload_that_could_be_prose_or_a_name_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="not a reference"):
        record("cases.opened", by=SOMEBODY, note=value)


def test_an_event_name_says_room_and_what_happened() -> None:
    with pytest.raises(ValueError, match="room"):
        record("Opened", by=SOMEBODY)
