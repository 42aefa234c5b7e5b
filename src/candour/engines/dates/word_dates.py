"""Dates with a word in them: 3 April 2012, spring 1999, autumn term 2010/11, Easter 2013."""

from datetime import date
from typing import Final

from candour.engines.dates.atoms import (
    DASHES,
    STROKES,
    Parsed,
    Style,
    Tokens,
    clock_digits,
    is_day,
    is_long_year,
    mark_at,
    slips_in,
    typed_year,
)
from candour.engines.dates.calendar_days import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    century,
    check_year,
    day_window,
)
from candour.engines.dates.moments import Moment, Sort
from candour.engines.dates.refusals import Refusal, needs
from candour.engines.dates.tokens import Kind

_DATE_GOES_ON: Final = frozenset({Kind.MONTH, Kind.ORDINAL})


def year_after(tokens: Tokens, i: int, style: Style) -> tuple[int, int] | None:
    """The year that follows a month or day at `i`, across one separator, and the place after it."""
    mark, j = mark_at(tokens, i)
    token = tokens[j]
    if token.kind is not Kind.NUMBER or token.ordinal or tokens[j + 1].kind in _DATE_GOES_ON:
        return None
    if mark is Kind.WIDE_DASH and not (style.lenient and token.width == 4):
        return None
    if token.apostrophe:
        return century(token.value), j + 1
    if token.width == 4:
        clock = not EARLIEST_YEAR <= token.value <= LATEST_YEAR and clock_digits(token)
        return None if clock else (token.value, j + 1)
    if token.width == 2:
        return _short_year(tokens, mark, j)
    if token.width in (3, 5) and mark not in DASHES:
        check_year(token.value, token.text)
    return None


def _short_year(tokens: Tokens, mark: Kind | None, j: int) -> tuple[int, int] | None:
    after = tokens[j + 1].kind
    numbers_follow = tokens[j + 2].kind is Kind.NUMBER
    if after in STROKES and numbers_follow:
        return None
    if mark is Kind.COMMA and after is not Kind.END:
        return None
    return century(tokens[j].value), j + 1


def day_month(tokens: Tokens, i: int, style: Style) -> Parsed:
    """3 April, 3rd April 2012, 17-Nov-08, xx June 2009."""
    first = tokens[i]
    mark, j = mark_at(tokens, i + 1)
    if tokens[j].kind is not Kind.MONTH or (mark is Kind.WIDE_DASH and not style.lenient):
        return None
    unknown = first.kind is Kind.PLACEHOLDER
    if not unknown and not is_day(first):
        return None
    found = year_after(tokens, j + 1, style)
    year, end = found or (None, j + 1)
    moment = Moment(
        "month, day unknown" if unknown else "day and month in words",
        year=year,
        month=tokens[j].value,
        day=None if unknown else first.value,
        slips=slips_in(tokens, i, end),
    )
    return moment, end


def year_month(tokens: Tokens, i: int, style: Style) -> Parsed:
    """2012 April, 2012-Apr-03, 2010 summer."""
    if not is_long_year(tokens[i]):
        return None
    _, j = mark_at(tokens, i + 1)
    word = tokens[j]
    if word.kind is Kind.SEASON:
        moment = Moment("season", sort="season", name=word.name, year=tokens[i].value)
        return moment, j + 1
    if word.kind is not Kind.MONTH or tokens[j - 1].kind is Kind.WIDE_DASH:
        return None
    mark, k = mark_at(tokens, j + 1)
    whole = mark is not Kind.WIDE_DASH and is_day(tokens[k])
    end = k + 1 if whole else j + 1
    moment = Moment(
        "year, month, day in words" if whole else "month and year",
        year=tokens[i].value,
        month=word.value,
        day=tokens[k].value if whole else None,
        slips=slips_in(tokens, i, end),
    )
    return moment, end


def month_first(tokens: Tokens, i: int, style: Style) -> Parsed:
    """April 2012, April 3rd 2012, Apr-12, April."""
    month = tokens[i].value
    mark, j = mark_at(tokens, i + 1)
    number = tokens[j]
    if is_long_year(number) and (found := year_after(tokens, i + 1, style)):
        slips = slips_in(tokens, i, found[1])
        return Moment("month and year", year=found[0], month=month, slips=slips), found[1]
    if number.kind is Kind.NUMBER and number.apostrophe:
        year = century(number.value)
        slips = slips_in(tokens, i, j + 1)
        return Moment("month and year", year=year, month=month, slips=slips), j + 1
    if mark is Kind.WIDE_DASH or not is_day(number) or _next_date_begins(tokens, j):
        return Moment("month", month=month, slips=slips_in(tokens, i, i + 1)), i + 1
    return _month_and_number(tokens, i, j, style)


