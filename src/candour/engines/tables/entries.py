"""The entries of a chronology: what an agency wrote in a row, with its date read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from candour.engines.dates import Reading
from candour.engines.tables.model import Problem, Row, TableFile

DateCell = Literal["text", "date", "number", "blank", "merged"]
Basis = Literal[
    "typed",
    "banner",
    "heading",
    "year_column",
    "as_above",
    "merged_above",
    "age",
    "excel_date",
    "excel_serial",
    "none",
]
Day = date
TimeBasis = Literal["time_column", "date_cell", "event_opening", "event_text"]


@dataclass(frozen=True)
class RowDate:
    """A row's date: the cell as typed, how it was read, and what that rests on (`basis`)."""

    raw: str
    cell: DateCell
    basis: Basis
    reading: Reading
    parts: tuple[Reading, ...] = ()


@dataclass(frozen=True)
class RowTime:
    """A row's time of day as "HH:MM" from and to, and the place it was read in.

    A time out of the middle of the event's words (`event_text`) is a suggestion: it is shown as
    such and never decides the order of entries.
    """

    raw: str = ""
    time_from: str | None = None
    time_to: str | None = None
    basis: TimeBasis | None = None


@dataclass(frozen=True)
class RowWarning:
    """Something for the agency to look at in one row. It never changes what was typed."""

    code: str
    message: str


@dataclass(frozen=True)
class Entry:
    """One row of a chronology with its place, its date and its words.

    `text` holds every cell by heading. `told` and `told_by` hold agency codes only where the
    words say so plainly, so they may be empty. `end_date` is read and never widens the date.
    """

    file: str
    agency: str
    table: int
    sheet: str | None
    order: int
    row: Row
    date: RowDate
    time: RowTime
    text: Mapping[str, str]
    roles: Mapping[str, str]
    end_date: Reading | None = None
    recorded_on: Day | None = None
    told: tuple[str, ...] = ()
    told_by: tuple[str, ...] = ()
    warnings: tuple[RowWarning, ...] = ()

    def words(self, role: str) -> str:
        """Return the text of every column that plays a role, one line each."""
        texts = (self.text[heading] for heading, mine in self.roles.items() if mine == role)
        return "\n".join(text for text in texts if text)

    def paragraphs(self, role: str) -> str:
        """Return the same words with the paragraphs and line breaks they were typed in."""
        cells = (cell for cell in self.row.cells if self.roles.get(cell.heading) == role)
        return "\n".join(cell.lines for cell in cells if cell.lines)

    @property
    def must_refuse(self) -> bool:
        """Whether no date could be read without guessing."""
        return self.date.reading.status != "resolved"


@dataclass(frozen=True)
class ChronologyFile:
    """A file's tables, and the entries read from them."""

    file: str
    agency: str
    date_order: Literal["DMY", "MDY"]
    tables: TableFile
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = field(default_factory=tuple)

    def to_json(self) -> dict[str, object]:
        """Return the file as one object in the shape of `candour chronology read`."""
        from candour.engines.tables.shapes import file_shape

        return file_shape(self)
