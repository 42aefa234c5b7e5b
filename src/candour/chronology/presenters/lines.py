"""What the pages of the chronology show of entries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from candour.cases.access import Access
from candour.chronology.exports import shown_headings
from candour.chronology.models import Event
from candour.chronology.naming import Showing
from candour.chronology.notes import notes_of
from candour.chronology.order import Place, days_differ, times_differ
from candour.chronology.selectors import Line
from candour.contributions.models import Entry, EntryQuery
from candour.ui.wording import day

# Cells that stand in columns of their own, or are said by another part of the row.
_NOT_IN_LIST = frozenset({"date", "end_date", "time", "event", "source", "agency"})
_TIMES = {
    "time_column": "In a column of its own",
    "date_cell": "In the cell of the date",
    "event_text": "In the words of the event",
    "event_opening": "In the first words of the event",
}
_BASES = {
    "banner": "from the line above the rows",
    "heading": "from the table's heading",
    "year_column": "with the year column",
    "as_above": "as the row above",
    "merged_above": "as the row above",
    "age": "from the child's age",
    "excel_serial": "from a day number",
}
_UNCERTAIN = "Order not settled by the dates: could stand anywhere from {} to {}."


@dataclass(frozen=True)
class ShownLine:
    """One entry on a page, in the words in which it may be shown."""

    id: str
    entry_id: UUID
    href: str
    number: int | None
    agency: str
    colour: int
    date_written: str
    understood: str
    answered: str
    time: str
    until: str
    words: str
    cells: list[tuple[str, str]]
    source: str
    order_note: str
    refusal: str
    event: Event | None
    event_href: str
    ages: tuple[str, ...] = ()
    interval: str = ""


def shown_lines(
    access: Access, lines: Iterable[Line], colours: Mapping[str, int], shown: Showing
) -> list[ShownLine]:
    """Lines in the words in which they may be shown."""
    return [_shown_line(access, line, colours, shown) for line in lines]


def _shown_line(
    access: Access, line: Line, colours: Mapping[str, int], shown: Showing
) -> ShownLine:
    entry = line.entry
    return ShownLine(
        id=str(entry.pk),
        entry_id=entry.pk,
        href=entry_address(access, str(entry.pk), shown),
        number=line.numbered.number if line.numbered else None,
        agency=line.place.agency_name,
        colour=colour_of(colours, str(line.place.agency)),
        date_written=shown(entry.date_raw) or "No date",
        understood=understood(line),
        answered=shown(line.answered.answer) if line.answered else "",
        time=time_shown(line, shown),
        until=until_shown(entry, shown),
        words=shown(entry.what),
        cells=_cells_beside(line, shown),
        source=shown(entry.source_of_information),
        order_note=order_note(line),
        refusal=entry.refusal,
        event=line.event,
        event_href=event_address(access, line.event) if line.event else "",
    )


def colour_of(colours: Mapping[str, int], agency: str) -> int:
    """The agency's colour in the review; one that left its scope has the last."""
    return colours.get(agency, 12)


def _cells_beside(line: Line, shown: Showing) -> list[tuple[str, str]]:
    roles, headings = line.entry.roles, shown_headings(line, shown)
    return [
        (headings[heading], shown(text))
        for heading, text in line.entry.text.items()
        if text and roles.get(heading, "other") not in _NOT_IN_LIST
    ]


def interval(earliest: date | None, latest: date | None) -> str:
    """An interval of days in words; nothing where neither end is known."""
    if earliest is None and latest is None:
        return ""
    if earliest == latest:
        return day(earliest)
    if earliest is None:
        return f"on or before {day(latest)}"
    return f"{day(earliest)} to {day(latest)}" if latest else f"on or after {day(earliest)}"


def understood(line: Line) -> str:
    """What was read from the date as written, or as the agency answered."""
    words = interval(line.place.earliest, line.place.latest)
    if line.answered or not words:
        return words
    entry = line.entry
    return ", ".join(filter(None, (words, entry.qualifier, _BASES.get(entry.basis, ""))))


def time_shown(line: Line, shown: Showing) -> str:
    """The time of day; one that was read from the event's own words says so."""
    entry = line.entry
    if not entry.time_from and not entry.time_to:
        return shown(entry.time_raw)
    same = entry.time_from == entry.time_to
    window = entry.time_from if same else f"{entry.time_from} to {entry.time_to}".strip()
    own = line.place.time_from or line.place.time_to
    return window if own else f"{window} (from the words)"


def order_note(line: Line) -> str:
    """Between which numbers the entry could stand, where the dates leave that open."""
    found = line.numbered
    return "" if found is None or found.settled else _UNCERTAIN.format(found.first, found.last)


def entry_address(access: Access, entry: str, shown: Showing) -> str:
    """The address of an entry's own page, showing names if this page does."""
    address = {"reference": access.case.reference, "entry_id": entry}
    names = "?names=shown" if shown.names else ""
    return reverse("chronology:entry", kwargs=address) + names


