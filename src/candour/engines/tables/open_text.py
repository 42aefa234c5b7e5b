"""Reading the tables of an OpenDocument text (.odt), walked as XML (OASIS OpenDocument 1.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from candour.engines.tables.model import CellContent, Leak
from candour.engines.tables.open_cells import Changes, OpenWords, read_changes, read_open_words
from candour.engines.tables.package import Package, attribute, damaged, local_name
from candour.engines.tables.raw import RawCell, RawRow, RawTable
from candour.engines.tables.wording import tidy_line

_ROW_HOLDERS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_BLOCK_HOLDERS = frozenset({"section", "index-body"})
_MOST_REPEATS = 1_000
_MOST_COLUMNS = 200
_LONGEST_TITLE = 80


@dataclass
class OpenText:
    """The tables of a text document and the words around them."""

    tables: list[RawTable] = field(default_factory=list)
    leaks: list[Leak] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)


def read_open_text(package: Package) -> OpenText:
    """Read every table of the body, in order. Raises UnreadableFile when the body is broken."""
    root = package.xml("content.xml")
    body = root.find("{*}body/{*}text") if root is not None else None
    if body is None:
        raise damaged()
    properties = open_properties(package)
    document = OpenText(properties=properties)
    document.leaks += [Leak(f"properties:{key}", value) for key, value in properties.items()]
    document.leaks += headers_and_footers(package)
    _take_blocks(body, document, read_changes(body))
    return document


def _take_blocks(body: etree._Element, document: OpenText, changes: Changes) -> None:
    above = heading = ""
    for block in _blocks(body):
        if local_name(block) == "table":
            title = above if len(above) <= _LONGEST_TITLE and not above.endswith(".") else heading
            document.tables.append(_table(block, title, changes))
            above = heading = ""
            continue
        content = read_open_words(block, changes).content()
        above = content.text or above
        heading = above if local_name(block) == "h" else heading
        where = "below the table" if document.tables else "title"
        texts = [content.text, *content.footnotes, *content.endnotes]
        document.leaks += [Leak(where, text) for text in texts if text]
        document.leaks += [Leak("deleted text", text) for text in content.deleted]
        document.leaks += [Leak("comment", f"{c.author}: {c.text}") for c in content.comments]


def _blocks(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        name = local_name(child)
        if name in _BLOCK_HOLDERS:
            yield from _blocks(child)
        elif name not in ("tracked-changes", "sequence-decls", "forms", "variable-decls"):
            yield child


def _table(element: etree._Element, title: str, changes: Changes) -> RawTable:
    reader = _TableReader(changes)
    for row, is_header in _rows(element, in_header=False):
        reader.take(row, is_header)
    return RawTable(tuple(reader.rows), title=title)


def _rows(element: etree._Element, in_header: bool) -> Iterator[tuple[etree._Element, bool]]:
    for child in element:
        name = local_name(child)
        if name == "table-row":
            yield child, in_header
        elif name in _ROW_HOLDERS:
            yield from _rows(child, in_header or name == "table-header-rows")


class _TableReader:
    def __init__(self, changes: Changes) -> None:
        self.changes = changes
        self.rows: list[RawRow] = []
        self.reaching_down: dict[int, tuple[int, int]] = {}

    def take(self, element: etree._Element, is_header: bool) -> None:
        hidden = attribute(element, "visibility") in ("collapse", "filter")
        for _ in range(repeats(element, "number-rows-repeated")):
            index = len(self.rows) + 1
            cells = tuple(self._cells(element, index))
            self.rows.append(RawRow(index, cells, hidden=hidden, header_mark=is_header))

    def _cells(self, element: etree._Element, index: int) -> Iterator[RawCell]:
        first = 0
        for child in element:
            name = local_name(child)
            if name not in ("table-cell", "covered-table-cell"):
                continue
            for _ in range(repeats(child, "number-columns-repeated")):
                if first >= _MOST_COLUMNS:
                    return
                if name == "table-cell":
                    yield self._cell(child, index, first)
                elif first in self.reaching_down and self.reaching_down[first][1] >= index:
                    yield RawCell(CellContent(), first, merged_from=self.reaching_down[first][0])
                first += 1

    def _cell(self, element: etree._Element, index: int, first: int) -> RawCell:
        down = repeats(element, "number-rows-spanned")
        across = repeats(element, "number-columns-spanned")
        if down > 1:
            self.reaching_down[first] = (index, index + down - 1)
        return RawCell(read_open_words(element, self.changes).content(), first, across)


def repeats(element: etree._Element, name: str) -> int:
    """Return a repeat or span count, 1 where there is none, capped against padding."""
    text = attribute(element, name) or "1"
    return min(int(text), _MOST_REPEATS) if text.isdigit() and int(text) > 0 else 1


def headers_and_footers(package: Package) -> list[Leak]:
    """Return the words of every page style's headers and footers."""
    root = package.xml("styles.xml")
    leaks = []
    for page in root.iter("{*}master-page") if root is not None else ():
        for child in page:
            name = local_name(child)
            if "header" in name or "footer" in name:
                words: OpenWords = read_open_words(child, Changes({}))
                leaks.append(Leak("header" if "header" in name else "footer", words.content().text))
    return [leak for leak in leaks if leak.text]


_NAMES: Mapping[str, str] = {
    "initial-creator": "creator",
    "creator": "modified_by",
    "keyword": "keywords",
    "printed-by": "printed_by",
}
_KEPT = frozenset({"title", "subject", "description", "user-defined"})


def open_properties(package: Package) -> dict[str, str]:
    """Return the properties of an OpenDocument file by name, the empty ones left out."""
    root = package.xml("meta.xml")
    found: dict[str, str] = {}
    for element in root.iter() if root is not None else ():
        name = local_name(element)
        key = _NAMES.get(name, name if name in _KEPT else "")
        text = tidy_line(element.text or "")
        if key and text:
            found[key] = f"{found[key]}; {text}" if key in found else text
    return found
