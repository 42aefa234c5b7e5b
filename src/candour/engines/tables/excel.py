"""Reading the sheets of an Excel workbook (.xlsx), hidden ones too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from xml.etree.ElementTree import Element

from candour.engines.tables.excel_cells import (
    Workbook,
    read_cell,
    read_formats,
    read_strings,
)
from candour.engines.tables.excel_margins import (
    around_workbook,
    read_cell_comments,
    sheet_leaks,
)
from candour.engines.tables.model import CellContent, Comment, Leak, Problem
from candour.engines.tables.package import Package, attribute, damaged, local_name, named
from candour.engines.tables.raw import (
    MOST_COLUMNS,
    RawCell,
    RawRow,
    RawTable,
    columns_left_out,
)

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_LETTERS = re.compile(r"[A-Z]{1,3}")
_DIGITS = "0123456789"
_MOST_ROWS = 200_000


@dataclass
class WorkbookRead:
    """The sheets of a workbook and the words around them."""

    tables: list[RawTable] = field(default_factory=list)
    leaks: list[Leak] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    date_1904: bool = False


@dataclass(frozen=True)
class _Sheet:
    name: str
    hidden: bool
    part: str


def read_excel(package: Package) -> WorkbookRead:
    """Read every sheet in order. Raises UnreadableFile when the workbook is broken."""
    part = next((k.target for k in package.relationships("") if k.kind == "officeDocument"), "")
    root = package.large_xml(part)
    if root is None:
        raise damaged()
    links = {link.kind: link.target for link in package.relationships(part)}
    book = Workbook(
        strings=read_strings(package, links.get("sharedStrings")),
        formats=read_formats(package, links.get("styles")),
        date_1904=_is_1904(root),
    )
    read = WorkbookRead(leaks=around_workbook(root), date_1904=book.date_1904)
    for sheet in _sheets(package, part, root):
        _SheetReader(package, sheet, book, read).read()
    return read


def _is_1904(root: Element) -> bool:
    properties = next((child for child in root if local_name(child) == "workbookPr"), None)
    return properties is not None and properties.get("date1904") in ("1", "true")


def _sheets(package: Package, part: str, root: Element) -> Iterator[_Sheet]:
    targets = {
        link.id: link.target for link in package.relationships(part) if link.kind == "worksheet"
    }
    for element in named(root, "sheet"):
        target = targets.get(attribute(element, "id") or "")
        if target:
            hidden = element.get("state", "visible") != "visible"
            yield _Sheet(element.get("name", ""), hidden, target)


class _SheetReader:
    def __init__(self, package: Package, sheet: _Sheet, book: Workbook, read: WorkbookRead) -> None:
        self.package = package
        self.sheet = sheet
        self.book = book
        self.result = read
        self.comments: Mapping[str, list[Comment]] = {}
        self.merged: dict[tuple[int, int], tuple[int, int]] = {}
        self.spans: dict[tuple[int, int], int] = {}
        self.plain = False
        self.is_too_wide = False

    def read(self) -> None:
        root = self.package.large_xml(self.sheet.part)
        if root is None:
            raise damaged()
        self.comments = read_cell_comments(self.package, self.sheet.part)
        self._merges(root)
        self.plain = not (self.comments or self.merged or self.spans)
        rows = tuple(self._rows(root))
        self.result.leaks += sheet_leaks(self.package, self.sheet.part, root, self.sheet.name)
        self.result.tables.append(
            RawTable(
                rows,
                title=self.sheet.name,
                sheet=self.sheet.name,
                hidden=self.sheet.hidden,
                hidden_columns=frozenset(_hidden_columns(root)),
            )
        )

    def _merges(self, root: Element) -> None:
        for element in named(root, "mergeCell"):
            corners = [_position(corner) for corner in (element.get("ref") or "").split(":")]
            if len(corners) == 2 and corners[0] and corners[1]:
                (top, left), (bottom, right) = corners[0], corners[1]
                self.spans[top, left] = min(right, MOST_COLUMNS) - left + 1
                for row in range(top + 1, min(bottom, top + _MOST_ROWS) + 1):
                    self.merged[row, left] = (top, min(right, MOST_COLUMNS) - left + 1)

    def _rows(self, root: Element) -> Iterator[RawRow]:
        data = next((child for child in root if local_name(child) == "sheetData"), None)
        expected = 1
        for element in data if data is not None else ():
            index = int(element.get("r") or expected)
            if index - expected < _MOST_ROWS:
                yield from (RawRow(gap, ()) for gap in range(expected, index))
            expected = index + 1
            yield self._row(element, index)

    def _row(self, element: Element, index: int) -> RawRow:
        cells: list[RawCell] = []
        next_column = 0
        side_by_side = self.plain
        for child in element:
            place = _column((child.get("r") or "").rstrip(_DIGITS))
            column = next_column if place is None else place
            next_column = column + 1
            side_by_side = side_by_side and column == len(cells)
            if column < MOST_COLUMNS:
                cells.append(self._cell(child, index, column))
            elif len(child) and not self.is_too_wide:
                self.is_too_wide = True
                self.result.problems.append(columns_left_out(f"sheet {self.sheet.name}", index))
        hidden = element.get("hidden") in ("1", "true") or element.get("ht") == "0"
        filled = cells if side_by_side else _filled_out(cells)
        return RawRow(index, tuple(filled), hidden=hidden)

    def _cell(self, element: Element, row: int, column: int) -> RawCell:
        content = read_cell(element, self.book)
        if content.lines and self.plain:
            return RawCell(content, column)
        comments = self.comments.get(element.get("r") or "")
        if comments:
            content = replace(content, comments=tuple(comments))
        if (row, column) in self.merged:
            top, span = self.merged[row, column]
            return RawCell(content, column, span, merged_from=top)
        if not content.lines and len(element) and any(local_name(c) == "f" for c in element):
            self._formula_without_value(row, element.get("r") or "")
        return RawCell(content, column, self.spans.get((row, column), 1))

    def _formula_without_value(self, row: int, reference: str) -> None:
        self.result.problems.append(
            Problem(
                "formula_without_value",
                f"sheet {self.sheet.name} row {row}",
                f"Cell {reference} holds a formula whose result is not in the file.",
                "Open the file in Excel, save it, and send it again, or type the words in.",
            )
        )


def _filled_out(cells: list[RawCell]) -> Iterator[RawCell]:
    """Give every column up to the last a cell, except where a cell on the left reaches over it."""
    expected = 0
    for cell in sorted(cells, key=lambda each: each.first):
        for column in range(expected, cell.first):
            yield RawCell(CellContent(), column)
        if cell.first >= expected or cell.content.lines:
            yield cell
        expected = max(expected, cell.first + cell.span)


def _position(reference: str) -> tuple[int, int] | None:
    found = _REFERENCE.fullmatch(reference.replace("$", ""))
    column = _column(found[1]) if found else None
    return (int(found[2]), column) if found and column is not None else None


@lru_cache(maxsize=1024)
def _column(letters: str) -> int | None:
    if not _LETTERS.fullmatch(letters):
        return None
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _hidden_columns(root: Element) -> Iterator[int]:
    for element in named(root, "col"):
        if element.get("hidden") in ("1", "true") or element.get("width") == "0":
            first, last = int(element.get("min", "1")), int(element.get("max", "1"))
            yield from range(first - 1, min(last, MOST_COLUMNS))
