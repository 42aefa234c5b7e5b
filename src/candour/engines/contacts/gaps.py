"""Stretches of time in which nobody recorded a contact, as far as uncertain dates can tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """One contact as told: it began on some day within [earliest, latest], both included.

    One that lasted ended on some day within [`ends_earliest`, `ends_latest`].
    """

    number: int
    earliest: date
    latest: date
    ends_earliest: date | None = None
    ends_latest: date | None = None

    @property
    def first_end(self) -> date:
        """The earliest day on which it can have ended."""
        return max(self.earliest, self.ends_earliest or self.earliest)

    @property
    def last_end(self) -> date:
        """The latest day on which it can have ended."""
        return max(self.latest, self.ends_latest or self.latest)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without a recorded contact after `before` and before `after`.

    `surely` counts the days that hold none wherever within their windows the contacts fell: it is
    the shortest that the gap can have been. `at_most` is the longest.
    """

    before: Told
    after: Told
    surely: int
    at_most: int

    @property
    def first_day(self) -> date:
        """The first day that surely holds no contact."""
        return self.before.last_end + _DAY

    @property
    def last_day(self) -> date:
        """The last day that surely holds no contact."""
        return self.after.earliest - _DAY


def gaps_between(contacts: Iterable[Told], at_least: int) -> list[Gap]:
    """Every gap that surely lasted `at_least` days or more, in order.

    A contact known only to a year or a long period bridges all its days: it may have fallen on any
    of them, so no gap inside is sure. Raises ValueError where `at_least` is less than one day.
    """
    if at_least < 1:
        message = "A gap lasts one day at least."
        raise ValueError(message)
    found = (_gap(before, after) for before, after in pairwise(_frontier(contacts)))
    return [gap for gap in found if gap.surely >= at_least]


def _frontier(contacts: Iterable[Told]) -> list[Told]:
    """The contacts that reach later than every one that begins before them."""
    ahead: list[Told] = []
    for told in sorted(contacts, key=lambda each: (each.earliest, each.latest, each.number)):
        if not ahead or told.last_end > ahead[-1].last_end:
            ahead.append(told)
    return ahead


def _gap(before: Told, after: Told) -> Gap:
    surely = (after.earliest - before.last_end).days - 1
    at_most = (after.latest - before.first_end).days - 1
    return Gap(before, after, surely, max(at_most, 0))
