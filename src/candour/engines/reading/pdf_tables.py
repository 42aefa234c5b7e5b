"""Tables of a PDF that are drawn with lines: the grid is read from the lines, the words from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from candour.engines.reading.model import Cell, TableBlock, plain

_THIN = 3.0
_NEAR = 4.0
_LEAST_LENGTH = 8.0
_MOST_LINES = 4_000


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points from the foot of the page."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        return (
            self.left - _NEAR <= x <= self.right + _NEAR
            and self.bottom - _NEAR <= y <= self.top + _NEAR
        )

    def touches(self, other: Box) -> bool:
        return (
            self.left - _NEAR <= other.right
            and other.left - _NEAR <= self.right
            and self.bottom - _NEAR <= other.top
            and other.bottom - _NEAR <= self.top
        )


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table and the part of the page that it takes up."""

    box: Box
    table: TableBlock


def tables_on(paths: Sequence[Box], text_page: Any) -> list[DrawnTable]:
    """The tables drawn on a page, from the top down; a frame round text is none."""
    found = []
    for group in _joined(paths[:_MOST_LINES]):
        table = _table(group, text_page)
        if table is not None:
            found.append(table)
    return sorted(found, key=lambda each: -each.box.top)


def _joined(paths: Sequence[Box]) -> list[list[Box]]:
    groups: list[tuple[Box, list[Box]]] = []
    for path in paths:
        members, bounds, apart = [path], path, []
        for box, group in groups:
            if box.touches(bounds):
                members, bounds = [*group, *members], _around(box, bounds)
            else:
                apart.append((box, group))
        groups = [*apart, (bounds, members)]
    return [group for _, group in groups]


def _around(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left),
        min(one.bottom, other.bottom),
        max(one.right, other.right),
        max(one.top, other.top),
    )


def _table(group: list[Box], text_page: Any) -> DrawnTable | None:
    across = _places(_edges(group, horizontal=True))
    down = _places(_edges(group, horizontal=False))
    if len(across) < 3 or len(down) < 3:
        return None
    rows = [
        tuple(
            Cell(plain(_words_in(text_page, Box(left, low, right, high))))
            for left, right in pairwise(down)
        )
        for high, low in pairwise(reversed(across))
    ]
    kept = tuple(_covering(row) for row in rows if any(cell.runs for cell in row))
    filled = sum(bool(cell.runs) for row in kept for cell in row)
    if len(kept) < 2 or filled < len(kept) + 1:
        return None
    box = Box(down[0], across[0], down[-1], across[-1])
    return DrawnTable(box, TableBlock(kept, headings=1 if all(c.runs for c in kept[0]) else 0))


def _covering(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A row of which one cell alone has words is a cell across the table."""
    filled = [cell for cell in row if cell.runs]
    if len(filled) == 1 and row[0].runs and len(row) > 1:
        return (Cell(filled[0].runs, columns=len(row)),)
    return row


def _edges(group: list[Box], *, horizontal: bool) -> list[float]:
    found: list[float] = []
    for box in group:
        width, height = box.right - box.left, box.top - box.bottom
        if horizontal and width >= _LEAST_LENGTH:
            found += [box.bottom] if height < _THIN else [box.bottom, box.top]
        if not horizontal and height >= _LEAST_LENGTH:
            found += [box.left] if width < _THIN else [box.left, box.right]
    return found


def _places(edges: list[float]) -> list[float]:
    places: list[float] = []
    for edge in sorted(edges):
        if not places or edge - places[-1] > _NEAR:
            places.append(edge)
    return places


def _words_in(text_page: Any, box: Box) -> str:
    sides = (box.left, box.top, box.right, box.bottom)
    count = pdfium.FPDFText_GetBoundedText(text_page, *sides, None, 0)
    if count <= 0:
        return ""
    buffer = (pdfium.c_ushort * (count + 1))()
    pdfium.FPDFText_GetBoundedText(text_page, *sides, buffer, count)
    text = bytes(buffer).decode("utf-16-le", "replace")
    return " ".join(text.replace("\x00", " ").replace("\xad", "").split())
