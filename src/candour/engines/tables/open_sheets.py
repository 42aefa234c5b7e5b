"""Reading the sheets of an OpenDocument spreadsheet (.ods), hidden ones too (OpenDocument 1.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import islice

from lxml import etree

from candour.engines.tables.model import BLANK, CellContent, Leak, Problem
from candour.engines.tables.number_formats import parts_shown, shown
from candour.engines.tables.open_cells import Changes, OpenWords
from candour.engines.tables.open_formats import OpenStyles, read_open_styles
from candour.engines.tables.open_text import headers_and_footers, open_properties
from candour.engines.tables.package import Package, attribute, damaged, local_name, too_large
from candour.engines.tables.raw import (
    MOST_COLUMNS,
    RawCell,
    RawRow,
    RawTable,
    columns_left_out,
)
from candour.engines.tables.wording import tidy_line

_MOST_ROWS = 200_000
# A few bytes can repeat one cell a million times; nobody's chronology does.
_MOST_COPIES = 100_000
_ROW_HOLDERS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_COLUMN_HOLDERS = frozenset({"table-header-columns", "table-columns", "table-column-group"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})


@dataclass
class OpenSheets:
    """The sheets of a spreadsheet and the words around them."""

    tables: list[RawTable] = field(default_factory=list)
    leaks: list[Leak] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    date_1904: bool = False


def read_open_sheets(package: Package) -> OpenSheets:
    """Read every sheet in order. Raises UnreadableFile when the file is broken or too large."""
    root = package.xml("content.xml")
    body = root.find("{*}body/{*}spreadsheet") if root is not None else None
    if body is None:
        raise damaged()
    styles = read_open_styles(package.xml("styles.xml"), root)
    properties = open_properties(package)
    read = OpenSheets(properties=properties, date_1904=_counts_from_1904(body))
    read.leaks += [Leak(f"properties:{key}", value) for key, value in properties.items()]
    read.leaks += [*headers_and_footers(package), *_around(body)]
    for sheet in body.iterchildren("{*}table"):
        reader = _SheetReader(sheet, styles)
        read.tables.append(reader.table())
        if reader.too_wide_at:
            read.problems.append(columns_left_out(f"sheet {reader.name}", reader.too_wide_at))
        read.leaks += _beside(sheet)
    return read


def _counts_from_1904(body: etree._Element) -> bool:
    base = body.find("{*}calculation-settings/{*}null-date")
    return base is not None and attribute(base, "date-value") == "1904-01-01"


def _around(body: etree._Element) -> Iterator[Leak]:
    """Words of drop-down lists, names given to cells, and tracked changes."""
    for element in body.iter("{*}content-validation"):
        words = attribute(element, "condition") or ""
        if '"' in words:
            yield Leak("drop-down list", words)
    for element in body.iter("{*}named-range", "{*}named-expression"):
        yield Leak("defined name", attribute(element, "name") or "")
    for element in body.iter("{*}tracked-changes"):
        texts = (tidy_line(" ".join(map(str, p.itertext()))) for p in element.iter("{*}p"))
        yield from (Leak("deleted text", text) for text in texts if text)


def _beside(sheet: etree._Element) -> Iterator[Leak]:
    yield Leak("sheet name", attribute(sheet, "name") or "")
    for drawing in sheet.iter("{*}frame", "{*}custom-shape", "{*}text-box"):
        for words in drawing.iterchildren("{*}p", "{*}desc", "{*}title"):
            text = tidy_line(" ".join(map(str, words.itertext())))
            yield Leak("text box" if local_name(words) == "p" else "alt text", text)
    for link in sheet.iter("{*}a"):
        yield Leak("link address", attribute(link, "href") or "")


class _SheetReader:
    def __init__(self, sheet: etree._Element, styles: OpenStyles) -> None:
        self.sheet = sheet
        self.name = attribute(sheet, "name") or ""
        self.styles = styles
        self.rows: list[RawRow] = []
        self.blank = 0
        self.copies = 0
        self.too_wide_at = 0
        self.merged: dict[int, tuple[int, int, int]] = {}
        self.columns = list(islice(self._columns(sheet, hidden=False), MOST_COLUMNS))

    def table(self) -> RawTable:
        """The sheet with its rows; padding below the last of them is none of it."""
        self._take_rows(self.sheet, hidden=False)
        return RawTable(
            tuple(self.rows),
            title=self.name,
            sheet=self.name,
            hidden=attribute(self.sheet, "style-name") in self.styles.not_displayed,
            hidden_columns=frozenset(at for at, (hidden, _) in enumerate(self.columns) if hidden),
        )

    def _columns(self, holder: etree._Element, *, hidden: bool) -> Iterator[tuple[bool, str]]:
        for child in holder:
            name = local_name(child)
            if name in _COLUMN_HOLDERS:
                yield from self._columns(child, hidden=hidden or _is_folded(child))
            elif name == "table-column":
                style = attribute(child, "default-cell-style-name") or ""
                for _ in range(min(_count(child, "number-columns-repeated"), MOST_COLUMNS)):
                    yield hidden or _is_hidden(child), style

    def _take_rows(self, holder: etree._Element, *, hidden: bool) -> None:
        for child in holder:
            name = local_name(child)
            if name in _ROW_HOLDERS:
                self._take_rows(child, hidden=hidden or _is_folded(child))
            elif name == "table-row":
                self._take_row(child, hidden or _is_hidden(child))

    def _take_row(self, element: etree._Element, hidden: bool) -> None:
        times = _count(element, "number-rows-repeated")
        if not self._says_anything(element):
            self.blank += times
            return
        if len(self.rows) + self.blank + times > _MOST_ROWS:
            raise too_large()
        for _ in range(self.blank):
            self.rows.append(RawRow(len(self.rows) + 1, ()))
        self.blank = 0
        self._keep(element, hidden)
        self._count_copies(len(self.rows[-1].cells) * (times - 1))
        for _ in range(times - 1):
            self._keep(element, hidden)

    def _says_anything(self, row: etree._Element) -> bool:
        """Whether a row holds words or a value, or lies below a cell that is merged down."""
        index = len(self.rows) + self.blank + 1
        if any(bottom >= index for _, bottom, _ in self.merged.values()):
            return True
        return any(len(cell) or attribute(cell, "value-type") for cell in row)

    def _keep(self, element: etree._Element, hidden: bool) -> None:
        index = len(self.rows) + 1
        cells = list(self._cells(element, index))
        while cells and _is_blank(cells[-1]):
            cells.pop()
        self.rows.append(RawRow(index, tuple(cells), hidden=hidden))

    def _count_copies(self, more: int) -> None:
        self.copies += more
        if self.copies > _MOST_COPIES:
            raise too_large()

    def _cells(self, element: etree._Element, index: int) -> Iterator[RawCell]:
        first = 0
        style = attribute(element, "default-cell-style-name") or ""
        for child in element:
            if local_name(child) not in _CELLS:
                continue
            times = _count(child, "number-columns-repeated")
            self._count_copies(min(times, MOST_COLUMNS) - 1 if len(child) else 0)
            for column in range(first, min(first + times, MOST_COLUMNS)):
                cell = self._cell(child, index, column, style)
                if cell is not None:
                    yield cell
            first += times
            if first > MOST_COLUMNS and len(child) and not self.too_wide_at:
                self.too_wide_at = index

    def _cell(
        self, element: etree._Element, index: int, column: int, row_style: str
    ) -> RawCell | None:
        top, bottom, across = self.merged.get(column, (0, 0, 1))
        if bottom >= index:
            return RawCell(CellContent(), column, across, merged_from=top)
        if local_name(element) == "covered-table-cell":
            return None
        across = min(_count(element, "number-columns-spanned"), MOST_COLUMNS - column)
        down = _count(element, "number-rows-spanned")
        if down > 1:
            self.merged[column] = (index, index + down - 1, across)
        of_column = self.columns[column][1] if column < len(self.columns) else ""
        style = attribute(element, "style-name") or row_style or of_column
        return RawCell(_content(element, self.styles.code(style)), column, across)


def _is_blank(cell: RawCell) -> bool:
    return cell.content == BLANK and cell.merged_from is None


def _is_hidden(element: etree._Element) -> bool:
    return attribute(element, "visibility") in ("collapse", "filter")


def _is_folded(group: etree._Element) -> bool:
    return attribute(group, "display") == "false"


def _count(element: etree._Element, name: str) -> int:
    text = attribute(element, name) or "1"
    return max(int(text), 1) if text.isdecimal() and len(text) < 9 else 1


def _content(element: etree._Element, code: str | None) -> CellContent:
    """What a cell shows, with the day or number under it."""
    words = _words(element)
    kind = attribute(element, "value-type")
    if kind == "date":
        return _dated(words, attribute(element, "date-value") or "", code)
    if kind in ("float", "percentage", "currency"):
        return _numbered(words, attribute(element, "value") or "")
    unshown = attribute(element, f"{kind}-value")
    return replace(words, lines=tidy_line(unshown)) if unshown and not words.lines else words


def _words(element: etree._Element) -> CellContent:
    """The paragraphs of a cell and the notes on it; a drawing on it is none of its words."""
    words = OpenWords(Changes({}))
    for child in element:
        name = local_name(child)
        if name == "p":
            words.walk(child)
            words.kept.append("\n")
        elif name == "annotation":
            words.take(child, name)
    return words.content()


def _numbered(words: CellContent, value: str) -> CellContent:
    try:
        number = float(value)
    except ValueError:
        return words
    lines = words.lines or shown(number, "General")
    return replace(words, lines=lines, number=number, number_format="General")


def _dated(words: CellContent, value: str, code: str | None) -> CellContent:
    try:
        when = datetime.fromisoformat(value)
    except ValueError:
        return words
    parts = parts_shown(code) if code else frozenset("dmyh")
    clock = "h" in parts and when.time() != time.min
    day: date = when if clock else when.date()
    lines = words.lines or (f"{when:%d/%m/%Y %H:%M}" if clock else f"{when:%d/%m/%Y}")
    return replace(words, lines=lines, true_date=day, number_format=code)
