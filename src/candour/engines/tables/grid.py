"""From physical rows to a table: where the header stands, what each row is, which cell is whose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from candour.engines.tables.headers import (
    header_above_dates,
    header_by_wording,
    repeats,
    sections,
    with_second_line,
)
from candour.engines.tables.headings import apply_choices, guess_roles, looks_dated
from candour.engines.tables.model import (
    Cell,
    CellContent,
    Column,
    NonEntryKind,
    NonEntryRow,
    Row,
    Table,
)
from candour.engines.tables.raw import RawCell, RawRow, RawTable

_SAMPLE = 40
_YEAR_ROW = re.compile(
    r"^(?:(?:school|academic|financial|calendar)?\s*year\s*:?\s*|"
    r"(?:autumn|spring|summer|winter)(?:\s+term)?\s*:?\s*|"
    r"(?:reception|nursery|year\s*\d\d?|class\s*\w+)\s*[:,-]?\s*\(?)?"
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s*)?"
    r"(?:1[89]|20)\d\d(?:\s*[-/–]\s*(?:\d\d|(?:1[89]|20)\d\d))?\b[^.;]{0,40}$",
    re.I,
)
_INSTRUCTION = re.compile(
    r"^\W*(e\.?g\.?\b|example\b|guidance\b|instructions?\b|please (use|enter|do not|list)|"
    r"d{1,2}[./-]m{1,2}[./-]y{2,4}\W*$|\[?(insert|enter|type)\b.{0,30}\b(date|here)\b)",
    re.I,
)


def build_tables(raws: Sequence[RawTable], chosen: Mapping[str, str] | None = None) -> list[Table]:
    """Return the tables with headings, roles and entries told apart from all other rows.

    `chosen` gives roles by heading where a person has settled them. Every physical row comes out
    once. A table with a second, different set of headings comes out as two of the same number; one
    without headings that carries on the table before it takes that table's headings.
    """
    tables: list[Table] = []
    for number, raw in enumerate(raws, start=1):
        for section in sections(raw, chosen or {}):
            before = tables[-1] if tables else None
            tables.append(_build(section, number, before, chosen or {}))
    return tables


def _build(raw: RawTable, number: int, before: Table | None, chosen: Mapping[str, str]) -> Table:
    header = header_by_wording(raw.rows, chosen)
    carried = header is None and before is not None and _carries_on(raw, before)
    second: RawRow | None = None
    if header is not None:
        header, second = with_second_line(header, raw.rows)
    elif not carried:
        header = header_above_dates(raw.rows)
    headings = _headings(raw, header)
    if carried and before is not None:
        headings = [column.heading for column in before.columns]
    rows, others = _sorted_out(raw, header, second, headings)
    roles = _roles(headings, rows, before if carried else None, chosen)
    hidden = raw.hidden_columns
    return Table(
        number=number,
        title=raw.title,
        columns=tuple(Column(h, roles[h], at in hidden) for at, h in enumerate(headings)),
        rows=tuple(rows),
        non_entry_rows=tuple(others),
        sheet=raw.sheet,
        hidden=raw.hidden,
        header_row=header.row_index if header else None,
    )


def _carries_on(raw: RawTable, before: Table) -> bool:
    """Whether a table without headings has the shape and the date column of the one before it."""
    place = next((at for at, column in enumerate(before.columns) if column.role == "date"), None)
    first = next((row for row in raw.rows if row.filled()), None)
    if place is None or first is None or len(first.cells) != len(before.columns):
        return False
    return raw.sheet is None and looks_dated(first.cells[place].content.text)


def _roles(
    headings: list[str], rows: Sequence[Row], before: Table | None, chosen: Mapping[str, str]
) -> dict[str, str]:
    if before is not None:
        return {column.heading: column.role for column in before.columns}
    samples = [[cell.text for cell in row.cells] for row in rows[:_SAMPLE]]
    return apply_choices(guess_roles(headings, samples), chosen)


def _sorted_out(
    raw: RawTable, header: RawRow | None, second: RawRow | None, headings: list[str]
) -> tuple[list[Row], list[NonEntryRow]]:
    columns = _Columns(header, headings)
    rows: list[Row] = []
    others: list[NonEntryRow] = []
    for row in raw.rows:
        if header is not None and row.row_index == header.row_index:
            continue
        kind = "repeated_header" if row is second else _kind_of(row, header)
        if kind is None:
            rows.append(columns.row(row))
        else:
            others.append(NonEntryRow(row.row_index, kind, row.words()))
    return rows, others


def _headings(raw: RawTable, header: RawRow | None) -> list[str]:
    """Return a heading for every column in use, each different from the others."""
    used = max(map(_last_in_use, raw.rows), default=0)
    named = [cell.content.text for cell in _in_use(header, used)] if header else []
    named += [""] * (used - (header.width if header else 0))
    headings: list[str] = []
    for place, text in enumerate(named, start=1):
        heading = text or f"Column {place}"
        repeats = sum(1 for earlier in named[: place - 1] if earlier == text and text)
        headings.append(f"{heading} ({repeats + 1})" if repeats else heading)
    return headings


def _last_in_use(row: RawRow) -> int:
    """How many columns a row fills: cells stand in order, so the last with words tells."""
    for cell in reversed(row.cells):
        if cell.content.lines and cell.merged_from is None:
            return cell.first + 1
    return 0


def _in_use(header: RawRow, used: int) -> list[RawCell]:
    cells = list(header.cells)
    while cells and not cells[-1].content.lines and cells[-1].first >= used:
        cells.pop()
    return cells


def _kind_of(row: RawRow, header: RawRow | None) -> NonEntryKind | None:
    filled = row.filled()
    if row.deleted or (not filled and row.words()):
        return "deleted_row"
    if not filled:
        return "blank"
    if header is not None and row.row_index < header.row_index:
        return "title" if len(filled) == 1 and len(row.cells) > 1 else "guidance"
    if header is not None and repeats(row, header):
        return "repeated_header"
    return _banner_or_guidance(row, filled, header)


def _banner_or_guidance(
    row: RawRow, filled: list[RawCell], header: RawRow | None
) -> NonEntryKind | None:
    text = filled[0].content.text
    if _INSTRUCTION.match(text):
        return "guidance"
    if len(filled) > 1:
        return None
    width = header.width if header else row.width
    across = width > 1 and filled[0].span >= max(2, width - 1)
    alone_in_front = filled[0].first == 0 and width > 2 and not _reached_into(row)
    if _YEAR_ROW.match(text) and (across or alone_in_front):
        return "year_row"
    if across or (alone_in_front and not any(c.isdigit() for c in text) and len(text) < 60):
        return "banner"
    return None


def _reached_into(row: RawRow) -> bool:
    return any(cell.merged_from is not None for cell in row.cells)


class _Columns:
    """Finds the heading that each cell of a row stands under."""

    def __init__(self, header: RawRow | None, headings: Sequence[str]) -> None:
        self.headings = headings
        self.header = header
        self.blank = tuple(Cell(heading) for heading in headings)
        self.count = len(header.cells) if header else -1
        self.width = header.width if header else 0
        self.beyond = min(self.count, len(headings))
        self.place_of = self._places_by_column()
        self.plain = self.place_of == list(range(len(headings)))

    def _places_by_column(self) -> list[int]:
        places: list[int] = []
        for at, cell in enumerate(self.header.cells if self.header else ()):
            places += [max(at - 1, 0)] * (cell.first - len(places)) + [at] * cell.span
        return places

    def row(self, raw: RawRow) -> Row:
        cells = self._side_by_side(raw) if self._fits(raw) else tuple(self._placed(raw))
        return Row(raw.row_index, cells, hidden=raw.hidden, inserted_row=raw.inserted)

    def _fits(self, raw: RawRow) -> bool:
        count = len(raw.cells)
        if count == self.count == len(self.headings):
            return True
        # Cells stand in order, so the last tells whether each stands under its own heading.
        return 0 < count < len(self.headings) and self.plain and raw.cells[-1].first == count - 1

    def _side_by_side(self, raw: RawRow) -> tuple[Cell, ...]:
        cells = tuple(map(_under, self.headings, raw.cells))
        return cells + self.blank[len(cells) :]

    def _placed(self, raw: RawRow) -> Iterable[Cell]:
        cells = list(self.blank)
        taken: dict[int, list[CellContent]] = {}
        for at, cell in enumerate(raw.cells):
            place = self._place(at, cell, len(raw.cells))
            if place >= len(cells):
                continue
            parts = taken.setdefault(place, [])
            parts.append(cell.content)
            content = parts[0] if len(parts) == 1 else _joined(parts)
            merged = cell.merged_from if len(parts) == 1 else cells[place].merged_from
            cells[place] = Cell(self.headings[place], content, merged)
        return cells

    def _place(self, at: int, cell: RawCell, count: int) -> int:
        if self.header is None:
            return at if count == len(self.headings) else cell.first
        if count == self.count:
            return at
        if cell.first >= self.width:
            return min(self.beyond + cell.first - self.width, len(self.headings) - 1)
        return self.place_of[cell.first]


def _under(heading: str, cell: RawCell) -> Cell:
    return Cell(heading, cell.content, cell.merged_from)


def _joined(parts: Sequence[CellContent]) -> CellContent:
    return CellContent(
        lines="\n".join(part.lines for part in parts if part.lines),
        deleted=tuple(text for part in parts for text in part.deleted),
        comments=tuple(comment for part in parts for comment in part.comments),
        footnotes=tuple(note for part in parts for note in part.footnotes),
        endnotes=tuple(note for part in parts for note in part.endnotes),
    )
