"""Reading the dates of a table's rows, each with what it rests on.

A date that cannot be read is refused with a reason, never guessed. A blank or merged cell takes
the date of the row above; a date without a year takes it from a year row, a year column or the
table's title, in that order, and from nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from candour.engines.dates import (
    Context,
    DayOrder,
    Reading,
    excel_serial,
    prove_day_order,
    read_date,
    split_parts,
)
from candour.engines.tables.entries import Basis, DateCell, RowDate
from candour.engines.tables.model import Cell, NonEntryRow, Row, Table
from candour.engines.tables.number_formats import parts_shown
from candour.engines.tables.people import Person, whose_age
from candour.engines.tables.years import Span, complete, span_of

_YEAR_HEADING = re.compile(r"^\W*(calendar |school |academic )?year\W*$", re.IGNORECASE)
_PERSON_HEADING = re.compile(
    r"\b(patient|child|pupil|subject|client|service user|name|person)\b", re.IGNORECASE
)
_AS_ABOVE = re.compile(
    r"^\W*(as above|ditto|same (day|date)|do\.?|\"|”|〃|,,|\^)\W*$", re.IGNORECASE
)
_MAY_HOLD_TWO = re.compile(r"[\n&;,+]|\band\b", re.IGNORECASE)
_SERIALS = range(20_000, 60_000)


@dataclass(frozen=True)
class Surroundings:
    """What is known before a table is read: the day, the order of days, the family, the system."""

    as_of: date
    day_order: DayOrder
    people: tuple[Person, ...]
    date_1904: bool


def day_order_of(tables: Sequence[Table], told: DayOrder) -> DayOrder:
    """Return the order of day and month: as told, else as the file's own dates prove it."""
    if told is not DayOrder.AUTO:
        return told
    proved = {order for table in tables if (order := prove_day_order(_typed_dates(table)))}
    return proved.pop() if len(proved) == 1 else DayOrder.AUTO


def _typed_dates(table: Table) -> list[str]:
    wanted = {c.heading for c in table.columns if c.role in ("date", "end_date", "recorded_on")}
    return [
        cell.lines
        for row in table.rows
        for cell in row.cells
        if cell.heading in wanted and cell.lines and cell.number is None and cell.true_date is None
    ]


