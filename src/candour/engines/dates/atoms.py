"""How the grammar walks over tokens: the style it reads in, and the marks between parts."""

from datetime import date
from typing import Final, NamedTuple

from candour.engines.dates.calendar_days import century
from candour.engines.dates.moments import Moment
from candour.engines.dates.reading import DayOrder
from candour.engines.dates.tokens import Kind, Token

Tokens = list[Token]
Parsed = tuple[Moment, int] | None


class Style(NamedTuple):
    """How all-number dates are ordered, and whether odd separators are read as slips.

    `month_before` says that an earlier date of the cell gave a month but no year, `timed` that the
    cell gives a time of day, so that its date is of one day.
    """

    order: DayOrder
    as_of: date
    lenient: bool = False
    date_1904: bool = False
    month_before: bool = False
    timed: bool = False


DASHES: Final = frozenset({Kind.DASH, Kind.WIDE_DASH})
STROKES: Final = frozenset({Kind.SLASH, Kind.DOT})
MARKS: Final = frozenset({Kind.SLASH, Kind.DOT, Kind.DASH, Kind.WIDE_DASH, Kind.COMMA, Kind.COLON})


def mark_at(tokens: Tokens, i: int) -> tuple[Kind | None, int]:
    """The separator at `i`, if there is one, and the place after it."""
    kind = tokens[i].kind
    return (kind, i + 1) if kind in MARKS else (None, i)


def slips_in(tokens: Tokens, i: int, j: int) -> tuple[str, ...]:
    """What was read through although mistyped, between two places."""
    return tuple(token.slip for token in tokens[i:j] if token.slip)


def is_short(token: Token) -> bool:
    """A number of one or two digits, as of a day, a month or a short year."""
    return token.kind is Kind.NUMBER and token.width <= 2


def is_day(token: Token) -> bool:
    """A number that may stand for a day of the month."""
    return token.kind is Kind.NUMBER and token.width <= 2 and not token.apostrophe


def is_long_year(token: Token) -> bool:
    """A number of four digits."""
    return token.kind is Kind.NUMBER and token.width == 4 and not token.ordinal


def typed_year(token: Token) -> int:
    """The year a two- or four-digit number stands for."""
    return century(token.value) if token.width == 2 else token.value


def clock_digits(token: Token) -> bool:
    """Four digits that read as a 24-hour time."""
    return is_long_year(token) and token.value // 100 < 24 and token.value % 100 < 60


def may_be_year(token: Token) -> bool:
    """Four digits that read as a year of a living person's record as well as a time."""
    return is_long_year(token) and 1900 <= token.value < 2060
