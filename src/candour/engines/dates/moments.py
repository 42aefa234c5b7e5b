"""One date as written, whole or in part, and how it becomes a window of days."""

from datetime import date, timedelta
from typing import Literal, NamedTuple, NoReturn

from candour.engines.dates.calendar_days import (
    Window,
    check_year,
    day_window,
    feast_window,
    long_year_window,
    month_window,
    part_of_month,
    part_of_year,
    season_window,
    term_window,
    year_window,
)
from candour.engines.dates.refusals import impossible, needs, no_month, no_year

Sort = Literal["calendar", "season", "term", "feast", "long year", "fixed"]


class Moment(NamedTuple):
    """A date with what was typed of it; a missing year or month may be filled from beside it.

    `weekday` (0 is Monday) was typed with it. `week` is "from" or "to" for week commencing or
    ending. `maybe_year` is a two-digit number after a month that may be its day or its year, and
    `maybe_time` a day and month that may be a time of day (14.05).
    """

    rule: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None
    sort: Sort = "calendar"
    name: str = ""
    second_year: int | None = None
    weekday: int | None = None
    week: str | None = None
    maybe_year: bool = False
    maybe_time: bool = False
    month_unknown: bool = False
    fixed: Window | None = None
    slips: tuple[str, ...] = ()

    @property
    def lacks_year(self) -> bool:
        return self.year is None and self.sort != "fixed"

    @property
    def lacks_month(self) -> bool:
        return self.sort == "calendar" and self.month is None and self._within_month

    @property
    def _within_month(self) -> bool:
        bare_part = self.part is not None and self.year is None
        return self.day is not None or bare_part

    @property
    def is_whole_day(self) -> bool:
        return self.day is not None and self.month is not None and self.year is not None

    def filled(self, year: int | None, month: int | None) -> "Moment":
        """With the year, and the month of a bare day, supplied from elsewhere."""
        new_year = year if self.lacks_year else self.year
        new_month = month if self.lacks_month else self.month
        if new_year == self.year and new_month == self.month:
            return self
        return self._replace(year=new_year, month=new_month)

    def window(self) -> Window:
        """The days meant.

        Raises:
            Refusal: a part is missing or there is no such day.
        """
        if self.fixed is not None:
            return self.fixed
        if self.lacks_month or self.month_unknown:
            raise no_month()
        year = self.year
        if year is None:
            self._refuse_missing_year()
        check_year(year, str(year))
        return self._calendar_window(year) if self.sort == "calendar" else self._named_window(year)

    def _refuse_missing_year(self) -> NoReturn:
        if self.month is not None and self.day is not None:
            day_window(2000, self.month, self.day)
        raise no_year()

    def _named_window(self, year: int) -> Window:
        if self.sort == "season":
            return season_window(self.name, year, self.second_year)
        if self.sort == "term":
            return term_window(self.name, year, self.second_year)
        if self.sort == "feast":
            return feast_window(self.name, year)
        return long_year_window(self.name, year, self.second_year)

    def _calendar_window(self, year: int) -> Window:
        if self.month is None:
            if self.second_year is not None:
                raise needs(
                    "two years",
                    f"'{year}/{self.second_year % 100:02}' may be a school year, a financial year, "
                    "two calendar years or a month. Say which.",
                )
            return part_of_year(year, self.part) if self.part else year_window(year)
        if self.day is None:
            if self.part:
                return part_of_month(year, self.month, self.part)
            return month_window(year, self.month)
        found = day_window(year, self.month, self.day)
        return self._week_window(found.earliest) if self.week else found

    def _week_window(self, day: date) -> Window:
        if self.week == "to":
            return Window(day - timedelta(days=6), day)
        return Window(day, day + timedelta(days=6))


def check_present(window: Window, as_of: date) -> None:
    """Nothing in a chronology happens after the day it is read.

    Raises:
        Refusal: the window begins later than `as_of`.
    """
    if window.earliest > as_of:
        shown = window.edtf or window.earliest.isoformat()
        raise impossible(f"{shown} is later than today.")