def row_reference(line: Line) -> str:
    """Where in which file the entry stands, by references alone."""
    entry = line.entry
    part = "sheet" if entry.sheet else "table"
    return f"{entry.submission.document.neutral_name}, {part} {entry.table}, row {entry.row_index}"


@dataclass(frozen=True)
class SourceRow:
    """An entry's row in its file: every cell as written, what was read, the words around it."""

    cells: list[dict[str, str]]
    facts: list[dict[str, str]]
    notes: list[dict[str, str]]
    around: list[str]


def source_row(line: Line, shown: Showing) -> SourceRow:
    """The whole row, in the words in which it may be shown."""
    headings = shown_headings(line, shown)
    cells = [
        {"key": headings[heading], "value": shown(text) or "(empty)"}
        for heading, text in line.entry.text.items()
    ]
    notes = [
        {"key": f"{note.kind} ({shown(note.heading)})", "value": shown(note.text)}
        for note in notes_of(line)
    ]
    around = [shown(words) for words in line.entry.submission.words_around]
    return SourceRow(cells, _facts(line, shown), notes, around)


def _facts(line: Line, shown: Showing) -> list[dict[str, str]]:
    entry, document = line.entry, line.entry.submission.document
    facts = {
        "File": document.neutral_name,
        "SHA-256 of the file": document.sha256,
        "File number": f"{entry.submission.number} sent by this agency",
        "Table": f"{entry.table}" + (f", sheet “{shown(entry.sheet)}”" if entry.sheet else ""),
        "Row": f"{entry.row_index}" + (f", date {entry.part} of several" * (entry.part > 1)),
        "Date as written": shown(entry.date_raw) or "No date",
        "Understood as": interval(entry.earliest, entry.latest) or "Not read",
        "Standard form (EDTF)": entry.edtf,
        "How it was read": ", ".join(
            filter(None, (entry.rule, _BASES.get(entry.basis, ""), entry.qualifier))
        ),
        "Why it was not read": entry.refusal,
        "Time": time_shown(line, shown),
        "Where the time was read": _TIMES.get(entry.time_basis, ""),
        "Until": until_shown(entry, shown),
    }
    return [{"key": key, "value": value} for key, value in facts.items() if value]


def until_shown(entry: Entry, shown: Showing) -> str:
    """Until when it lasted, as written and as understood; nothing where no column says so."""
    words = interval(entry.end_earliest, entry.end_latest)
    return f"{shown(entry.end_raw)}, understood as {words}" if words else shown(entry.end_raw)


def differences(lines: Iterable[Line]) -> list[str]:
    """In which way the accounts of one event differ, in plain words."""
    accounts = [line for line in lines if line.place.dated]
    places: list[Place] = [line.place for line in accounts]
    if len(places) < 2:
        return []
    found = []
    if days_differ(places):
        told = "; ".join(f"{p.agency_name}: {interval(p.earliest, p.latest)}" for p in places)
        found.append(f"The accounts give different days. {told}.")
    if times_differ(places):
        told = "; ".join(
            f"{p.agency_name}: {_window(p.time_from, p.time_to)}" for p in places if p.time_from
        )
        found.append(f"The accounts give different times. {told}.")
    return found


def _window(time_from: str, time_to: str) -> str:
    return time_from if time_to in ("", time_from) else f"{time_from} to {time_to}"


@dataclass(frozen=True)
class ShownQuery:
    """Something unclear in an entry, with its answer beside it."""

    question: str
    state: str
    answer: str
    understood: str


def shown_queries(queries: Iterable[EntryQuery], shown: Showing) -> list[ShownQuery]:
    """What was asked about an entry and what the agency answered."""
    return [
        ShownQuery(
            question=shown(query.question),
            state=EntryQuery.State(query.state).label,
            answer=shown(query.answer),
            understood=interval(query.earliest, query.latest),
        )
        for query in queries
    ]


def event_rows(access: Access, events: Iterable[Event]) -> list[list[str | dict[str, str | bool]]]:
    """One row an event, with how many entries of how many agencies tell of it."""
    return [
        [
            {"text": event.title, "href": event_address(access, event)},
            {"text": str(getattr(event, "accounts", "")), "numeric": True},
            {"text": str(getattr(event, "agencies", "")), "numeric": True},
        ]
        for event in events
    ]


def event_address(access: Access, event: Event) -> str:
    """The address of an event's page."""
    address = {"reference": access.case.reference, "event_id": event.pk}
    return reverse("chronology:event", kwargs=address)


def query_without(query: QueryDict, *left_out: str, **added: str) -> str:
    """The page's own query, encoded, without some of its parts and with others."""
    kept = query.copy()
    for name in (*left_out, *added):
        kept.pop(name, None)
    for name, value in added.items():
        kept[name] = value
    return kept.urlencode()
