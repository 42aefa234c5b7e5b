"""The days that a row's words speak of, beside its own."""

from datetime import date

import pytest

from candour.engines.dates import DayOrder
from candour.engines.knowledge.days_named import days_named

NEAR = date(2014, 3, 10)
Window = tuple[date, date]


def found(text: str, near: date | None = NEAR, *, later: bool = False) -> list[Window]:
    return [(named.earliest, named.latest) for named in days_named(text, near, later=later)]


def one(year: int, month: int, day: int) -> list[Window]:
    return [(date(year, month, day),) * 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("incident on 9 February graded", one(2014, 2, 9)),
        ("incident on 9 December graded", one(2013, 12, 9)),
        ("incident on 10 March graded", one(2014, 3, 10)),
        ("incident on 11 March graded", one(2013, 3, 11)),
        ("seen 26/2 at school", one(2014, 2, 26)),
        ("sent 18/07/2011.", one(2011, 7, 18)),
        ("sent 18.07.11", one(2011, 7, 18)),
        ("the 1st of March", one(2014, 3, 1)),
        ("on Boxing Day", one(2013, 12, 26)),
        ("June 2012 letter", [(date(2012, 6, 1), date(2012, 6, 30))]),
        ("the January assault", [(date(2014, 1, 1), date(2014, 1, 31))]),
        ("an argument in June", [(date(2013, 6, 1), date(2013, 6, 30))]),
        ("in Paris with the Smiths of Leeds", []),
        ("weighed 2.61kg, 61%, ref 12/34/56789", []),
        ("nothing with a day", []),
    ],
)
def test_a_day_without_a_year_is_the_last_one_up_to_the_row(
    text: str, expected: list[Window]
) -> None:
    assert found(text) == expected


def test_looking_later_it_is_the_first_one_from_the_row_on() -> None:
    assert found("sent 5 April", later=True) == one(2014, 4, 5)
    assert found("sent 10 March", later=True) == one(2014, 3, 10)
    assert found("sent 8 January", later=True) == one(2015, 1, 8)


def test_without_a_row_to_be_near_only_whole_dates_count() -> None:
    assert found("on 9 February", None) == []
    assert found("on 9 February 2014", None) == one(2014, 2, 9)


def test_the_files_own_order_of_day_and_month_is_kept() -> None:
    (named,) = days_named("sent 03/04/2014", NEAR, DayOrder.MDY)

    assert named.earliest == date(2014, 3, 4)


def test_a_month_is_told_from_a_day_and_each_stands_where_it_is_written() -> None:
    day, month = days_named("on 9 February and in January", NEAR)

    assert (day.is_month, month.is_month) == (False, True)
    assert "on 9 February and in January"[day.start : day.end] == "9 February"
    assert "on 9 February and in January"[month.start : month.end] == "January"
