"""The days that the words of a row speak of, beside the day it is dated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from candour.engines.dates import Context, DayOrder, read_date

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_FEAST: Final = (
    r"boxing day|christmas (?:day|eve)|new year['’]s (?:day|eve)|good friday|bonfire night"
    r"|halloween"
)
_DAY: Final = re.compile(
    rf"(?<![\w/.-])(?:(?P<day>\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b(?:,? (?:19|20)\d\d\b)?)"
    rf"|(?P<numbers>\d{{1,2}}(?:(?P<dot>[/.-])\d{{1,2}}(?P=dot)(?:(?:19|20)\d\d|\d\d)|/\d{{1,2}}))"
    rf"(?![\w/%-]|\.\d)"
    rf"|(?P<month>{_MONTH} (?:19|20)\d\d\b)"
    rf"|(?P<bare>(?<=\bin )(?-i:[A-Z])\w+\b|(?<=\bthe )(?-i:[A-Z])\w+\b|(?<=\bof )(?-i:[A-Z])\w+\b)"
    rf"|(?P<feast>{_FEAST}))",
    re.IGNORECASE,
)
_A_MONTH: Final = re.compile(rf"{_MONTH}\Z", re.IGNORECASE)
_HAS_YEAR: Final = re.compile(r"(?:19|20)\d\d|[/.-]\d\d\Z(?<=\d[/.-]\d\d)")
_SPARE: Final = re.compile(rf"\d|\b(?:{_MONTH}|{_FEAST})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A day or month named at [start, end) of a text, as a window of days."""

    earliest: date
    latest: date
    start: int
    end: int

    @property
    def is_month(self) -> bool:
        """Whether more than a week is meant."""
        return (self.latest - self.earliest).days > 7


def days_named(
    text: str, near: date | None, order: DayOrder = DayOrder.AUTO, *, later: bool = False
) -> Iterator[Named]:
    """Return the days that a text names, in order.

    A day without a year is the last such day up to `near`, the row's own day; with `later` the
    first such day from it on. Where `near` is None a day without a year names none.
    """
    if not _SPARE.search(text):
        return
    for match in _DAY.finditer(text):
        found = _window(match, near, order, later=later)
        if found:
            yield Named(*found, match.start(), match.end())


def _window(
    match: re.Match[str], near: date | None, order: DayOrder, *, later: bool
) -> tuple[date, date] | None:
    words = match[0]
    if match["bare"] and not _A_MONTH.match(words):
        return None
    parts = len(re.split(r"[/.-]", match["numbers"])) if match["numbers"] else 0
    if match["month"] or parts == 3 or (match["day"] and re.search(r"\d{4}\Z", words)):
        return _read(words, None, order)
    if near is None:
        return None
    years = (near.year, near.year + 1) if later else (near.year, near.year - 1)
    for year in years:
        found = _read(words, year, order)
        if found and ((found[1] >= near) if later else (found[0] <= near)):
            return found
    return None


def _read(words: str, year: int | None, order: DayOrder) -> tuple[date, date] | None:
    context = Context(day_order=order, as_of=date.max, year=year)
    text = words if year is None else f"{words} {year}" if words[0].isalpha() else words
    reading = read_date(text, context)
    if reading.earliest is None or reading.latest is None:
        return None
    return reading.earliest, reading.latest
