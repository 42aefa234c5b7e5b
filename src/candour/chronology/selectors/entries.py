"""The integrated chronology: all agencies' entries in one order, as far as dates determine it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.models import Event, Grouping
from candour.chronology.order import Numbered, Place, numbered
from candour.chronology.selectors.kept import Kept, mark_of_entries
from candour.chronology.selectors.standing import (
    dated_in_order,
    numbered_among,
    places_of,
    undated_in_order,
)
from candour.contributions.models import Entry, EntryQuery, Submission
from candour.contributions.selectors import (
    agencies_that_wrote,
    entries_in_force,
    places_in_force,
)
from candour.documents.models import Document
from candour.documents.selectors import documents_visible
from candour.kernel.errors import Hidden
from candour.reviews.selectors import agencies_in_scope


@dataclass(frozen=True)
class Filters:
    """What of the chronology is wanted; empty means all. Days are inclusive."""

    agencies: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    words: str = ""
    tag: str = ""

    def __bool__(self) -> bool:
        return bool(self.agencies or self.since or self.until or self.words or self.tag)


class Chronology:
    """Every entry that the person may see, in its place; `undated` is never guessed into order.

    Nothing is read before it is asked for: a page asks for its own entries (`standing`, or a slice
    of what `chosen` answers) and the counts; `dated` and `undated` are all of them.
    """

    def __init__(self, access: Access) -> None:
        self._access = access
        self.visible = places_in_force(access)

    @cached_property
    def dated(self) -> list[Numbered]:
        """All entries that have a day, in order."""
        if not self._access.may_read(Kind.CHRONOLOGY):
            return self._all()
        return _ORDERS.get(self._access.case.pk, mark_of_entries(self._access), self._all)

    def _all(self) -> list[Numbered]:
        return numbered(places_of(dated_in_order(self.visible)))

    @cached_property
    def undated(self) -> list[Place]:
        """All entries without one, by agency and place in the file."""
        return places_of(undated_in_order(self.visible))

    @cached_property
    def _counts(self) -> dict[str, int]:
        return self.visible.aggregate(all=Count("*"), dated=Count("stands"))

    @property
    def dated_count(self) -> int:
        """How many entries have a day."""
        return self._counts["dated"]

    @property
    def undated_count(self) -> int:
        """How many entries have none."""
        return self._counts["all"] - self._counts["dated"]

    @cached_property
    def agencies(self) -> dict[str, str]:
        """The agencies that wrote entries, id to name, in the order of their names."""
        return {str(agency.pk): agency.name for agency in agencies_that_wrote(self._access)}

    def standing(self, entries: Iterable[UUID]) -> list[Numbered | Place]:
        """These entries in order, undated last; those that are not visible are left out."""
        rows = self.visible.filter(entry__in=list(entries))
        dated = places_of(dated_in_order(rows))
        return [*self.numbered(dated), *places_of(undated_in_order(rows))]

    def at(self, number: int) -> Numbered | None:
        """The entry of a number, if there is one."""
        place = self.place_at(number)
        return self.numbered([place], number)[0] if place else None

    def place_at(self, number: int) -> Place | None:
        """The same without the numbers between which it could stand."""
        if not 0 < number <= self.dated_count:
            return None
        return places_of(dated_in_order(self.visible)[number - 1 : number])[0]

    def numbered(self, places: Sequence[Place], number: int = 0) -> list[Numbered]:
        """Dated places in order with their numbers; that of the first, where none lies between."""
        return numbered_among(self.visible, places, self.dated_count, number)


@dataclass(frozen=True)
class Line:
    """One entry as a page shows it. `answered` is the agency's answer that supplies its date;
    `numbered` is None for an entry without a date."""

    entry: Entry
    place: Place
    numbered: Numbered | None
    answered: EntryQuery | None
    event: Event | None


def chronology(access: Access) -> Chronology:
    """All entries in force in order; an agency's answer to a query supplies the interval.

    An agency's people see their own agency's.
    """
    return Chronology(access)


_ORDERS = Kept()


def _dating_answers() -> QuerySet[EntryQuery]:
    return EntryQuery.objects.filter(state=EntryQuery.State.ANSWERED).exclude(edtf="")


def lines_of(access: Access, wanted: Iterable[Numbered | Place]) -> list[Line]:
    """Entries as lines, in the order given, each with its answer and its event."""
    ordered = list(wanted)
    places = [one.place if isinstance(one, Numbered) else one for one in ordered]
    rows = _with_parts(access, entries_in_force(access).order_by())
    entries = rows.in_bulk([place.entry for place in places])
    return [
        _line(entries[place.entry], place, one if isinstance(one, Numbered) else None)
        for one, place in zip(ordered, places, strict=True)
        if place.entry in entries
    ]


def _with_parts(access: Access, rows: QuerySet[Entry]) -> QuerySet[Entry]:
    groupings = Grouping.objects.filter(ended_at__isnull=True).select_related("event")
    # The title of an event tells of other agencies' entries.
    if not access.may_read(Kind.CHRONOLOGY):
        groupings = groupings.none()
    # Prefetched, not joined: the rows of one file share its few parents.
    files = Submission.objects.select_related("document__case")
    return rows.select_related(None).prefetch_related(
        Prefetch("submission", queryset=files),
        Prefetch("groupings", queryset=groupings, to_attr="open_groupings"),
        Prefetch(
            "queries",
            queryset=_dating_answers().order_by("answered_at", "pk"),
            to_attr="dating_answers",
        ),
    )


def _line(entry: Entry, place: Place, found: Numbered | None) -> Line:
    groupings: list[Grouping] = getattr(entry, "open_groupings", [])
    answers: list[EntryQuery] = getattr(entry, "dating_answers", [])
    return Line(
        entry=entry,
        place=place,
        numbered=found,
        answered=answers[-1] if answers else None,
        event=groupings[0].event if groupings else None,
    )


def lines_among(access: Access, found: Chronology, entries: Iterable[str]) -> list[Line]:
    """The lines of these entries in order, undated last; ids that are not visible are left out."""
    return lines_of(access, found.standing(ids_among(entries)))


def ids_among(asked: Iterable[str]) -> Iterator[UUID]:
    """Those of the strings of an address that are ids at all."""
    for each in asked:
        with suppress(ValueError):
            yield UUID(each)


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


def queries_of(line: Line) -> QuerySet[EntryQuery]:
    """What was unclear in an entry, asked and answered."""
    return EntryQuery.objects.filter(entry=line.entry).order_by("recorded_at", "pk")


def document_to_open(access: Access, line: Line) -> Document | None:
    """The file an entry came from, where this person may open it."""
    return documents_visible(access).filter(pk=line.entry.submission.document_id).first()


def colours(access: Access) -> dict[str, int]:
    """Agency id to its colour on every page and export of this review."""
    return {str(scoped.agency_id): scoped.colour for scoped in agencies_in_scope(access)}
