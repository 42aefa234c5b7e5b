"""What repeats at the head and foot of pages: left out of the text, and said to be left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from candour.engines.reading.pdf_lines import Line

_MARGIN = 0.12
_LEAST_PAGES = 3
_SHARE = 0.3
_CLOSE = 1.7
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–]?\s*(\d{1,4})\s*[-–]?(?:\s*(?:of|/)\s*\d+)?", re.I)


def without_furniture(
    pages: Sequence[list[Line]], heights: Sequence[float]
) -> tuple[list[list[Line]], list[str], list[str]]:
    """The pages without what repeats, the words left out, and each page's number as printed.

    A line is furniture when it stands in the margin of at least three pages, numbers apart, and of
    a third of all. A page that prints no number is called by its place in the file.
    """
    repeated = _repeated(pages, heights)
    kept, labels, examples = list[list[Line]](), list[str](), dict[str, str]()
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True), start=1):
        out = [line for line in lines if _is_furniture(line, lines, repeated, height)]
        out += [line for line in _outermost(lines) if _PAGE_NUMBER.fullmatch(line.text)]
        kept.append([line for line in lines if line not in out])
        labels.append(_printed(out) or str(number))
        examples = {_shape(line): line.text for line in reversed(out)} | examples
    return kept, sorted(text for shape, text in examples.items() if shape != "#"), labels


def _is_furniture(line: Line, lines: Sequence[Line], repeated: set[str], height: float) -> bool:
    if _shape(line) not in repeated or not _in_margin(line, height):
        return False
    # The first line of a paragraph may repeat too; what stands at the edge stands apart.
    return not any(
        _shape(other) not in repeated
        and abs(other.bottom - line.bottom) < line.size * _CLOSE
        and other.bottom != line.bottom
        for other in lines
    )


def _outermost(lines: Sequence[Line]) -> Sequence[Line]:
    if not lines:
        return ()
    return max(lines, key=lambda line: line.top), min(lines, key=lambda line: line.bottom)


def _repeated(pages: Sequence[list[Line]], heights: Sequence[float]) -> set[str]:
    counts: Counter[str] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        counts.update({_shape(line) for line in lines if _in_margin(line, height)})
    least = max(_LEAST_PAGES, int(len(pages) * _SHARE))
    return {shape for shape, count in counts.items() if count >= least}


def _in_margin(line: Line, height: float) -> bool:
    return line.bottom > height * (1 - _MARGIN) or line.top < height * _MARGIN


def _shape(line: Line) -> str:
    return _NUMBER.sub("#", line.text.casefold()).strip()


def _printed(lines: Iterable[Line]) -> str:
    for line in lines:
        found = _PAGE_NUMBER.search(line.text[-24:])
        if found and (_PAGE_NUMBER.fullmatch(line.text.strip()) or "page" in line.text.lower()):
            return found.group(1)
    return ""
