"""Windows of days: months, parts of months, seasons, terms and feasts in England."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from candour.engines.dates.refusals import impossible, needs, unreadable
from candour.engines.dates.vocabulary import MONTH_NAMES

EARLIEST_YEAR: Final = 1850
LATEST_YEAR: Final = 2199


class Window(NamedTuple):
    """First and last day, both included, and EDTF text where one date says it exactly."""

    earliest: date
    latest: date
    edtf: str | None = None


def century(two_digits: int) -> int:
    """Two-digit years 00 to 39 are 2000s, 40 to 99 are 1900s."""
    return two_digits + (2000 if two_digits < 40 else 1900)


def day_window(year: int, month: int, day: int) -> Window:
    """One day.

    Raises:
        Refusal: there is no such day.
    """
    _check_month(month)
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        name = MONTH_NAMES[month - 1].capitalize()
        of_year = f" {year}" if (month, day) == (2, 29) else ""
        raise impossible(f"There is no {day} {name}{of_year}.")
    found = date(year, month, day)
    return Window(found, found, found.isoformat())


def month_window(year: int, month: int) -> Window:
    """First to last day of a month."""
    _check_month(month)
    last = monthrange(year, month)[1]
    return Window(date(year, month, 1), date(year, month, last), f"{year:04}-{month:02}")


def year_window(year: int) -> Window:
    """1 January to 31 December."""
    return Window(date(year, 1, 1), date(year, 12, 31), f"{year:04}")


def check_year(year: int, text: str) -> int:
    """The year, if a record could bear it.

    Raises:
        Refusal: it has the wrong number of digits or is long past.
    """
    if len(text) not in (2, 4):
        raise impossible(f"A year has two or four digits, and '{text}' has {len(text)}.")
    if year > LATEST_YEAR:
        raise impossible(f"The year {year} is later than today.")
    if year < EARLIEST_YEAR:
        raise impossible(f"The year {year} is too long ago to be right.")
    return year


def _check_month(month: int) -> None:
    if not 1 <= month <= 12:
        raise impossible(f"There is no month {month}.")


_MONTH_PARTS: Final = {"early": (1, 10), "mid": (10, 20), "late": (20, 31),
                       "start": (1, 10), "end": (20, 31),
                       "first half": (1, 15), "second half": (16, 31)}  # fmt: skip
_YEAR_PARTS: Final = {"early": (1, 4), "mid": (5, 8), "late": (9, 12),
                      "first half": (1, 6), "second half": (7, 12)}  # fmt: skip


def part_of_month(year: int, month: int, part: str) -> Window:
    """Early is the 1st to the 10th, mid the 10th to the 20th, late the 20th to the end.

    The last day is that day.
    """
    whole = month_window(year, month)
    if part == "last day":
        return day_window(year, month, whole.latest.day)
    first, last = _MONTH_PARTS[part]
    last = min(last, whole.latest.day)
    return Window(date(year, month, first), date(year, month, last))


def part_of_year(year: int, part: str) -> Window:
    """Early is January to April, mid May to August, late September to December."""
    months = _YEAR_PARTS.get(part)
    if months is None:
        raise needs(
            "part of a year", f"'{part} of {year}' could be a day or months. Give the month."
        )
    first, last = months
    return Window(date(year, first, 1), month_window(year, last).latest)


@lru_cache(maxsize=256)
def easter_sunday(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous computus of 1876)."""
    golden, century_no, in_century = year % 19, year // 100, year % 100
    leaps, skipped = divmod(century_no, 4)
    moon = (19 * golden + century_no - leaps - (century_no - (century_no + 8) // 25 + 1) // 3
            + 15) % 30  # fmt: skip
    weekday = (32 + 2 * skipped + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


_SEASON_MONTHS: Final = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}
_TERM_DAYS: Final = {"autumn": (9, 1, 12, 31), "spring": (1, 1, 4, 30), "summer": (4, 1, 7, 31)}


def season_window(season: str, year: int, second_year: int | None) -> Window:
    """Spring March to May, summer June to August, autumn September to November.

    Winter needs both its years ("winter 2010/11", December to February): with one, it may be
    either end of that year.
    """
    if season == "winter":
        if second_year is None:
            raise needs(
                "winter with one year",
                f"Winter {year} may be the winter that began or the one that ended in {year}. "
                "Write both years, as in winter 2010/11.",
            )
        return Window(date(year, 12, 1), month_window(second_year, 2).latest)
    if second_year is not None:
        raise needs(
            "two years", f"{season.capitalize()} {year}/{second_year} names two years. Give one."
        )
    first, last = _SEASON_MONTHS[season]
    return Window(date(year, first, 1), month_window(year, last).latest)


def term_window(term: str, year: int, second_year: int | None) -> Window:
    """Autumn term September to December, spring January to April, summer April to July.

    Of a school year written 2010/11, the autumn term is in 2010 and the others in 2011.
    """
    first_month, first, last_month, last = _TERM_DAYS[term]
    of_year = second_year if second_year is not None and term != "autumn" else year
    return Window(date(of_year, first_month, first), date(of_year, last_month, last))


_LONG_YEAR_STARTS: Final = {"academic year": (9, 1), "financial year": (4, 1), "tax year": (4, 6)}


def long_year_window(name: str, year: int, second_year: int | None) -> Window:
    """Academic year from 1 September, financial year from 1 April, tax year from 6 April."""
    if second_year is None:
        raise needs(
            name, f"The {name} {year} may begin or end in {year}. Write both years: 2010/11."
        )
    start = date(year, *_LONG_YEAR_STARTS[name])
    return Window(start, start.replace(year=second_year) - timedelta(days=1))


def _nth_sunday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (nth - 1))


