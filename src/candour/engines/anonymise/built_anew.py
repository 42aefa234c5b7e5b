"""Files written from nothing but words: text, HTML and Word, with no author, date or history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from candour.engines.anonymise.blocks import Block, FileNotReadable

if TYPE_CHECKING:
    from docx.document import Document

DAY_THAT_SAYS_NOTHING = datetime(1980, 1, 1, tzinfo=UTC)
"""Stands where a Word file must name a day: the first that a zip archive can carry."""


def built_anew(blocks: tuple[Block, ...], suffix: str) -> bytes:
    """The blocks as a new file of the kind that the suffix names: .txt, .md, .html, .htm or .docx.

    Raises:
        FileNotReadable: when the suffix names another kind.
    """
    match suffix.lower():
        case ".txt" | ".md":
            return "\n".join(block.text for block in blocks).encode()
        case ".html" | ".htm":
            return _page(blocks).encode()
        case ".docx":
            return _word(blocks)
        case _:
            raise FileNotReadable(f"Candour writes .txt, .md, .html and .docx, not “{suffix}”.")


def _page(blocks: tuple[Block, ...]) -> str:
    body = "\n".join(_elements(blocks))
    return f'<!doctype html>\n<html lang="en-GB"><meta charset="utf-8"><title></title>\n{body}\n'


def _elements(blocks: tuple[Block, ...]) -> Iterator[str]:
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind == "item":
            yield "<ul>" + "".join(f"<li>{_broken(item.text)}</li>" for item in group) + "</ul>"
        else:
            yield from (_element(block) for block in group)


def _element(block: Block) -> str:
    if block.kind == "table":
        rows = ("".join(f"<td>{_broken(cell)}</td>" for cell in row) for row in block.rows)
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    tags = {"heading": f"h{block.level}", "quotation": "blockquote"}
    tag = tags.get(block.kind, "p")
    return f"<{tag}>{_broken(block.text)}</{tag}>"


def _broken(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _word(blocks: tuple[Block, ...]) -> bytes:
    import docx

    document = docx.Document()
    _without_origin(document)
    styles = {"item": "List Bullet", "quotation": "Quote", "paragraph": "Normal"}
    for block in blocks:
        if block.kind == "table":
            _add_table(document, block)
        else:
            style = styles.get(block.kind, f"Heading {block.level}")
            document.add_paragraph(_writable(block.text), style=style)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _add_table(document: Document, block: Block) -> None:
    columns = max(map(len, block.rows), default=0)
    if not columns:
        return
    table = document.add_table(rows=len(block.rows), cols=columns, style="Table Grid")
    for row, texts in zip(table.rows, block.rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = _writable(text)


def _without_origin(document: Document) -> None:
    """The library's blank carries a maker, a date and a thumbnail; none of them is the reader's."""
    core = document.core_properties
    core.author = core.comments = core.last_modified_by = core.title = ""
    core.created = core.modified = DAY_THAT_SAYS_NOTHING
    core.language = "en-GB"
    package = document.part.package
    for relation in [r for r in package.rels.values() if "thumbnail" in r.reltype]:
        package.rels.pop(relation.rId)


def _writable(text: str) -> str:
    return "".join(c for c in text if c.isprintable() or c in "\n\t")
