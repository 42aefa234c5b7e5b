"""The small notation in which sections are drafted: plain text with a few marks.

A blank line ends a paragraph; a line beginning with `- ` is a bullet, `1. ` a numbered line, `> ` a
quotation (its last line `> -- whose words`), `## ` and `### ` headings. In a line: **strong**,
*stressed*, [words](https://address or #anchor), ^[a footnote]. Whatever fits none of these is
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from candour.reports.tree import (
    Block,
    CrossRef,
    Footnote,
    Heading,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Text,
    Words,
    plain,
)

Kind = Literal["paragraph", "bullet", "number", "quote", "heading"]

_LINE_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("heading", re.compile(r"(#{2,3})\s+(?P<text>\S.*)")),
    ("bullet", re.compile(r"[-•]\s+(?P<text>\S.*)")),
    ("number", re.compile(r"\d{1,3}[.)]\s+(?P<text>\S.*)")),
    ("quote", re.compile(r">\s?(?P<text>.*)")),
)
_INLINE = re.compile(
    r"\^\[(?P<note>[^\]\n]+)\]"
    r"|\[(?P<words>[^\]\n]+)\]\((?P<target>#[A-Za-z][\w-]*|(?:https?://|mailto:)[^\s)]+)\)"
    r"|\*\*(?P<strong>[^*\n]+)\*\*"
    r"|\*(?P<stressed>[^*\s][^*\n]*)\*"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that can be cited: a paragraph, a list item, a quotation or a heading."""

    kind: Kind
    text: str
    level: int = 0


def pieces(body: str) -> tuple[Piece, ...]:
    """What the text is made of, in order."""
    lines = [(_kind(line), line.strip()) for line in body.replace("\r\n", "\n").split("\n")]
    found: list[Piece] = []
    for kind, group in groupby(lines, key=lambda line: line[0] if line[1] else None):
        if kind is not None:
            found.extend(_pieces(kind, [line for _, line in group]))
    return tuple(found)


def _kind(line: str) -> Kind:
    stripped = line.strip()
    return next((kind for kind, form in _LINE_KINDS if form.fullmatch(stripped)), "paragraph")


def _pieces(kind: Kind, lines: Sequence[str]) -> Iterator[Piece]:
    if kind == "paragraph":
        yield Piece("paragraph", "\n".join(lines))
        return
    form = dict(_LINE_KINDS)[kind]
    texts = [match["text"].strip() for line in lines if (match := form.fullmatch(line))]
    if kind == "quote":
        yield Piece("quote", "\n".join(texts))
        return
    for line, text in zip(lines, texts, strict=True):
        yield Piece(kind, text, level=len(line) - len(line.lstrip("#")))


def blocks(found: Sequence[Piece], anchors: Iterable[str], top: int = 1) -> tuple[Block, ...]:
    """The pieces as blocks of the tree, each with its anchor, below a heading of level `top`."""
    anchored = list(zip(_stepwise(found, top), anchors, strict=True))
    made: list[Block] = []
    for kind, group in groupby(anchored, key=lambda each: each[0].kind):
        if kind in ("bullet", "number"):
            items = tuple(ListItem(inlines(piece.text), anchor) for piece, anchor in group)
            made.append(ListBlock(kind == "number", items))
        else:
            made.extend(_block(piece, anchor) for piece, anchor in group)
    return tuple(made)


def _stepwise(found: Sequence[Piece], top: int) -> Iterator[Piece]:
    """Headings one level at a time, as a reader with a screen reader needs them."""
    deepest = top
    for piece in found:
        if piece.kind == "heading":
            deepest = min(top + piece.level - 1, deepest + 1)
            yield Piece("heading", piece.text, deepest)
        else:
            yield piece


def _block(piece: Piece, anchor: str) -> Block:
    if piece.kind == "heading":
        return Heading(piece.level, _bare(piece.text), anchor)
    if piece.kind == "quote":
        words, whose = _attributed(piece.text)
        return Quote(inlines(words), whose, anchor)
    return Paragraph(inlines(piece.text), anchor)


def _attributed(text: str) -> tuple[str, str]:
    words, mark, whose = text.rpartition("\n-- ")
    return (words, whose.strip()) if mark else (text, "")


def _bare(text: str) -> str:
    return re.sub(r"\*+", "", text)


def inlines(text: str) -> Words:
    """The words of one line or paragraph with their emphasis, links and notes."""
    matches = list(_INLINE.finditer(text))
    if not matches:
        return plain(text)
    made = [*plain(text[: matches[0].start()]), *_inline(matches[0])]
    for before, match in pairwise(matches):
        made += [*plain(text[before.end() : match.start()]), *_inline(match)]
    return (*made, *plain(text[matches[-1].end() :]))


def _inline(match: re.Match[str]) -> Words:
    if match["note"]:
        note = tuple(part for part in inlines(match["note"]) if not isinstance(part, Footnote))
        return (Footnote(note),)
    if match["target"]:
        return (_link(match["words"], match["target"]),)
    if match["strong"]:
        return (Text(match["strong"], "strong"),)
    return (Text(match["stressed"], "emphasis"),)


def _link(words: str, target: str) -> Link | CrossRef:
    return CrossRef(words, target[1:]) if target.startswith("#") else Link(words, target)
