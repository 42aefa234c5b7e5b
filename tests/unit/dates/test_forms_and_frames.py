"""Every way of writing a date means the same days wherever it stands in a cell.

The forms are one of each kind that the reader knows; the frames are what people write around a
date. A frame says what becomes of the days, the time and the doubt; nothing else may change.
"""

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from edtf import parse_edtf

from candour.engines.dates import Context, DayOrder, Reading, read_date

ALONE = Context(as_of=date(2026, 11, 22))
DAY = timedelta(days=1)
EARLY, LATE = "1 January 1985", "2 March 2020"
FIRST, LAST = date(1985, 1, 1), date(2020, 3, 2)


class Form(NamedTuple):
    """A date as written and the days it means."""

    text: str
    earliest: date
    latest: date


def one(text: str, year: int, month: int, day: int) -> Form:
    return Form(text, date(year, month, day), date(year, month, day))


def days(text: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> Form:
    return Form(text, date(*first), date(*last))


WHOLE_DAYS = [
    one("5/4/12", 2012, 4, 5),
    one("05.04.2012", 2012, 4, 5),
    one("5-4-12", 2012, 4, 5),
    one("2012-04-05", 2012, 4, 5),
    one("2012/4/5", 2012, 4, 5),
    one("5 April 2012", 2012, 4, 5),
    one("5th April, 2012", 2012, 4, 5),
    one("5-Apr-12", 2012, 4, 5),
    one("5 Apr '12", 2012, 4, 5),
    one("5Apr12", 2012, 4, 5),
    one("April 5th 2012", 2012, 4, 5),
    one("April 5, 2012", 2012, 4, 5),
    one("2012 April 5", 2012, 4, 5),
    one("2012-Apr-05", 2012, 4, 5),
    one("5.iv.12", 2012, 4, 5),
    one("Thursday 5 April 2012", 2012, 4, 5),
    one("Thurs, 5/4/12", 2012, 4, 5),
    one("5/4/12 Thursday", 2012, 4, 5),
    one("fifth of April 2012", 2012, 4, 5),
    one("twenty-third April 2012", 2012, 4, 23),
    one("23042012", 2012, 4, 23),
    one("20120423", 2012, 4, 23),
    one("230412", 2012, 4, 23),
    one("2012-W14-4", 2012, 4, 5),
]
NAMED = [
    one("Good Friday 2012", 2012, 4, 6),
    one("Boxing Day 2012", 2012, 12, 26),
    days("Easter 2012", (2012, 4, 6), (2012, 4, 9)),
    days("Christmas 2012", (2012, 12, 24), (2012, 12, 26)),
    days("spring 2012", (2012, 3, 1), (2012, 5, 31)),
    days("summer 2012", (2012, 6, 1), (2012, 8, 31)),
    days("2012 summer", (2012, 6, 1), (2012, 8, 31)),
    days("winter 2010/11", (2010, 12, 1), (2011, 2, 28)),
    days("autumn term 2012", (2012, 9, 1), (2012, 12, 31)),
    days("summer term 2010/11", (2011, 4, 1), (2011, 7, 31)),
    days("academic year 2010/11", (2010, 9, 1), (2011, 8, 31)),
    days("2010/11 financial year", (2010, 4, 1), (2011, 3, 31)),
    days("tax year 2010/11", (2010, 4, 6), (2011, 4, 5)),
    days("1990s", (1990, 1, 1), (1999, 12, 31)),
]
WIDER = [
    days("April 2012", (2012, 4, 1), (2012, 4, 30)),
    days("Apr-12", (2012, 4, 1), (2012, 4, 30)),
    days("Apr '12", (2012, 4, 1), (2012, 4, 30)),
    days("04/2012", (2012, 4, 1), (2012, 4, 30)),
    days("2012-04", (2012, 4, 1), (2012, 4, 30)),
    days("2012 April", (2012, 4, 1), (2012, 4, 30)),
    days("8/99", (1999, 8, 1), (1999, 8, 31)),
    days("xx/04/2012", (2012, 4, 1), (2012, 4, 30)),
    days("2012-04-xx", (2012, 4, 1), (2012, 4, 30)),
    days("2012", (2012, 1, 1), (2012, 12, 31)),
    days("'12", (2012, 1, 1), (2012, 12, 31)),
    days("2012-W14", (2012, 4, 2), (2012, 4, 8)),
    days("early April 2012", (2012, 4, 1), (2012, 4, 10)),
    days("mid-April 2012", (2012, 4, 10), (2012, 4, 20)),
    days("late 2012", (2012, 9, 1), (2012, 12, 31)),
    days("second half of 2012", (2012, 7, 1), (2012, 12, 31)),
    one("last day of April 2012", 2012, 4, 30),
]
WEEKS = [
    days("w/c 5/4/12", (2012, 4, 5), (2012, 4, 11)),
    days("week ending 11 April 2012", (2012, 4, 5), (2012, 4, 11)),
    days("w / b 5/4/12", (2012, 4, 5), (2012, 4, 11)),
    days("w /e 11/4/12", (2012, 4, 5), (2012, 4, 11)),
    days("W.C. 5/4/12", (2012, 4, 5), (2012, 4, 11)),
    days("w/e. 11/4/12", (2012, 4, 5), (2012, 4, 11)),
]
RANGES = [
    days("5-7 April 2012", (2012, 4, 5), (2012, 4, 7)),
    days("5/4/12 to 7/5/12", (2012, 4, 5), (2012, 5, 7)),
    days("March - April 2012", (2012, 3, 1), (2012, 4, 30)),
    days("1997-99", (1997, 1, 1), (1999, 12, 31)),
    days("28 December 2011 - 3 January", (2011, 12, 28), (2012, 1, 3)),
    days("28 Dec to 3 Jan 2012", (2011, 12, 28), (2012, 1, 3)),
    days("between 5 and 7 April 2012", (2012, 4, 5), (2012, 4, 7)),
]
SINGLE = [*WHOLE_DAYS, *NAMED, *WIDER]
ALL = [*SINGLE, *WEEKS, *RANGES]


def read(text: str, context: Context = ALONE) -> Reading:
    reading = read_date(text, context)
    assert reading.status == "resolved", (text, reading.reason)
    return reading


def check(text: str, earliest: date | None, latest: date | None) -> Reading:
    reading = read(text)
    assert (reading.earliest, reading.latest) == (earliest, latest), text
    return reading


@pytest.mark.parametrize("form", ALL, ids=str)
def test_alone_and_under_a_heading_or_a_row_it_means_its_own_days(form: Form) -> None:
    reading = check(form.text, form.earliest, form.latest)
    assert (reading.qualifier, reading.time_from, reading.slips) == (None, None, ())
    assert reading.edtf is not None
    written = parse_edtf(reading.edtf)
    assert written.lower_strict()[:3] == form.earliest.timetuple()[:3]
    assert written.upper_strict()[:3] == form.latest.timetuple()[:3]
    assert check(reading.edtf, form.earliest, form.latest).edtf == reading.edtf
    above = read_date("1 May 2009", ALONE)
    heading = Context(as_of=ALONE.as_of, year=2009, month=5, above=above, born=date(2009, 5, 1))
    again = read(form.text, heading)
    assert (again.earliest, again.latest, again.edtf) == (
        form.earliest,
        form.latest,
        reading.edtf,
    )


@pytest.mark.parametrize("form", SINGLE, ids=str)
def test_bounds_take_its_first_or_last_day(form: Form) -> None:
    for word in ("since", "from", "wef", "on or after"):
        check(f"{word} {form.text}", form.earliest, None)
    for ending in (" onwards", " to date", " - present", " until now", "+"):
        check(form.text + ending, form.earliest, None)
    for word in ("by", "until", "no later than", "up to and including"):
        check(f"{word} {form.text}", None, form.latest)
    check(f"{form.text} or before", None, form.latest)
    check(f"after {form.text}", form.latest + DAY, None)
    if form.text not in ("Easter 2012", "Christmas 2012"):
        check(f"before {form.text}", None, form.earliest - DAY)


@pytest.mark.parametrize("form", SINGLE, ids=str)
def test_ranges_and_choices_with_a_whole_date_span_both(form: Form) -> None:
    for text in (f"{EARLY} or {form.text}", f"{form.text} or {EARLY}"):
        assert check(text, FIRST, form.latest).rule == "one or other"
    for text in (f"{EARLY} and {form.text}", f"{EARLY}, {form.text}"):
        assert check(text, FIRST, form.latest).rule == "list"
    for join in (" to ", " until ", " - "):
        assert check(f"{EARLY}{join}{form.text}", FIRST, form.latest).rule == "range"
        assert check(f"{form.text}{join}{LATE}", form.earliest, LAST).rule == "range"
    assert check(f"from {form.text} to {LATE}", form.earliest, LAST).rule == "range"
    assert check(f"between {form.text} and {LATE}", form.earliest, LAST).rule == "range"
    assert check(f"{EARLY} or {form.text} or {LATE}", FIRST, LAST).rule == "one or other"


@pytest.mark.parametrize("form", SINGLE, ids=str)
def test_bounds_from_both_sides_leave_the_days_between(form: Form) -> None:
    check(f"after {EARLY} but before {LATE}", FIRST + DAY, LAST - DAY)
    assert check(f"since {form.text} but before {LATE}", form.earliest, LAST - DAY).edtf == (
        f"{form.earliest}/{LAST - DAY}"
    )
    check(f"by {form.text}, after {EARLY}", FIRST + DAY, form.latest)


@pytest.mark.parametrize("form", ALL, ids=str)
def test_doubt_marks_it_and_does_not_widen_it(form: Form) -> None:
    for text, qualifier in (
        (f"? {form.text}", "uncertain"),
        (f"probably {form.text}", "uncertain"),
        (f"{form.text} (TBC)", "uncertain"),
        (f"c. {form.text}", "approximate"),
        (f"{form.text} approx.", "approximate"),
        (f"possibly about {form.text}", "uncertain and approximate"),
    ):
        assert check(text, form.earliest, form.latest).qualifier == qualifier, text


@pytest.mark.parametrize("form", WHOLE_DAYS, ids=str)
def test_a_time_beside_a_day_is_kept_and_the_day_stays(form: Form) -> None:
    for text, start, end in (
        ("{} 2.35pm", "14:35", "14:35"),
        ("2.35 p.m. {}", "14:35", "14:35"),
        ("{} at 14:35", "14:35", "14:35"),
        ("{} 1435hrs", "14:35", "14:35"),
        ("at 1435 hours on {}", "14:35", "14:35"),
        ("{} @ 9.40", "09:40", "09:40"),
        ("{} between 0930 and 1015hrs", "09:30", "10:15"),
        ("{} 9.30am - 10.15am", "09:30", "10:15"),
        ("{} 9.30-10.15am", "09:30", "10:15"),
        ("{} from 2 to 4pm", "14:00", "16:00"),
        ("{} 11-1pm", "11:00", "13:00"),
        ("{} 235pm", "14:35", "14:35"),
        ("{} 1235am", "00:35", "00:35"),
        ("{} 2pm - 1520", "14:00", "15:20"),
        ("{} 9am to 10.15", "09:00", "10:15"),
        ("{}, 12.43am", "00:43", "00:43"),
        ("{} 12:43 am", "00:43", "00:43"),
        ("{} 2:35 pm", "14:35", "14:35"),
        ("{} 14:35 pm", "14:35", "14:35"),
        ("{} 12:30 p.m.", "12:30", "12:30"),
        ("{} noon", "12:00", "12:00"),
        ("{} 12 noon", "12:00", "12:00"),
        ("{} am", "00:00", "11:59"),
        ("{} p.m.", "12:00", "23:59"),
        ("{} (pm)", "12:00", "23:59"),
        ("{} evening", None, None),
        ("{} after 2pm", "14:00", None),
        ("{} 2pm onwards", "14:00", None),
        ("{} before 2pm", None, "14:00"),
        ("{} half past nine", None, None),
        ("{} at 9", None, None),
    ):
        if form.text == "2012 April 5" and text in ("{} am", "{} p.m."):
            continue  # five in the morning of a day in April, or the morning of the fifth
        reading = check(text.format(form.text), form.earliest, form.latest)
        assert (reading.time_from, reading.time_to) == (start, end), text.format(form.text)


@pytest.mark.parametrize("form", WHOLE_DAYS, ids=str)
def test_four_bare_digits_beside_a_whole_day_are_its_time(form: Form) -> None:
    for text, start, end in (
        ("{} 1435", "14:35", "14:35"),
        ("{}, 1435", "14:35", "14:35"),
        ("{}\n0706", "07:06", "07:06"),
        ("1435 {}", "14:35", "14:35"),
        ("{} 0930-1015", "09:30", "10:15"),
        ("0930-1015 {}", "09:30", "10:15"),
    ):
        if form.text == "April 5, 2012" and not text.startswith("{}"):
            continue
        reading = check(text.format(form.text), form.earliest, form.latest)
        assert (reading.time_from, reading.time_to) == (start, end), text.format(form.text)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("20120405143059", "14:30"), ("201204050905", "09:05"), ("20120405T2359", "23:59"),
        ("25:10 5/4/12", None), ("5/4/12 24:00", None), ("5/4/12 09:60", None),
        ("2400hrs 5/4/12", None), ("5/4/12 9ish", None),
    ],
)  # fmt: skip
def test_a_clock_beside_or_behind_a_day_is_read_or_said_to_be_none(
    text: str, time: str | None
) -> None:
    assert check(text, date(2012, 4, 5), date(2012, 4, 5)).time_from == time


