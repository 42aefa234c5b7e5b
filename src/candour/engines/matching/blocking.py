"""Which rows are worth comparing: near in time, and with something in common.

Comparing all of 8,000 rows with all would be 32 million comparisons; days and shared words leave
some hundred thousand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from candour.engines.matching.reading import TELL_EVERY, Read, Weights
from candour.engines.matching.scoring import LASTING, Evidence, evidence

_NEAR: Final = timedelta(days=14)
_BY_POST: Final = timedelta(days=35)
_IN_COMMON: Final = 2.2
_RARE: Final = 3.2
_OF_AN_UNDATED: Final = 40


class Ties:
    """The evidence for pairs of rows, worked out once, when asked for."""

    def __init__(self, read: Sequence[Read], weights: Weights) -> None:
        self._read = read
        self._weights = weights
        self._known: dict[tuple[int, int], Evidence | None] = {}

    def of(self, one: int, other: int) -> Evidence | None:
        """What speaks for two rows being one event; None where their days rule it out."""
        pair = (one, other) if one < other else (other, one)
        if pair not in self._known:
            self._known[pair] = evidence(self._read[pair[0]], self._read[pair[1]], self._weights)
        return self._known[pair]

    def worth_comparing(self, tell: Callable[[int], None]) -> list[tuple[float, int, int]]:
        """Every pair that blocking lets through with its score, strongest first. `tell` is told
        how many rows have been compared."""
        found, before = [], -TELL_EVERY
        for pair in sorted(candidate_pairs(self._read, self._weights)):
            if pair[0] >= before + TELL_EVERY:
                tell(before := pair[0])
            tie = self.of(*pair)
            if tie is not None:
                found.append((tie.score, *pair))
        return sorted(found, key=lambda one: (-one[0], one[1], one[2]))


def candidate_pairs(read: Sequence[Read], weights: Weights) -> set[tuple[int, int]]:
    """The pairs of places that are near in time and have something in common."""
    near = Near(read)
    found = set()
    for one in read:
        for other in near.to(one):
            if other.place != one.place and _in_common(one, other, weights):
                found.add((min(one.place, other.place), max(one.place, other.place)))
    return found | _undated_pairs(read, weights)


class Near:
    """Rows by their days. A row that spans long stands in a list of its own."""

    def __init__(self, read: Sequence[Read]) -> None:
        dated = [one for one in read if one.window is not None]
        short = [one for one in dated if _days(one) <= 31]
        self._short = sorted(short, key=_first)
        self._starts = [_first(one) for one in self._short]
        self._long = [(_first(one), _last(one), one) for one in dated if _days(one) > 31]
        self._undated = [one for one in read if one.window is None]
        self._saying: dict[date, list[Read]] = {}
        for one in dated:
            for day in one.said:
                if day.earliest == day.latest:
                    self._saying.setdefault(day.earliest, []).append(one)

    def to(self, one: Read) -> Iterator[Read]:
        """Rows that may be near this one: own days, days it speaks of, days both speak of."""
        if one.window is None:
            return
        back = _BY_POST if one.arrived or one.kinds & LASTING else _NEAR
        yield from self._between(one.window[0] - back, one.window[1] + _NEAR)
        for day in one.said:
            yield from self._between(day.earliest, day.latest)
            yield from self._saying.get(day.earliest, ())
        if one.slipped:
            yield from self._between(*one.slipped)
        first, last = one.window[0] - _NEAR, one.window[1] + _NEAR
        yield from (other for start, end, other in self._long if start <= last and first <= end)

    def around(self, one: Read, before: timedelta, after: timedelta) -> Iterator[Read]:
        """Rows whose days lie around this row's, and all whose days are long or unknown."""
        if one.window is None:
            yield from (*self._short, *(other for *_, other in self._long), *self._undated)
            return
        yield from self._between(one.window[0] - before, one.window[1] + after)
        for day in one.said:
            yield from self._between(day.earliest - before, day.latest + after)
        first, last = one.window[0] - before, one.window[1] + after
        yield from (other for start, end, other in self._long if start <= last and first <= end)
        yield from self._undated

    def _between(self, first: date, last: date) -> Iterator[Read]:
        place = bisect_left(self._starts, first - timedelta(days=31))
        while place < len(self._short) and self._starts[place] <= last:
            if _last(self._short[place]) >= first:
                yield self._short[place]
            place += 1


def _days(one: Read) -> int:
    return (_last(one) - _first(one)).days


def _first(one: Read) -> date:
    return one.window[0] if one.window else date.min


def _last(one: Read) -> date:
    return one.window[1] if one.window else date.max


def _in_common(one: Read, other: Read, weights: Weights) -> bool:
    if one.occasion == other.occasion != "":
        return True
    if one.account.agency in other.named or other.account.agency in one.named:
        return True
    total = 0.0
    for key in one.keys & other.keys:
        total += weights.of[key]
        if total >= _IN_COMMON:
            return True
    return False


def _undated_pairs(read: Sequence[Read], weights: Weights) -> set[tuple[int, int]]:
    """Pairs of an undated row with rows that share a rare word, name or kind with it."""
    holders: dict[str, list[int]] = {}
    for one in read:
        for key in one.keys:
            if weights.of[key] >= _RARE:
                holders.setdefault(key, []).append(one.place)
    return {
        (min(one.place, other), max(one.place, other))
        for one in read
        if one.window is None
        for other in _sharing_most(one, holders)
    }


def _sharing_most(one: Read, holders: Mapping[str, Sequence[int]]) -> list[int]:
    """The rows that share most of its rare keys: a few, as no day narrows them down."""
    counted = Counter(place for key in one.keys for place in holders.get(key, ()))
    del counted[one.place]
    return [place for place, _ in counted.most_common(_OF_AN_UNDATED)]
