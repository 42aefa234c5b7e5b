"""Laws of working days, and the days on which calendars go wrong."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.engines.statute import CalendarOverride, Change, WorkingDays

DAYS = st.dates(date(2006, 1, 1), date(2028, 12, 31))
COUNTS = st.integers(0, 40)
CALENDAR = WorkingDays()


@given(day=DAYS, first=COUNTS, second=COUNTS)
def test_counting_on_in_two_goes_is_counting_once(day: date, first: int, second: int) -> None:
    assert CALENDAR.add(CALENDAR.add(day, first), second) == CALENDAR.add(day, first + second)


@given(day=DAYS, n=st.integers(1, 40))
def test_a_due_date_is_a_working_day_after_day_zero(day: date, n: int) -> None:
    due = CALENDAR.add(day, n)
    assert CALENDAR.is_working_day(due)
    assert due > day


@given(day=DAYS, later=st.integers(0, 10), n=COUNTS)
def test_a_later_start_is_never_due_earlier(day: date, later: int, n: int) -> None:
    assert CALENDAR.add(day, n) <= CALENDAR.add(day + timedelta(days=later), n)


@given(planned=DAYS, n=st.integers(1, 30))
def test_counting_back_gives_the_latest_working_day_that_is_early_enough(
    planned: date, n: int
) -> None:
    last = CALENDAR.subtract(planned, n)
    assert CALENDAR.is_working_day(last)
    assert CALENDAR.add(last, n) <= planned
    assert CALENDAR.add(CALENDAR.add(last, 1), n) > planned


@given(day=DAYS, n=st.integers(1, 15))
def test_friday_evening_saturday_and_sunday_are_due_on_the_same_day(day: date, n: int) -> None:
    friday = day + timedelta(days=(4 - day.weekday()) % 7)
    weekend = [friday + timedelta(days=offset) for offset in range(3)]
    assert len({CALENDAR.add(start, n) for start in weekend}) == 1


@pytest.mark.parametrize(
    "holiday",
    [
        "2009-12-28",
        "2010-12-27",
        "2011-04-29",
        "2012-06-04",
        "2012-06-05",
        "2020-05-08",
        "2022-06-02",
        "2022-06-03",
        "2022-09-19",
        "2023-05-08",
        "2027-12-28",
        "2028-01-03",
    ],
)
def test_proclaimed_and_substitute_holidays_are_not_working_days(holiday: str) -> None:
    assert not CALENDAR.is_working_day(date.fromisoformat(holiday))


@pytest.mark.parametrize("ordinary", ["2012-05-28", "2020-05-04", "2022-05-30"])
def test_a_moved_holiday_leaves_an_ordinary_working_day(ordinary: str) -> None:
    assert CALENDAR.is_working_day(date.fromisoformat(ordinary))


def test_a_holiday_proclaimed_later_can_be_added_with_its_reason() -> None:
    day = date(2027, 7, 5)
    calendar = WorkingDays([CalendarOverride(day, Change.HOLIDAY_ADDED, "Proclaimed holiday")])
    assert calendar.holiday(day) == "Proclaimed holiday"
    assert calendar.add(date(2027, 7, 2), 1) == date(2027, 7, 6)


def test_a_holiday_that_was_moved_can_be_taken_away() -> None:
    day = date(2028, 5, 29)
    moved = CalendarOverride(day, Change.HOLIDAY_REMOVED, "Moved to June")
    assert not CALENDAR.is_working_day(day)
    assert WorkingDays([moved]).is_working_day(day)


@pytest.mark.parametrize("count", [CALENDAR.add, CALENDAR.subtract])
def test_a_negative_number_of_days_is_refused(count: object) -> None:
    assert callable(count)
    with pytest.raises(ValueError, match="cannot be negative"):
        count(date(2024, 1, 2), -1)