def test_each_day_of_a_range_may_have_a_time_of_its_own() -> None:
    reading = check("18/8/12 2200 - 19/8/12 0200", date(2012, 8, 18), date(2012, 8, 19))
    assert (reading.time_from, reading.time_to) == ("22:00", "02:00")


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("5/4/12, and 7/4/12", date(2012, 4, 5), date(2012, 4, 7)),
        ("5/4/12, or 7/4/12", date(2012, 4, 5), date(2012, 4, 7)),
        ("from 5 - 7 April 2012", date(2012, 4, 5), date(2012, 4, 7)),
        ("by end of May or end of June 2012", None, date(2012, 6, 30)),
        (f"{EARLY} or 1997-99", FIRST, date(1999, 12, 31)),
        (f"{EARLY} or w/c 5/4/12", FIRST, date(2012, 4, 11)),
        ("5 4 12", date(2012, 4, 5), date(2012, 4, 5)),
        ("12 2012", date(2012, 12, 1), date(2012, 12, 31)),
        ("2009-11", date(2009, 11, 1), date(2009, 11, 30)),
        ("2010 autumn term", date(2010, 9, 1), date(2010, 12, 31)),
        ("Easter, 2012", date(2012, 4, 6), date(2012, 4, 9)),
    ],
)
def test_what_joins_and_leads_dates_is_read_as_written(
    text: str, earliest: date | None, latest: date | None
) -> None:
    check(text, earliest, latest)


