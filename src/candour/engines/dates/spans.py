"""Several dates in one cell: ranges, lists, either-or, and what one lends another."""

from itertools import pairwise
from typing import Final, Literal, NamedTuple

from candour.engines.dates.atoms import Style, Tokens
from candour.engines.dates.bare_times import Clock, time_after
from candour.engines.dates.items import item
from candour.engines.dates.moments import Moment
from candour.engines.dates.tokens import Kind

Join = Literal["to", "and", "or"]

_JOINS: Final[dict[Kind, Join]] = {
    Kind.TO: "to", Kind.UNTIL: "to", Kind.DASH: "to", Kind.WIDE_DASH: "to",
    Kind.AND: "and", Kind.COMMA: "and", Kind.LINE: "and",
    Kind.OR: "or", Kind.SLASH: "or",
}  # fmt: skip
_SECOND_MARKS: Final = frozenset({Kind.AND, Kind.OR, Kind.FROM})


class Span(NamedTuple):
    """The dates of a cell in the order written, and the word between each and the next.

    `clock` is the first and last minute of the day that bare times beside whole dates give.
    """

    moments: tuple[Moment, ...]
    joins: tuple[Join, ...]
    end: int
    clock: Clock | None = None

    @property
    def is_range(self) -> bool:
        return "to" in self.joins


def span(tokens: Tokens, i: int, style: Style, *, between: bool = False) -> Span | None:
    """As many joined dates as stand at `i`; after "between", "and" means "to"."""
    first = item(tokens, i, style)
    if first is None:
        return None
    end, clock = _past_time(tokens, *first)
    if tokens[end].kind not in _JOINS:
        return Span((first[0],), (), end, clock)
    moments, joins = [first[0]], list[Join]()
    if first[0].month is not None and first[0].lacks_year:
        style = style._replace(month_before=True)
    while following := _next(tokens, end, style):
        join, moment, end = following
        end, later = _past_time(tokens, moment, end)
        clock = (clock[0], later[1]) if clock and later else clock or later
        joins.append("to" if between and join == "and" else join)
        moments.append(moment)
    if any(_clash(*pair) for pair in pairwise(moments)):
        return None
    return Span(_lent(tuple(moments), tuple(joins)), tuple(joins), end, clock)


def _past_time(tokens: Tokens, moment: Moment, end: int) -> tuple[int, Clock | None]:
    found = time_after(tokens, end) if moment.is_whole_day else None
    return (found[1], found[0]) if found else (end, None)


def _clash(before: Moment, after: Moment) -> bool:
    """Whether two dates are no range or list: 3 - June 2012, June or 2012, 4 or 3 May 2012."""
    if after.sort != "calendar":
        return False
    bare_day = before.lacks_month and before.day is not None and before.year is None
    if bare_day and (after.day is None or after.day < (before.day or 0)) and not after.month:
        return True
    if bare_day and after.day is None:
        return True
    bare_year = after.year is not None and after.month is None and after.day is None
    return bare_year and before.lacks_year and (before.part is None or before.month is not None)


def _next(tokens: Tokens, i: int, style: Style) -> tuple[Join, Moment, int] | None:
    join = _JOINS.get(tokens[i].kind)
    if join is None:
        return None
    j = i + 1
    if tokens[j].kind in _SECOND_MARKS:
        join = "or" if tokens[j].kind is Kind.OR else join
        j += 1
    parsed = item(tokens, j, style)
    return None if parsed is None else (join, *parsed)


def _lent(moments: tuple[Moment, ...], joins: tuple[Join, ...]) -> tuple[Moment, ...]:
    """A year or month given once, at the end, serves all before it; else the one before it."""
    if len(moments) == 1:
        return moments
    back = [moments[-1]]
    for moment, join in zip(reversed(moments[:-1]), reversed(joins), strict=True):
        back.append(_from_after(moment, back[-1], join))
    ahead = [back[-1]]
    for moment, join in zip(reversed(back[:-1]), joins, strict=True):
        ahead.append(_from_before(moment, ahead[-1], join))
    return tuple(ahead)


def _from_after(moment: Moment, after: Moment, join: Join) -> Moment:
    filled = moment.filled(after.year, after.month if moment.year is None else None)
    return filled if filled.year == moment.year else _year_before(filled, after, join)


def _year_before(moment: Moment, after: Moment, join: Join) -> Moment:
    """30 December to 3 January 2011 began in 2010; so did Dec/Jan 2011, but not a mere list."""
    if moment.year is None or moment.month is None or after.month is None:
        return moment
    if moment.month <= after.month:
        return moment
    turns = join == "to" or (moment.month, after.month) == (12, 1)
    return moment._replace(year=moment.year - 1) if turns else moment


def _from_before(moment: Moment, before: Moment, join: Join) -> Moment:
    if before.week and not moment.week and moment.day is not None and join != "to":
        moment = moment._replace(week=before.week)
    if moment.lacks_month and moment.year is not None:
        return moment.filled(None, before.month)
    if moment.rule == "ordinal day" or (moment.lacks_month and before.rule == "month and day"):
        return moment.filled(before.year, before.month)
    if moment.lacks_year and moment.month is not None and before.month is not None:
        over_new_year = join == "to" and before.month >= 10 and moment.month <= 3
        return moment.filled(before.year and before.year + over_new_year, None)
    return moment
