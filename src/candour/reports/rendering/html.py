"""The report as a page: semantic HTML, no inline style or script, an anchor on every paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import assert_never

from candour.reports.rendering.pictures import data_address
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
    Report,
    Table,
    Text,
    Words,
)
from candour.reports.validation import require_readable

_TAGS = {"strong": "strong", "emphasis": "em"}


def to_html(report: Report) -> str:
    """The blocks of the report as an HTML fragment, to stand below the page's own `h1`.

    Level 1 of the report becomes `h2`. Footnotes stand together at the end, each with a way back.
    Pictures are embedded; rows of a table carry the anchor `<table anchor>-row-<n>`.

    Raises:
        ReportNotReadable: when `validate` finds a fault.
    """
    require_readable(report)
    page = _Page()
    parts = [page.block(block) for block in report.blocks]
    parts.extend(page.notes_at_the_end())
    return "\n".join(parts) + "\n"


@dataclass(slots=True)
class _Page:
    """Footnotes met so far, as HTML; their number is their place in the list."""

    notes: list[str] = field(default_factory=list)

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                return _heading(block)
            case Paragraph():
                return f'<p id="{escape(block.anchor)}">{self.words(block.inlines)}</p>'
            case ListBlock():
                return self._list(block)
            case Table():
                return self._table(block)
            case Figure():
                return _figure(block)
            case Quote():
                return self._quote(block)
            case _:
                assert_never(block)

    def words(self, words: Words) -> str:
        return "".join(self._inline(inline) for inline in words)

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text():
                return _text(inline)
            case Link():
                return f'<a href="{escape(inline.url)}">{escape(inline.text)}</a>'
            case CrossRef():
                return f'<a href="#{escape(inline.anchor)}">{escape(inline.text)}</a>'
            case Footnote():
                return self._note(inline)
            case _:
                assert_never(inline)

    def _note(self, note: Footnote) -> str:
        self.notes.append(self.words(note.inlines))
        number = len(self.notes)
        return (
            f'<sup id="note-{number}-mark"><a href="#note-{number}" role="doc-noteref">'
            f"[note {number}]</a></sup>"
        )

    def _list(self, block: ListBlock) -> str:
        tag = "ol" if block.ordered else "ul"
        items = "".join(
            f'<li id="{escape(item.anchor)}">{self.words(item.inlines)}</li>'
            for item in block.items
        )
        return f"<{tag}>{items}</{tag}>"

    def _quote(self, quote: Quote) -> str:
        whose = f"<footer>{escape(quote.attribution)}</footer>" if quote.attribution else ""
        words = self.words(quote.inlines)
        return f'<blockquote id="{escape(quote.anchor)}"><p>{words}</p>{whose}</blockquote>'

    def _table(self, table: Table) -> str:
        header = "".join(f'<th scope="col">{self.words(cell)}</th>' for cell in table.header)
        rows = "\n".join(self._rows(table))
        return (
            f'<table id="{escape(table.anchor)}"><caption>{escape(table.caption)}</caption>\n'
            f"<thead><tr>{header}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"
        )

    def _rows(self, table: Table) -> Iterator[str]:
        for number, row in enumerate(table.rows, start=1):
            cells = "".join(
                f'<th scope="row">{self.words(cell)}</th>'
                if table.row_headers and column == 0
                else f"<td>{self.words(cell)}</td>"
                for column, cell in enumerate(row)
            )
            yield f'<tr id="{escape(table.anchor)}-row-{number}">{cells}</tr>'

    def notes_at_the_end(self) -> Iterator[str]:
        if not self.notes:
            return
        items = "".join(
            f'<li id="note-{number}">{note} <a href="#note-{number}-mark" role="doc-backlink">'
            f"Back to note {number} in the text</a></li>"
            for number, note in enumerate(self.notes, start=1)
        )
        yield (
            '<section role="doc-endnotes" aria-labelledby="notes-heading">'
            f'<h2 id="notes-heading">Notes</h2><ol>{items}</ol></section>'
        )


def _heading(heading: Heading) -> str:
    tag = f"h{heading.level + 1}"
    return f'<{tag} id="{escape(heading.anchor)}">{escape(heading.text)}</{tag}>'


def _text(text: Text) -> str:
    words = escape(text.text).replace("\n", "<br>")
    tag = _TAGS.get(text.emphasis)
    return f"<{tag}>{words}</{tag}>" if tag else words


def _figure(figure: Figure) -> str:
    caption = f"<figcaption>{escape(figure.caption)}</figcaption>" if figure.caption else ""
    return (
        f'<figure id="{escape(figure.anchor)}"><img src="{data_address(figure)}" '
        f'alt="{escape(figure.alt)}">{caption}</figure>'
    )