class TableDates:
    """Reads the dates of one table from top to bottom, remembering the row above."""

    def __init__(self, table: Table, around: Surroundings) -> None:
        self._table = table
        self._around = around
        self._place = next((n for n, c in enumerate(table.columns) if c.role == "date"), None)
        self._above: Reading | None = None
        self._banner: Span | None = None
        self._title = span_of(table.title, around.as_of)
        self._year_column = next(
            (c.heading for c in table.columns if _YEAR_HEADING.match(c.heading)), None
        )
        self._column_year: Span | None = None
        self._context = Context(
            day_order=around.day_order, as_of=around.as_of, date_1904=around.date_1904
        )
        # A chronology writes the same day again and again, in the same way.
        self._read_plain: dict[str, tuple[Reading, tuple[Reading, ...]]] = {}

    def pass_by(self, row: NonEntryRow) -> None:
        """Take the year from a row that is not an entry, if it gives one."""
        if row.kind == "year_row":
            self._banner = span_of(row.text, self._around.as_of) or self._banner

    def read(self, row: Row) -> RowDate:
        """Read the next row's date. Rows must come in file order."""
        cell = Cell(heading="") if self._place is None else row.cells[self._place]
        self._take_column_year(row)
        found = self._read_cell(cell, row)
        self._above = _without_time(found.reading)
        return found

    def _take_column_year(self, row: Row) -> None:
        cell = row.under(self._year_column) if self._year_column else None
        if cell is not None and cell.text:
            self._column_year = span_of(cell.text, self._around.as_of)

    def _read_cell(self, cell: Cell, row: Row) -> RowDate:
        raw = cell.as_typed
        if cell.merged_from is not None:
            return self._inherited(raw, "merged", "merged_above")
        if not cell.lines:
            return self._inherited(raw, "blank", "as_above")
        if cell.true_date is not None:
            return RowDate(raw, "date", "excel_date", self._true_date(cell, cell.true_date))
        if _is_serial(cell):
            serial = excel_serial(cell.number or 0.0, self._around.date_1904)
            return RowDate(raw, "number", "excel_serial", replace(serial, raw=raw))
        kind: DateCell = "text" if cell.number is None else "number"
        return self._typed(raw, cell.lines, kind, row)

    def _inherited(self, raw: str, kind: DateCell, basis: Basis) -> RowDate:
        above = self._above
        if above is None:
            return RowDate(raw, kind, "none", read_date("", self._context))
        if above.status != "resolved":
            return RowDate(raw, kind, "none", replace(above, raw=raw))
        return RowDate(raw, kind, basis, replace(above, raw=raw, rule=basis, slips=()))

    def _true_date(self, cell: Cell, when: date | datetime) -> Reading:
        shown = parts_shown(cell.number_format or "")
        text = when.isoformat()[:10]
        if shown and "d" not in shown:
            text = text[:7] if "m" in shown else text[:4]
        reading = read_date(text, replace(self._context, day_order=DayOrder.DMY))
        clock = f"{when:%H:%M}" if isinstance(when, datetime) else None
        return replace(
            reading, raw=cell.as_typed, time_from=clock, time_to=clock, rule="excel_date"
        )

    def _typed(self, raw: str, lines: str, kind: DateCell, row: Row) -> RowDate:
        basis: Basis = "typed"
        reading, parts = self._plainly(lines)
        if reading.status == "needs_context":
            basis, reading, context = self._completed(lines, reading, self._context, row)
            parts = _parts(lines, context) if reading.status == "resolved" else ()
        if raw != lines:
            reading = replace(reading, raw=raw)
        if reading.status != "resolved":
            return RowDate(raw, kind, "none", reading)
        return RowDate(raw, kind, basis, reading, parts)

    def _plainly(self, lines: str) -> tuple[Reading, tuple[Reading, ...]]:
        found = self._read_plain.get(lines)
        if found is None:
            reading = read_date(lines, self._context)
            parts = _parts(lines, self._context) if reading.status == "resolved" else ()
            found = self._read_plain[lines] = reading, parts
        return found

    def _completed(
        self, lines: str, reading: Reading, context: Context, row: Row
    ) -> tuple[Basis, Reading, Context]:
        if _AS_ABOVE.match(lines):
            again = replace(context, above=self._above)
            return "as_above", read_date(lines, again), again
        for basis, span in self._spans():
            completed = complete(lines, context, span)
            if completed is not None and completed.earliest is not None:
                return basis, completed, replace(context, year=completed.earliest.year)
        born = whose_age(self._around.people, lines, *self._persons(row), self._table.title)
        aged = replace(context, born=born)
        if born is not None and (found := read_date(lines, aged)).status == "resolved":
            return "age", found, aged
        return "none", reading, context

    def _spans(self) -> list[tuple[Basis, Span]]:
        offered: list[tuple[Basis, Span | None]] = [
            ("year_column", self._column_year),
            ("banner", self._banner),
            ("heading", self._title),
        ]
        return [(basis, span) for basis, span in offered if span is not None]

    def _persons(self, row: Row) -> list[str]:
        return [cell.text for cell in row.cells if _PERSON_HEADING.search(cell.heading)]


def _parts(lines: str, context: Context) -> tuple[Reading, ...]:
    parts = split_parts(lines, context) if _MAY_HOLD_TWO.search(lines) else ()
    return parts if len(parts) > 1 else ()


def _without_time(reading: Reading) -> Reading:
    if reading.time_from is None and reading.time_to is None:
        return reading
    return replace(reading, time_from=None, time_to=None)


def _is_serial(cell: Cell) -> bool:
    number = cell.number
    return number is not None and int(number) in _SERIALS and len(str(int(number))) == 5
