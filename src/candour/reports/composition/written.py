"""Blocks made from what people wrote and from what Candour counted."""

from collections.abc import Iterable, Iterator

from candour.reports.notation import blocks, pieces
from candour.reports.tree import Block, Heading, ListBlock, ListItem, Paragraph, plain

_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def written(text: str, prefix: str, top: int) -> tuple[Block, ...]:
    """Somebody's text in the notation, below a heading of level `top`."""
    found = pieces(text)
    return blocks(found, [f"{prefix}-{number}" for number in range(1, len(found) + 1)], top)


def under(title: str, text: str, prefix: str, level: int) -> tuple[Block, ...]:
    """A heading with a text below it; nothing at all where the text is empty."""
    below = written(text, prefix, level)
    return (Heading(level, title, f"{prefix}-title"), *below) if below else ()


def listed(lines: Iterable[str], prefix: str) -> Iterator[Block]:
    """Lines as bullets; nothing where there are none."""
    items = tuple(
        ListItem(plain(line), f"{prefix}-{number}") for number, line in enumerate(lines, start=1)
    )
    if items:
        yield ListBlock(False, items)


def said(text: str, anchor: str) -> Paragraph:
    """One plain paragraph."""
    return Paragraph(plain(text), anchor)


def short(identifier: object) -> str:
    """The part of a row's id that its anchors carry: opaque, and the same for ever.

    In letters alone: ten figures would sometimes have the shape of an NHS number, which the check
    before publication would rightly stop at.
    """
    return str(identifier).replace("-", "")[:10].translate(_LETTERS)
