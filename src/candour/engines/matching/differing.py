"""Differing accounts: where agencies that may tell of one event cannot all be right.

Days that differ because word took time to arrive are no difference. Each finding names the rows,
the type of difference and what each row says; a person gives the disposition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from candour.engines.matching.attending import attendance
from candour.engines.matching.case import Case
from candour.engines.matching.differing_days import Found, days_differ, start_of, times_differ
from candour.engines.matching.grouping import Group
from candour.engines.matching.kinds import MEETINGS
from candour.engines.matching.reading import Read
from candour.engines.matching.statements import (
    CONCERNS,
    NOTHING,
    Stated,
    brought_by,
)
from candour.engines.matching.words import telling, tokens


@dataclass(frozen=True)
class Differing:
    """A difference between rows of one event: its type, the rows, and what each says."""

    type: str
    places: tuple[int, ...]
    reasons: tuple[str, ...]


def differing(read: Sequence[Read], groups: Sequence[Group], case: Case) -> list[Differing]:
    """Every difference in every group; one of a type in a group, over all rows that take part."""
    given = {word: person.part for person in case.people if person.part for word in person.names}
    found = []
    for group in groups:
        by_type: dict[str, dict[int, None]] = {}
        reasons: dict[str, dict[str, None]] = {}
        rows = [_Row(read[place], given) for place in group.places]
        for one, other in combinations(rows, 2):
            if one.read.account.agency == other.read.account.agency:
                continue
            for type_, reason in _between(one, other, given):
                places = {one.read.place: None, other.read.place: None}
                by_type.setdefault(type_, {}).update(places)
                reasons.setdefault(type_, {})[reason] = None
        found += [
            Differing(type_, tuple(sorted(places)), tuple(reasons[type_]))
            for type_, places in by_type.items()
        ]
    return found


class _Row:
    def __init__(self, read: Read, given: Mapping[str, str]) -> None:
        self.read = read
        self.stated = Stated(read.text, read.kinds)
        self.brought_by = brought_by(read.text, given)


def _between(mine: _Row, theirs: _Row, given: Mapping[str, str]) -> Found:
    one, other = mine.read, theirs.read
    yield from days_differ(one, other)
    yield from times_differ(one, other)
    yield from _counts(mine, theirs)
    yield from _brought(mine, theirs)
    yield from _took_part(one, other, given)
    yield from _values(mine, theirs)
    yield from _until(one, other)
    yield from _nothing_against_something(one, other)
    yield from _told_but_not_taken_down(one, other)
    if len(one.children) == len(other.children) == 1 and one.children != other.children:
        yield "subject", "the rows are about different children"


def _counts(one: _Row, other: _Row) -> Found:
    mine, theirs = one.stated.counts, other.stated.counts
    for thing in sorted(mine.keys() & theirs.keys()):
        if not mine[thing] & theirs[thing]:
            yield "count", _told(thing, one, _numbers(mine[thing]), other, _numbers(theirs[thing]))
    some, others = one.stated.marks, other.stated.marks
    for thing in sorted(some.keys() & others.keys()):
        if some[thing] != others[thing]:
            yield "detail", _told(thing, one, some[thing], other, others[thing])


def _told(matter: str, one: _Row, mine: object, other: _Row, theirs: object) -> str:
    agencies = one.read.account.agency, other.read.account.agency
    return f"{matter}: {mine} ({agencies[0]}); {theirs} ({agencies[1]})"


def _numbers(found: set[int]) -> str:
    return " or ".join(map(str, sorted(found)))


def _brought(one: _Row, other: _Row) -> Found:
    mine, theirs = one.brought_by, other.brought_by
    if mine and theirs and not mine & theirs:
        who = ", ".join(sorted(mine)), ", ".join(sorted(theirs))
        yield "actor", _told("came with", one, who[0], other, who[1])


def _took_part(one: Read, other: Read, given: Mapping[str, str]) -> Found:
    if one.occasion in MEETINGS and one.occasion == other.occasion:
        for away, there in ((one, other), (other, one)):
            both = attendance(away, given)[1] & attendance(there, given)[0]
            if both:
                who = ", ".join(sorted(both))
                yield (
                    "actor",
                    (f"{who}: not there ({away.account.agency}); there ({there.account.agency})"),
                )
    for alone, wider in ((one, other), (other, one)):
        if alone.occasion in MEETINGS and alone.occasion == wider.occasion and _only(alone):
            further = wider.agencies - alone.agencies - {alone.account.agency, wider.account.agency}
            if further:
                yield "actor", f"{', '.join(sorted(further))} took part, or only the others did"


def _only(one: Read) -> bool:
    return bool(re.search(r"\bonly\b\.?(?:$|[.;\n])", one.text)) and bool(one.agencies)


def _values(one: _Row, other: _Row) -> Found:
    mine, theirs = one.stated.values, other.stated.values
    for matter in mine.keys() & theirs.keys():
        type_, value = mine[matter]
        if theirs[matter][1] != value:
            yield type_, _told(matter, one, value, other, theirs[matter][1])


_END = re.compile(
    r"\b(?:to|until|till|up to) (\d{1,2})(?:st|nd|rd|th)? "
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_BOUNDED: Final = frozenset(("police protection", "placement", "arrest", "child protection plan"))


def _until(one: Read, other: Read) -> Found:
    """How long a measure that both name is to last."""
    if one.window != other.window or not one.kinds & other.kinds & _BOUNDED:
        return
    mine, theirs = _END.search(one.text), _END.search(other.text)
    if mine and theirs:
        ends = [f"{found[1]} {found[2].lower()}" for found in (mine, theirs)]
        if ends[0] != ends[1]:
            yield (
                "outcome",
                (f"until {ends[0]} ({one.account.agency}); {ends[1]} ({other.account.agency})"),
            )


def _nothing_against_something(one: Read, other: Read) -> Found:
    for nothing, something in ((one, other), (other, one)):
        concerns = something.kinds & CONCERNS
        if concerns and not nothing.kinds & CONCERNS and NOTHING.search(nothing.text):
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


def _told_but_not_taken_down(one: Read, other: Read) -> Found:
    """One says it told the other something; the other's row of that contact does not have it."""
    for teller, told in ((one, other), (other, one)):
        if (teller.account.agency, told.account.agency) not in teller.told:
            continue
        match = _TOLD_THAT.search(teller.account.response)
        if match is None or (teller.window != told.window and not _near(teller, told)):
            continue
        if not _taken_down(match["what"], told):
            yield "detail", f"{told.account.agency} does not record: {match['what'].strip()}"


def _near(one: Read, other: Read) -> bool:
    return (
        abs((start_of(one)[0] - start_of(other)[0]).days) <= 3
        if one.window and other.window
        else False
    )


def _taken_down(what: str, told: Read) -> bool:
    matter = telling(tokens(what))
    return bool(matter.keys() & telling(tokens(told.text)).keys())
