"""Events that two agencies put in a different order.

Only what the days and times of both agencies' own rows settle counts: one has the first event over
before the second begins, the other the reverse. A row that tells of word received, or looks back to
an earlier day, is dated by the word and not by the event, and settles nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from candour.engines.matching.differing import Differing
from candour.engines.matching.grouping import Group
from candour.engines.matching.reading import Read

Moment = tuple[date, str]
_FIRST_MINUTE, _LAST_MINUTE = "00:00", "24:00"


@dataclass(frozen=True)
class _Span:
    """The moments between which an agency's rows of one event say that it began."""

    first: Moment
    last: Moment
    places: tuple[int, ...]


@dataclass(frozen=True)
class _Event:
    spans: Mapping[str, _Span]

    @property
    def first(self) -> Moment:
        return min(span.first for span in self.spans.values())

    @property
    def last(self) -> Moment:
        return max(span.last for span in self.spans.values())


@dataclass(frozen=True)
class _Inverted:
    """Two events, and which agencies put the one first and which the other."""

    one: _Event
    other: _Event
    forward: tuple[str, ...]
    backward: tuple[str, ...]

    @property
    def apart(self) -> int:
        """How many days the surest of the two orders sets them apart."""
        agencies = (*self.forward, *self.backward)
        days = (
            abs((self.one.spans[agency].first[0] - self.other.spans[agency].first[0]).days)
            for agency in agencies
        )
        return max(days)


def orders_differ(read: Sequence[Read], groups: Sequence[Group]) -> list[Differing]:
    """Pairs of events in a different order, the nearest first; an event stands in one pair only.

    One day mistyped puts an event out of order with all in between: the nearest of them is
    proposed, and how many others follow from it is said.
    """
    events = [event for group in groups if len((event := _event(read, group)).spans) > 1]
    found = sorted(_inverted(events), key=lambda pair: (pair.apart, pair.one.first))
    taken: set[int] = set()
    kept = []
    for pair in found:
        if not taken & {id(pair.one), id(pair.other)}:
            taken |= {id(pair.one), id(pair.other)}
            kept.append(_differing(pair, _further(pair, found)))
    return kept


def _event(read: Sequence[Read], group: Group) -> _Event:
    by_agency: dict[str, list[Read]] = {}
    for place in group.places:
        one = read[place]
        if _dates_the_event(one):
            by_agency.setdefault(one.account.agency, []).append(one)
    return _Event({agency: _span(rows) for agency, rows in by_agency.items()})


def _dates_the_event(one: Read) -> bool:
    if one.window is None or one.slipped or one.arrived:
        return False
    return not any(said.latest < one.window[0] for said in one.said)


def _span(rows: Sequence[Read]) -> _Span:
    moments = [_moments(one) for one in rows]
    first, last = min(start for start, _ in moments), max(end for _, end in moments)
    return _Span(first, last, tuple(one.place for one in rows))


def _moments(one: Read) -> tuple[Moment, Moment]:
    if one.window is None:
        raise ValueError("only rows with days have moments")
    start, end = one.window
    account = one.account
    if start != end or not account.time_from:
        return (start, _FIRST_MINUTE), (end, _LAST_MINUTE)
    # "22:00 to 01:00" runs past midnight.
    runs_on = account.time_to and account.time_to < account.time_from
    ends = _LAST_MINUTE if runs_on else account.time_to or account.time_from
    return (start, account.time_from), (end, ends)


def _inverted(events: Sequence[_Event]) -> Iterator[_Inverted]:
    """Two events can only be in two orders where all that is said of their moments overlaps."""
    beside: list[_Event] = []
    for event in sorted(events, key=lambda one: one.first):
        beside = [other for other in beside if other.last >= event.first]
        for other in beside:
            forward, backward = _orders(other, event)
            if forward and backward:
                yield _Inverted(other, event, forward, backward)
        beside.append(event)


def _orders(one: _Event, other: _Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
    shared = sorted(one.spans.keys() & other.spans.keys())
    return (
        tuple(who for who in shared if one.spans[who].last < other.spans[who].first),
        tuple(who for who in shared if other.spans[who].last < one.spans[who].first),
    )


def _further(pair: _Inverted, found: Sequence[_Inverted]) -> int:
    of_it = {id(pair.one), id(pair.other)}
    return sum(1 for other in found if len(of_it & {id(other.one), id(other.other)}) == 1)


def _differing(pair: _Inverted, further: int) -> Differing:
    forward = [_said(agency, pair.one, pair.other) for agency in pair.forward]
    backward = [_said(agency, pair.other, pair.one) for agency in pair.backward]
    reasons = [f"{'; '.join(forward)}. The other way round: {'; '.join(backward)}"]
    if further:
        reasons.append(f"further events out of order with these: {further}")
    agencies = (*pair.forward, *pair.backward)
    spans = [event.spans[agency] for event in (pair.one, pair.other) for agency in agencies]
    places = sorted({place for span in spans for place in span.places})
    return Differing("order", tuple(places), tuple(reasons))


def _said(agency: str, first: _Event, then: _Event) -> str:
    return f"{agency}: {_moment(first.spans[agency])}, then {_moment(then.spans[agency])}"


def _moment(span: _Span) -> str:
    (start, time), (end, _) = span.first, span.last
    if start != end:
        return f"{start:%d/%m/%Y} to {end:%d/%m/%Y}"
    return f"{start:%d/%m/%Y}" + (f" {time}" if time != _FIRST_MINUTE else "")
