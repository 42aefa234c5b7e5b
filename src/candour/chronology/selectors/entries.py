"""The integrated chronology: all agencies' entries in one order, as far as dates determine it."""

from collections.abc import Iterable, Iterator, Sequence
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
from candour.contributions.models import Entry, EntryQuery
from candour.contributions.selectors import entries_in_force
from candour.documents.models import Document
from candour.documents.selectors import documents_visible
from candour.kernel.errors import Hidden
from candour.reviews.selectors import agencies_in_scope

Interval = tuple[date | None, date | None]


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


@dataclass(frozen=True)
class Chronology:
    """Every entry that the person may see, in its place; `undated` is never guessed into order."""

    dated: list[Numbered]
    undated: list[Place]

    @cached_property
    def agencies(self) -> dict[str, str]:
        """The agencies that wrote entries, id to name, in the order of their names."""
        places = (*(one.place for one in self.dated), *self.undated)
        found = {str(place.agency): place.agency_name for place in places}
        return dict(sorted(found.items(), key=lambda agency: agency[1]))


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
    if not access.may_read(Kind.CHRONOLOGY):
        return _in_order(access)
    mark = mark_of_entries(access)
    return _ORDERS.get(access.case.pk, mark, lambda: _in_order(access))


_ORDERS = Kept()


def _in_order(access: Access) -> Chronology:
    places = list(_places(access))
    undated = [place for place in places if not place.dated]
    return Chronology(
        numbered(places),
        sorted(undated, key=lambda p: (p.agency_name, str(p.submission), p.order, p.part)),
    )


def _places(access: Access) -> Iterator[Place]:
    answers = _answered_intervals(access)
    rows = entries_in_force(access).order_by().values_list(*_PLACE_FIELDS)
    for pk, agency, name, submission, order, part, since, until, ends, last, *times in rows:
        start, end = answers.get(pk, (since, until))
        where = (pk, agency, name, submission, order, part)
        yield Place(*where, start, end, *_own_time(*times), ends, last)


_PLACE_FIELDS = (
    "pk",
    "agency_id",
    "agency__name",
    "submission_id",
    "order",
    "part",
    "earliest",
    "latest",
    "end_earliest",
    "end_latest",
    "time_from",
    "time_to",
    "time_raw",
    "date_raw",
)


def _own_time(time_from: str, time_to: str, time_raw: str, date_raw: str) -> tuple[str, str]:
    # A time out of the middle of the event's words is a suggestion and decides no order.
    own = time_raw or (time_from and time_from in date_raw)
    return (time_from, time_to) if own else ("", "")


def _answered_intervals(access: Access) -> dict[UUID, Interval]:
    answers = _dating_answers().filter(case=access.case).order_by("answered_at", "pk")
    rows = answers.values_list("entry_id", "earliest", "latest")
    return {entry: (earliest, latest) for entry, earliest, latest in rows}


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
    return rows.select_related(None).prefetch_related(
        "submission__document__case",
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
    wanted = set(entries)
    dated = [one for one in found.dated if str(one.place.entry) in wanted]
    return lines_of(access, [*dated, *(p for p in found.undated if str(p.entry) in wanted)])


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
