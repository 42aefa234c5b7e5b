"""How far the dates determine the order of entries.

Each entry has a window of time in which what it tells of happened. One that could have come before
or after another has no settled place; the page says between which numbers it could stand, instead
of pretending to an order (chronologies are ordered by earliest, then latest, then time of day,
then the day until which it lasted, agency and place in the file, as
`candour.engines.tables.integrated` orders them).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from candour.engines.dates.standing import first_minute, last_minute


@dataclass(frozen=True, slots=True)
class Place:
    """What decides where an entry stands. An open end is None; `time_from` and `time_to` are
    "HH:MM", empty unless the agency wrote them as the entry's own time; `ends_earliest` and
    `ends_latest` are the days until which it lasted, where a column of its own says so."""

    entry: UUID
    agency: UUID
    agency_name: str
    submission: UUID
    order: int
    part: int
    earliest: date | None
    latest: date | None
    time_from: str = ""
    time_to: str = ""
    ends_earliest: date | None = None
    ends_latest: date | None = None

    @property
    def dated(self) -> bool:
        """Whether a day could be read or was given in answer to a query."""
        return self.earliest is not None or self.latest is not None

    @property
    def first_moment(self) -> int:
        """The earliest minute at which it can have happened."""
        return first_minute((self.earliest, self.latest), self.time_from)

    @property
    def last_moment(self) -> int:
        """The latest minute at which it can have happened."""
        return last_minute((self.earliest, self.latest), self.time_from, self.time_to)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A place with its number in the whole chronology, and the numbers between which it could
    stand as far as the dates go."""

    place: Place
    number: int
    first: int
    last: int

    @property
    def settled(self) -> bool:
        """Whether the dates leave only one place for it."""
        return self.first == self.last


def numbered(ordered: Sequence[Place]) -> list[Numbered]:
    """Dated places that stand in order, numbered from 1."""
    starts = sorted(place.first_moment for place in ordered)
    ends = sorted(place.last_moment for place in ordered)
    return [
        Numbered(
            place,
            number,
            # Certainly before it: whatever ended before it can have begun; likewise after it.
            first=bisect_left(ends, place.first_moment) + 1,
            last=bisect_right(starts, place.last_moment),
        )
        for number, place in enumerate(ordered, start=1)
    ]


def place_of(one: Numbered | Place) -> Place:
    """The place itself, without its number."""
    return one.place if isinstance(one, Numbered) else one


def entry_of(one: Numbered | Place) -> UUID:
    """The id of the entry that stands there."""
    return place_of(one).entry


def days_differ(places: Sequence[Place]) -> bool:
    """Whether no single day fits all accounts of one event."""
    return max(place.earliest or date.min for place in places) > min(
        place.latest or date.max for place in places
    )


def times_differ(places: Sequence[Place]) -> bool:
    """Whether accounts of one event on one day give times that cannot all be right."""
    timed = [place for place in places if place.time_from]
    if len(timed) < 2 or days_differ(places):
        return False
    return max(place.first_moment for place in timed) > min(place.last_moment for place in timed)
