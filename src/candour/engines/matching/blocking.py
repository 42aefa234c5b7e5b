"""Which rows are worth comparing: near in time, and with something in common.

Comparing all of 8,000 rows with all would be 32 million comparisons; days and shared words leave
some hundred thousand.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from candour.engines.matching.reading import TELL_EVERY, Read, Weights
from candour.engines.matching.scoring import LASTING, reasons, score

_NEAR: Final = 14
_BY_POST: Final = 35
_LONG: Final = 31
_IN_COMMON: Final = 2.2
_RARE: Final = 3.2
_OF_AN_UNDATED: Final = 40


class Ties:
    """How far pairs of rows speak for one event, worked out once, when asked for."""

    def __init__(self, read: Sequence[Read], weights: Weights) -> None:
        self._read = read
        self._weights = weights
        self._known: dict[tuple[int, int], float | None] = {}

    def score(self, one: int, other: int) -> float | None:
        """How much speaks for two rows being one event; None where their days rule it out."""
        pair = (one, other) if one < other else (other, one)
        if pair not in self._known:
            self._known[pair] = score(self._read[pair[0]], self._read[pair[1]], self._weights)
        return self._known[pair]

    def reasons(self, one: int, other: int) -> tuple[str, ...]:
        """What speaks for it, in words."""
        return reasons(self._read[one], self._read[other], self._weights)

    def worth_comparing(self, tell: Callable[[int], None]) -> list[tuple[float, int, int]]:
        """Every pair that blocking lets through with its score, strongest first. `tell` is told
        how many rows have been compared."""
        found, before = [], -TELL_EVERY
        for one, other in sorted(candidate_pairs(self._read, self._weights)):
            if one >= before + TELL_EVERY:
                tell(before := one)
            points = self.score(one, other)
            if points is not None:
                found.append((points, one, other))
        return sorted(found, key=lambda pair: (-pair[0], pair[1], pair[2]))


def candidate_pairs(read: Sequence[Read], weights: Weights) -> set[tuple[int, int]]:
    """The pairs of places that are near in time and have something in common."""
    near = Near(read)
    found = set()
    for one in read:
        place = one.place
        # Days apart are the same from both sides: half of them is enough.
        for other in near.beside(one):
            if other.place > place and _in_common(one, other, weights):
                found.add((place, other.place))
        for other in near.named(one):
            if one.people & other.people:
                found.add((min(place, other.place), max(place, other.place)))
        for other in near.further(one):
            if other.place != place and _in_common(one, other, weights):
                found.add((min(place, other.place), max(place, other.place)))
    return found | _undated_pairs(read, weights)


class Near:
    """Rows by their days. A row that spans long stands in a list of its own."""

    def __init__(self, read: Sequence[Read]) -> None:
        dated = [(*one.days, one) for one in read if one.days is not None]
        short = [row for row in dated if row[1] - row[0] <= _LONG]
        self._short = sorted(short, key=lambda row: row[0])
        self._starts = [start for start, *_ in self._short]
        self._long = [row for row in dated if row[1] - row[0] > _LONG]
        self._undated = [one for one in read if one.days is None]
        self._saying: dict[date, list[Read]] = {}
        for *_, one in dated:
            for day in one.said:
                if day.earliest == day.latest:
                    self._saying.setdefault(day.earliest, []).append(one)

    def beside(self, one: Read) -> list[Read]:
        """Rows whose own days are near those of this one, where neither spans long."""
        if one.days is None or one.days[1] - one.days[0] > _LONG:
            return []
        return self._between(one.days[0] - _NEAR, one.days[1] + _NEAR)

    def named(self, one: Read) -> Iterator[Read]:
        """Rows of the one day that this one speaks of, where it is not its own."""
        for day in one.said:
            if day.earliest == day.latest and one.window and day.latest < one.window[0]:
                first = day.earliest.toordinal()
                yield from (other for other in self._between(first, first) if other.account.one_day)

    def further(self, one: Read) -> Iterator[Read]:
        """Rows that may be near it otherwise: by days it speaks of, by days both speak of, because
        word travelled, or because either lasts long."""
        if one.days is None:
            return
        first, last = one.days
        if one.arrived or one.kinds & LASTING:
            yield from self._between(first - _BY_POST, first - _NEAR - 1)
        for day in one.said:
            yield from self._between(day.earliest.toordinal(), day.latest.toordinal())
            yield from self._saying.get(day.earliest, ())
        if one.slipped:
            yield from self._between(*(day.toordinal() for day in one.slipped))
        yield from self._long_ones(first - _NEAR, last + _NEAR)

    def around(self, one: Read, before: int, after: int) -> Iterator[Read]:
        """Rows whose days lie around this row's, so many before and after, and all whose days are
        long or unknown."""
        if one.days is None:
            yield from (*(row[2] for row in (*self._short, *self._long)), *self._undated)
            return
        first, last = one.days
        yield from self._between(first - before, last + after)
        for day in one.said:
            yield from self._between(
                day.earliest.toordinal() - before, day.latest.toordinal() + after
            )
        yield from self._long_ones(first - before, last + after)
        yield from self._undated

    def _between(self, first: int, last: int) -> list[Read]:
        start = bisect_left(self._starts, first - _LONG)
        end = bisect_right(self._starts, last)
        return [one for _, ends, one in self._short[start:end] if ends >= first]

    def _long_ones(self, first: int, last: int) -> list[Read]:
        return [one for start, end, one in self._long if start <= last and first <= end]


def _in_common(one: Read, other: Read, weights: Weights) -> bool:
    if one.account.agency == other.account.agency and not _days_meet(one, other):
        return False
    if one.occasion == other.occasion != "":
        return True
    if one.account.agency in other.named or other.account.agency in one.named:
        return True
    if one.of_the_injury and other.of_the_injury:
        return True
    if one.keys.isdisjoint(other.keys):
        return False
    return sum(weights.of[key] for key in one.keys & other.keys) >= _IN_COMMON


def _days_meet(one: Read, other: Read) -> bool:
    """Rows of one agency are one event only where they repeat each other, on the same days."""
    if one.days is None or other.days is None:
        return False
    return one.days[0] <= other.days[1] and other.days[0] <= one.days[1]


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
