"""Reading .xls workbooks through calamine, and saying what that reader cannot show."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice

from candour.engines.tables.model import CellContent, Problem, UnreadableFile
from candour.engines.tables.number_formats import shown
from candour.engines.tables.package import damaged, locked
from candour.engines.tables.raw import (
    MOST_COLUMNS,
    RawCell,
    RawRow,
    RawTable,
    columns_left_out,
)
from candour.engines.tables.wording import worded

_DATEMODE = b"\x22\x00\x02\x00"


@dataclass
class OldWorkbook:
    """The sheets of a workbook as calamine gives them."""

    tables: list[RawTable] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    date_1904: bool = False


def read_old_workbook(data: bytes) -> OldWorkbook:
    """Read every sheet in order. Raises UnreadableFile when the workbook is locked or broken."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(about, book.get_sheet_by_name(about.name)) for about in book.sheets_metadata]
    except python_calamine.PasswordError:
        raise locked() from None
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise _refusal(error) from None
    read = OldWorkbook(date_1904=_counts_from_1904(data))
    read.problems.append(_not_shown())
    for about, sheet in sheets:
        if sheet is None:
            continue
        hidden = str(about.visible).rpartition(".")[2].lower() != "visible"
        values = sheet.to_python(skip_empty_area=False)
        rows = tuple(_rows(values, sheet.merged_cell_ranges))
        wide = (at for at, row in enumerate(values, start=1) if any(row[MOST_COLUMNS:]))
        read.problems += [columns_left_out(f"sheet {about.name}", at) for at in islice(wide, 1)]
        read.tables.append(RawTable(rows, title=about.name, sheet=about.name, hidden=hidden))
    return read


def _counts_from_1904(data: bytes) -> bool:
    """Whether bare day numbers count from 1904: record DATEMODE of BIFF.

    The reader turns true dates into days by itself and does not tell.
    """
    at = data.find(_DATEMODE)
    return at >= 0 and data[at + len(_DATEMODE) : at + len(_DATEMODE) + 2] == b"\x01\x00"


def _refusal(error: Exception) -> UnreadableFile:
    return locked() if "password" in str(error).lower() else damaged()


def _not_shown() -> Problem:
    return Problem(
        "reader_shows_less",
        "whole file",
        "This kind of workbook was read for its values alone: hidden rows and columns, cell "
        "comments, headers and footers, document properties, and the way dates were shown were "
        "not read, so names there were not found.",
        "Open it in Excel or LibreOffice, choose Save As, Excel Workbook (.xlsx), and send that.",
    )


def _rows(
    values: Sequence[Sequence[object]],
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] | None,
) -> Iterator[RawRow]:
    covered, spans = _merges(merged or ())
    for index, row in enumerate(values):
        cells = []
        reached = 0
        for column, value in enumerate(row[:MOST_COLUMNS]):
            span = spans.get((index, column), 1)
            if column >= reached:
                cells.append(_raw_cell(value, index, column, span, covered))
                reached = column + span
        yield RawRow(index + 1, tuple(cells))


def _raw_cell(
    value: object, row: int, column: int, span: int, covered: dict[tuple[int, int], int]
) -> RawCell:
    top = covered.get((row, column))
    return RawCell(_words(value), column, span, merged_from=None if top is None else top + 1)


def _merges(
    ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]],
) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], int]]:
    covered: dict[tuple[int, int], int] = {}
    spans: dict[tuple[int, int], int] = {}
    for (top, left), (bottom, right) in ranges:
        spans[top, left] = min(right, MOST_COLUMNS) - left + 1
        for row in range(top + 1, min(bottom, top + 10_000) + 1):
            covered[row, left] = top
    return covered, spans


def _words(value: object) -> CellContent:
    if value is None or value == "":
        return CellContent()
    if isinstance(value, bool):
        return CellContent(lines=str(value).upper())
    if isinstance(value, datetime):
        shown_time = value.time() != time.min
        lines = f"{value:%d/%m/%Y %H:%M}" if shown_time else f"{value:%d/%m/%Y}"
        return CellContent(lines=lines, true_date=value if shown_time else value.date())
    if isinstance(value, date):
        return CellContent(lines=f"{value:%d/%m/%Y}", true_date=value)
    if isinstance(value, time):
        return CellContent(lines=f"{value:%H:%M}")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return CellContent(lines=f"{minutes // 60:02d}:{minutes % 60:02d}")
    if isinstance(value, int | float):
        return CellContent(
            lines=shown(value, "General"), number=float(value), number_format="General"
        )
    text = str(value)
    return CellContent(*worded(text))
