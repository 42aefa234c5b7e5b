"""Reading the tables of a Word document (.docx)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from candour.engines.tables.model import Leak, Problem
from candour.engines.tables.package import Package, attribute, damaged, local_name
from candour.engines.tables.raw import RawCell, RawRow, RawTable
from candour.engines.tables.word_cells import (
    Margins,
    WordsInOrder,
    read_words,
    row_change,
    switched_on,
)
from candour.engines.tables.word_margins import read_margins
from candour.engines.tables.wording import tidy_line

_TRANSPARENT = frozenset(["sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"])
_LAYOUT = _TRANSPARENT | {"tr", "tc"}
_LONGEST_TITLE = 80


@dataclass
class WordDocument:
    """The physical tables of a document, and the words around them."""

    tables: list[RawTable] = field(default_factory=list)
    leaks: list[Leak] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_word(package: Package) -> WordDocument:
    """Read every table of the body, in order. Raises UnreadableFile when the body is broken."""
    part = _main_part(package)
    root = package.xml(part)
    body = root.find("{*}body") if root is not None else None
    if body is None:
        raise damaged()
    margins, leaks = read_margins(package, part)
    reader = _BodyReader(margins, WordDocument(leaks=leaks))
    for block in _through(body, ("p", "tbl")):
        reader.take(block)
    reader.note_unused_comments()
    return reader.document


def _main_part(package: Package) -> str:
    for link in package.relationships(""):
        if link.kind == "officeDocument":
            return link.target
    raise damaged()


def _through(
    element: etree._Element, wanted: tuple[str, ...], transparent: frozenset[str] = _TRANSPARENT
) -> Iterator[etree._Element]:
    for child in element:
        name = local_name(child)
        if name in wanted:
            yield child
        elif name in transparent:
            yield from _through(child, wanted, transparent)


def _lays_out_only(table: etree._Element) -> bool:
    """Whether a table is a frame: one cell a row, with a whole table inside one of them."""
    rows = [list(_through(row, ("tc",))) for row in _through(table, ("tr",))]
    if any(len(cells) != 1 for cells in rows):
        return False
    inner = [t for cells in rows for t in _through(cells[0], ("tbl",))]
    return any(_is_grid(table) for table in inner)


def _is_grid(table: etree._Element) -> bool:
    rows = [list(_through(row, ("tc",))) for row in _through(table, ("tr",))]
    return len(rows) > 1 and len(rows[0]) > 1


class _BodyReader:
    def __init__(self, margins: Margins, document: WordDocument) -> None:
        self.margins = margins
        self.document = document
        self.comments_in_tables: set[str] = set()
        self.paragraph_above = ""

    def take(self, block: etree._Element) -> None:
        """Read a paragraph or table; a table that only lays out the page gives its contents."""
        if local_name(block) == "tbl" and _lays_out_only(block):
            for inner in _through(block, ("p", "tbl"), _LAYOUT):
                self.take(inner)
        elif local_name(block) == "tbl":
            self._table(block)
        else:
            self._paragraph(block)

    def _paragraph(self, block: etree._Element) -> None:
        words = read_words(block, self.margins)
        content = words.content()
        where = "below the table" if self.document.tables else "title"
        texts = [content.text, *content.footnotes, *content.endnotes]
        self.document.leaks += [Leak(where, text) for text in texts if text]
        self.document.leaks += [Leak("deleted text", text) for text in content.deleted]
        self._hidden(words, "outside the tables")
        self.paragraph_above = content.text or self.paragraph_above

    def _table(self, block: etree._Element) -> None:
        number = len(self.document.tables) + 1
        reader = _TableReader(self, number)
        rows = [reader.row(row, at) for at, row in enumerate(_through(block, ("tr",)), start=1)]
        title = self.paragraph_above
        short = len(title) <= _LONGEST_TITLE and not title.endswith((".", ":", "?"))
        self.document.tables.append(RawTable(tuple(rows), title=title if short else ""))
        self.paragraph_above = ""

    def words_of(self, cell: etree._Element, where: str) -> WordsInOrder:
        words = read_words(cell, self.margins)
        self.comments_in_tables.update(words.comments)
        self._hidden(words, where)
        if words.pictures:
            self.document.problems.append(
                Problem(
                    "picture",
                    where,
                    "The cell holds a picture or an embedded object. Words in it were not read.",
                    "Look at the original; if it says something that matters, have it typed.",
                )
            )
        return words

    def _hidden(self, words: WordsInOrder, where: str) -> None:
        self.document.leaks += [
            Leak(f"hidden text, {where}", text.replace("\n", " ")) for text in words.hidden if text
        ]

    def note_unused_comments(self) -> None:
        """Keep in sight the comments that hang on nothing inside a table."""
        for note, comment in self.margins.comments.items():
            if note not in self.comments_in_tables:
                self.document.leaks.append(Leak("comment", f"{comment.author}: {comment.text}"))


class _TableReader:
    def __init__(self, body: _BodyReader, number: int) -> None:
        self.body = body
        self.number = number
        self.reaching_down: dict[int, int] = {}

    def row(self, element: etree._Element, row_index: int) -> RawRow:
        properties = next((child for child in element if local_name(child) == "trPr"), None)
        first = _grid_before(properties)
        cells = []
        for cell in _through(element, ("tc",)):
            raw = self._cell(cell, row_index, first)
            cells.append(raw)
            first += raw.span
        change = row_change(element)
        if change == "del":
            cells = [_all_deleted(cell) for cell in cells]
        return RawRow(
            row_index,
            tuple(cells),
            hidden=properties is not None and switched_on(properties, "hidden"),
            inserted=change == "ins",
            deleted=change == "del",
            header_mark=properties is not None and switched_on(properties, "tblHeader"),
        )

    def _cell(self, element: etree._Element, row_index: int, first: int) -> RawCell:
        where = f"table {self.number} row {row_index}"
        content = self.body.words_of(element, where).content()
        span, merge = _span_and_merge(element)
        merged_from = None
        if merge == "continue":
            merged_from = self.reaching_down.get(first)
        elif merge == "restart":
            self.reaching_down[first] = row_index
        else:
            self.reaching_down.pop(first, None)
        return RawCell(content, first, span, merged_from)


def _grid_before(properties: etree._Element | None) -> int:
    for child in properties if properties is not None else ():
        if local_name(child) == "gridBefore":
            return _whole(attribute(child, "val"), 0)
    return 0


def _span_and_merge(cell: etree._Element) -> tuple[int, str | None]:
    span, merge = 1, None
    for properties in cell:
        if local_name(properties) == "tcPr":
            for child in properties:
                name = local_name(child)
                if name == "gridSpan":
                    span = max(1, _whole(attribute(child, "val"), 1))
                elif name == "vMerge":
                    merge = attribute(child, "val") or "continue"
            break
    return span, merge


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 5 else otherwise


def _all_deleted(cell: RawCell) -> RawCell:
    content = cell.content
    words = [*content.deleted, content.text] if not content.deleted else list(content.deleted)
    kept = type(content)(
        deleted=tuple(tidy_line(text) for text in words if text.strip()),
        comments=content.comments,
        footnotes=content.footnotes,
        endnotes=content.endnotes,
    )
    return RawCell(kept, cell.first, cell.span, cell.merged_from)
