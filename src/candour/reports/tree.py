"""The report as a tree: one content, from which the page, the PDF and the Word file are all made.

Every paragraph, list item, quotation, table and figure carries an anchor that stays the same when
the words around it change, so that a citation of a published paragraph never comes to mean another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Emphasis = Literal["none", "strong", "emphasis"]
ImageType = Literal["image/svg+xml", "image/png"]

DEEPEST_HEADING = 5
"""A page gives level 1 of the report to `h2`, below its own title; HTML ends at `h6`."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words, with a line feed where the author broke the line."""

    text: str
    emphasis: Emphasis = "none"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address outside the report."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class CrossRef:
    """Words that lead to another place in this report, named by its anchor."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note that stands at the foot of the page, or at the end where there are no pages."""

    inlines: tuple[Text | Link | CrossRef, ...]


Inline = Text | Link | CrossRef | Footnote
Words = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a chapter, the report's title stands above it."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    inlines: Words
    anchor: str


@dataclass(frozen=True, slots=True)
class ListItem:
    inlines: Words
    anchor: str


@dataclass(frozen=True, slots=True)
class ListBlock:
    ordered: bool
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: every row has as many cells as the header; with `row_headers` the first cell of each
    row names that row."""

    caption: str
    header: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    anchor: str
    row_headers: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its words: `alt` says what it shows to somebody who does not see it."""

    image: bytes = field(repr=False)
    image_type: ImageType
    alt: str
    caption: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, and whose they are."""

    inlines: Words
    attribution: str
    anchor: str


Block = Heading | Paragraph | ListBlock | Table | Figure | Quote


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the title page, such as "Lead reviewer" and the name to print there."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report ready to be rendered. `language` is a BCP 47 tag; `marking` a protective marking
    printed on every page, empty once the report is published."""

    title: str
    subtitle: str
    language: str
    marking: str
    metadata: tuple[Fact, ...]
    blocks: tuple[Block, ...]


def plain(text: str) -> Words:
    """Words without emphasis, links or notes."""
    return (Text(text),) if text else ()


def text_of(words: Words) -> str:
    """What a reader sees in the line; the text of footnotes is left out."""
    return "".join(word.text for word in words if not isinstance(word, Footnote))


def words_in(block: Block) -> Iterator[Words]:
    """Every run of words in a block, in reading order; headings and captions have none."""
    if isinstance(block, Paragraph | Quote):
        yield block.inlines
    elif isinstance(block, ListBlock):
        yield from (item.inlines for item in block.items)
    elif isinstance(block, Table):
        yield from block.header
        for row in block.rows:
            yield from row


def anchors_in(block: Block) -> tuple[str, ...]:
    """The anchors that a block sets, in reading order."""
    if isinstance(block, ListBlock):
        return tuple(item.anchor for item in block.items)
    return (block.anchor,)
