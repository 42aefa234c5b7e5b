"""Grouping entries into events by a person's hand. Entries themselves are never touched."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.cases.versions import locked_for_edit
from candour.chronology.models import Event, Grouping
from candour.contributions.models import Entry
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, WrongState


@transaction.atomic
def group(
    *, access: Access, entries: Sequence[Entry], title: str = "", event: Event | None = None
) -> Event:
    """Say that these entries tell of one event: a new one, or one that already stands.

    An entry tells of one event at a time; one that is grouped elsewhere must be taken out first.
    """
    access.may_write(Kind.CHRONOLOGY).require()
    wanted = _in_force(access, entries)
    event = event or _new_event(access, wanted, title)
    if event.case_id != access.case.pk:
        raise Hidden
    _refuse_grouped_elsewhere(wanted, event)
    for entry in wanted:
        Grouping.objects.get_or_create(
            case=access.case,
            event=event,
            entry=entry,
            ended_at=None,
            defaults={"by_id": access.actor.id},
        )
    record(
        "chronology.grouped",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(event.pk),
        entries=[str(entry.pk) for entry in wanted[:50]],
    )
    return event


def _new_event(access: Access, entries: Sequence[Entry], title: str) -> Event:
    if len(entries) < 2:
        raise Invalid("too_few", "Choose two entries or more that tell of one event.")
    if not title.strip():
        raise Invalid("title_missing", "Give the event a short title.", "title")
    return Event.objects.create(case=access.case, title=title.strip())


def _in_force(access: Access, entries: Sequence[Entry]) -> list[Entry]:
    wanted = {entry.pk for entry in entries}
    # Locked in one order, so that two people grouping at once wait for each other.
    found = list(
        Entry.objects.select_for_update()
        .filter(pk__in=wanted, case=access.case, in_force=True)
        .order_by("pk")
    )
    if len(found) != len(wanted):
        raise WrongState(
            "entry_gone", "One of these entries is no longer in force. Open the chronology again."
        )
    return found


def _refuse_grouped_elsewhere(entries: Sequence[Entry], event: Event) -> None:
    taken = Grouping.objects.filter(entry__in=entries, ended_at__isnull=True).exclude(event=event)
    if taken.exists():
        raise WrongState(
            "grouped_elsewhere",
            "One of these entries already tells of another event. Take it out there first.",
        )


@transaction.atomic
def ungroup(*, access: Access, event: Event, entry_id: UUID) -> None:
    """Take an entry out of an event; that it once stood there is kept."""
    access.may_write(Kind.CHRONOLOGY).require()
    open_grouping = (
        Grouping.objects.select_for_update()
        .filter(case=access.case, event=event, entry_id=entry_id, ended_at__isnull=True)
        .first()
    )
    if open_grouping is None:
        raise WrongState("not_grouped", "This entry is no longer part of this event.")
    open_grouping.ended_at = clock.now()
    open_grouping.save(update_fields=["ended_at"])
    record(
        "chronology.ungrouped",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(event.pk),
        entry=str(entry_id),
    )


@transaction.atomic
def rename_event(*, access: Access, event: Event, seen_version: int, title: str) -> Event:
    """Give an event another title; EditedElsewhere if somebody else did meanwhile."""
    access.may_write(Kind.CHRONOLOGY).require()
    if not title.strip():
        raise Invalid("title_missing", "Give the event a short title.", "title")
    locked = locked_for_edit(Event.objects.get(pk=event.pk, case=access.case), seen_version)
    locked.title = title.strip()
    locked.save()
    record(
        "chronology.event_renamed",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(locked.pk),
        version=locked.version,
    )
    return locked
