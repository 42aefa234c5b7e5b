"""From tables to entries: every row with its date, time, words and what to look at."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from candour.engines.dates import Context, DayOrder, Reading, read_date
from candour.engines.tables.dating import Surroundings, TableDates, day_order_of
from candour.engines.tables.entries import ChronologyFile, Entry, RowDate, RowWarning
from candour.engines.tables.model import Problem, Row, Table
from candour.engines.tables.people import people_of
from candour.engines.tables.reading import collector_resting, read_tables
from candour.engines.tables.sequence import out_of_sequence
from candour.engines.tables.timing import time_of


def read_chronology(
    data: bytes,
    name: str,
    *,
    case: Mapping[str, object] | None = None,
    as_of: date,
    day_order: DayOrder = DayOrder.AUTO,
    roles: Mapping[str, str] | None = None,
) -> ChronologyFile:
    """Return the entries of one agency's file, in file order.

    `case` has the shape of case.json (birth dates, agencies and their files); `as_of` is the day
    after which no date is believed; `roles` gives roles by heading where a person has settled
    them. Raises UnreadableFile when the bytes are no file of tables.
    """
    with collector_resting():
        return _read(data, name, case, as_of, day_order, roles)


def _read(
    data: bytes,
    name: str,
    case: Mapping[str, object] | None,
    as_of: date,
    day_order: DayOrder,
    roles: Mapping[str, str] | None,
) -> ChronologyFile:
    tables = read_tables(data, name, roles)
    chronologies = [table for table in tables.tables if table.is_chronology]
    order = day_order_of(chronologies, day_order)
    around = Surroundings(as_of, order, people_of(case), tables.date_1904)
    agencies = agencies_of(case, name)
    return ChronologyFile(
        file=name,
        agency=next(iter(agencies), ""),
        date_order="MDY" if order is DayOrder.MDY else "DMY",
        tables=tables,
        entries=tuple(_entries_of(chronologies, name, agencies, around)),
        problems=(
            *tables.problems,
            *_hidden_problems(chronologies),
            *_unclear_agencies(chronologies, agencies),
        ),
    )


def _entries_of(
    tables: Sequence[Table], name: str, agencies: Mapping[str, str], around: Surroundings
) -> list[Entry]:
    entries: list[Entry] = []
    for table in tables:
        read = _TableEntries(name, agency_of(table, agencies), table, around)
        entries += read.entries(len(entries))
    return entries


def agencies_of(case: Mapping[str, object] | None, name: str) -> dict[str, str]:
    """Return the agencies whose file this is in the case: their names by code."""
    listed = case.get("agencies") if case else None
    return {
        str(agency.get("code", "")): str(agency.get("name", ""))
        for agency in (listed if isinstance(listed, list) else [])
        if isinstance(agency, dict) and PurePath(str(agency.get("file", ""))).name == name
    }


def agency_of(table: Table, agencies: Mapping[str, str]) -> str:
    """Return the code of the agency whose table this is; empty where its title does not tell."""
    if len(agencies) < 2:
        return next(iter(agencies), "")
    title = _letters(table.title)
    named = [code for code, name in agencies.items() if _letters(name) in title]
    return named[0] if len(named) == 1 else ""


def _letters(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def _unclear_agencies(tables: Sequence[Table], agencies: Mapping[str, str]) -> Iterator[Problem]:
    for table in tables:
        if len(agencies) > 1 and not agency_of(table, agencies):
            yield Problem(
                "agency_unclear",
                f"table {table.number}",
                f"The file is of {len(agencies)} agencies, and the table's title names none.",
                "Put the agency's name above its table, or send each agency's table by itself.",
            )


class _TableEntries:
    def __init__(self, file: str, agency: str, table: Table, around: Surroundings) -> None:
        self.file = file
        self.agency = agency
        self.table = table
        self.around = around
        self.dates = TableDates(table, around)
        self.roles = {column.heading: column.role for column in table.columns}
        self.places = {
            role: [at for at, column in enumerate(table.columns) if column.role == role]
            for role in ("time", "event", "end_date", "recorded_on")
        }

    def entries(self, already: int) -> Iterator[Entry]:
        dates = list(self._dates())
        rows = zip(self.table.rows, dates, out_of_sequence(dates), strict=True)
        for order, (row, found, misplaced) in enumerate(rows, start=already + 1):
            yield self._entry(row, order, found, misplaced)

    def _dates(self) -> Iterator[RowDate]:
        passing = deque(self.table.non_entry_rows)
        for row in self.table.rows:
            while passing and passing[0].row_index < row.row_index:
                self.dates.pass_by(passing.popleft())
            yield self.dates.read(row)

    def _entry(self, row: Row, order: int, found: RowDate, misplaced: RowWarning | None) -> Entry:
        texts = [cell.content.text for cell in row.cells]
        return Entry(
            file=self.file,
            agency=self.agency,
            table=self.table.number,
            sheet=self.table.sheet,
            order=order,
            row=row,
            date=found,
            time=time_of(self._said(texts, "time"), found, self._said(texts, "event")),
            text=dict(zip(self.roles, texts, strict=True)),
            roles=self.roles,
            end_date=self._day(row, "end_date"),
            recorded_on=self._recorded_on(row, found),
            warnings=(*_date_warnings(found), *((misplaced,) if misplaced else ())),
        )

    def _said(self, texts: Sequence[str], role: str) -> str:
        return " ".join([texts[at] for at in self.places[role] if texts[at]])

    def _day(self, row: Row, role: str) -> Reading | None:
        cell = row.cells[self.places[role][0]] if self.places[role] else None
        if cell is None or not cell.lines:
            return None
        text = cell.lines if cell.true_date is None else cell.true_date.isoformat()[:10]
        context = Context(
            day_order=self.around.day_order,
            as_of=self.around.as_of,
            date_1904=self.around.date_1904,
        )
        return replace(read_date(text, context), raw=cell.as_typed)

    def _recorded_on(self, row: Row, found: RowDate) -> date | None:
        reading = self._day(row, "recorded_on")
        if reading is not None and reading.earliest and reading.earliest == reading.latest:
            return reading.earliest
        return found.reading.recorded_on


def _date_warnings(found: RowDate) -> Iterator[RowWarning]:
    reading = found.reading
    if reading.status != "resolved":
        yield RowWarning("date_refused", reading.reason or "The date could not be read.")
    for slip in reading.slips:
        yield RowWarning("date_slip", slip)
    if found.parts:
        yield RowWarning(
            "two_dates",
            f"The date cell holds {len(found.parts)} dates. Say which words belong to which day.",
        )


def _hidden_problems(tables: Sequence[Table]) -> Iterator[Problem]:
    for table in tables:
        where = f"sheet {table.sheet}" if table.sheet else f"table {table.number}"
        rows = [str(row.row_index) for row in table.rows if row.hidden]
        columns = [column.heading for column in table.columns if column.hidden]
        if table.hidden:
            yield _hidden("hidden_sheet", where, "The sheet is hidden; its rows were read.")
        if rows:
            yield _hidden("hidden_rows", where, f"Hidden rows were read: {', '.join(rows)}.")
        if columns:
            yield _hidden(
                "hidden_columns", where, f"Hidden columns were read: {', '.join(columns)}."
            )


def _hidden(code: str, where: str, message: str) -> Problem:
    return Problem(code, where, message, "The agency that sent the file releases or removes each.")
