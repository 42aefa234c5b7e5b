"""The events of a case, as groups of agencies' entries."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.models import Event
from candour.chronology.selectors.entries import Line, chronology, lines_among
from candour.kernel.errors import Hidden


def event_of(access: Access, event_id: UUID) -> Event:
    """One event; Hidden if it is of another case or the person may not read the chronology."""
    event = events_of(access).filter(pk=event_id).first()
    if event is None:
        raise Hidden
    return event


def events_of(access: Access) -> QuerySet[Event]:
    """Every event of the case; for agencies' own people none, as it tells of others' entries."""
    if not access.may_read(Kind.CHRONOLOGY):
        raise Hidden
    return Event.objects.filter(case=access.case).order_by("title", "id")


def accounts_of(access: Access, event: Event) -> list[Line]:
    """The entries in force that tell of an event, in order."""
    grouped = event.groupings.filter(ended_at__isnull=True).values_list("entry_id", flat=True)
    return lines_among(access, chronology(access), map(str, grouped))


def counted_events(access: Access) -> QuerySet[Event]:
    """Every event that has entries, with `accounts` and `agencies` counted."""
    open_groupings = Q(groupings__ended_at__isnull=True, groupings__entry__in_force=True)
    counted = events_of(access).annotate(
        accounts=Count("groupings", filter=open_groupings, distinct=True),
        agencies=Count("groupings__entry__agency", filter=open_groupings, distinct=True),
    )
    return counted.filter(accounts__gt=0)


def replaced_in(event: Event, lines: Sequence[Line]) -> int:
    """How many entries of the event are no longer in force, as a later file replaced theirs."""
    return event.groupings.filter(ended_at__isnull=True).count() - len(lines)
