"""Ages and intervals hold whatever days the uncertain dates stand for, and are no wider."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.engines.dates.elapsed import AgeAt, Window, age_at, days_between

BORN = date(2011, 1, 3)
days = st.dates(date(2010, 1, 1), date(2016, 12, 31))


@st.composite
def windows(draw: st.DrawFn, widest: int = 40) -> tuple[date, date]:
    earliest = draw(days)
    return earliest, earliest + timedelta(days=draw(st.integers(0, widest)))


def each_day(window: tuple[date, date]) -> list[date]:
    first, last = window
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def told(born: date, when: Window) -> AgeAt:
    found = age_at(born, when)
    assert found is not None
    return found


@given(days, windows())
def test_an_age_holds_on_every_day_of_the_window_and_is_reached_at_both_ends(
    born: date, window: tuple[date, date]
) -> None:
    found = age_at(born, window)
    living = [told(born, (day, day)).most for day in each_day(window) if day >= born]
    ages = [age for age in living if age is not None]

    if found is None:
        assert window[1] < born - timedelta(weeks=40)
        return
    assert found.unborn == (not ages)
    assert found.most == (max(ages) if ages else None)
    assert found.least == (min(ages) if ages and window[0] >= born else None)


@given(days, days)
def test_a_birthday_completes_a_year_and_the_day_before_does_not(born: date, day: date) -> None:
    if day < born:
        return
    age = told(born, (day, day)).most
    assert age is not None

    assert age.days == (day - born).days
    completed = [n for n in range(120) if _month_completed(born, n) <= day]
    assert age.months == max(completed)


def _month_completed(born: date, months: int) -> date:
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    try:
        return date(year, month + 1, born.day)
    except ValueError:
        following = date(year, month + 1, 28) + timedelta(days=4)
        return following.replace(day=1)


@given(windows(), windows())
def test_an_interval_holds_for_every_pair_of_days_and_is_reached(
    first: tuple[date, date], second: tuple[date, date]
) -> None:
    found = days_between(first, second)
    pairs = [(b - a).days for a in each_day(first) for b in each_day(second)]

    assert (found.fewest, found.most) == (min(map(abs, pairs)), max(map(abs, pairs)))
    assert found.in_order == (min(pairs) >= 0)


@given(windows(), windows(), st.booleans(), st.booleans())
def test_an_open_end_bounds_nothing_and_loosens_no_other_bound(
    first: tuple[date, date], second: tuple[date, date], opens_first: bool, opens_second: bool
) -> None:
    a: Window = (None, first[1]) if opens_first else first
    b: Window = (second[0], None) if opens_second else second
    closed, open_ended = days_between(first, second), days_between(a, b)

    assert open_ended.fewest <= closed.fewest
    assert (open_ended.most is None) == (opens_first or opens_second)
    if second[0] >= first[1]:
        assert open_ended.fewest == closed.fewest


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        (date(2014, 3, 3), date(2014, 3, 3), "3 years 2 months"),
        (date(2014, 3, 1), date(2014, 3, 31), "3 years 1 or 2 months"),
        (date(2013, 12, 1), date(2014, 1, 31), "between 2 years 10 months and 3 years"),
        (date(2013, 1, 1), date(2014, 12, 31), "between 1 and 3 years"),
        (date(2013, 6, 1), date(2014, 6, 30), "2 or 3 years"),
        (date(2011, 1, 10), date(2011, 1, 10), "7 days"),
        (date(2011, 1, 4), date(2011, 1, 4), "1 day"),
        (date(2011, 5, 12), date(2011, 5, 12), "18 weeks"),
        (date(2011, 7, 3), date(2011, 7, 3), "6 months"),
        (date(2012, 1, 3), date(2012, 1, 3), "1 year"),
        (date(2010, 12, 1), date(2010, 12, 31), "unborn"),
        (date(2010, 12, 1), date(2011, 2, 28), "unborn or up to 8 weeks"),
        (None, date(2014, 3, 3), "unborn or up to 3 years 2 months"),
        (date(2014, 3, 3), None, "3 years 2 months or older"),
    ],
)
def test_an_age_is_told_as_people_say_it(
    earliest: date | None, latest: date | None, words: str
) -> None:
    assert told(BORN, (earliest, latest)).in_words() == words


def test_without_any_day_there_is_no_age() -> None:
    assert age_at(BORN, (None, None)) is None
    assert age_at(BORN, (date(2009, 1, 1), date(2010, 3, 28))) is None


def test_nobody_grows_older_after_their_death() -> None:
    died = date(2014, 3, 3)

    assert age_at(BORN, (date(2014, 3, 4), date(2014, 3, 4)), died) is None
    for latest in (date(2015, 1, 1), None):
        found = age_at(BORN, (date(2014, 2, 3), latest), died)
        assert found is not None and found.in_words() == "3 years 1 or 2 months"


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ((1, 1), (1, 1), "the same day"),
        ((1, 1), (2, 2), "1 day"),
        ((1, 3), (7, 10), "between 4 and 9 days"),
        ((1, 1), (5, 6), "4 or 5 days"),
        ((1, 10), (5, 6), "up to 5 days"),
        ((1, None), (5, 6), ""),
        ((None, 1), (5, 6), "4 days or more"),
    ],
)
def test_an_interval_is_told_as_people_say_it(
    first: tuple[int | None, int | None], second: tuple[int | None, int | None], words: str
) -> None:
    def window(ends: tuple[int | None, int | None]) -> Window:
        early, late = (date(2014, 3, n) if n else None for n in ends)
        return early, late

    assert days_between(window(first), window(second)).in_words() == words


def test_long_intervals_are_told_with_their_thousands_apart() -> None:
    found = days_between((date(2010, 1, 1), date(2010, 1, 9)), (date(2014, 1, 1), date(2014, 1, 1)))
    assert found.in_words() == "between 1,453 and 1,461 days"
