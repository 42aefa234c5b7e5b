"""How far two rows speak for one event: days, kind of contact, people, direction, words.

Each piece of evidence adds to a score and says why. The score is on no scale of probability; what
it is worth was measured (docs/measured.md).
"""

from __future__ import annotations

from math import log2
from typing import Final, NamedTuple

from rapidfuzz.fuzz import ratio

from candour.engines.matching.injury import WORD_OF_IT
from candour.engines.matching.kinds import MEETINGS
from candour.engines.matching.reading import Read, Weights, Window

DIFFERENT_CHILDREN: Final = "warning: they name different children of the household"
_CONTINUED: Final = MEETINGS | {"critical injury"}
# Two agencies that find nobody in have each made a visit of its own.
_EACH_ITS_OWN: Final = frozenset(("no access", "missed appointment"))
LASTING: Final = frozenset(("household change", "move of home"))
FARTHEST_DAYS: Final = 45
_MOST_FROM: Final = {"kind": 4.0, "name": 3.0, "word": 4.0}
_OF_WEIGHT: Final = {"kind": 0.62, "name": 0.5, "word": 0.38}


class _Days(NamedTuple):
    points: float
    reason: str


_NOTHING: Final = _Days(0.0, "")
_SAME_DAY: Final = _Days(3.0, "the same day")
_APART: Final = {
    gap: _Days(-0.6 if gap <= 3 else -1.5 if gap <= 7 else -2.5, f"{gap} days apart")
    for gap in range(2, 15)
}


def score(one: Read, other: Read, weights: Weights) -> float | None:
    """How much speaks for it, summed, or None where the days alone rule it out."""
    pieces = _pieces(one, other)
    if pieces is None:
        return None
    points = sum(piece.points for piece in pieces)
    for kind, shared in _shared_keys(one, other).items():
        points += min(sum(weights.of[key] for key in shared) * _OF_WEIGHT[kind], _MOST_FROM[kind])
    return points


def reasons(one: Read, other: Read, weights: Weights) -> tuple[str, ...]:
    """What speaks for it and against it, piece by piece; empty where the days rule it out."""
    days, *others = _pieces(one, other) or [_NOTHING]
    shared = _shared_keys(one, other)
    heaviest = {k: sorted(v, key=lambda key: (-weights.of[key], key)) for k, v in shared.items()}
    found = [
        days.reason,
        *(_shared(kind, keys, one) for kind, keys in heaviest.items()),
        *(piece.reason for piece in others if piece.points),
    ]
    return tuple(filter(None, found))


def _pieces(one: Read, other: Read) -> list[_Days] | None:
    """The evidence but for what both have in common; that of their days comes first."""
    alike = _of_one_agency(one, other) if one.account.agency == other.account.agency else _NOTHING
    days = _days(one, other) if alike else None
    if alike is None or days is None:
        return None
    return [
        days,
        _occasion(one, other),
        _direction(one, other),
        _people(one, other),
        _times(one, other),
        _the_injury(one, other),
        alike,
    ]


def _shared_keys(one: Read, other: Read) -> dict[str, list[str]]:
    """What both have, by its kind: kinds of contact, then names, then words."""
    found: dict[str, list[str]] = {}
    for key in sorted(one.keys & other.keys):
        found.setdefault(key.partition(":")[0], []).append(key)
    return found


_SHARED_IN_WORDS: Final = {
    "kind": "both tell of: {}",
    "name": "both name: {}",
    "word": "words in common: {}",
}


def _shared(kind: str, keys: list[str], one: Read) -> str:
    found = (key.partition(":")[2] for key in keys[:8])
    return _SHARED_IN_WORDS[kind].format(", ".join(one.words.get(word, word) for word in found))


def _days(one: Read, other: Read) -> _Days | None:
    """The best that the days of two rows allow."""
    if one.window is None or other.window is None:
        if one.of_the_injury and other.of_the_injury:
            return _Days(3.0, "one is undated; both tell of the injury or death")
        return _Days(-0.5, "the date of one of them could not be read")
    found = [_own_days(one, other)]
    if not (one.said or other.said or one.slipped or other.slipped):
        return found[0]
    for mine, theirs in ((one, other), (other, one)):
        found += [
            _said_day((day.earliest, day.latest), theirs.window)
            for day in mine.said
            if theirs.window
        ]
    found += [
        _both_said((a.earliest, a.latest), (b.earliest, b.latest))
        for a in one.said
        for b in other.said
    ]
    for mine, theirs in ((one, other), (other, one)):
        if mine.slipped and theirs.window and _meet(mine.slipped, theirs.window):
            found.append(_Days(2.2, "the same day if the year was mistyped"))
    return max((days for days in found if days), key=lambda days: days.points, default=None)


def _late(one: Read, other: Read) -> bool:
    """Whether the later of two rows says that word reached it by post or notice."""
    if one.days is None or other.days is None:
        return False
    later = one if one.days[0] >= other.days[0] else other
    return later.arrived