def _next_date_begins(tokens: Tokens, j: int) -> bool:
    after, place = mark_at(tokens, j + 1)
    if tokens[place].kind is Kind.MONTH and after is None:
        return True
    return after in STROKES and is_day(tokens[place])


def _month_and_number(tokens: Tokens, i: int, j: int, style: Style) -> Parsed:
    number, month = tokens[j], tokens[i].value
    found = year_after(tokens, j + 1, style)
    if found:
        slips = slips_in(tokens, i, found[1])
        moment = Moment(
            "month, day, year", year=found[0], month=month, day=number.value, slips=slips
        )
        return moment, found[1]
    tight = j > i + 1 and tokens[i + 1].kind in (Kind.DASH, Kind.SLASH)
    slips = slips_in(tokens, i, j + 1)
    if number.ordinal or number.width == 1:
        return Moment("month and day", month=month, day=number.value, slips=slips), j + 1
    if tight or number.value > 31 or number.text.startswith("0"):
        year = century(number.value)
        return Moment("month and year", year=year, month=month, slips=slips), j + 1
    return _day_or_year(month, number.value, style, slips), j + 1


def _day_or_year(month: int, number: int, style: Style, slips: tuple[str, ...]) -> Moment:
    try:
        day_window(2000, month, number)
    except Refusal:
        return Moment("month and year", year=century(number), month=month, slips=slips)
    future = date(century(number), month, 1) > style.as_of
    return Moment("month and day", month=month, day=number, maybe_year=not future, slips=slips)


def years_after(tokens: Tokens, i: int) -> tuple[int, int | None, int] | None:
    """One year or a pair of following years (2010/11), and the place after them."""
    token = tokens[i]
    if token.kind is not Kind.NUMBER or token.ordinal or token.width not in (2, 4):
        return None
    year = typed_year(token)
    mark, j = mark_at(tokens, i + 1)
    second = tokens[j]
    if mark in (Kind.SLASH, Kind.DASH, Kind.WIDE_DASH) and second.kind is Kind.NUMBER:
        following = (year + 1) % 100 if second.width == 2 else year + 1
        if second.value == following and second.width in (2, 4):
            return year, year + 1, j + 1
    return year, None, i + 1


def _refuse_years_apart(tokens: Tokens, i: int) -> None:
    """Autumn term 2010/12 may be one term or the other, or all from the one to the other."""
    first, mark, second = tokens[i : i + 3]
    if mark.kind not in (Kind.SLASH, Kind.DASH) or second.width not in (2, first.width):
        return
    if tokens[i + 3].kind is not Kind.MONTH and tokens[i + 3].kind not in STROKES:
        raise needs(
            "two years",
            f"'{first.text}/{second.text}' names two years that do not follow each other. "
            "Write each date whole.",
        )


_NAMED: Final[dict[Kind, tuple[Sort, str]]] = {
    Kind.SEASON: ("season", ""),
    Kind.TERM: ("term", ""),
    Kind.FEAST: ("feast", ""),
    Kind.SCHOOL_YEAR: ("long year", "academic year"),
    Kind.FINANCIAL_YEAR: ("long year", "financial year"),
    Kind.TAX_YEAR: ("long year", "tax year"),
}


def named(tokens: Tokens, i: int, style: Style) -> Parsed:
    """A season, term, feast, school or financial year, with its year or years after it."""
    token = tokens[i]
    sort, name = _NAMED[token.kind]
    _, j = mark_at(tokens, i + 1) if tokens[i + 1].kind is Kind.COMMA else (None, i + 1)
    years = years_after(tokens, j)
    if years and sort == "feast":
        years = (years[0], None, j + 1)
    elif years and years[1] is None:
        _refuse_years_apart(tokens, j)
    year, second_year, end = years or (None, None, i + 1)
    if sort == "season" and tokens[end].kind is Kind.TERM_WORD:
        sort, end = "term", end + 1
    moment = Moment(
        name or sort, sort=sort, name=name or token.name, year=year, second_year=second_year
    )
    return moment, end


def years_named(tokens: Tokens, i: int, style: Style) -> Parsed:
    """2010/11 academic year, 2012 autumn term."""
    years = years_after(tokens, i)
    if years is None or tokens[years[2]].kind not in _NAMED:
        return None
    if years[1] is None and not is_long_year(tokens[i]):
        return None
    token = tokens[years[2]]
    sort, name = _NAMED[token.kind]
    moment = Moment(
        name or sort, sort=sort, name=name or token.name, year=years[0], second_year=years[1]
    )
    return moment, years[2] + 1
