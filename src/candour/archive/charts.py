"""Charts drawn on the server: plain SVG without style or script, each beside its table.

Colours come from the page's style by class, so that dark mode and print are looked after there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

_WIDTH, _HEIGHT, _FOOT, _SIDE = 720, 260, 46, 34
_TILE, _GAP = 168, 8
_LABELS = 12
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a chart; `height` is none where the number is too small to be shown."""

    name: str
    height: float | None


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile of a grid: what stands in it, and its column and row."""

    name: str
    number: str
    column: int
    row: int


def columns(title: str, values: Sequence[Column], *, unit: str = "") -> SafeString:
    """A chart of columns over a scale; a dash stands where a number is too small to be shown."""
    step = _step(max((value.height or 0 for value in values), default=0))
    top = step * 4
    wide = (_WIDTH - _SIDE) / max(1, len(values))
    every = -(-len(values) // _LABELS)
    drawn = [_scale(step * n, top, unit) for n in range(5)]
    for number, value in enumerate(values):
        left = _SIDE + number * wide
        drawn.append(_column(value, left, wide, top))
        if number % every == 0:
            drawn.append(_text(left + wide / 2, _HEIGHT - _FOOT + 20, value.name, "middle"))
    return _svg(title, _WIDTH, _HEIGHT, drawn)


def tiles(title: str, values: Sequence[Tile]) -> SafeString:
    """A grid in which each region has one tile of the same size, however large it is."""
    drawn = []
    for tile in values:
        left, top = tile.column * (_TILE + _GAP), tile.row * (_TILE / 2 + _GAP)
        drawn.append(
            f'<rect class="candour-chart__tile" x="{left}" y="{top:g}" width="{_TILE}" '
            f'height="{_TILE / 2:g}"/>'
        )
        drawn.append(_text(left + _TILE / 2, top + 30, tile.name, "middle"))
        drawn.append(_text(left + _TILE / 2, top + 56, tile.number, "middle", "number"))
    width = (max((t.column for t in values), default=0) + 1) * (_TILE + _GAP)
    height = (max((t.row for t in values), default=0) + 1) * (_TILE // 2 + _GAP)
    return _svg(title, width, height, drawn)


def _column(value: Column, left: float, wide: float, top: float) -> str:
    ground = _HEIGHT - _FOOT
    if value.height is None:
        return _text(left + wide / 2, ground - 4, "–", "middle")
    tall = (ground - 10) * value.height / top if top else 0
    return (
        f'<rect class="candour-chart__column" x="{left + wide * 0.12:.1f}" '
        f'y="{ground - tall:.1f}" width="{wide * 0.76:.1f}" height="{tall:.1f}"/>'
    )


def _scale(at: float, top: float, unit: str) -> str:
    ground = _HEIGHT - _FOOT
    y = ground - ((ground - 10) * at / top if top else 0)
    line = (
        f'<line class="candour-chart__line" x1="{_SIDE}" x2="{_WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>'
    )
    return line + _text(_SIDE - 6, y + 4, f"{at:g}{unit}", "end")


def _step(most: float) -> float:
    size = 1
    while size * _STEPS[-1] * 4 < most:
        size *= 10
    return next((size * step for step in _STEPS if size * step * 4 >= most), size * _STEPS[-1])


def _text(x: float, y: float, words: str, anchor: str, kind: str = "label") -> str:
    return (
        f'<text class="candour-chart__{kind}" x="{x:.1f}" y="{y:.1f}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )


def _svg(title: str, width: float, height: float, drawn: Sequence[str]) -> SafeString:
    head = (
        f'<svg class="candour-chart" role="img" aria-label="{escape(title)}. '
        f'The numbers stand in the table below." viewBox="0 0 {width:g} {height:g}" '
        'xmlns="http://www.w3.org/2000/svg">'
    )
    # Every word inside went through `escape`.
    return mark_safe(head + "".join(drawn) + "</svg>")  # noqa: S308
