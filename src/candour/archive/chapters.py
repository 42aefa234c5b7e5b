"""A long report in parts of its own addresses, so that each opens quickly on a bad line.

A report of up to `WHOLE` characters is one page. A longer one is read by chapters: a new part at
each chapter heading, and inside a chapter at the next paragraph once it has grown to `WHOLE`.
"""

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

WHOLE = 180_000
"""Characters of mark-up, some 45 kB compressed."""
_CONTAINERS = frozenset({"section", "div", "article"})
_VOID = frozenset({"br", "hr", "img"})
_ID = re.compile(r'\sid="([^"]+)"')
_HEADING = re.compile(r"<h2[^>]*>(.*?)</h2>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a report: its number from 1, its heading, and its mark-up, complete in itself."""

    number: int
    title: str
    html: str

    def holds(self, anchor: str) -> bool:
        """Whether this part has the anchor."""
        return f' id="{anchor}"' in self.html


def chapters(html: str) -> tuple[Chapter, ...]:
    """The parts of a report in order; a single one when it is short enough to be one page."""
    if len(html) <= WHOLE:
        return (Chapter(1, "", html),)
    parts = _parts(html, _blocks(html))
    return tuple(Chapter(n, _title(part, n), part) for n, part in enumerate(parts, start=1))


def chapter_with(html: str, anchor: str) -> int:
    """The number of the part that has this anchor; 1 when none has."""
    return next((part.number for part in chapters(html) if part.holds(anchor)), 1)


@dataclass(frozen=True, slots=True)
class _Block:
    """A place where the mark-up could be cut: its offset, its tag, and what is open around it."""

    start: int
    tag: str
    around: tuple[str, ...]


def _parts(html: str, blocks: list[_Block]) -> list[str]:
    cuts = _cuts(blocks, len(html))
    ends = [*cuts[1:], _Block(len(html), "", ())]
    parts = []
    for cut, end in zip(cuts, ends, strict=True):
        opening = "".join(f"<{tag}>" for tag in cut.around)
        closing = "".join(f"</{tag}>" for tag in reversed(end.around))
        parts.append(opening + html[cut.start : end.start] + closing)
    return parts


def _cuts(blocks: list[_Block], end: int) -> list[_Block]:
    cuts = [_Block(0, "", ())]
    for before, block in zip([None, *blocks], blocks, strict=False):
        if block.tag == "h2":
            # A chapter's own container goes with its heading.
            place = before if before and _holds_only(before, block) else block
            if place.start > cuts[-1].start:
                cuts.append(place)
        elif block.start - cuts[-1].start > WHOLE:
            cuts.append(block)
    return cuts


def _holds_only(container: _Block, heading: _Block) -> bool:
    return container.tag in _CONTAINERS and len(heading.around) == len(container.around) + 1


def _blocks(html: str) -> list[_Block]:
    reader = _Blocks(html)
    reader.feed(html)
    reader.close()
    return reader.blocks


class _Blocks(HTMLParser):
    """Notes where each block begins that stands in nothing but containers."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[_Block] = []
        self._open: list[str] = []
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if all(name in _CONTAINERS for name in self._open):
            line, column = self.getpos()
            start = self._lines[line - 1] + column
            self.blocks.append(_Block(start, tag, tuple(self._open)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass


def _title(html: str, number: int) -> str:
    heading = _HEADING.search(html)
    if heading is None:
        return "Beginning of the report" if number == 1 else "Continued"
    return unescape(_TAG.sub("", heading[1])).strip()
