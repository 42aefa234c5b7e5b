"""Dates written in numbers: 3/4/12, 2012-04-03, 06/2009, 030412, 41002."""

from datetime import date, timedelta
from typing import Final, NoReturn

from candour.engines.dates.atoms import (
    DASHES,
    STROKES,
    Parsed,
    Style,
    Tokens,
    clock_digits,
    is_day,
    is_long_year,
    is_short,
    mark_at,
    slips_in,
    typed_year,
)
from candour.engines.dates.calendar_days import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    Window,
    century,
    check_year,
    day_window,
)
from candour.engines.dates.moments import Moment
from candour.engines.dates.reading import DayOrder
from candour.engines.dates.refusals import Refusal, impossible, needs, unreadable
from candour.engines.dates.tokens import Kind, Token

# Weeks, months, days and weeks of pregnancy in health records: 6/52, 3/12, 5/7, 28/40
_NOT_YEARS: Final = frozenset({40, 52})
_EPOCH_1900: Final = date(1899, 12, 30)
_EPOCH_1904: Final = date(1904, 1, 1)


def _same_mark(first: Kind | None, second: Kind | None, style: Style) -> bool:
    if first is second:
        return first is not Kind.COLON
    return style.lenient or (first in DASHES and second in DASHES)


def three_numbers(tokens: Tokens, i: int, style: Style) -> Parsed:
    """Day, month, year; or year, month, day where the year comes first."""
    first_mark, j = mark_at(tokens, i + 1)
    middle = tokens[j]
    if middle.kind not in _MIDDLE:
        return None
    second_mark, k = mark_at(tokens, j + 1)
    last = tokens[k]
    if not _same_mark(first_mark, second_mark, style) or not _ends_here(tokens, k):
        return None
    slips = slips_in(tokens, i, k + 1)
    if first_mark is not second_mark:
        slips = (*slips, "separators differ")
    if is_long_year(tokens[i]):
        return _year_month_day(tokens[i], middle, last, k, slips)
    moment = _day_month_year(tokens[i], middle, last, first_mark, style)
    return None if moment is None else (moment._replace(slips=slips), k + 1)


def _day_month_year(
    first: Token, middle: Token, last: Token, mark: Kind | None, style: Style
) -> Moment | None:
    if first.width > 2 or middle.width > 2 or first.apostrophe or middle.apostrophe:
        return None
    if last.kind is Kind.PLACEHOLDER and last.text not in ("-", "--"):
        return _ordered(first, middle, None, style)
    if last.kind is not Kind.NUMBER or last.width == 1 or last.ordinal:
        return None
    if last.width != 4 and (mark is Kind.COMMA or (mark is None and last.width != 2)):
        return None
    year = last.value if last.width == 4 else check_year(typed_year(last), last.text)
    return _ordered(first, middle, year, style)


_MIDDLE: Final = frozenset({Kind.NUMBER, Kind.PLACEHOLDER, Kind.ROMAN})


def _ends_here(tokens: Tokens, k: int) -> bool:
    if tokens[k].kind not in (Kind.NUMBER, Kind.PLACEHOLDER):
        return False
    after = tokens[k + 1].kind
    if after is Kind.MONTH:
        return False
    return not (after in STROKES and tokens[k + 2].kind is Kind.NUMBER)


def _year_month_day(
    year: Token, month: Token, day: Token, k: int, slips: tuple[str, ...]
) -> Parsed:
    if not is_day(month) or month.ordinal or not (is_day(day) or day.kind is Kind.PLACEHOLDER):
        return None
    whole = day.kind is Kind.NUMBER
    rule = "year, month, day" if whole else "month, day unknown"
    moment = Moment(
        rule, year=year.value, month=month.value, day=day.value if whole else None, slips=slips
    )
    return moment, k + 1


def _ordered(first: Token, second: Token, year: int | None, style: Style) -> Moment:
    day, month = (second, first) if style.order is DayOrder.MDY else (first, second)
    if month.kind is Kind.ROMAN or day.kind is Kind.ROMAN:
        day, month = first, second
    if day.kind is Kind.PLACEHOLDER and month.kind is Kind.PLACEHOLDER:
        if year is None:
            raise unreadable("The cell holds only places for a date. Write the date.")
        return Moment("year, day and month unknown", year=year)
    if day.kind is Kind.PLACEHOLDER:
        return Moment("month, day unknown", year=year, month=month.value)
    if month.kind is Kind.PLACEHOLDER:
        return Moment("day, month unknown", year=year, day=day.value, month_unknown=True)
    if month.value > 12 >= day.value > 0 and month.value <= 31 and year is not None:
        _other_order(month.value)
    return Moment("day, month, year", year=year, month=month.value, day=day.value)


def _other_order(month: int) -> NoReturn:
    raise needs(
        "order of day and month",
        f"There is no month {month}. If this agency writes the day and the month the other way "
        "round throughout, say so; if not, check the original record and correct the date.",
    )


