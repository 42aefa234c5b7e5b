"""The integrated chronology as a Word or CSV file, with pseudonyms unless names are asked for."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.chronology.naming import Showing, showing
from candour.chronology.order import Numbered, Place
from candour.chronology.selectors import (
    Filters,
    Line,
    chosen,
    chosen_undated,
    chronology,
    colours,
    lines_of,
)
from candour.engines.dates import Reading
from candour.engines.tables import (
    Cell,
    Integrated,
    Row,
    RowDate,
    RowTime,
    chronology_csv,
    chronology_docx,
)
from candour.engines.tables import Entry as TableEntry
from candour.engines.tables.entries import Basis
from candour.engines.tables.model import CellContent

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Format(StrEnum):
    """The kinds of file that the chronology leaves in."""

    WORD = "docx"
    CSV = "csv"


@dataclass(frozen=True)
class Export:
    """A file to send. Its name is a reference and tells nothing."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class _InColourOrder(Integrated):
    """The agencies in the order of their colours, so that a selection keeps every tint."""

    scope: tuple[str, ...] = ()

    @property
    def agencies(self) -> tuple[str, ...]:
        others = sorted({entry.agency for entry in self.entries} - set(self.scope))
        return (*self.scope, *others)


@transaction.atomic
def export(*, access: Access, file_format: Format, filters: Filters, names: bool) -> Export:
    """Write the chronology that the filters choose, undated entries last; an event says so.

    NotPermitted when names are asked for by somebody who may not read the register.
    """
    shown = showing(access, names)
    whole = chronology(access)
    wanted: list[Numbered | Place] = [
        *chosen(access, whole.dated, filters, shown),
        *chosen_undated(access, whole.undated, filters, shown),
    ]
    lines = lines_of(access, wanted)
    content = _written(
        access, file_format, _integrated(access, whole.agencies, lines, shown), names
    )
    record(
        "chronology.exported",
        by=access.actor,
        case_id=access.case.pk,
        format=file_format.value,
        entries=len(lines),
        names=names,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    media_type = _WORD if file_format is Format.WORD else "text/csv; charset=utf-8"
    return Export(f"{access.case.reference}-chronology.{file_format.value}", media_type, content)


def _written(access: Access, file_format: Format, found: Integrated, names: bool) -> bytes:
    if file_format is Format.CSV:
        return chronology_csv(found)
    kind = "with names" if names else "with pseudonyms"
    return chronology_docx(found, f"Integrated chronology {access.case.reference}, {kind}")


def _integrated(
    access: Access, names: Mapping[str, str], lines: list[Line], shown: Showing
) -> Integrated:
    scope = tuple(names[agency] for agency in colours(access) if agency in names)
    entries = tuple(_as_table_entry(line, shown) for line in lines)
    return _InColourOrder(entries, (), scope=scope)


def _as_table_entry(line: Line, shown: Showing) -> TableEntry:
    entry, document = line.entry, line.entry.submission.document
    headings = shown_headings(line, shown)
    cells = tuple(_cells(line, headings, shown))
    return TableEntry(
        file=document.neutral_name,
        agency=line.place.agency_name,
        table=entry.table,
        sheet=shown(entry.sheet) or None,
        order=entry.order,
        row=Row(entry.row_index, cells),
        date=RowDate(
            _date_as_written(line, shown), "text", cast(Basis, _basis(line)), _reading(line)
        ),
        time=RowTime(
            shown(entry.time_raw),
            entry.time_from or None,
            entry.time_to or None,
            "time_column" if line.place.time_from or line.place.time_to else "event_text",
        ),
        text={cell.heading: cell.text for cell in cells},
        roles={headings[heading]: role for heading, role in entry.roles.items() if role},
    )


def shown_headings(line: Line, shown: Showing) -> dict[str, str]:
    """Each heading of a row as it is shown: agencies write names there too."""
    found: dict[str, str] = {}
    for heading in (*line.entry.text, *line.entry.roles):
        plain = name = shown(heading)
        others = {other for each, other in found.items() if each != heading}
        number = 1
        while name in others:
            number += 1
            name = f"{plain} ({number})"
        found[heading] = name
    return found


def _cells(line: Line, headings: Mapping[str, str], shown: Showing) -> Iterator[Cell]:
    for heading, text in line.entry.text.items():
        yield Cell(headings[heading], CellContent(lines=shown(text)))
    notes = [f"{note.kind}: {shown(note.text)}" for note in notes_of(line)]
    if notes:
        yield Cell("Notes", CellContent(lines="\n".join(notes)))


@dataclass(frozen=True)
class Note:
    """A footnote, margin comment or deleted passage that the agency sent with a row."""

    kind: str
    heading: str
    text: str


_NOTE_KINDS = {
    "footnotes": "Footnote",
    "endnotes": "Endnote",
    "comment": "Comment in the margin",
    "deleted_text": "Deleted text that the agency released",
}


def notes_of(line: Line) -> list[Note]:
    """What belongs to a row besides its cells, as the agency sent or released it."""
    return [
        Note(label, note.get("heading") or note.get("column") or "", note["text"])
        for kind, label in _NOTE_KINDS.items()
        for note in line.entry.notes.get(kind, [])
    ]


def _basis(line: Line) -> str:
    return "typed" if line.answered else line.entry.basis or "none"


def _date_as_written(line: Line, shown: Showing) -> str:
    raw = shown(line.entry.date_raw)
    if not line.answered:
        return raw
    return f"{raw or 'no date'} [as answered by the agency: {shown(line.answered.answer)}]"


def _reading(line: Line) -> Reading:
    entry, place = line.entry, line.place
    return Reading(
        raw=entry.date_raw,
        edtf=(line.answered.edtf if line.answered else entry.edtf) or None,
        earliest=place.earliest,
        latest=place.latest,
        time_from=entry.time_from or None,
        time_to=entry.time_to or None,
        qualifier=entry.qualifier or None,
        status="resolved" if place.dated else "refused",
        rule=entry.rule,
        reason=entry.refusal or None,
    )