def _own_days(one: Read, other: Read) -> _Days | None:
    if one.days is None or other.days is None:
        return None
    (start, end), (begins, ends) = one.days, other.days
    gap = max(start - ends, begins - end)
    if gap > 0:
        return _gap(one, other, gap) if gap <= FARTHEST_DAYS else None
    days = max(end - start, ends - begins) + 1
    if days == 1:
        return _SAME_DAY
    least = 0.8 if one.days == other.days else 0.3
    return _Days(max(least, 2.6 - 0.45 * log2(days)), "their days meet")


def _gap(one: Read, other: Read, gap: int) -> _Days | None:
    if _late(one, other):
        points = 1.6 if gap <= 7 else 1.0 if gap <= 14 else 0.2
        return _Days(points, f"one arrived {gap} days after the other") if gap <= 35 else None
    if gap == 1:
        same = one.occasion == other.occasion != "" or _direction(one, other).points >= 2
        timed = one.account.time_from and other.account.time_from
        return _Days(1.6 if same else -0.8 if timed else 0.0, "one day apart")
    if gap <= 14 and _retold(one, other):
        return _Days(0.3, f"told {gap} days later in somebody's own words")
    if gap <= 40 and LASTING & one.kinds & other.kinds:
        return _Days(1.0, f"{gap} days apart, of something that lasts")
    return _APART.get(gap)


def _retold(one: Read, other: Read) -> bool:
    """Whether the later row has a child or parent tell of it: word may come days afterwards."""
    later = one if one.days and other.days and one.days[0] > other.days[0] else other
    return '"' in later.text or "“" in later.text


def _said_day(said: Window, own: Window) -> _Days | None:
    if not _meet(said, own):
        return None
    days = max((said[1] - said[0]).days, (own[1] - own[0]).days) + 1
    if days == 1:
        return _Days(3.2, "one speaks of the day of the other")
    return _Days(max(0.3, 2.0 - 0.35 * log2(days)), "one speaks of the days of the other")


def _both_said(one: Window, other: Window) -> _Days | None:
    same = one == other and one[0] == one[1]
    return _Days(2.6, "both speak of the same day") if same else None


def _meet(one: Window, other: Window) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _occasion(one: Read, other: Read) -> _Days:
    mine, theirs = one.occasion, other.occasion
    if mine == theirs and mine in _EACH_ITS_OWN and not _direction(one, other).points:
        return _Days(-2.5, "")
    if mine and theirs:
        if mine == theirs or _same_meeting(mine, theirs):
            return _Days(1.2, f"both are: {mine}")
        return _Days(-2.5, "")
    if {mine, theirs} & MEETINGS:
        return _Days(-1.5, "")
    return _NOTHING


def _same_meeting(one: str, other: str) -> bool:
    """A bare "conference" or "review" may be either kind of conference."""
    return "conference" in (one, other) and "conference" in one and "conference" in other


def _direction(one: Read, other: Read) -> _Days:
    """Whether one says it told the other, and the other that it was told."""
    mine, theirs = one.account.agency, other.account.agency
    if one.tellings or other.tellings:
        named = False
        for pair in ((mine, theirs), (theirs, mine)):
            told = pair in one.told or pair in other.told
            heard = pair in one.heard or pair in other.heard
            if told and heard:
                return _Days(2.8, "one records telling, the other being told")
            named = named or told or heard
        if named:
            return _Days(1.0, "one names the other as told or telling")
    if theirs in one.agencies or mine in other.agencies:
        return _Days(0.5, "one names the other agency")
    return _NOTHING


def _people(one: Read, other: Read) -> _Days:
    both = one.people & other.people
    if both:
        return _Days(0.3 * min(len(both), 2), "the same members of the family")
    if one.children and other.children:
        return _Days(-0.5, DIFFERENT_CHILDREN)
    return _NOTHING


def _the_injury(one: Read, other: Read) -> _Days:
    """Rows that tell of the injury itself, and of word of it in the days after."""
    if not (one.of_the_injury and other.of_the_injury and one.days and other.days):
        return _NOTHING
    near = abs(one.days[0] - other.days[0]) <= WORD_OF_IT
    return _Days(2.5, "both tell of the injury or death") if near else _NOTHING


def _times(one: Read, other: Read) -> _Days:
    mine, theirs = one.account, other.account
    if not (
        mine.time_from and theirs.time_from and mine.one_day and mine.earliest == theirs.earliest
    ):
        return _NOTHING
    apart = abs(_minutes(mine.time_from) - _minutes(theirs.time_from))
    if apart <= 15:
        return _Days(1.0, "the same time of day")
    return _Days(-0.4, "") if apart > 300 else _NOTHING


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:5])


def _of_one_agency(one: Read, other: Read) -> _Days | None:
    """Rows of one agency are one event only where they repeat each other or go on from it."""
    if one.window is None or other.window is None or not _meet(one.window, other.window):
        return None
    if one.window == other.window and ratio(one.account.event, other.account.event) > 85:
        return _Days(3.0, "one agency wrote it twice")
    goes_on = one.occasion == other.occasion and one.occasion in _CONTINUED
    if goes_on or (one.of_the_injury and other.of_the_injury):
        return _Days(-2.0, "")
    return None
