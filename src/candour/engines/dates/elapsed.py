"""How old somebody was, and how long lay between two days, as far as uncertain days can tell.

A day is told as a window: some day from the earliest to the latest, both included, an open end
None. What is answered holds whatever days the windows stand for, and is no wider than it must be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

Window = tuple[date | None, date | None]

_DAYS_IN_A_WEEK: Final = 7
_TOLD_IN_DAYS: Final = 28
_MONTHS_TOLD_IN_WEEKS: Final = 6
_MONTHS: Final = 12
_CARRIED: Final = timedelta(weeks=40)
Part = tuple[int, str]


@dataclass(frozen=True, slots=True, order=True)
class Age:
    """Completed months since birth, and days since birth."""

    months: int
    days: int

    @property
    def parts(self) -> tuple[Part, ...]:
        """The age as it is said: in days for four weeks, in weeks for half a year, then in years
        and months."""
        if self.days < _TOLD_IN_DAYS:
            return ((self.days, "day"),)
        if self.months < _MONTHS_TOLD_IN_WEEKS:
            return ((self.days // _DAYS_IN_A_WEEK, "week"),)
        years, months = divmod(self.months, _MONTHS)
        return tuple(part for part in ((years, "year"), (months, "month")) if part[0])

    def in_words(self) -> str:
        """The age in words, such as "18 weeks" or "3 years 2 months"."""
        return " ".join(counted(count, unit) for count, unit in self.parts)


@dataclass(frozen=True, slots=True)
class AgeAt:
    """The least and the greatest age that somebody can have had; None is before birth at the least
    end, and no known bound at the greatest."""

    least: Age | None
    most: Age | None
    unborn: bool = False

    def in_words(self) -> str:
        """The age in words, such as "3 years 2 months", "2 or 3 years", "unborn"."""
        if self.unborn:
            return "unborn"
        if self.least is None and self.most is None:
            return ""
        if self.least is None:
            return f"unborn or up to {_words_of(self.most)}"
        if self.most is None:
            return f"{self.least.in_words()} or older"
        return _between_ages(self.least, self.most)


def _words_of(age: Age | None) -> str:
    return age.in_words() if age else ""


def _between_ages(least: Age, most: Age) -> str:
    if least.parts == most.parts:
        return least.in_words()
    if most.months - least.months >= _MONTHS <= least.months:
        return _span(least.months // _MONTHS, most.months // _MONTHS, "year")
    *before, (first, unit) = least.parts
    *same, (last, other) = most.parts
    if before == same and unit == other:
        return " ".join((*(counted(*part) for part in before), _span(first, last, unit)))
    return f"between {least.in_words()} and {most.in_words()}"


def _span(least: int, most: int, unit: str) -> str:
    if most - least == 1:
        return f"{least:,} or {counted(most, unit)}"
    return f"between {least:,} and {counted(most, unit)}"


def age_at(born: date, when: Window, died: date | None = None) -> AgeAt | None:
    """How old somebody born on a day was on some day of a window.

    None where no day is known, and where it lies wholly before they were carried (40 weeks before
    birth) or after they died: then there is no age to tell.

    A month is completed on the day of the month on which somebody was born or, in a month that has
    none, on the first of the next: somebody born on 29 February has a birthday on 1 March.
    """
    earliest, latest = when
    if earliest is None and latest is None:
        return None
    if died is not None:
        if earliest is not None and earliest > died:
            return None
        latest = died if latest is None else min(latest, died)
    if latest is not None and latest < born:
        return AgeAt(None, None, unborn=True) if latest >= born - _CARRIED else None
    least = _age(born, earliest) if earliest is not None and earliest >= born else None
    return AgeAt(least, _age(born, latest) if latest is not None else None)


def _age(born: date, on: date) -> Age:
    months = (on.year - born.year) * _MONTHS + on.month - born.month - (on.day < born.day)
    return Age(months, (on - born).days)


@dataclass(frozen=True, slots=True)
class Between:
    """The fewest and the most days that can lie between two days; `most` is None where nothing
    bounds them. `in_order` is False where the second may have come before the first."""

    fewest: int
    most: int | None
    in_order: bool

    def in_words(self) -> str:
        """The days in words, such as "the same day", "between 4 and 9 days", "up to 9 days"."""
        if self.most is None:
            return f"{counted(self.fewest, 'day')} or more" if self.fewest else ""
        if self.most == 0:
            return "the same day"
        if self.fewest == self.most:
            return counted(self.most, "day")
        if self.fewest == 0:
            return f"up to {counted(self.most, 'day')}"
        return _span(self.fewest, self.most, "day")


def days_between(first: Window, second: Window) -> Between:
    """How many days lay between some day of one window and some day of another, either way."""
    after = _gap(first[1], second[0])
    before = _gap(second[1], first[0])
    reach = (_reach(first[0], second[1]), _reach(second[0], first[1]))
    longest = [days for days in reach if days is not None]
    return Between(
        fewest=max(after, before, 0),
        most=max(0, *longest) if len(longest) == len(reach) else None,
        in_order=after >= 0,
    )


def _gap(end: date | None, start: date | None) -> int:
    """The days from one day to another; where an end is open, fewer than none."""
    return -1 if end is None or start is None else (start - end) // timedelta(days=1)


def _reach(start: date | None, end: date | None) -> int | None:
    return None if start is None or end is None else (end - start) // timedelta(days=1)


def counted(count: int, unit: str) -> str:
    """A count with its unit: "1 day", "2 days"."""
    return f"{count:,} {unit}{'' if count == 1 else 's'}"
