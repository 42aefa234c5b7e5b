"""The same report with every string passed through a rule, such as the register of pseudonyms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from candour.reports.tree import (
    Block,
    CrossRef,
    Fact,
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

Rewrite = Callable[[str], str]


def rewritten(report: Report, rewrite: Rewrite) -> Report:
    """A new report in which every string a reader or a machine could meet went through `rewrite`:
    headings, words, captions, alternative texts, attributions, title-page lines. Anchors and the
    bytes of pictures stay; link addresses are rewritten too, since an address can hold a name."""
    return replace(
        report,
        title=rewrite(report.title),
        subtitle=rewrite(report.subtitle),
        metadata=tuple(Fact(rewrite(f.name), rewrite(f.value)) for f in report.metadata),
        blocks=tuple(_block(block, rewrite) for block in report.blocks),
    )


def _block(block: Block, rewrite: Rewrite) -> Block:
    match block:
        case Heading():
            return replace(block, text=rewrite(block.text))
        case Paragraph():
            return replace(block, inlines=_words(block.inlines, rewrite))
        case ListBlock():
            items = tuple(replace(i, inlines=_words(i.inlines, rewrite)) for i in block.items)
            return replace(block, items=items)
        case Table():
            return _table(block, rewrite)
        case Figure():
            return replace(block, alt=rewrite(block.alt), caption=rewrite(block.caption))
        case Quote():
            words = _words(block.inlines, rewrite)
            return replace(block, inlines=words, attribution=rewrite(block.attribution))
        case _:
            assert_never(block)


def _table(table: Table, rewrite: Rewrite) -> Table:
    return replace(
        table,
        caption=rewrite(table.caption),
        header=tuple(_words(cell, rewrite) for cell in table.header),
        rows=tuple(tuple(_words(cell, rewrite) for cell in row) for row in table.rows),
    )


def _words(words: Words, rewrite: Rewrite) -> Words:
    return tuple(_inline(inline, rewrite) for inline in words)


def _inline(inline: Inline, rewrite: Rewrite) -> Inline:
    match inline:
        case Footnote():
            return Footnote(tuple(_run(part, rewrite) for part in inline.inlines))
        case _:
            return _run(inline, rewrite)


def _run(run: Text | Link | CrossRef, rewrite: Rewrite) -> Text | Link | CrossRef:
    match run:
        case Text():
            return replace(run, text=rewrite(run.text))
        case Link():
            return replace(run, text=rewrite(run.text), url=rewrite(run.url))
        case CrossRef():
            return replace(run, text=rewrite(run.text))
        case _:
            assert_never(run)
