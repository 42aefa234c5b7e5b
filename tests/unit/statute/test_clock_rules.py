"""How clocks count, what they show, and what they refuse."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.engines.statute import (
    CalendarOverride,
    Change,
    Length,
    add_months,
    day_zero,
    due,
    rule_sets,
)
from candour.kernel.errors import Invalid

DAYS = st.dates(date(2006, 1, 1), date(2028, 12, 31))


def test_every_day_of_a_working_day_count_is_shown_with_why_it_was_left_out() -> None:
    counted = due("C1", "WT2018", date(2022, 9, 16)).counted
    assert counted[0] == "Day 0 is Friday 16 September 2022: the local authority became aware."
    assert "Saturday 17 September 2022: not counted, weekend." in counted
    assert any("19 September 2022: not counted, public holiday" in line for line in counted)
    assert counted[-1] == "Monday 26 September 2022: working day 5."


@pytest.mark.parametrize("code", ["WT2006", "WT2010", "WT2013"])
def test_before_2015_no_deadline_for_notification_is_made_up(code: str) -> None:
    result = due("S1", code, date(2012, 3, 1))
    assert result.due_date is None
    assert result.latest_working_day is None
    assert "No number of days was found" in result.counted[-1]


def test_the_last_day_for_outstanding_reviews_is_never_after_september_2020() -> None:
    result = due("T1", "WT2018", date(2019, 11, 1))
    assert result.due_date == date(2020, 9, 29)
    assert result.counted[-1] == "Never later than Tuesday 29 September 2020."


def test_a_time_is_turned_into_its_london_date_before_counting() -> None:
    assert day_zero(datetime(2017, 6, 30, 23, 30, tzinfo=UTC)) == date(2017, 7, 1)
    assert day_zero(datetime(2017, 1, 31, 23, 30, tzinfo=UTC)) == date(2017, 1, 31)


def test_a_time_without_an_offset_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        due("C1", "WT2018", datetime(2020, 5, 5, 10, 0))  # noqa: DTZ001
    assert refusal.value.code == "start_without_offset"


def test_an_hours_clock_needs_the_time_of_the_trigger() -> None:
    with pytest.raises(Invalid) as refusal:
        due("S2", "WT2010", date(2011, 3, 25))
    assert refusal.value.code == "start_needs_a_time"


def test_an_hours_clock_counts_elapsed_hours_over_a_clock_change() -> None:
    start = datetime(2011, 3, 25, 17, 15, tzinfo=timezone(timedelta(0)))
    result = due("S2", "WT2010", start)
    assert result.due_datetime is not None
    assert result.due_datetime - start == timedelta(hours=72)
    assert result.due_datetime.isoformat() == "2011-03-28T18:15:00+01:00"


def test_a_step_agreed_locally_needs_its_length() -> None:
    with pytest.raises(Invalid) as refusal:
        due("C4L", "WT2023", date(2024, 5, 3))
    assert refusal.value.code == "length_missing"
    assert due("C4L", "WT2023", date(2024, 5, 3), length=Length(1)).due_date == date(2024, 5, 7)


def test_a_clock_that_a_rule_set_does_not_have_is_refused_and_the_others_named() -> None:
    with pytest.raises(Invalid, match=r"WT2015 has no clock 'C1'.*S1"):
        due("C1", "WT2015", date(2016, 1, 4))


def test_an_added_holiday_moves_the_due_date_and_is_shown() -> None:
    added = CalendarOverride(date(2027, 7, 5), Change.HOLIDAY_ADDED, "Proclaimed holiday")
    result = due("C1", "WT2023", date(2027, 7, 2), overrides=[added])
    assert result.due_date == date(2027, 7, 12)
    assert any("Proclaimed holiday" in line for line in result.counted)


def test_an_earliest_date_has_no_reminder_day() -> None:
    for rules in rule_sets():
        for clock in rules.clocks:
            if clock.earliest:
                assert due(clock.code, rules, date(2022, 3, 1)).latest_working_day is None


@given(day=DAYS, months=st.integers(0, 36))
def test_months_keep_the_day_or_end_on_the_last_day_of_a_shorter_month(
    day: date, months: int
) -> None:
    end = add_months(day, months)
    assert (end.year - day.year) * 12 + end.month - day.month == months
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@given(day=DAYS)
def test_months_and_calendar_days_do_not_roll_to_a_working_day(day: date) -> None:
    assert due("S4", "WT2013", day).due_date == day + timedelta(days=14)
    assert due("S3", "WT2015", day).due_date == add_months(day, 1)


@given(planned=DAYS, code=st.sampled_from([("WT2013", "S7"), ("WT2015", "S7"), ("WT2023", "C7")]))
def test_a_copy_sent_on_the_latest_day_is_early_enough_for_the_planned_day(
    planned: date, code: tuple[str, str]
) -> None:
    rules, clock = code
    sent = due(f"{clock}b", rules, planned).due_date
    assert sent is not None
    earliest = due(clock, rules, sent).due_date
    assert earliest is not None
    assert earliest <= planned


def test_a_length_that_can_only_be_a_slip_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        due("W", "WT2023", date(2024, 5, 3), length=Length(10**9))
    assert refusal.value.code == "length_too_long"
