"""The lines of a PDF's pages: words, place, size of type. Untagged and mis-tagged files alike."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

RAISED_FROM, RAISED_TO = "\ue000", "\ue001"
SOFT_HYPHEN = "\xad"

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\x02": SOFT_HYPHEN}
    | {"\ufffe": SOFT_HYPHEN, "\xa0": " ", "\t": " "}
)
_BREAK = re.compile(r"\r\n?|\n")
_DIGITS = re.compile(r"(?<=[^\s\d])\d{1,3}(?=\D|$)|^\d{1,3}(?=\s?[A-Za-z(“‘])")
_RAISED_BELOW = 0.8
_RAISED_BY = 0.22
_BOLD = 600
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its words, its box in points from the foot of the page, its type."""

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class _Chars:
    """The characters of a page and how to ask about one of them."""

    page: Any
    text: str

    def size(self, index: int) -> float:
        return float(pdfium.FPDFText_GetFontSize(self.page, index)) * self._scale(index)

    def _scale(self, index: int) -> float:
        # A size of 1 under a matrix that scales by 12 is a type of 12 points.
        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFText_GetMatrix(self.page, index, ctypes.byref(matrix)):
            return 1.0
        return float(abs(matrix.d) or abs(matrix.b) or 1.0)

    def baseline(self, index: int) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self.page, index, ctypes.byref(x), ctypes.byref(y))
        return y.value

    def bold(self, index: int) -> bool:
        if pdfium.FPDFText_GetFontWeight(self.page, index) >= _BOLD:
            return True
        name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self.page, index, name, 128, ctypes.byref(flags))
        told = name.value.decode("latin-1").lower()
        return any(word in told for word in _BOLD_NAMES)

    def box(self, index: int) -> tuple[float, float, float, float]:
        sides = [ctypes.c_double() for _ in range(4)]
        pdfium.FPDFText_GetCharBox(self.page, index, *(ctypes.byref(side) for side in sides))
        left, right, bottom, top = (side.value for side in sides)
        return left, right, bottom, top


def lines_of(text_page: Any, number: int) -> list[Line]:
    """The lines of one page, in the order in which the file sets them.

    A small raised number within a line stands between `RAISED_FROM` and `RAISED_TO`.
    """
    chars = _Chars(text_page, _characters(text_page))
    found, start = [], 0
    for piece in _BREAK.finditer(chars.text + "\n"):
        line = _line(chars, start, piece.start(), number)
        if line is not None:
            found.append(line)
        start = piece.end()
    return found


def _characters(text_page: Any) -> str:
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    # One unit a character, so that a place in the text is a place on the page.
    return "".join(chr(unit) for unit in buffer[:count])


def _line(chars: _Chars, start: int, end: int, number: int) -> Line | None:
    text = chars.text[start:end]
    first = start + len(text) - len(text.lstrip())
    last = start + len(text.rstrip()) - 1
    if last < first:
        return None
    middle = _a_letter(chars.text, first, last)
    left, _, bottom, top = chars.box(middle)
    size = chars.size(middle)
    return Line(
        text=_with_raised(chars, (first, last + 1), size, chars.baseline(middle)),
        page=number,
        left=min(left, chars.box(first)[0]),
        right=chars.box(last)[1],
        bottom=bottom,
        top=top,
        size=round(size, 1),
        bold=chars.bold(first) and chars.bold(middle) and chars.bold(last),
    )


def _a_letter(text: str, first: int, last: int) -> int:
    """A letter from the middle of the line: bullets and note marks have another size."""
    middle = (first + last) // 2
    outwards = (i for k in range(last - first + 1) for i in (middle + k, middle - k))
    return next((i for i in outwards if first <= i <= last and text[i].isalpha()), first)


def _with_raised(chars: _Chars, part: tuple[int, int], size: float, baseline: float) -> str:
    text, pieces, done = chars.text[slice(*part)], list[str](), 0
    for digits in _DIGITS.finditer(text):
        # Smaller type, or a raised shape of the same size as some fonts have.
        place = part[0] + digits.start()
        raised_by = chars.box(place)[2] - baseline
        if chars.size(place) < size * _RAISED_BELOW or raised_by > size * _RAISED_BY:
            raised = f"{RAISED_FROM}{digits.group()}{RAISED_TO}"
            pieces += [text[done : digits.start()], raised]
            done = digits.end()
    return _tidied("".join((*pieces, text[done:])))


def _tidied(text: str) -> str:
    return " ".join(_whole(text).translate(_LIGATURES).replace("\x00", "").split(" ")).strip()


def _whole(text: str) -> str:
    # Two units that are halves of one character become that character.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
