"""Days that a row's words speak of besides its own date ("the argument on 9 June")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from candour.engines.matching.words import plain

_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_FEASTS: Final = {
    "boxing day": (12, 26),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "bonfire night": (11, 5),
    "halloween": (10, 31),
}
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SAID = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -](?P<m>{_MONTH})\b\.?"
    r"(?:[ ,-]{1,2}(?P<y>(?:19|20)\d\d))?"
    rf"|\b(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)"
    r"|\b(?P<d3>\d{1,2})[./](?P<m3>\d{1,2})(?:[./](?P<y3>(?:19|20)?\d\d))?\b(?![/.%\d])"
    rf"|\b(?:in|during|since|of|early|late|mid) (?P<m4>{_MONTH})\b"
    r"(?: (?P<y4>(?:19|20)\d\d))?(?! \d)"
    rf"|\b(?P<feast>{'|'.join(_FEASTS)})\b"
    rf"|\b(?:on|last|over|this|previous) (?:the )?(?P<weekday>{'|'.join(_WEEKDAYS)})\b"
    r"|\b(?P<near>yesterday|last night|the day before|night before|(?:the )?previous "
    r"(?:day|evening|night))\b",
    re.IGNORECASE,
)
_SPARE = re.compile(
    r"\d|yesterday|night|previous|before| in |of |since|boxing"
    r"|christmas|new year|hallow|day\b|early|late|mid|during",
    re.I,
)
FARTHEST: Final = timedelta(days=200)


@dataclass(frozen=True, slots=True)
class Said:
    """A day or month that the words speak of, where it stands, and whether it has passed."""

    earliest: date
    latest: date
    start: int
    end: int
    month_first: bool = False


def days_said(text: str, row_day: date, month_first: bool = False) -> Iterator[Said]:
    """The days that the text speaks of. One without a year is the one nearest to the row's day."""
    if not _SPARE.search(text):
        return
    for match in _SAID.finditer(plain(text)):
        window = _window(match, row_day, month_first)
        if window is not None and abs(window[1] - row_day) <= FARTHEST:
            yield Said(*window, match.start(), match.end())


def _window(match: re.Match[str], row_day: date, month_first: bool) -> tuple[date, date] | None:
    if match["near"]:
        before = row_day - timedelta(days=1)
        return before, before
    if match["weekday"]:
        back = (row_day.weekday() - _WEEKDAYS.index(match["weekday"].lower())) % 7
        return (row_day - timedelta(days=back),) * 2
    if match["feast"]:
        month, day = _FEASTS[match["feast"].lower()]
        return _single(_nearest(None, month, day, row_day))
    if match["m4"]:
        return _month(_number(match["m4"]), _year(match["y4"]), row_day)
    if match["d3"]:
        day, month = int(match["d3"]), int(match["m3"])
        if month_first and match["y3"]:
            day, month = month, day
        return _single(_nearest(_year(match["y3"]), month, day, row_day))
    day, month = int(match["d"] or match["d2"]), _number(match["m"] or match["m2"])
    return _single(_nearest(_year(match["y"]), month, day, row_day))


def _number(month: str) -> int:
    return _MONTHS.index(month.lower()[:3]) + 1


def _year(written: str | None) -> int | None:
    if not written:
        return None
    year = int(written)
    return year if year > 99 else 2000 + year if year < 40 else 1900 + year


def _single(day: date | None) -> tuple[date, date] | None:
    return (day, day) if day else None


def _nearest(year: int | None, month: int, day: int, row_day: date) -> date | None:
    years = [year] if year else [row_day.year - 1, row_day.year, row_day.year + 1]
    found = []
    for one in years:
        try:
            found.append(date(one, month, day))
        except ValueError:
            continue
    return min(found, key=lambda when: abs(when - row_day), default=None)


def _month(month: int, year: int | None, row_day: date) -> tuple[date, date] | None:
    middle = _nearest(year, month, 15, row_day)
    if middle is None:
        return None
    first = middle.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return first, after - timedelta(days=1)