def _last_monday(year: int, month: int) -> date:
    last = month_window(year, month).latest
    return last - timedelta(days=last.weekday())


# Moved for anniversaries: Victory in Europe (1995, 2020) and the jubilees of 2002, 2012 and 2022.
_MOVED_EARLY_MAY: Final = {1995: (5, 8), 2020: (5, 8)}
_MOVED_SPRING: Final = {2002: (6, 4), 2012: (6, 4), 2022: (6, 2)}


def _early_may(year: int) -> date:
    if year in _MOVED_EARLY_MAY:
        return date(year, *_MOVED_EARLY_MAY[year])
    return _last_monday(year, 4) + timedelta(days=7)


def _spring(year: int) -> date:
    return date(year, *_MOVED_SPRING[year]) if year in _MOVED_SPRING else _last_monday(year, 5)


# Banking and Financial Dealings Act 1971; the early May holiday since 1978.
_BANK_HOLIDAYS: Final[dict[str, tuple[int, Callable[[int], date]]]] = {
    "august bank holiday": (1971, lambda year: _last_monday(year, 8)),
    "early may bank holiday": (1978, _early_may),
    "spring bank holiday": (1971, _spring),
}


_EASTER_OFFSETS: Final = {
    "shrove tuesday": -47, "ash wednesday": -46, "mothering sunday": -21, "palm sunday": -7,
    "maundy thursday": -3, "good friday": -2, "easter saturday": -1, "easter sunday": 0,
    "easter day": 0, "easter monday": 1, "whit sunday": 49, "whit monday": 50,
}  # fmt: skip
_FIXED_FEASTS: Final = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "boxing day": (12, 26),
    "new years eve": (12, 31), "new years day": (1, 1), "halloween": (10, 31),
    "bonfire night": (11, 5), "valentines day": (2, 14), "st patricks day": (3, 17),
    "st georges day": (4, 23), "remembrance day": (11, 11), "april fools day": (4, 1),
    "all saints day": (11, 1), "all souls day": (11, 2),
}  # fmt: skip
_SUNDAYS: Final[dict[str, Callable[[int], date]]] = {
    "fathers day": lambda year: _nth_sunday(year, 6, 3),
    "remembrance sunday": lambda year: _nth_sunday(year, 11, 2),
}


def feast_window(feast: str, year: int) -> Window:
    """Easter is Good Friday to Easter Monday, Christmas 24 to 26 December, others their day."""
    if feast == "easter":
        sunday = easter_sunday(year)
        return Window(sunday - timedelta(days=2), sunday + timedelta(days=1))
    if feast == "christmas":
        return Window(date(year, 12, 24), date(year, 12, 26))
    if feast in _FIXED_FEASTS:
        return day_window(year, *_FIXED_FEASTS[feast])
    if feast in _EASTER_OFFSETS:
        found = easter_sunday(year) + timedelta(days=_EASTER_OFFSETS[feast])
    elif feast in _BANK_HOLIDAYS and year >= _BANK_HOLIDAYS[feast][0]:
        found = _BANK_HOLIDAYS[feast][1](year)
    elif feast in _SUNDAYS:
        found = _SUNDAYS[feast](year)
    else:
        raise unreadable(f"The days of {feast} are not known to this system. Give the date.")
    return Window(found, found, found.isoformat())
