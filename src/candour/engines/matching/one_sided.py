"""Contacts recorded by one agency only: told without a receipt in the files, or the reverse.

A row counts as a receipt (or a sending) when it may tell of the same event, or says itself that
the other agency was in touch at about that time. What an agency declares it has no record of is
said beside the contact: a declared silence is not a missing row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from candour.engines.matching.blocking import Near, Ties
from candour.engines.matching.grouping import Group
from candour.engines.matching.reading import Read, Weights
from candour.engines.matching.silences import Silence
from candour.engines.telling import Telling

_REFLECTS: Final = 1.6
_REFLECTS_UNDATED: Final = 2.8
_VAGUE_DAYS: Final = 31
_DAYS_BEFORE, _DAYS_AFTER = 3, 70
_BEFORE, _AFTER = 45, 70
_SAME_TALK_DAYS: Final = 21


class Way(StrEnum):
    """Whether the row's agency told, or was told."""

    SENT = "sent"
    RECEIVED = "received"


@dataclass(frozen=True)
class OneSided:
    """A contact that one agency recorded: the row at `place`, which way, and the other agency."""

    way: Way
    place: int
    other: str
    reasons: tuple[str, ...]


def one_sided(
    read: Sequence[Read],
    groups: Sequence[Group],
    ties: Ties,
    weights: Weights,
    silences: Sequence[Silence],
) -> list[OneSided]:
    """Every telling whose other side stands in no row, in the order of the rows."""
    together = {place: group.places for group in groups for place in group.places}
    by_agency: dict[str, list[Read]] = {}
    for one in read:
        by_agency.setdefault(one.account.agency, []).append(one)
    near = {agency: Near(rows) for agency, rows in by_agency.items()}
    found: dict[tuple[Way, str, tuple[int, ...]], OneSided] = {}
    for one in read:
        for telling in one.tellings:
            theirs = near.get(telling.other)
            if theirs is None or _reflected(one, telling, theirs, together, ties, weights):
                continue
            key = (_way(telling), telling.other, together.get(one.place, (one.place,)))
            found.setdefault(key, _entry(one, telling, silences))
    return list(found.values())


def _reflected(
    one: Read,
    telling: Telling,
    theirs: Near,
    together: Mapping[int, tuple[int, ...]],
    ties: Ties,
    weights: Weights,
) -> bool:
    beside = set(together.get(one.place, ()))
    return any(
        other.place in beside
        or _same_talk(one, telling, other)
        or _takes_up(one, other, weights)
        or _may_be_one(one, other, ties)
        for other in theirs.around(one, _BEFORE, _AFTER)
    )


def _may_be_one(one: Read, other: Read, ties: Ties) -> bool:
    if not _something_in_common(one, other):
        return False
    points = ties.score(one.place, other.place)
    enough = _REFLECTS if one.window and other.window else _REFLECTS_UNDATED
    return points is not None and points >= enough


def _something_in_common(one: Read, other: Read) -> bool:
    """Whether they share more than near days and what the one says of the other."""
    alike = one.occasion == other.occasion != "" or (one.of_the_injury and other.of_the_injury)
    named = one.account.agency in other.named
    return alike or named or bool(one.people & other.people) or bool(one.keys & other.keys)


def _days_after(one: Read, other: Read) -> int | None:
    if one.days is None or other.days is None:
        return None
    if other.days[0] > one.days[1]:
        return other.days[0] - one.days[1]
    return min(other.days[1] - one.days[0], 0)


def _vague(one: Read) -> bool:
    return one.days is not None and one.days[1] - one.days[0] > _VAGUE_DAYS


def _same_talk(one: Read, telling: Telling, other: Read) -> bool:
    """Whether the other's row itself records the contact, seen from its side."""
    if (telling.by, telling.to) not in (other.heard if telling.sent else other.told):
        return False
    days = _days_after(one, other)
    near = days is not None and -_DAYS_BEFORE <= days <= _SAME_TALK_DAYS
    return near and not _vague(one) and not _vague(other)


def _takes_up(one: Read, other: Read, weights: Weights) -> bool:
    """Whether a later row of the other agency names the first and speaks of the same matter."""
    if one.account.agency not in other.named:
        return False
    days = _days_after(one, other)
    if days is None or not 0 <= days <= _DAYS_AFTER:
        return False
    shared = sum(weights.of[key] for key in one.keys & other.keys)
    return shared >= 6.0


def _way(telling: Telling) -> Way:
    return Way.SENT if telling.sent else Way.RECEIVED


def _entry(one: Read, telling: Telling, silences: Sequence[Silence]) -> OneSided:
    reasons = [
        "sender records telling; no receipt in the files submitted"
        if telling.sent
        else "recorded as received; no sending in the files submitted",
        f"its words: {telling.words.strip()}",
    ]
    for silence in silences:
        if silence.agency == telling.other and one.window and silence.covers(one.window):
            reasons.append(f"the other agency declares a gap: {silence.words}")
    return OneSided(_way(telling), one.place, telling.other, tuple(reasons))
