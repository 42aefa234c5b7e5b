"""Differing accounts: where agencies that may tell of one event cannot all be right.

Days that differ because word took time to arrive are no difference. Each finding names the rows,
the type of difference and what each row says; a person gives the disposition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from candour.engines.matching.case import Case
from candour.engines.matching.grouping import Group
from candour.engines.matching.kinds import MEETINGS
from candour.engines.matching.reading import Read, Window
from candour.engines.matching.statements import (
    CONCERNS,
    NOTHING,
    brought_by,
    counts,
    marks,
    values_stated,
)
from candour.engines.matching.telling import Way
from candour.engines.matching.words import telling, tokens


@dataclass(frozen=True)
class Differing:
    """A difference between rows of one event: its type, the rows, and what each says."""

    type: str
    places: tuple[int, ...]
    reasons: tuple[str, ...]


_Found = Iterator[tuple[str, str]]


def differing(read: Sequence[Read], groups: Sequence[Group], case: Case) -> list[Differing]:
    """Every difference in every group; one of a type in a group, over all rows that take part."""
    given = {word: person.part for person in case.people if person.part for word in person.names}
    found = []
    for group in groups:
        by_type: dict[str, dict[int, None]] = {}
        reasons: dict[str, dict[str, None]] = {}
        for one, other in combinations((read[place] for place in group.places), 2):
            if one.account.agency == other.account.agency:
                continue
            for type_, reason in _between(one, other, given):
                by_type.setdefault(type_, {}).update({one.place: None, other.place: None})
                reasons.setdefault(type_, {})[reason] = None
        found += [
            Differing(type_, tuple(sorted(places)), tuple(reasons[type_]))
            for type_, places in by_type.items()
        ]
    return found


def _between(one: Read, other: Read, given: Mapping[str, str]) -> _Found:
    yield from _days(one, other)
    yield from _times(one, other)
    yield from _counts(one, other)
    yield from _actors(one, other, given)
    yield from _values(one, other)
    yield from _nothing_against_something(one, other)
    yield from _told_but_not_taken_down(one, other)
    if len(one.children) == len(other.children) == 1 and one.children != other.children:
        yield "subject", "the rows are about different children"


def _days(one: Read, other: Read) -> _Found:
    mine, theirs = one.window, other.window
    if mine is None or theirs is None or _meet(mine, theirs):
        return
    for slip, beside in ((one, theirs), (other, mine)):
        if slip.slipped and _meet(slip.slipped, beside):
            yield "date_slip", "the year of a January date may be last year's"
            return
    if _explained(one, other):
        return
    if _one_moment(one, other):
        yield "date", f"{_said(one)}; {_said(other)}"


def _explained(one: Read, other: Read) -> bool:
    """Whether word that travelled, or the words themselves, account for the days."""
    if _talked(one, other):
        return False
    later, earlier = (one, other) if _start(one) > _start(other) else (other, one)
    spoken = [(day.earliest, day.latest) for day in later.said]
    named = earlier.window is not None and any(_meet(day, earlier.window) for day in spoken)
    return later.arrived or named or bool(_PERFECT.search(later.account.event))


_PERFECT = re.compile(
    r"\b(?:has|have|had) (?:\w+ )?(?:left|moved|gone|been|died|started|ended)\b", re.I
)


def _start(one: Read) -> Window:
    if one.window is None:
        raise ValueError("only rows with days are compared")
    return one.window


def _one_moment(one: Read, other: Read) -> bool:
    """Whether both tell of something that both must have on the same day."""
    same = one.occasion == other.occasion and one.occasion not in (
        "",
        "critical injury",
        "referral",
    )
    meeting = one.occasion in MEETINGS and other.occasion in MEETINGS
    change = {"household change", "move of home"} & one.kinds & other.kinds
    return same or meeting or bool(change) or _talked(one, other)


def _talked(one: Read, other: Read) -> bool:
    """Whether the two agencies' rows are the two ends of one call or talk."""
    mine, theirs = one.account.agency, other.account.agency
    ways = {(t.way, t.at_once) for t in one.tellings if t.other == theirs}
    back = {(t.way, t.at_once) for t in other.tellings if t.other == mine}
    sent, got = (Way.SENT, True), (Way.RECEIVED, True)
    return (sent in ways and got in back) or (got in ways and sent in back)


def _meet(one: Window, other: Window) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _said(one: Read) -> str:
    start, end = _start(one)
    days = f"{start:%d/%m/%Y}" if start == end else f"{start:%d/%m/%Y} to {end:%d/%m/%Y}"
    return f"{one.account.agency}: {days}"


_CLOCK = re.compile(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)\b")


