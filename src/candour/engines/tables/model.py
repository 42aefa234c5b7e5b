"""What a file of chronology tables holds, before any date or heading is understood.

Every word of the file has a place here: in a cell, among the rows that are not entries, or among
the leaks, which are the words that stand outside the tables (headers, comments, properties).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

NonEntryKind = Literal[
    "title", "guidance", "repeated_header", "year_row", "banner", "blank", "deleted_row"
]


class UnreadableFile(Exception):
    """A file that cannot be read as tables at all.

    `code` is for programs, `message` says what is the matter and `fix` what the sender can do.
    """

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(f"{message} {fix}")
        self.code = code
        self.message = message
        self.fix = fix


@dataclass(frozen=True)
class Problem:
    """Something about a readable file that a person should know or settle."""

    code: str
    where: str
    message: str
    fix: str


@dataclass(frozen=True)
class Leak:
    """Words outside the table that may name somebody: `where` they are, and the `text`."""

    where: str
    text: str


@dataclass(frozen=True)
class Comment:
    """A margin comment or cell note; `anchor` is the passage it hangs on, if not the whole cell."""

    text: str
    author: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class CellContent:
    """One physical cell, read but not yet under a heading.

    `lines` is the visible text with a line feed between paragraphs and line breaks; everything
    else about white space follows the text rule. `typed` is set where the typed white space or
    hyphens differ.
    """

    lines: str = ""
    typed: str | None = None
    deleted: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    footnotes: tuple[str, ...] = ()
    endnotes: tuple[str, ...] = ()
    true_date: date | datetime | None = None
    number: float | None = None
    number_format: str | None = None

    @property
    def text(self) -> str:
        """The visible text on one line."""
        return self.lines.replace("\n", " ")

    @property
    def has_notes(self) -> bool:
        """Whether words hang on the cell that its text does not show."""
        return bool(self.comments or self.deleted or self.footnotes or self.endnotes)


BLANK = CellContent()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell under its heading; `merged_from` is the row whose cell reaches down into this one."""

    heading: str
    content: CellContent = BLANK
    merged_from: int | None = None

    @property
    def text(self) -> str:
        """The visible text on one line, by the text rule."""
        return self.content.text

    @property
    def lines(self) -> str:
        """The visible text with a line feed between paragraphs and line breaks."""
        return self.content.lines

    @property
    def as_typed(self) -> str:
        """The visible text with its own white space, paragraphs joined by line feeds."""
        return self.content.lines if self.content.typed is None else self.content.typed

    @property
    def deleted(self) -> tuple[str, ...]:
        """Each passage deleted with changes tracked, which the text leaves out."""
        return self.content.deleted

    @property
    def comments(self) -> tuple[Comment, ...]:
        """The margin comments or cell notes that hang on this cell."""
        return self.content.comments

    @property
    def footnotes(self) -> tuple[str, ...]:
        """The text of each footnote, in the order of their marks."""
        return self.content.footnotes

    @property
    def endnotes(self) -> tuple[str, ...]:
        """The text of each endnote, in the order of their marks."""
        return self.content.endnotes

    @property
    def true_date(self) -> date | datetime | None:
        """The day that a workbook itself holds, with its time where the format shows one."""
        return self.content.true_date

    @property
    def number(self) -> float | None:
        """The number that a workbook holds: for a date its day number in the date system."""
        return self.content.number

    @property
    def number_format(self) -> str | None:
        """The number format under which a workbook shows the number."""
        return self.content.number_format


@dataclass(frozen=True, slots=True)
class Row:
    """One row that may be an entry. `row_index` counts every physical row of its table from 1."""

    row_index: int
    cells: tuple[Cell, ...]
    hidden: bool = False
    inserted_row: bool = False

    def under(self, heading: str) -> Cell | None:
        """Return the cell under a heading, or None where the table has no such column."""
        return next((cell for cell in self.cells if cell.heading == heading), None)


@dataclass(frozen=True)
class NonEntryRow:
    """A row that is not an entry, kept in sight with its words."""

    row_index: int
    kind: NonEntryKind
    text: str


@dataclass(frozen=True)
class Column:
    """A column: its `heading` as typed (made unique within the table) and the `role` it plays."""

    heading: str
    role: str
    hidden: bool = False


@dataclass(frozen=True)
class Table:
    """One table of a document or one sheet of a workbook, numbered from 1 in file order."""

    number: int
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    non_entry_rows: tuple[NonEntryRow, ...] = ()
    sheet: str | None = None
    hidden: bool = False
    header_row: int | None = None

    @property
    def is_chronology(self) -> bool:
        """Whether some column holds dates: a key of staff or a form is no chronology."""
        return any(column.role == "date" for column in self.columns)

    def heading_of(self, role: str) -> str | None:
        """Return the first heading that plays this role."""
        return next((column.heading for column in self.columns if column.role == role), None)


@dataclass(frozen=True)
class TableFile:
    """Everything read from one file. `sha256` is of the bytes as they arrived."""

    format: str
    sha256: str
    tables: tuple[Table, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    leaks: tuple[Leak, ...] = ()
    problems: tuple[Problem, ...] = ()
    date_1904: bool = False
    encoding: str | None = None
    delimiter: str | None = None
