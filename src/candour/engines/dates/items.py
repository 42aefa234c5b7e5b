"""One date of a cell, with what stands before it: weekday, week commencing, early, late."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from candour.engines.dates.atoms import Parsed, Style, Tokens, is_day, is_long_year, slips_in
from candour.engines.dates.calendar_days import Window, century, check_year
from candour.engines.dates.moments import Moment
from candour.engines.dates.number_dates import (
    compact,
    serial_window,
    short_end_of_years,
    three_numbers,
    two_numbers,
)
from candour.engines.dates.refusals import impossible
from candour.engines.dates.tokens import Kind
from candour.engines.dates.word_dates import day_month, month_first, named, year_month, years_named

Rule = Callable[[Tokens, int, Style], Parsed]

_MARKS_AFTER_WEEKDAY: Final = frozenset(
    {Kind.COMMA, Kind.COLON, Kind.DOT, Kind.DASH, Kind.WIDE_DASH}
)


def _serial(tokens: Tokens, i: int, style: Style) -> Parsed:
    token = tokens[i]
    if token.width != 5 or token.slip or token.text.startswith("0"):
        return None
    window = serial_window(token.value, date_1904=style.date_1904)
    return Moment("serial number", sort="fixed", fixed=window), i + 1


def _year(tokens: Tokens, i: int, style: Style) -> Parsed:
    token = tokens[i]
    if is_long_year(token):
        return Moment("year", year=token.value, slips=slips_in(tokens, i, i + 1)), i + 1
    if token.apostrophe:
        return Moment("year", year=century(token.value)), i + 1
    return None


def _day(tokens: Tokens, i: int, style: Style) -> Parsed:
    if not is_day(tokens[i]) or tokens[i].value > 31:
        return None
    day = tokens[i].value
    slips = slips_in(tokens, i, i + 1)
    comma = tokens[i + 1].kind is Kind.COMMA
    j = i + 2 if comma else i + 1
    if is_long_year(tokens[j]) and (tokens[i].ordinal or style.month_before):
        return Moment("day and year", year=tokens[j].value, day=day, slips=slips), j + 1
    rule = "ordinal day" if tokens[i].ordinal else "day"
    return Moment(rule, day=day, slips=slips), i + 1


def _years_apart(tokens: Tokens, i: int, style: Style) -> Parsed:
    """1997-99: the second year lacks its century."""
    if not is_long_year(tokens[i]) or tokens[i + 1].kind not in (Kind.DASH, Kind.WIDE_DASH):
        return None
    found = short_end_of_years(tokens, i + 2, tokens[i].value)
    if found is None:
        return None
    first, last = (Moment("year", year=year).window() for year in (tokens[i].value, found[0]))
    if last.earliest > style.as_of:
        return None
    window = Window(first.earliest, last.latest)
    return Moment("range of years", sort="fixed", fixed=window), found[1]


def _iso_week(tokens: Tokens, i: int, style: Style) -> Parsed:
    """2021-W07, Monday to Sunday (ISO 8601-1, 5.2.3)."""
    dashed = tokens[i + 1].kind in (Kind.DASH, Kind.WIDE_DASH)
    j = i + 2 if dashed else i + 1
    if not is_long_year(tokens[i]) or tokens[j].kind is not Kind.ISO_WEEK:
        return None
    year, week = tokens[i].value, tokens[j].value
    try:
        monday = date.fromisocalendar(check_year(year, tokens[i].text), week, 1)
    except ValueError:
        raise impossible(f"There is no week {week} of {year}.") from None
    day = tokens[j + 2]
    if tokens[j + 1].kind is Kind.DASH and day.kind is Kind.NUMBER and day.width == 1:
        if not 1 <= day.value <= 7:
            raise impossible(f"A week has no day {day.value}.")
        found = monday + timedelta(days=day.value - 1)
        return Moment("ISO week and day", year=found.year, month=found.month, day=found.day), j + 3
    window = Window(monday, monday + timedelta(days=6))
    return Moment("ISO week", sort="fixed", fixed=window), j + 1


def _decade(tokens: Tokens, i: int, style: Style) -> Parsed:
    year = tokens[i].value
    if year % 10:
        return None
    first, last = (Moment("year", year=each).window() for each in (year, year + 9))
    window = Window(first.earliest, last.latest, f"{year // 10}X")
    return Moment("decade", sort="fixed", fixed=window), i + 1


_NUMBER_RULES: Final[tuple[Rule, ...]] = (
    _iso_week, three_numbers, day_month, years_named, two_numbers, year_month, _years_apart,
    compact, _serial, _year, _day,
)  # fmt: skip
_RULES: Final[dict[Kind, tuple[Rule, ...]]] = {
    Kind.NUMBER: _NUMBER_RULES,
    Kind.PLACEHOLDER: (three_numbers, day_month),
    Kind.MONTH: (month_first,),
    Kind.SEASON: (named,),
    Kind.TERM: (named,),
    Kind.FEAST: (named,),
    Kind.SCHOOL_YEAR: (named,),
    Kind.FINANCIAL_YEAR: (named,),
    Kind.TAX_YEAR: (named,),
    Kind.DECADE: (_decade,),
}


def _date(tokens: Tokens, i: int, style: Style) -> Parsed:
    for rule in _RULES.get(tokens[i].kind, ()):
        parsed = rule(tokens, i, style)
        if parsed is not None:
            return parsed
    return None


def item(tokens: Tokens, i: int, style: Style) -> Parsed:
    """One date at `i` with its weekday, week mark or part."""
    kind = tokens[i].kind
    if kind is Kind.PART:
        return _part(tokens, i, style)
    if kind is Kind.WEEK_FROM or kind is Kind.WEEK_TO:
        return _week(tokens, i, style)
    if kind is Kind.WEEKDAY:
        return _after_weekday(tokens, i, style)
    parsed = _date(tokens, i, style)
    return _before_weekday(tokens, parsed) if parsed else None


def _part(tokens: Tokens, i: int, style: Style) -> Parsed:
    name = tokens[i].name
    j = i + 2 if tokens[i + 1].kind in (Kind.DASH, Kind.WIDE_DASH) else i + 1
    parsed = _date(tokens, j, style)
    if parsed is None:
        return Moment("part", part=name), i + 1
    moment, end = parsed
    if moment.day is not None or moment.sort != "calendar" or moment.second_year is not None:
        return None
    return moment._replace(
        part=name, rule=f"{name} in a {'month' if moment.month else 'year'}"
    ), end


def _week(tokens: Tokens, i: int, style: Style) -> Parsed:
    j = i + 1
    if tokens[j].kind in _MARKS_AFTER_WEEKDAY:
        j += 1
    parsed = item(tokens, j, style)
    if parsed is None or parsed[0].day is None or parsed[0].week:
        return None
    week = "from" if tokens[i].kind is Kind.WEEK_FROM else "to"
    rule = "week commencing" if week == "from" else "week ending"
    return parsed[0]._replace(week=week, rule=rule), parsed[1]


def _after_weekday(tokens: Tokens, i: int, style: Style) -> Parsed:
    j = i + 2 if tokens[i + 1].kind in _MARKS_AFTER_WEEKDAY else i + 1
    parsed = _date(tokens, j, style)
    if parsed is None:
        return None
    moment, end = parsed
    if moment.day is None and moment.sort != "fixed" and moment.sort != "feast":
        return None
    slips = (*slips_in(tokens, i, i + 1), *moment.slips)
    return moment._replace(weekday=tokens[i].value, maybe_year=False, slips=slips), end


def _before_weekday(tokens: Tokens, parsed: tuple[Moment, int]) -> tuple[Moment, int]:
    moment, end = parsed
    j = end + 1 if tokens[end].kind is Kind.COMMA else end
    if tokens[j].kind is not Kind.WEEKDAY or moment.day is None:
        return parsed
    if is_day(tokens[j + 1]) or tokens[j + 1].kind is Kind.MONTH:
        return parsed
    return moment._replace(weekday=tokens[j].value), j + 1
