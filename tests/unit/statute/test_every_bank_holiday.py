"""Every bank holiday of England, 2006 to 2028, from a list of our own, and the clocks round it.

The list is worked out here from the dates on which Easter fell and from the holidays proclaimed or
moved, not from the library that the engine uses; the count is done day by day.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from candour.engines.statute import WorkingDays, add_months, due, rule_sets

DAY = timedelta(days=1)
YEARS = range(2006, 2029)
CALENDAR = WorkingDays()

EASTER_SUNDAYS = (
    "2006-04-16 2007-04-08 2008-03-23 2009-04-12 2010-04-04 2011-04-24 2012-04-08 2013-03-31 "
    "2014-04-20 2015-04-05 2016-03-27 2017-04-16 2018-04-01 2019-04-21 2020-04-12 2021-04-04 "
    "2022-04-17 2023-04-09 2024-03-31 2025-04-20 2026-04-05 2027-03-28 2028-04-16"
)
ONCE = (date(2011, 4, 29), date(2012, 6, 5), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8))
EARLY_MAY = {2020: date(2020, 5, 8)}
SPRING = {2012: date(2012, 6, 4), 2022: date(2022, 6, 2)}


def mondays(year: int, month: int) -> list[date]:
    days = (date(year, month, 1) + n * DAY for n in range(31))
    return [day for day in days if day.month == month and day.weekday() == 0]


def moved_to_a_weekday(day: date, taken: frozenset[date] = frozenset()) -> date:
    while day.weekday() >= 5 or day in taken:
        day += DAY
    return day


def holidays_of(year: int, easter: date) -> Iterator[date]:
    yield moved_to_a_weekday(date(year, 1, 1))
    yield from (easter - 2 * DAY, easter + DAY)
    yield EARLY_MAY.get(year, mondays(year, 5)[0])
    yield SPRING.get(year, mondays(year, 5)[-1])
    yield mondays(year, 8)[-1]
    # A Boxing Day on a Saturday goes to Monday and a Christmas Day on a Sunday to Tuesday.
    boxing = date(year, 12, 26)
    if boxing.weekday() == 0:
        yield from (boxing, boxing + DAY)
    else:
        christmas = moved_to_a_weekday(date(year, 12, 25))
        yield christmas
        yield moved_to_a_weekday(boxing, frozenset({christmas}))


HOLIDAYS = frozenset(
    day
    for year, easter in zip(YEARS, map(date.fromisoformat, EASTER_SUNDAYS.split()), strict=True)
    for day in holidays_of(year, easter)
) | set(ONCE)


def counted_day_by_day(start: date, n: int) -> date:
    day = start
    while n:
        day += DAY
        n -= day.weekday() < 5 and day not in HOLIDAYS
    return day


def test_eight_days_a_year_and_the_five_of_one_year_only() -> None:
    assert len(HOLIDAYS) == 8 * len(YEARS) + len(ONCE)


@pytest.mark.parametrize("year", YEARS)
def test_the_calendar_knows_every_weekday_that_is_a_holiday_and_no_other(year: int) -> None:
    days = (date(year, 1, 1) + n * DAY for n in range(366))
    weekdays = [day for day in days if day.year == year and day.weekday() < 5]
    assert [day for day in weekdays if not CALENDAR.is_working_day(day)] == [
        day for day in weekdays if day in HOLIDAYS
    ]


LENGTHS = {
    clock.quantity
    for rules in rule_sets()
    for clock in rules.clocks
    if clock.unit == "wd" and clock.quantity and clock.direction == "forward"
}


def holidays_in(year: int) -> list[date]:
    return sorted(day for day in HOLIDAYS if day.year == year)


@pytest.mark.parametrize("year", YEARS)
def test_every_working_day_clock_started_round_a_holiday_counts_round_it(year: int) -> None:
    starts = {holiday + n * DAY for holiday in holidays_in(year) for n in range(-8, 3)}
    for start in sorted(starts):
        if date(2006, 1, 1) <= start <= date(2028, 11, 20):
            for n in LENGTHS:
                assert CALENDAR.add(start, n) == counted_day_by_day(start, n), (start, n)


@pytest.mark.parametrize("year", YEARS)
def test_a_copy_for_a_publication_planned_round_a_holiday_is_sent_early_enough(year: int) -> None:
    for planned in (holiday + n * DAY for holiday in holidays_in(year) for n in range(5)):
        if planned > date(2006, 2, 1):
            last = due("C7b", "WT2018", planned).due_date
            assert last is not None
            assert counted_day_by_day(last, 7) <= planned < counted_day_by_day(last + DAY, 8)


@pytest.mark.parametrize("year", YEARS)
def test_months_end_where_they_end_though_it_is_a_holiday(year: int) -> None:
    for holiday in holidays_in(year):
        found = due("S6", "WT2015", add_months(holiday, -6)).due_date
        assert found is not None
        assert (found.year, found.month) == (holiday.year, holiday.month)
