"""Tables as they physically stand, before anything is known of headings or entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from candour.engines.tables.model import CellContent, Problem

MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class RawCell:
    """One physical cell: its first grid column from 0, how many columns it spans, and its words."""

    content: CellContent
    first: int
    span: int = 1
    merged_from: int | None = None


@dataclass(frozen=True, slots=True)
class RawRow:
    """One physical row, counted from 1; `header_mark` is the program's own "repeat as header"."""

    row_index: int
    cells: tuple[RawCell, ...]
    hidden: bool = False
    inserted: bool = False
    deleted: bool = False
    header_mark: bool = False

    def filled(self) -> list[RawCell]:
        """Return the cells that show words, leaving out those that a cell above reaches into."""
        return [cell for cell in self.cells if cell.content.lines and cell.merged_from is None]

    @property
    def width(self) -> int:
        """The number of grid columns up to the end of the last cell."""
        return max((cell.first + cell.span for cell in self.cells), default=0)

    def words(self) -> str:
        """Return all words of the row, deleted ones too, so that nothing is lost from sight."""
        return " | ".join(part for cell in self.cells for part in _all_words(cell.content))


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table or sheet with its rows."""

    rows: tuple[RawRow, ...]
    title: str = ""
    sheet: str | None = None
    hidden: bool = False
    hidden_columns: frozenset[int] = field(default_factory=frozenset)


def columns_left_out(where: str, row: int) -> Problem:
    """Return what is said once of a table that is wider than any chronology."""
    return Problem(
        "columns_left_out",
        f"{where} row {row}",
        f"There are words beyond column {MOST_COLUMNS}, which were not read.",
        f"Move them into the first {MOST_COLUMNS} columns and send the file again, or say that "
        "they are not part of the chronology.",
    )


def _all_words(content: CellContent) -> Iterable[str]:
    if content.lines:
        yield content.text
    yield from content.deleted
