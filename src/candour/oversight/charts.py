"""Bar charts as SVG, made from figures that may be published; each stands beside its table."""

from html import escape

from candour.engines.statistics import Shown
from candour.oversight.presenters import LEFT_OUT, in_words

_WIDTH, _LABELS, _BAR, _GAP = 720, 260, 22, 10
_INK, _FILL = "#0b0c0c", "#1d70b8"


def bars(rows: list[tuple[str, Shown]]) -> bytes:
    """One bar a row, with its label and its number; a number left out has its mark and no bar."""
    most = max((count for _, count in rows if count), default=1)
    height = len(rows) * (_BAR + _GAP) + _GAP
    drawn = "".join(_row(at, label, count, most) for at, (label, count) in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" font-family="Arial, sans-serif" font-size="14">'
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>{drawn}</svg>'
    ).encode()


def _row(at: int, label: str, count: Shown, most: int) -> str:
    top = _GAP + at * (_BAR + _GAP)
    long = round((_WIDTH - _LABELS - 70) * (count or 0) / most)
    middle = top + _BAR - 6
    return (
        f'<text x="{_LABELS - 10}" y="{middle}" text-anchor="end" fill="{_INK}">'
        f"{escape(_short(label))}</text>"
        f'<rect x="{_LABELS}" y="{top}" width="{long}" height="{_BAR}" fill="{_FILL}"/>'
        f'<text x="{_LABELS + long + 8}" y="{middle}" fill="{_INK}">{in_words(count)}</text>'
    )


def _short(label: str) -> str:
    return label if len(label) <= 34 else f"{label[:33]}…"


def in_a_sentence(rows: list[tuple[str, Shown]]) -> str:
    """What the picture shows, for somebody who does not see it."""
    told = "; ".join(f"{label}: {in_words(count)}" for label, count in rows)
    return f"Bar chart. {told}. {LEFT_OUT} stands for a number left out."
