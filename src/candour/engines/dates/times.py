"""Times of day in a date cell, found and set aside."""

from dataclasses import dataclass, field
from typing import Final

from candour.engines.dates.atoms import DASHES, MARKS, Tokens, clock_digits, may_be_year
from candour.engines.dates.tokens import END, Kind, Token

_TIMELY: Final = frozenset({Kind.CLOCK, Kind.MERIDIEM, Kind.HOURS, Kind.DAY_PART})
_SIGNS: Final = frozenset({*_TIMELY, Kind.AT})
TIME_JOINS: Final = frozenset(
    {Kind.TO, Kind.UNTIL, Kind.AND, Kind.OR, Kind.DASH, Kind.WIDE_DASH, Kind.SLASH}
)
_LEADS: Final = frozenset({Kind.AT, Kind.DOUBT, Kind.BETWEEN, Kind.PART})
_BOUNDS: Final = frozenset({Kind.FROM, Kind.SINCE, Kind.AFTER, Kind.BEFORE, Kind.BY, Kind.UNTIL})
_LOOSE: Final = frozenset({Kind.COMMA, Kind.WIDE_DASH, Kind.DASH, Kind.AT, Kind.ON, Kind.LINE})
_OF_DATE: Final = frozenset({Kind.SLASH, Kind.DOT, Kind.MONTH, Kind.DASH})
_OF_TIME: Final = frozenset({Kind.AFTER, Kind.BEFORE})
_NOON: Final = frozenset({"noon", "midday"})
_HALVES: Final = {"a": (0, 719), "p": (720, 1439)}


@dataclass(slots=True)
class Times:
    """What a cell says of the time of day, in minutes, and the tokens without it."""

    tokens: Tokens
    start: int | None = None
    end: int | None = None
    found: bool = False
    slips: list[str] = field(default_factory=list)

    def note(self, start: int | None, end: int | None) -> None:
        """Keep a time: the first start and the last end of the cell."""
        self.start = start if not self.found else self.start
        self.end = end
        self.found = True

    @property
    def time_from(self) -> str | None:
        return clock(self.start)

    @property
    def time_to(self) -> str | None:
        return clock(self.end)


def clock(minutes: int | None) -> str | None:
    """Minutes of the day as "HH:MM"."""
    return None if minutes is None else f"{minutes // 60:02}:{minutes % 60:02}"


def set_aside(tokens: Tokens) -> Times:
    """The times of a date cell, and what is left of it."""
    times = Times([])
    if _SIGNS.isdisjoint([token.kind for token in tokens]):
        times.tokens = tokens
        return times
    i = 0
    padded = [*tokens, END, END, END, END]
    while i < len(tokens):
        found = _time_at(padded, i, times)
        i = found if found else _keep(padded, i, times)
    return times


def _keep(tokens: Tokens, i: int, times: Times) -> int:
    times.tokens.append(tokens[i])
    return i + 1


def _time_at(tokens: Tokens, i: int, times: Times) -> int | None:
    one = marked(tokens, i) or _range_begins(tokens, i, times)
    if one is None:
        return None
    start, end, j, slip = one
    second = _second(tokens, j, start)
    if second is not None:
        end, j = second
    j = past_trailing(tokens, j)
    bound = _drop_leads(times.tokens, ranged=second is not None)
    if slip:
        times.slips.append(slip)
    if tokens[j].kind is Kind.ONWARDS and tokens[j].text.startswith("onward"):
        bound, j = Kind.FROM, j + 1
    if bound in (Kind.FROM, Kind.SINCE, Kind.AFTER) and second is None:
        end = None
    elif bound in (Kind.BEFORE, Kind.BY, Kind.UNTIL) and second is None:
        start, end = None, start
    times.note(start, end)
    return _skip_loose(tokens, j) if not times.tokens else j


def _skip_loose(tokens: Tokens, j: int) -> int:
    while tokens[j].kind in _LOOSE:
        j += 1
    return j


def _drop_leads(kept: Tokens, *, ranged: bool) -> Kind | None:
    """Take back the words that led up to a time: "at about", "between", ", ", "after"."""
    bound = None
    while kept:
        kind = kept[-1].kind
        if kind in _BOUNDS and bound is None and (kind in _OF_TIME or len(kept) > 1 or ranged):
            bound = kind
        elif (kind not in _LEADS and kind not in _LOOSE) or (
            kind is Kind.DOUBT and kept[-1].text == "?"
        ):
            break
        kept.pop()
    return bound


Found = tuple[int | None, int | None, int, str | None]


def marked(tokens: Tokens, i: int) -> Found | None:
    """A time that says it is one: 14:05, 2.35pm, 1435hrs, "evening", "at 9.40"."""
    token = tokens[i]
    if token.kind is Kind.CLOCK:
        return clocked(token, tokens, i)
    if token.kind is Kind.MERIDIEM:
        start, end = _HALVES[token.name]
        return start, end, i + 1, None
    if token.kind is Kind.DAY_PART:
        return None, None, i + 1, None
    if token.kind is Kind.AT:
        return _bare(tokens, i + 1)
    if token.kind is not Kind.NUMBER:
        return None
    if token.value == 12 and tokens[i + 1].text in _NOON and not _in_date(tokens, i):
        return clocked(tokens[i + 1], tokens, i + 1)
    return _with_unit(tokens, i)


def clocked(token: Token, tokens: Tokens, i: int) -> Found:
    """A time with a colon or am or pm in it, or why it is none."""
    if token.value < 0:
        return None, None, i + 1, token.slip
    minutes, j = token.value, i + 1
    if tokens[j].kind is Kind.MERIDIEM:
        minutes, j = _half(minutes, tokens[j].name), j + 1
    return minutes, minutes, j, None


