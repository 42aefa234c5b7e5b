"""The blocks of a report as the body of a Word document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import assert_never

from candour.reports.rendering.pictures import as_png, size_of_png
from candour.reports.rendering.word_elements import (
    Element,
    R,
    bookmark_name,
    paragraph,
    picture,
    run,
    w,
)
from candour.reports.tree import (
    Block,
    CrossRef,
    Figure,
    Footnote,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Table,
    Text,
    Words,
    plain,
)

BULLETS = 1
"""The bulleted list of `word_parts/numbering.xml`; every numbered list gets a number of its own, so
that each begins at 1."""

_STYLES = {"none": "", "strong": "Strong", "emphasis": "Emphasis"}
_TEXT_WIDTH_EMU = 5_731_200
_EMU_PER_PIXEL = 914_400 // 144


@dataclass(slots=True)
class Links:
    """Addresses that one part of the document points to; their place gives the relationship."""

    addresses: list[str] = field(default_factory=list)

    def relationship(self, address: str) -> str:
        self.addresses.append(address)
        return f"link{len(self.addresses)}"


@dataclass(slots=True)
class Body:
    """What writing the body leaves behind for the other parts of the document."""

    links: Links = field(default_factory=Links)
    note_links: Links = field(default_factory=Links)
    notes: list[Element] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    numbered_lists: int = 0
    bookmarks: int = 0

    def block(self, block: Block) -> Iterator[Element]:
        """The paragraphs and tables of one block."""
        match block:
            case Heading():
                yield self._anchored(f"Heading{block.level}", block.anchor, plain(block.text))
            case Paragraph():
                yield self._anchored("Normal", block.anchor, block.inlines)
            case ListBlock():
                yield from self._list(block)
            case Table():
                yield from self._table(block)
            case Figure():
                yield from self._figure(block)
            case Quote():
                yield from self._quote(block)
            case _:
                assert_never(block)

    def _anchored(
        self, style: str, anchor: str, words: Words, number_list: int | None = None
    ) -> Element:
        start, end = self._bookmark(anchor)
        return paragraph(style, start, *self.words(words), end, number_list=number_list)

    def _bookmark(self, anchor: str) -> tuple[Element, Element]:
        self.bookmarks += 1
        start = w("bookmarkStart", id=self.bookmarks, name=bookmark_name(anchor))
        return start, w("bookmarkEnd", id=self.bookmarks)

    def _list(self, block: ListBlock) -> Iterator[Element]:
        if block.ordered:
            self.numbered_lists += 1
        number = BULLETS + self.numbered_lists if block.ordered else BULLETS
        style = "ListNumber" if block.ordered else "ListBullet"
        for item in block.items:
            yield self._anchored(style, item.anchor, item.inlines, number)

    def _quote(self, quote: Quote) -> Iterator[Element]:
        yield self._anchored("Quote", quote.anchor, quote.inlines)
        if quote.attribution:
            yield paragraph("Quote", run(f"— {quote.attribution}"))

    def _figure(self, figure: Figure) -> Iterator[Element]:
        png = as_png(figure)
        self.pictures.append(png)
        number = len(self.pictures)
        drawing = picture(f"picture{number}", number, figure.alt, _size(png))
        start, end = self._bookmark(figure.anchor)
        yield paragraph("Normal", start, drawing, end)
        if figure.caption:
            yield paragraph("Caption", run(figure.caption))

    def _table(self, table: Table) -> Iterator[Element]:
        start, end = self._bookmark(table.anchor)
        caption = paragraph("Caption", start, run(table.caption), end)
        caption[0].insert(1, w("keepNext"))
        yield caption
        yield self._grid(table)
        yield paragraph("TableText")

    def _grid(self, table: Table) -> Element:
        columns = len(table.header)
        look = w("tblLook", firstRow=1, firstColumn=int(table.row_headers), noHBand=1, noVBand=1)
        properties = w(
            "tblPr",
            w("tblStyle", val="TableGrid"),
            w("tblW", w=5000, type="pct"),
            look,
            w("tblCaption", val=table.caption),
        )
        grid = w("tblGrid", *(w("gridCol", w=9026 // columns) for _ in range(columns)))
        header = self._row(table.header, w("trPr", w("cantSplit"), w("tblHeader")))
        rows = (self._row(row, w("trPr")) for row in table.rows)
        return w("tbl", properties, grid, header, *rows)

    def _row(self, cells: tuple[Words, ...], properties: Element) -> Element:
        return w(
            "tr",
            properties,
            *(w("tc", paragraph("TableText", *self.words(cell))) for cell in cells),
        )

    def words(self, words: Words) -> Iterator[Element]:
        """Runs, links and footnote marks, in order."""
        for inline in words:
            yield self._inline(inline)

    def _inline(self, inline: Inline) -> Element:
        if isinstance(inline, Footnote):
            return self._note(inline)
        return _run(inline, self.links)

    def _note(self, note: Footnote) -> Element:
        number = len(self.notes) + 1
        mark = w("r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteRef"))
        words = (_run(part, self.note_links) for part in note.inlines)
        text = paragraph("FootnoteText", mark, run(" "), *words)
        self.notes.append(w("footnote", text, id=number))
        reference = w("footnoteReference", id=number)
        return w("r", w("rPr", w("rStyle", val="FootnoteReference")), reference)


def _run(inline: Text | Link | CrossRef, links: Links) -> Element:
    match inline:
        case Text():
            return run(inline.text, _STYLES[inline.emphasis])
        case CrossRef():
            name = bookmark_name(inline.anchor)
            return w("hyperlink", run(inline.text, "Hyperlink"), anchor=name)
        case Link():
            link = w("hyperlink", run(inline.text, "Hyperlink"))
            link.set(f"{{{R}}}id", links.relationship(inline.url))
            return link
        case _:
            assert_never(inline)


def _size(png: bytes) -> tuple[int, int]:
    """The picture at 144 pixels to the inch, made smaller where it is wider than the text."""
    width, height = (pixels * _EMU_PER_PIXEL for pixels in size_of_png(png))
    if width <= _TEXT_WIDTH_EMU:
        return width, height
    return _TEXT_WIDTH_EMU, height * _TEXT_WIDTH_EMU // width
