"""The integrated chronology as a file, with pseudonyms unless names are asked for."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.chronology.naming import Showing, showing
from candour.chronology.notes import notes_of
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
from candour.chronology.selectors.beside import births_of
from candour.contributions.models import Entry
from candour.engines.dates import Reading
from candour.engines.tables import (
    Cell,
    Integrated,
    Layout,
    Row,
    RowDate,
    RowTime,
    chronology_csv,
    chronology_docx,
    chronology_pdf,
    chronology_xlsx,
    provenance,
)
from candour.engines.tables import Entry as TableEntry
from candour.engines.tables.entries import Basis
from candour.engines.tables.layout import EVERYTHING
from candour.engines.tables.model import CellContent
from candour.kernel import clock
from candour.kernel.errors import Invalid


class Format(StrEnum):
    """The kinds of file that the chronology leaves in."""

    WORD = "docx"
    EXCEL = "xlsx"
    CSV = "csv"
    JSON = "json"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        """The media type to send it as."""
        return _MEDIA_TYPES[self]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES = {
    Format.WORD: f"{_OFFICE}.wordprocessingml.document",
    Format.EXCEL: f"{_OFFICE}.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
    Format.PDF: "application/pdf",
}
_SLICE = 500


@dataclass(frozen=True)
class Export:
    """A file to send. Its name is a reference and tells nothing."""

    name: str
    media_type: str
    content: bytes


Progress = Callable[[int, int], None]


def _nobody_waits(done: int, of: int) -> None:
    """A small file is written while its asker waits."""


@dataclass(frozen=True)
class _InColourOrder(Integrated):
    """The agencies in the order of their colours, so that a selection keeps every tint."""

    scope: tuple[str, ...] = ()

    @property
    def agencies(self) -> tuple[str, ...]:
        others = sorted({entry.agency for entry in self.entries} - set(self.scope))
        return (*self.scope, *others)


@transaction.atomic
def export(
    *,
    access: Access,
    file_format: Format,
    filters: Filters,
    names: bool,
    layout: Layout = EVERYTHING,
    tell: Progress = _nobody_waits,
) -> Export:
    """Write the chronology that the filters choose, undated entries last; an event says so.

    `tell` hears after every few hundred entries how many are done, and of how many. NotPermitted
    when names are asked for by somebody who may not read the register; Invalid where the file
    cannot be written in this format, with what to do instead.
    """
    shown = showing(access, names)
    whole = chronology(access)
    wanted: list[Numbered | Place] = [
        *chosen(access, whole, filters, shown),
        *chosen_undated(access, whole, filters, shown),
    ]
    entries = _entries(access, wanted, shown, tell)
    scope = tuple(whole.agencies[key] for key in colours(access) if key in whole.agencies)
    found = _InColourOrder(entries, (), births_of(access, shown), scope)
    content = _written(access, file_format, found, names, layout)
    record(
        "chronology.exported",
        by=access.actor,
        case_id=access.case.pk,
        format=file_format.value,
        entries=len(entries),
        names=names,
        columns=len(layout.headings),
        grain=layout.grain.value,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    name = f"{access.case.reference}-chronology.{file_format.value}"
    return Export(name, file_format.media_type, content)


def _entries(
    access: Access, wanted: Sequence[Numbered | Place], shown: Showing, tell: Progress
) -> tuple[TableEntry, ...]:
    written: list[TableEntry] = []
    for start in range(0, len(wanted), _SLICE):
        lines = lines_of(access, wanted[start : start + _SLICE])
        written += (_as_table_entry(line, shown) for line in lines)
        tell(min(start + _SLICE, len(wanted)), len(wanted))
    return tuple(written)


def _written(
    access: Access, file_format: Format, found: Integrated, names: bool, layout: Layout
) -> bytes:
    kind = "with names" if names else "with pseudonyms"
    title = f"Integrated chronology {access.case.reference}, {kind}"
    match file_format:
        case Format.CSV:
            return chronology_csv(found, layout)
        case Format.JSON:
            return _as_json(found, layout, clock.now())
        case Format.EXCEL:
            return chronology_xlsx(found, title, layout=layout)
        case Format.WORD:
            return chronology_docx(found, title, layout=layout)
        case Format.PDF:
            try:
                return chronology_pdf(found, title, layout=layout)
            except ValueError as refusal:
                raise Invalid("cannot_typeset", str(refusal), "file_format") from refusal


def _as_json(found: Integrated, layout: Layout, made_at: datetime) -> bytes:
    """Entries as the layout tells them, beside where each came from in W3C PROV."""
    told = [words for _, words in layout.records(found)]
    entries = [{name: words[name] for name in layout.headings} for words in told]
    shape = {"entries": entries, "prov": provenance(found, made_at)}
    return json.dumps(shape, ensure_ascii=False, indent=1).encode()


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
        end_date=_ending(entry),
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


def _basis(line: Line) -> str:
    return "typed" if line.answered else line.entry.basis or "none"


def _date_as_written(line: Line, shown: Showing) -> str:
    raw = shown(line.entry.date_raw)
    if not line.answered:
        return raw
    return f"{raw or 'no date'} [as answered by the agency: {shown(line.answered.answer)}]"


def _ending(entry: Entry) -> Reading | None:
    if not entry.end_edtf:
        return None
    return Reading(
        raw=entry.end_raw,
        edtf=entry.end_edtf,
        earliest=entry.end_earliest,
        latest=entry.end_latest,
        time_from=None,
        time_to=None,
        qualifier=None,
        status="resolved",
        rule="",
        reason=None,
    )


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
