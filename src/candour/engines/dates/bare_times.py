"""Times of day that nothing marks as such but the whole date they stand beside."""

from candour.engines.dates.atoms import DASHES, Tokens, clock_digits, may_be_year
from candour.engines.dates.tokens import Kind

Clock = tuple[int, int]
_BEFORE_TIME = frozenset({Kind.COMMA, Kind.LINE})
_BEFORE_FOUR_DIGITS = frozenset({*_BEFORE_TIME, *DASHES, Kind.SLASH})


def time_after(tokens: Tokens, j: int) -> tuple[Clock, int] | None:
    """3/4/12 1435, 03/04/2012 14.10, 12/09/12 0930-1015: after a whole date at `j`.

    Four digits may follow a dash or stroke too, for no year of a record is written so.
    """
    if tokens[j].kind in _BEFORE_TIME:
        return bare_time(tokens, j + 1)
    if tokens[j].kind in _BEFORE_FOUR_DIGITS:
        return bare_time(tokens, j + 1) if tokens[j + 1].width == 4 else None
    return bare_time(tokens, j)


def bare_time(tokens: Tokens, j: int) -> tuple[Clock, int] | None:
    """1435, 14.10 or 0930-1015 at `j` in minutes of the day, and the place after it."""
    first = _minutes(tokens, j)
    if first is None or may_be_year(tokens[j]):
        return None
    start, end = first
    joined = tokens[end].kind in DASHES or tokens[end].kind is Kind.TO
    second = _minutes(tokens, end + 1) if joined else None
    return ((start, second[0]), second[1]) if second else ((start, start), end)


def _minutes(tokens: Tokens, j: int) -> tuple[int, int] | None:
    number = tokens[j]
    if number.kind is not Kind.NUMBER or number.ordinal:
        return None
    if clock_digits(number):
        return number.value // 100 * 60 + number.value % 100, j + 1
    if tokens[j + 1].kind is not Kind.DOT or number.width > 2 or tokens[j + 2].width != 2:
        return None
    minute, goes_on = tokens[j + 2].value, tokens[j + 3].kind in (Kind.DOT, Kind.SLASH)
    if goes_on or number.value > 23 or minute > 59:
        return None
    return number.value * 60 + minute, j + 3
