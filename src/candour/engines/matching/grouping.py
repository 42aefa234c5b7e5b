"""From pairs to groups: rows join one event while, on the whole, they speak for each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from candour.engines.matching.blocking import Ties
from candour.engines.matching.reading import Read

PAIR_ENOUGH: Final = 3.0
GROUP_ENOUGH: Final = 2.0
_NO_LINK: Final = -1.0
_WORST: Final = -2.0


@dataclass(frozen=True)
class Group:
    """Rows that may tell of one event, with the score of the weakest tie that holds them and the
    reasons of every tie."""

    places: tuple[int, ...]
    score: float
    reasons: tuple[str, ...]


def grouped(
    read: Sequence[Read], ties: Ties, tell: Callable[[int], None] = lambda done: None
) -> list[Group]:
    """Groups of two rows or more, in the order of their first rows. `tell` is told how many rows
    have been compared.

    The strongest pair is joined first. Two groups join when their pairs, averaged, are enough, and
    neither row would stand beside another of its own agency that it does not repeat.
    """
    clusters = {one.place: [one.place] for one in read}
    where = {place: place for place in clusters}
    joined: dict[int, float] = {}
    for score, one, other in ties.worth_comparing(tell):
        if score < PAIR_ENOUGH:
            break
        mine, theirs = where[one], where[other]
        if mine == theirs:
            continue
        average = _average(clusters[mine], clusters[theirs], ties)
        if average < GROUP_ENOUGH or not _one_row_each(
            clusters[mine], clusters[theirs], read, ties
        ):
            continue
        joined[mine] = min(average, joined.get(mine, average), joined.pop(theirs, average))
        clusters[mine] += clusters.pop(theirs)
        where.update((place, mine) for place in clusters[mine])
    found = [_group(sorted(clusters[key]), joined[key], ties) for key in joined]
    return sorted(found, key=lambda group: group.places)


def _average(one: Sequence[int], other: Sequence[int], ties: Ties) -> float:
    scores = [_score(a, b, ties) for a in one for b in other]
    return sum(scores) / len(scores)


def _score(one: int, other: int, ties: Ties) -> float:
    points = ties.score(one, other)
    return _NO_LINK if points is None else max(points, _WORST)


def _one_row_each(
    one: Iterable[int], other: Sequence[int], read: Sequence[Read], ties: Ties
) -> bool:
    """Whether no agency would stand in the group twice, unless its rows repeat or continue."""
    return all(
        read[a].account.agency != read[b].account.agency or _score(a, b, ties) >= 0.0
        for a in one
        for b in other
    )


def _group(places: Sequence[int], score: float, ties: Ties) -> Group:
    reasons: dict[str, None] = {}
    for at, one in enumerate(places):
        for other in places[at + 1 :]:
            if _score(one, other, ties) >= PAIR_ENOUGH:
                reasons.update(dict.fromkeys(ties.reasons(one, other)))
    return Group(tuple(places), round(score, 1), tuple(reasons))
