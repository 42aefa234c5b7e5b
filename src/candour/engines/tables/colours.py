"""Agency colours: tints on which black text has a contrast of at least 7 to 1 (WCAG 2.2, 1.4.6).

Colour is never the only sign: the agency's name stands in every row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

TEXT: Final = "0B0C0C"
TINTS: Final = (
    "CFE2F3",
    "FCE5CD",
    "D9EAD3",
    "F4CCCC",
    "D9D2E9",
    "FFF2CC",
    "D0E0E3",
    "EAD1DC",
    "E2EFDA",
    "DDEBF7",
    "F8CBAD",
    "E7E6E6",
)


def tint_of(agencies: Sequence[str]) -> dict[str, str]:
    """Return a tint for each agency, the same for the same list every time."""
    return {agency: TINTS[place % len(TINTS)] for place, agency in enumerate(agencies)}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours given as RRGGBB (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
