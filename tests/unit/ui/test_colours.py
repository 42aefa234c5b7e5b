"""The words on every agency colour can be read (WCAG 2.2, 1.4.3: at least 4.5 to 1)."""

import re
from pathlib import Path

import candour.ui

STYLE = Path(candour.ui.__file__).parent / "static" / "candour.css"
AGENCY = re.compile(
    r"\.agency-(\d+) \{ background-color: (#\w{6}); border-color: #\w{6}; color: (#\w{6}); \}"
)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_guidelines_do() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_there_are_twelve_agency_colours_and_words_on_each_can_be_read() -> None:
    colours = AGENCY.findall(STYLE.read_text(encoding="utf-8"))

    assert [int(number) for number, _, _ in colours] == list(range(1, 13))
    assert len({background for _, background, _ in colours}) == 12
    for number, background, words in colours:
        assert contrast(background, words) >= 4.5, number
        assert contrast(background, "#ffffff") >= 3, f"{number} cannot be told from the page"