def _times(one: Read, other: Read) -> _Found:
    for mine, theirs in ((one, other), (other, one)):
        own = theirs.account.time_from
        if not own or theirs.window is None:
            continue
        for said in _times_said(mine, theirs.window):
            if 15 <= abs(_minutes(said) - _minutes(own)) <= 240:
                yield "time", f"{mine.account.agency}: {said}; {theirs.account.agency}: {own}"
                return
    if one.occasion == other.occasion and one.occasion in MEETINGS and one.window == other.window:
        mine_at, theirs_at = one.account.time_from, other.account.time_from
        if mine_at and theirs_at and abs(_minutes(mine_at) - _minutes(theirs_at)) >= 15:
            yield "time", f"{one.account.agency}: {mine_at}; {other.account.agency}: {theirs_at}"


def _times_said(one: Read, day: Window) -> Iterator[str]:
    """Times of day that the words give right after naming that very day."""
    for said in one.said:
        if (said.earliest, said.latest) == day and day[0] == day[1]:
            match = _CLOCK.search(one.account.event[said.end : said.end + 20])
            if match:
                yield f"{int(match[1]):02}:{match[2]}"


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:5])


def _counts(one: Read, other: Read) -> _Found:
    mine, theirs = counts(one.text), counts(other.text)
    for thing in sorted(mine.keys() & theirs.keys()):
        if not mine[thing] & theirs[thing]:
            yield (
                "count",
                (
                    f"{thing}: {_numbers(mine[thing])} ({one.account.agency}); "
                    f"{_numbers(theirs[thing])} ({other.account.agency})"
                ),
            )
    some, others = marks(one.text), marks(other.text)
    for thing in sorted(some.keys() & others.keys()):
        if some[thing] != others[thing]:
            yield (
                "detail",
                (
                    f"{thing}: {some[thing]} ({one.account.agency}); "
                    f"{others[thing]} ({other.account.agency})"
                ),
            )


def _numbers(found: set[int]) -> str:
    return " or ".join(map(str, sorted(found)))


def _actors(one: Read, other: Read, given: Mapping[str, str]) -> _Found:
    mine, theirs = brought_by(one.text, given), brought_by(other.text, given)
    if mine and theirs and not mine & theirs:
        yield (
            "actor",
            (
                f"came with: {', '.join(sorted(mine))} ({one.account.agency}); "
                f"{', '.join(sorted(theirs))} ({other.account.agency})"
            ),
        )
    for alone, wider in ((one, other), (other, one)):
        if _only(alone) and alone.occasion in MEETINGS and alone.occasion == wider.occasion:
            further = wider.agencies - alone.agencies - {alone.account.agency, wider.account.agency}
            if further:
                yield "actor", f"{', '.join(sorted(further))} took part, or only the others did"


def _only(one: Read) -> bool:
    return bool(re.search(r"\bonly\b\.?(?:$|[.;\n])", one.text)) and bool(one.agencies)


def _values(one: Read, other: Read) -> _Found:
    theirs = {matter: value for _, matter, value in values_stated(other.text, other.kinds)}
    for type_, matter, value in values_stated(one.text, one.kinds):
        if matter in theirs and theirs[matter] != value:
            yield (
                type_,
                (
                    f"{matter}: {value} ({one.account.agency}); "
                    f"{theirs[matter]} ({other.account.agency})"
                ),
            )


def _nothing_against_something(one: Read, other: Read) -> _Found:
    for nothing, something in ((one, other), (other, one)):
        concerns = something.kinds & CONCERNS
        if NOTHING.search(nothing.text) and concerns and not nothing.kinds & CONCERNS:
            yield (
                "outcome",
                (
                    f"nothing of the kind ({nothing.account.agency}); "
                    f"{', '.join(sorted(concerns))} ({something.account.agency})"
                ),
            )


_TOLD_THAT = re.compile(
    r"\b(?:told|informed|advised|reported to)\b[^.;]{0,60}? that (?P<what>[^.;]+)", re.I
)


def _told_but_not_taken_down(one: Read, other: Read) -> _Found:
    """One says it told the other something; the other's row of that contact does not have it."""
    for teller, told in ((one, other), (other, one)):
        match = _TOLD_THAT.search(teller.account.response)
        if match is None or (teller.window != told.window and not _near(teller, told)):
            continue
        ways = {t.other for t in teller.tellings if t.way is Way.SENT}
        if told.account.agency in ways and not _taken_down(match["what"], told):
            yield "detail", f"{told.account.agency} does not record: {match['what'].strip()}"


def _near(one: Read, other: Read) -> bool:
    return (
        abs((_start(one)[0] - _start(other)[0]).days) <= 3 if one.window and other.window else False
    )


def _taken_down(what: str, told: Read) -> bool:
    matter = telling(tokens(what))
    return bool(matter.keys() & telling(tokens(told.text)).keys())