def _half(minutes: int, half: str) -> int:
    hour = minutes // 60
    if half == "p" and hour < 12:
        return minutes + 720
    return minutes - 720 if half == "a" and hour == 12 else minutes


def _with_unit(tokens: Tokens, i: int) -> Found | None:
    found = digits(tokens, i)
    if found is None:
        return _no_such_time(tokens, i)
    minutes, j = found
    unit = tokens[j]
    if unit.kind is Kind.HOURS and (tokens[i].width > 2 or j > i + 1 or unit.text[0] == "o"):
        return minutes, minutes, j + 1, None
    if unit.kind is Kind.MERIDIEM and not _in_date(tokens, i):
        minutes = _half(minutes, unit.name)
        return minutes, minutes, j + 1, None
    return None


def _no_such_time(tokens: Tokens, i: int) -> Found | None:
    """2400hrs: said to be a time, and none that a clock shows."""
    if tokens[i].width != 4 or tokens[i + 1].kind is not Kind.HOURS:
        return None
    return None, None, i + 2, f"'{tokens[i].text}' is not a time of day"


def _in_date(tokens: Tokens, i: int) -> bool:
    """Whether a number before am or pm is the year of the date before it: 5 April 2012 am."""
    if i == 0 or tokens[i].width <= 2:
        return i > 0 and tokens[i - 1].kind in _OF_DATE
    if not may_be_year(tokens[i]):
        return False
    if tokens[i - 1].kind is Kind.DASH:
        return tokens[i - 2].width <= 2
    j = i - 2 if tokens[i - 1].kind is Kind.COMMA else i - 1
    if tokens[j].kind is Kind.NUMBER:
        j -= 1
        return j >= 0 and tokens[j].kind is Kind.MONTH
    return j >= 0 and tokens[j].kind in _OF_DATE


def digits(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """1435, 935, 14.05 or 9 as minutes of the day, and the place after."""
    token = tokens[i]
    if token.kind is not Kind.NUMBER or token.ordinal or token.apostrophe:
        return None
    hour, minute, j = token.value, 0, i + 1
    if token.width in (3, 4):
        hour, minute = divmod(token.value, 100)
    elif token.width > 2:
        return None
    elif tokens[j].kind is Kind.DOT and tokens[j + 1].width == 2:
        minute, j = tokens[j + 1].value, j + 2
    return (hour * 60 + minute, j) if hour < 24 and minute < 60 else None


def _bare(tokens: Tokens, i: int) -> Found | None:
    """After "at": 9.40, 1405, or an hour alone that no month follows."""
    found = digits(tokens, i)
    if found is None:
        return marked(tokens, i) if tokens[i].kind in _TIMELY else None
    minutes, j = found
    after = tokens[j].kind
    if after is Kind.MERIDIEM or after is Kind.HOURS:
        return _with_unit(tokens, i)
    if (after in MARKS and after is not Kind.COMMA) or after is Kind.MONTH:
        return None
    if j == i + 1 and tokens[i].width < 4:
        # "at 9" ends a cell as a time, in the morning or the evening.
        return (None, None, j, None) if tokens[j] is END else None
    return minutes, minutes, j, None


def _range_begins(tokens: Tokens, i: int, times: Times) -> Found | None:
    """An unmarked number before a marked time: between 1405 and 1520 hours, 9.30-10.15am."""
    found = digits(tokens, i)
    if found is None or found[1] >= len(tokens) or tokens[found[1]].kind not in TIME_JOINS:
        return None
    if times.tokens and times.tokens[-1].kind in _OF_DATE:
        return None
    minutes, j = found
    later = _with_unit(tokens, j + 1) or _only_clock(tokens, j + 1)
    if later is None or later[0] is None:
        return None
    half = tokens[later[2] - 1]
    if half.name == "p" and minutes + 720 <= later[0]:
        minutes += 720
    elif tokens[i].width < 3 and j == i + 1 and half.kind not in (Kind.MERIDIEM, Kind.CLOCK):
        return None
    return minutes, minutes, j, None


def _only_clock(tokens: Tokens, i: int) -> Found | None:
    return clocked(tokens[i], tokens, i) if tokens[i].kind is Kind.CLOCK else None


def _second(tokens: Tokens, j: int, start: int | None) -> tuple[int | None, int] | None:
    """The end of a range of times, where a time stands on both sides of its joining word."""
    if start is None or tokens[j].kind not in TIME_JOINS:
        return None
    later = marked(tokens, j + 1)
    if later is None and tokens[j].kind is not Kind.SLASH:
        later = _laterdigits(tokens, j + 1)
    if later is None or later[0] is None:
        return None
    return later[0], later[2]


def _laterdigits(tokens: Tokens, i: int) -> Found | None:
    """Four digits or 15.20 after a marked time; never the day of a date."""
    found = digits(tokens, i)
    if found is None or not (clock_digits(tokens[i]) or found[1] > i + 1):
        return None
    minutes, j = found
    after = tokens[j].kind
    if after in MARKS and after not in (Kind.COMMA, *DASHES):
        return None
    return minutes, minutes, j, None


def past_trailing(tokens: Tokens, j: int) -> int:
    """Past words that only say that a time was one: hours, or thereby."""
    while tokens[j].kind in (Kind.HOURS, Kind.DAY_PART) or (
        tokens[j].kind is Kind.DOUBT and tokens[j].text.startswith("or ")
    ):
        j += 1
    return j
