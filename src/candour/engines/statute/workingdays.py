"""Working days in England and Wales: Monday to Friday, not a public holiday.

Day 0 is the triggering day, whatever kind of day it is and whatever the hour; the nth working day
is counted after it. There is no roll for evenings: Friday 18:45, Saturday and Sunday give the same
due date.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

DAY = timedelta(days=1)
SATURDAY = 5
COUNTRY = "GB"
ENGLAND_AND_WALES = "ENG"  # England and Wales have the same public holidays


class Change(StrEnum):
    """What a calendar override does to a day."""

    HOLIDAY_ADDED = "holiday_added"
    HOLIDAY_REMOVED = "holiday_removed"


@dataclass(frozen=True)
class CalendarOverride:
    """A public holiday proclaimed or moved after this version was made, with the reason."""

    day: date
    change: Change
    reason: str


@cache
def _holidays_of(year: int) -> dict[date, str]:
    from holidays import country_holidays  # slow to import, and only clocks in working days need it

    return {
        day: str(name)
        for day, name in country_holidays(COUNTRY, subdiv=ENGLAND_AND_WALES, years=year).items()
    }


class WorkingDays:
    """The calendar of working days, with overrides laid over the announced public holidays."""

    def __init__(self, overrides: Iterable[CalendarOverride] = ()) -> None:
        self._overrides = {override.day: override for override in overrides}

    def holiday(self, day: date) -> str | None:
        """The name of the public holiday on `day`, or None."""
        override = self._overrides.get(day)
        if override is None:
            return _holidays_of(day.year).get(day)
        return override.reason if override.change is Change.HOLIDAY_ADDED else None

    def is_working_day(self, day: date) -> bool:
        """Is `day` Monday to Friday and not a public holiday?"""
        return day.weekday() < SATURDAY and self.holiday(day) is None

    def add(self, day: date, n: int) -> date:
        """The nth working day after `day`; `day` itself for 0.

        Raises ValueError if n is negative.
        """
        return self.counted_after(day, n)[-1] if n else day

    def counted_after(self, day: date, n: int) -> list[date]:
        """The n working days after `day`, in order. Raises ValueError if n is negative."""
        _not_negative(n)
        counted: list[date] = []
        while len(counted) < n:
            day += DAY
            if self.is_working_day(day):
                counted.append(day)
        return counted

    def subtract(self, day: date, n: int) -> date:
        """The latest working day D such that the nth working day after D is not later than `day`.

        Raises ValueError if n is negative.
        """
        _not_negative(n)
        last = self.latest_on_or_before(day)
        for _ in range(n):
            last = self.latest_on_or_before(last - DAY)
        return last

    def latest_on_or_before(self, day: date) -> date:
        """The last working day that is not later than `day`."""
        while not self.is_working_day(day):
            day -= DAY
        return day


def _not_negative(n: int) -> None:
    if n < 0:
        raise ValueError(f"A number of working days cannot be negative: {n}")
