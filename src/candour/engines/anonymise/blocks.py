"""The visible words of a text, Word or HTML file as headings, paragraphs, list items and tables:
what a file built anew is made of. Everything else of the file is left behind, and named."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal, cast

from lxml import etree, html

from candour.engines.anonymise.channels.plain import decoded
from candour.kernel.errors import Invalid

BlockKind = Literal["heading", "paragraph", "item", "quotation", "table"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = {"w": _W}
_VISIBLE = (
    ".//*[self::w:t or self::w:tab or self::w:br or self::w:cr or self::w:noBreakHyphen]"
    "[not(ancestor::w:del or ancestor::w:moveFrom or ancestor::w:r[w:rPr/w:vanish])]"
)
_LEFT_BEHIND = {
    "header": "headers",
    "footer": "footers",
    "comments": "comments",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "media": "pictures",
    "embeddings": "embedded files",
}
_HTML_BLOCKS = {"p": "paragraph", "li": "item", "blockquote": "quotation", "pre": "paragraph"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class FileNotReadable(Invalid):
    """The file cannot be read; the reason says why and what to give instead."""

    def __init__(self, reason: str) -> None:
        super().__init__("file_not_readable", reason)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (level 1 to 6), paragraph, list item or quotation with its text; or a table, whose
    rows hold the text of each cell and whose `text` is all of it."""

    kind: BlockKind
    text: str
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_quotation(self) -> bool:
        """Whether these are somebody's own words, set apart as such."""
        return self.kind == "quotation"


@dataclass(frozen=True, slots=True)
class Blocks:
    """The visible words of a file, and what else was in it and is not among them."""

    blocks: tuple[Block, ...]
    left_out: tuple[str, ...] = ()


def blocks_of(file: Path) -> Blocks:
    """The blocks of a .docx, .html, .htm, .txt or .md file.

    Raises:
        FileNotReadable: when it is none of these, missing or damaged.
    """
    readers = {".docx": _word, ".html": _page, ".htm": _page, ".txt": _text, ".md": _text}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise FileNotReadable(f"{file.name}: give a .docx, .html, .txt or .md file.")
    try:
        return reader(file.read_bytes())
    except OSError as fault:
        raise FileNotReadable(f"{file.name} cannot be read: {fault.strerror}.") from fault
    except (zipfile.BadZipFile, KeyError, etree.LxmlError, ValueError) as fault:
        raise FileNotReadable(f"{file.name} is damaged or of another kind: {fault}.") from fault


def _text(data: bytes) -> Blocks:
    text = decoded(data)
    if text is None:
        raise ValueError("it holds no text")
    lines = text.replace("\r\n", "\n").split("\n")
    return Blocks(tuple(_line(line) for line in lines))


def _line(line: str) -> Block:
    return Block("quotation" if line.startswith(">") else "paragraph", line)


def _page(data: bytes) -> Blocks:
    root = html.document_fromstring(decoded(data) or "")
    dropped = sorted({str(e.tag) for e in root.iter("script", "style", "img", "svg", "iframe")})
    etree.strip_elements(root, etree.Comment, "script", "style", "head", with_tail=False)
    return Blocks(tuple(_html_blocks(root)), tuple(dropped))


def _html_blocks(element: html.HtmlElement) -> Iterator[Block]:
    """Blocks in reading order; words that stand in no block of their own become paragraphs."""
    loose = element.text or ""
    for child in element:
        block = _html_block(child)
        inside = [block] if block else list(_html_blocks(child)) if _holds_blocks(child) else None
        if inside is None:
            loose += child.text_content() + (child.tail or "")
            continue
        yield from _paragraph(loose)
        yield from inside
        loose = child.tail or ""
    yield from _paragraph(loose)


def _holds_blocks(element: html.HtmlElement) -> bool:
    return any(True for _ in element.iter(*_HTML_BLOCKS, *_HEADINGS, "table", "div"))


def _html_block(element: html.HtmlElement) -> Block | None:
    tag = str(element.tag)
    if tag in _HEADINGS:
        return Block("heading", _one_line(element.text_content()), _HEADINGS[tag])
    if tag == "blockquote":
        return Block("quotation", _one_line(element.text_content()))
    if tag == "table":
        rows = (row.xpath("./td|./th") for row in element.iter("tr"))
        return _table(tuple(_one_line(cell.text_content()) for cell in row) for row in rows)
    if tag in ("p", "li", "pre") and not any(True for _ in element.iter("table", "ul", "ol")):
        kind: BlockKind = "item" if tag == "li" else "paragraph"
        return Block(kind, _one_line(element.text_content()))
    return None


def _paragraph(text: str) -> Iterator[Block]:
    if text.strip():
        yield Block("paragraph", _one_line(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _table(rows: Iterable[tuple[str, ...]]) -> Block:
    kept = tuple(rows)
    return Block("table", "\n".join("\t".join(row) for row in kept), rows=kept)


def _word(data: bytes) -> Blocks:
    with zipfile.ZipFile(BytesIO(data)) as packed:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        body = etree.fromstring(packed.read("word/document.xml"), parser)
        parts = " ".join(packed.namelist())
    left = [name for part, name in _LEFT_BEHIND.items() if f"word/{part}" in parts]
    if _at(body, "//w:del|//w:moveFrom"):
        left.append("tracked deletions")
    if _at(body, "//w:vanish"):
        left.append("hidden text")
    return Blocks(tuple(_word_blocks(body)), tuple(left))


def _word_blocks(body: etree._Element) -> Iterator[Block]:
    """Paragraphs and outermost tables in reading order, through content controls."""
    inner = "[not(ancestor::w:tbl)]"
    for element in _at(body, f"//w:p{inner}|//w:tbl{inner}"):
        if etree.QName(element).localname == "tbl":
            yield _word_table(element)
        else:
            yield _word_paragraph(element)


def _word_paragraph(element: etree._Element) -> Block:
    text = _visible(element)
    style = "".join(e.get(f"{{{_W}}}val", "") for e in _at(element, "w:pPr/w:pStyle")).lower()
    if style.startswith("heading") and style[-1].isdigit():
        return Block("heading", text, int(style[-1]))
    if "quote" in style:
        return Block("quotation", text)
    listed = _at(element, "w:pPr/w:numPr")
    return Block("item" if listed or style.startswith("list") else "paragraph", text)


def _word_table(table: etree._Element) -> Block:
    """A table inside a cell becomes lines of that cell."""
    return _table(
        tuple(
            "\n".join(_visible(p) for p in cell.iter(f"{{{_W}}}p"))
            for cell in _at(row, ".//w:tc[count(ancestor::w:tbl) = 1]")
        )
        for row in _at(table, ".//w:tr[count(ancestor::w:tbl) = 1]")
    )


def _visible(paragraph: etree._Element) -> str:
    marks = {"t": None, "tab": "\t", "noBreakHyphen": "-"}
    return "".join(
        marks.get(etree.QName(piece).localname, "\n") or piece.text or ""
        for piece in _at(paragraph, _VISIBLE)
    )


def _at(element: etree._Element, path: str) -> list[etree._Element]:
    return cast(list[etree._Element], element.xpath(path, namespaces=_NAMES))
