"""How the search grows with the archive, drawn as docs/images/archive-growth.svg.

Called by `archive_scale.py curve`. Both axes are logarithmic.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor, log10
from pathlib import Path

PICTURE = Path(__file__).parent.parent / "docs" / "images" / "archive-growth.svg"
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 420, 70, 48, 180, 56
LINES = (
    ("search, p95", "#1d70b8", "", 0),
    ("search, median", "#1d70b8", "6 4", 1),
    ("facets, p95", "#00703c", "", 2),
    ("facets, median", "#00703c", "6 4", 3),
)


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured at one size; times of asking in milliseconds of processor, search first."""

    paragraphs: int
    seconds: float
    index_mb: float
    text_mb: float
    medians: tuple[float, ...]
    p95: tuple[float, ...]

    @property
    def asked(self) -> tuple[float, ...]:
        """In the order of the lines."""
        return (self.p95[0], self.medians[0], self.p95[1], self.medians[1])


def told(size: Size) -> str:
    return (
        f"{size.paragraphs:11,} paragraphs, {size.text_mb:6.0f} MB of text: built in "
        f"{size.seconds:6.0f} s of processor, {size.index_mb:6.0f} MB "
        f"({size.index_mb / size.text_mb:.2f} times); search median {size.medians[0]:7.2f} "
        f"p95 {size.p95[0]:7.2f}, facets {size.medians[1]:7.2f} {size.p95[1]:7.2f}"
    )


class Scale:
    """Where a number of paragraphs and a time stand in the picture."""

    def __init__(self, sizes: list[Size]) -> None:
        times = [time for size in sizes for time in size.asked]
        self.low, self.high = floor(log10(min(times))), ceil(log10(max(times)))
        self.first, self.last = sizes[0].paragraphs, sizes[-1].paragraphs

    def across(self, paragraphs: float) -> float:
        share = log10(paragraphs / self.first) / log10(self.last / self.first)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def up(self, time: float) -> float:
        share = (log10(time) - self.low) / (self.high - self.low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def draw(sizes: list[Size]) -> None:
    """Write the picture; its numbers stand in its description, for those who do not see it."""
    scale = Scale(sizes)
    parts = [*_frame(sizes, scale)]
    beside = float(HEIGHT)
    for name, colour, dashes, place in sorted(LINES, key=lambda line: sizes[-1].asked[line[3]]):
        points = " ".join(f"{scale.across(s.paragraphs)},{scale.up(s.asked[place])}" for s in sizes)
        style = f'fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"'
        parts.append(f'<polyline points="{points}" {style}/>')
        end = sizes[-1].asked[place]
        # Names of lines that end close together stand one above the other.
        beside = min(scale.up(end) + 4, beside - 17)
        parts.append(
            f'<text x="{WIDTH - RIGHT + 8}" y="{beside:.1f}" fill="{colour}">'
            f"{name} {end:.0f} ms</text>"
        )
    PICTURE.write_text(_whole(sizes, parts), encoding="utf-8")


def _frame(sizes: list[Size], scale: Scale) -> Iterator[str]:
    for power in range(scale.low, scale.high + 1):
        y = scale.up(10.0**power)
        yield f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="#b1b4b6"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{10.0**power:g} ms</text>'
    for size in sizes:
        x, number = scale.across(size.paragraphs), size.paragraphs
        yield f'<path d="M{x} {TOP}V{HEIGHT - BOTTOM}" stroke="#b1b4b6"/>'
        name = f"{number / 1e6:g} million" if number >= 10**6 else f"{number:,}"
        yield f'<text x="{x}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{name}</text>'


def _whole(sizes: list[Size], parts: list[str]) -> str:
    figures = " ".join(told(size) for size in sizes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-labelledby="t d" font-family="sans-serif" font-size="13" fill="#0b0c0c">\n'
        '<title id="t">Processor time of a search by number of paragraphs</title>\n'
        f'<desc id="d">{figures}</desc>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n'
        f'<text x="{LEFT}" y="24" font-size="16" font-weight="bold">'
        "A search as the archive grows: milliseconds of processor</text>\n"
        + "\n".join(parts)
        + f'\n<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle">'
        "paragraphs in the index (both scales by tens)</text>\n</svg>\n"
    )
