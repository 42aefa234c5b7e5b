"""One day, in the ways in which people and spreadsheets write it."""

from __future__ import annotations

import re
from datetime import date, timedelta

_DAY_FIRST = re.compile(r"(\d{1,2})\D(\d{1,2})\D(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SPREADSHEET_DAY_ZERO = date(1899, 12, 30)
_FIRST_YEAR_OF_LAST_CENTURY = 40
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def spellings(written: str) -> tuple[str, ...]:
    """Other spellings of a day written in figures, day first or ISO: figures, words, ISO and the
    number a spreadsheet keeps for it. Empty when the day cannot be read, since a guess would take
    out the wrong dates. Two-digit years from 40 on are read as 1940 to 1999."""
    day = _day(written.strip())
    return _spelt(day) if day else ()


def _day(written: str) -> date | None:
    iso, figures = _ISO.fullmatch(written), _DAY_FIRST.fullmatch(written)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif figures:
        day, month, year = (int(part) for part in figures.groups())
    else:
        return None
    if year < 100:
        year += 1900 if year >= _FIRST_YEAR_OF_LAST_CENTURY else 2000
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _spelt(day: date) -> tuple[str, ...]:
    names = (_MONTHS[day.month - 1], _MONTHS[day.month - 1][:3])
    ordinal = f"{day.day}{_ending(day.day)}"
    figures = {
        f"{d}/{m}/{y}"
        for d in (str(day.day), f"{day.day:02}")
        for m in (str(day.month), f"{day.month:02}")
        for y in (str(day.year), f"{day.year % 100:02}")
    }
    words = {
        f"{number} {name} {year}"
        for number in (str(day.day), f"{day.day:02}", ordinal)
        for name in names
        for year in (str(day.year), f"{day.year % 100:02}")
    }
    american = {f"{name} {number} {day.year}" for name in names for number in (day.day, ordinal)}
    serial = str((day - _SPREADSHEET_DAY_ZERO) // timedelta(days=1))
    return tuple(sorted({*figures, *words, *american, day.isoformat(), f"{day:%Y%m%d}", serial}))


def _ending(number: int) -> str:
    if number in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
