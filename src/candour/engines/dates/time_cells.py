"""A time cell on its own, where numbers need no mark to be times."""

from typing import Final

from candour.engines.dates.atoms import DASHES, Tokens
from candour.engines.dates.lexing import normalised, tokenise
from candour.engines.dates.reading import TimeWindow
from candour.engines.dates.times import TIME_JOINS, clock, digits, marked, past_trailing
from candour.engines.dates.tokens import END, Kind

_IDLE: Final = frozenset(
    {Kind.FILLER, Kind.OPEN, Kind.CLOSE, Kind.LINE, Kind.DOUBT, Kind.AT, Kind.ON, Kind.PART,
     Kind.COLON, Kind.REMARK}
)  # fmt: skip
_OPEN_END: Final = frozenset({Kind.AFTER, Kind.SINCE, Kind.FROM})
_OPEN_START: Final = frozenset({Kind.BEFORE, Kind.BY, Kind.UNTIL})

Span = tuple[int | None, int | None, int]


def read_time(raw: str) -> TimeWindow:
    """The time of day a cell gives.

    am is 00:00 to 11:59, pm 12:00 to 23:59; words such as "evening" give no clock time. A cell
    that gives no time, or says that it is not known, is not an error; one that cannot be read
    has a `reason`.
    """
    tokens = [token for token in tokenise(normalised(raw)) if token.kind not in _IDLE]
    if all(token.kind is Kind.NO_DATE for token in tokens):
        return TimeWindow(raw, None, None, "not given")
    found = _cell([*tokens, END, END, END, END])
    if found is None or found[2] < len(tokens):
        reason = f"'{raw.strip()}' is not a time of day. Write it as 14:05."
        return TimeWindow(raw, None, None, "unreadable", reason)
    return TimeWindow(raw, clock(found[0]), clock(found[1]), "time of day")


def _cell(tokens: Tokens) -> Span | None:
    bound = tokens[0].kind
    i = int(bound in _OPEN_END or bound in _OPEN_START or bound is Kind.BETWEEN)
    first = _time(tokens, i)
    if first is None:
        return None
    start, end, j = first
    if tokens[j].kind in TIME_JOINS and (second := _time(tokens, j + 1)):
        return _joined(tokens, first, second)
    if tokens[j].kind is Kind.ONWARDS:
        return start, None, j + 1
    if bound in _OPEN_END:
        return start, None, j
    return (None, start, j) if bound in _OPEN_START else (start, end, j)


def _joined(tokens: Tokens, first: Span, second: Span) -> Span:
    """From the first to the second; 2-4pm begins at two in the afternoon."""
    start, end = first[0], second[1]
    half = tokens[second[2] - 1].name
    unmarked = tokens[first[2] - 1].kind is Kind.NUMBER
    if half == "p" and unmarked and start is not None and end is not None and start + 720 <= end:
        start += 720
    return start, end, second[2]


def _time(tokens: Tokens, i: int) -> Span | None:
    said = marked(tokens, i)
    if said is not None:
        return None if said[3] else (said[0], said[1], past_trailing(tokens, said[2]))
    found = digits(tokens, i)
    if found is None:
        return None
    minutes, j = found
    after = tokens[j].kind
    vague = tokens[i].width < 3 and j == i + 1
    if vague and not (after in TIME_JOINS or after in DASHES):
        return None
    return minutes, minutes, j
