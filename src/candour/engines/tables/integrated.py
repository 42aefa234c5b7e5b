"""The integrated chronology: every agency's entries in one order, and the columns to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Final

from candour.engines.tables.entries import ChronologyFile, Entry
from candour.engines.tables.model import Problem

HEADINGS: Final = (
    "Date",
    "Earliest",
    "Latest",
    "Until",
    "Time",
    "Agency",
    "Event",
    "Child seen",
    "Response",
    "Comment",
    "Source",
    "Other details",
    "Where it stands",
)
# Worked out beside the entries, and written only where somebody asks for them.
AGES: Final = "Ages of the children"
SINCE: Final = "Since the entry before"
OPTIONAL: Final = (AGES, SINCE)


Birth = tuple[str, date, date | None]


@dataclass(frozen=True)
class Integrated:
    """All entries in order, each with the agency's name, and the problems of every file.

    `births` are the children whose ages may be told: the name to show, when born, when died.
    """

    entries: tuple[Entry, ...]
    problems: tuple[tuple[str, Problem], ...]
    births: tuple[Birth, ...] = ()

    @property
    def agencies(self) -> tuple[str, ...]:
        """The agencies in the order of their names."""
        return tuple(sorted({entry.agency for entry in self.entries}))


def merge(files: Sequence[ChronologyFile], agencies: Mapping[str, str] | None = None) -> Integrated:
    """Put the entries of several files in one order; no entry is dropped, joined or altered.

    The order is by earliest day, then latest day, then time of day, then the day until which it
    lasted, then agency and place in the file. An open start stands at its last possible day;
    entries whose date was refused stand last, in file order. `agencies` gives an agency's name by
    file name.
    """
    named = [
        replace(entry, agency=agency_named(file, entry, agencies or {}))
        for file in files
        for entry in file.entries
    ]
    return Integrated(
        entries=tuple(sorted(named, key=_place)),
        problems=tuple((file.file, problem) for file in files for problem in file.problems),
    )


def agency_named(file: ChronologyFile, entry: Entry, agencies: Mapping[str, str]) -> str:
    """Return the name to show for an entry's agency.

    As given for its file; else from the case; else from the row's own agency column; else the
    company in the file's properties; else the file's name.
    """
    return (
        agencies.get(file.file)
        or file.agency
        or entry.words("agency").partition("\n")[0]
        or file.tables.properties.get("company", "")
        or PurePath(file.file).stem
    )


def _place(entry: Entry) -> tuple[bool, date, date, str, date, str, str, int]:
    reading = entry.date.reading
    earliest = reading.earliest or reading.latest or date.max
    latest = reading.latest or date.max
    refused = entry.must_refuse
    if refused:
        earliest = latest = date.max
    return (
        refused,
        earliest,
        latest,
        "" if refused else _time_for_order(entry),
        date.min if refused else _day_of_ending(entry),
        entry.agency,
        entry.file,
        entry.order,
    )


def _time_for_order(entry: Entry) -> str:
    suggested = entry.time.basis == "event_text"
    return "" if suggested else entry.time.time_from or ""


def _day_of_ending(entry: Entry) -> date:
    """What lasted longer stands after what began with it and did not."""
    ending = entry.end_date
    return (ending.latest or ending.earliest or date.min) if ending else date.min


def record(entry: Entry) -> dict[str, str]:
    """Return an entry's words by the headings of `HEADINGS`; every cell's words are among them.

    Deleted text and margin comments are left out: the agency that sent them releases them first.
    """
    reading = entry.date.reading
    return {
        "Date": date_as_shown(entry),
        "Earliest": _day(None if entry.must_refuse else reading.earliest),
        "Latest": _day(None if entry.must_refuse else reading.latest),
        "Until": until_as_shown(entry),
        "Time": time_as_shown(entry),
        "Agency": entry.agency,
        "Event": entry.paragraphs("event"),
        "Child seen": entry.paragraphs("child_seen"),
        "Response": entry.paragraphs("response"),
        "Comment": entry.paragraphs("comment"),
        "Source": entry.paragraphs("source"),
        "Other details": "\n".join(_other_details(entry)),
        "Where it stands": where(entry),
    }


def date_as_shown(entry: Entry) -> str:
    """Return the date as written; a date taken from elsewhere says so in square brackets."""
    found = entry.date
    raw = found.raw.replace("\n", " ")
    if found.basis in ("typed", "excel_date") or entry.must_refuse:
        return raw or "[no date]"
    says = {
        "as_above": "as the row above",
        "merged_above": "as the row above",
        "age": "from the child's age",
        "excel_serial": "a day number",
    }.get(found.basis, "")
    years = sorted({day.year for day in (found.reading.earliest, found.reading.latest) if day})
    added = says or " to ".join(map(str, years))
    return f"{raw} [{added}]".strip()


def until_as_shown(entry: Entry) -> str:
    """Return until when it lasted, as written, with the days understood where they differ."""
    raw, ending = entry.words("end_date").replace("\n", " "), entry.end_date
    ends = (ending.earliest, ending.latest) if ending else (None, None)
    understood = " to ".join(dict.fromkeys(_day(day) for day in ends if day))
    return raw if understood in ("", raw) else f"{raw} [{understood}]".strip()


def time_as_shown(entry: Entry) -> str:
    """Return the time of day, or the typed words of the time column where it is none."""
    time = entry.time
    if time.time_from is None and time.time_to is None:
        return time.raw
    same = time.time_from == time.time_to
    window = time.time_from if same else f"{time.time_from or ''} to {time.time_to or ''}".strip()
    return f"{window} [from the words]" if time.basis == "event_text" else window or ""


def where(entry: Entry) -> str:
    """Return the file, sheet or table, and row that an entry was read from."""
    part = f"sheet {entry.sheet}" if entry.sheet else f"table {entry.table}"
    return f"{entry.file}, {part}, row {entry.row.row_index}"


def _other_details(entry: Entry) -> list[str]:
    shown = {"date", "end_date", "time", "event", "child_seen", "response", "comment", "source"}
    details = [
        f"{heading}: {text}"
        for heading, text in entry.text.items()
        if text and entry.roles.get(heading) not in shown
    ]
    for cell in entry.row.cells:
        details += [f"Footnote: {note}" for note in cell.footnotes]
        details += [f"Endnote: {note}" for note in cell.endnotes]
    return details


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""