@pytest.mark.parametrize(
    "text",
    ["since 5-7 April 2012", "13 2012", "5 4 123", "3/4/12/5", "10 autumn term", "Ea5ter 2012",
     "5unday 1/4/2012", "2009–11", "autumn term 2010/10", "autumn term 2010/09", "Marsh 2012",
     "Jane 2012", "Juno 2012", "Mae 2012", "3 Octant 2012", "3/4/12 3/4/13", "3/4/12 5/5/12"],
)  # fmt: skip
def test_what_is_nearly_a_date_is_asked_about(text: str) -> None:
    assert read_date(text, ALONE).status != "resolved"


@pytest.mark.parametrize("form", ALL, ids=str)
def test_a_note_a_bracket_or_a_late_record_beside_it_leaves_its_days(form: Form) -> None:
    for text in (
        f"({form.text})",
        f"{form.text}: home visit",
        f"home visit, {form.text}",
        f"{form.text}\nhome visit",
        f"{form.text} (home visit)",
        f"{form.text} (exact date unknown)" if form.earliest != form.latest else form.text,
    ):
        check(text, form.earliest, form.latest)
    late = check(f"{form.text} (recorded 9 May 2013)", form.earliest, form.latest)
    assert late.recorded_on == date(2013, 5, 9)


@pytest.mark.parametrize("form", WHOLE_DAYS, ids=str)
def test_plain_words_beside_a_whole_day_leave_it_and_words_that_move_it_do_not(form: Form) -> None:
    for text in (f"DNA {form.text}", f"{form.text} NFA", f"Home visit {form.text} seen"):
        check(text, form.earliest, form.latest)
    for text in (
        f"day before {form.text}",
        f"eve of {form.text}",
        f"review due {form.text}",
        f"{form.text} rescheduled",
        f"not {form.text}",
        f"week after {form.text}",
        f"next visit {form.text}",
        f"{form.text} night shift",
        f"? - {form.text}",
        f"{form.text} - ?",
        f"{form.text} -",
    ):
        assert read_date(text, ALONE).status != "resolved", text


@pytest.mark.parametrize("form", [*NAMED, *WIDER], ids=str)
def test_words_beside_what_is_no_whole_day_are_asked_about(form: Form) -> None:
    if form.earliest != form.latest:
        assert read_date(f"Ward {form.text}", ALONE).status != "resolved"
        assert read_date(f"seen {form.text} twice", ALONE).status != "resolved"


MONTH_FIRST = Context(as_of=ALONE.as_of, day_order=DayOrder.MDY)


def test_month_first_turns_numbers_alone() -> None:
    turned = {"5/4/12": (5, 4), "05.04.2012": (5, 4), "5-4-12": (5, 4), "Thurs, 5/4/12": (5, 4)}
    for form in WHOLE_DAYS:
        reading = read_date(form.text, MONTH_FIRST)
        if form.text in ("23042012", "230412", "5/4/12 Thursday"):
            continue
        month, day = turned.get(form.text, (form.earliest.month, form.earliest.day))
        assert reading.earliest == date(2012, month, day), form.text