def two_numbers(tokens: Tokens, i: int, style: Style) -> Parsed:
    """Month and year, a pair of years, or a day and month still without a year."""
    mark, j = mark_at(tokens, i + 1)
    first, second = tokens[i], tokens[j]
    if second.kind is not Kind.NUMBER or tokens[j + 1].kind in (Kind.MONTH, Kind.ORDINAL):
        return None
    if mark is Kind.COMMA or second.ordinal or first.ordinal:
        return None
    slips = slips_in(tokens, i, j + 1)
    if is_long_year(first):
        return _year_and_number(tokens, i, j, mark, slips)
    if not is_short(first) or mark is Kind.WIDE_DASH:
        return None
    if is_long_year(second):
        if first.value > 12 and mark is None:
            return None
        return Moment("month and year", year=second.value, month=first.value, slips=slips), j + 1
    if mark not in STROKES or not is_short(second) or _third_number(tokens, i, j):
        return None
    moment = _day_and_month(first, second, style, slips)
    clock = mark is Kind.DOT and second.width == 2 and first.value < 24
    return (moment._replace(maybe_time=True) if clock else moment), j + 1


def _third_number(tokens: Tokens, i: int, j: int) -> bool:
    """Whether the two numbers at `i` and `j` are part of a longer run, 3/4.12."""
    before = i > 0 and tokens[i - 1].kind in STROKES
    return before or (tokens[j + 1].kind in STROKES and tokens[j + 2].kind is Kind.NUMBER)


def _day_and_month(first: Token, second: Token, style: Style, slips: tuple[str, ...]) -> Moment:
    if second.apostrophe or (
        second.value > 31 and second.value not in _NOT_YEARS and first.value <= 12
    ):
        year = century(second.value)
        return Moment("month and year", year=year, month=first.value, slips=slips)
    if style.order is DayOrder.MDY:
        first, second = second, first
    return Moment("day and month", month=second.value, day=first.value, slips=slips)


def _year_and_number(
    tokens: Tokens, i: int, j: int, mark: Kind | None, slips: tuple[str, ...]
) -> Parsed:
    year, second = tokens[i].value, tokens[j]
    if mark is None or second.width != 2 or second.apostrophe:
        return None
    ranged = mark is Kind.WIDE_DASH or tokens[j - 1].text == "–"
    years_apart = (second.value - year) % 100
    if years_apart == 1 or (ranged and second.value <= 12 and 0 < years_apart < 12):
        moment = Moment("two years", year=year, second_year=year + years_apart, slips=slips)
    elif ranged or mark in STROKES or second.value > 12:
        return None
    else:
        moment = Moment("year and month", year=year, month=second.value, slips=slips)
    return moment, j + 1


def short_end_of_years(tokens: Tokens, j: int, first_year: int) -> tuple[int, int] | None:
    """The year meant by the second half of 1997-99, and the place after it."""
    second = tokens[j]
    if second.kind is not Kind.NUMBER or second.width != 2 or second.ordinal:
        return None
    year = first_year - first_year % 100 + second.value
    if second.value <= 12 or year <= first_year:
        return None
    return year, j + 1


def compact(tokens: Tokens, i: int, style: Style) -> Parsed:
    """Six or eight digits run together: 030412, 03042012, 20120403, 201204."""
    token = tokens[i]
    if token.width not in (6, 8) or token.ordinal:
        return None
    text = f"{token.value:0{token.width}}"
    timed = style.timed or clock_digits(tokens[i + 1])
    found = [
        moment
        for moment in _compact_readings(text, style)
        if _stands(moment, style) and (moment.day or not timed)
    ]
    if len(found) == 1:
        return found[0], i + 1
    if found:
        raise needs(
            "digits run together", f"'{text}' can be read in more than one way. Add separators."
        )
    raise impossible(f"'{text}' is not a date.")


def _compact_readings(text: str, style: Style) -> list[Moment]:
    day, month = int(text[:2]), int(text[2:4])
    if style.order is DayOrder.MDY:
        day, month = month, day
    rule = "digits run together"
    if len(text) == 6:
        return [
            Moment(rule, year=century(int(text[4:])), month=month, day=day),
            Moment(rule, year=int(text[:4]), month=int(text[4:])),
        ]
    return [
        Moment(rule, year=int(text[4:]), month=month, day=day),
        Moment(rule, year=int(text[:4]), month=int(text[4:6]), day=int(text[6:])),
        _joined_years(text),
    ]


def _joined_years(text: str) -> Moment:
    first, last = int(text[:4]), int(text[4:])
    if not EARLIEST_YEAR <= first < last <= LATEST_YEAR or last - first > 30:
        return Moment("digits run together", year=0)
    window = Window(date(first, 1, 1), date(last, 12, 31))
    slip = f"'{text}' read as {first} to {last}"
    return Moment("two years run together", sort="fixed", fixed=window, slips=(slip,))


def _stands(moment: Moment, style: Style) -> bool:
    try:
        return moment.window().earliest <= style.as_of
    except Refusal:
        return False


def serial_window(number: float, *, date_1904: bool) -> Window:
    """The day an Excel day number stands for.

    The 1900 system counts from 30 December 1899 (Excel believes in 29 February 1900, so numbers
    below 61 have no true day); the 1904 system from 1 January 1904.

    Raises:
        Refusal: the number is no day that a record could bear.
    """
    if not 61 <= number < 110_000:
        raise impossible(f"{number:g} is not a day number that a workbook would give.")
    found = (_EPOCH_1904 if date_1904 else _EPOCH_1900) + timedelta(days=int(number))
    return day_window(found.year, found.month, found.day)
