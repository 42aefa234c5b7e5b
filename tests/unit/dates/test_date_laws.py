"""Laws that hold for any text and any date."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import holidays
from edtf import parse_edtf
from hypothesis import example, given
from hypothesis import strategies as st

from candour.engines.dates import Context, DayOrder, Reading, read_date, read_time, split_parts
from candour.engines.dates.calendar_days import easter_sunday
from candour.engines.dates.vocabulary import WORDS

TODAY = date(2026, 11, 22)
CONTEXTS = (
    Context(as_of=TODAY),
    Context(as_of=TODAY, day_order=DayOrder.MDY),
    Context(as_of=TODAY, year=2012, month=4, born=date(2009, 9, 2)),
    Context(as_of=TODAY, above=read_date("3 April 2012", Context(as_of=TODAY)), date_1904=True),
)
DAYS = st.dates(date(1900, 1, 1), TODAY)

_PIECES = st.one_of(
    st.sampled_from(sorted(WORDS)),
    st.sampled_from(
        ["/", ".", "-", " - ", "–", ",", "\n", "(", ")", "?", "'", "th", "of", "up to"]
    ),
    st.integers(0, 2030).map(str),
    st.integers(0, 40).map(lambda number: f"{number:02}"),
)
CELLS = st.lists(_PIECES, min_size=1, max_size=9).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda gap: gap.join(pieces))
)


@given(st.text(max_size=60), st.sampled_from(CONTEXTS))
def test_any_text_gives_a_reading_and_a_time_window(text: str, context: Context) -> None:
    assert read_date(text, context).raw == text
    assert read_time(text).raw == text
    assert split_parts(text, context)


def _check(reading: Reading) -> None:
    if reading.status != "resolved":
        assert reading.reason
        assert (reading.edtf, reading.earliest, reading.latest) == (None, None, None)
        return
    assert reading.edtf is not None
    assert reading.earliest or reading.latest
    if reading.earliest and reading.latest:
        assert reading.earliest <= reading.latest


@given(CELLS, st.sampled_from(CONTEXTS))
@example("12.30", CONTEXTS[2])
@example("May 12", CONTEXTS[2])
def test_date_like_text_is_resolved_in_order_or_refused_with_a_reason(
    text: str, context: Context
) -> None:
    reading = read_date(text, context)
    _check(reading)
    for part in split_parts(text, context):
        _check(part)


@given(CELLS)
def test_our_own_edtf_reads_back_to_the_same_days(text: str) -> None:
    first = read_date(text, CONTEXTS[0])
    if first.edtf is None:
        return
    again = read_date(first.edtf, CONTEXTS[0])
    assert again.status == "resolved", first.edtf
    assert (again.earliest, again.latest) == (first.earliest, first.latest), first.edtf
    assert again.edtf == first.edtf


def _bound(value: object) -> date | None:
    return None if isinstance(value, float) else date(*value[:3])  # type: ignore[index]


@given(CELLS)
def test_the_standards_own_parser_agrees_with_our_edtf(text: str) -> None:
    reading = read_date(text, CONTEXTS[0])
    if reading.edtf is None:
        return
    parsed = parse_edtf(reading.edtf)
    assert _bound(parsed.lower_strict()) == reading.earliest
    assert _bound(parsed.upper_strict()) == reading.latest


@given(
    DAYS,
    st.sampled_from(
        ["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%a %d %b %Y", "%Y-%m-%d", "%B %d, %Y",
         "%d%b%Y", "%d / %m / %Y", "%A, %d %B %Y", "%d\n%B\n%Y", "%Y/%m/%d", "(%d %b. %Y)"]
    ),
)  # fmt: skip
def test_every_day_reads_back_from_every_house_style(day: date, style: str) -> None:
    reading = read_date(day.strftime(style), CONTEXTS[0])
    assert (reading.earliest, reading.latest, reading.slips) == (day, day, ())


@given(DAYS)
def test_month_first_columns_read_month_first(day: date) -> None:
    reading = read_date(day.strftime("%m/%d/%Y"), CONTEXTS[1])
    assert (reading.earliest, reading.latest) == (day, day)


@given(DAYS)
def test_before_and_after_a_day_leave_out_that_day_and_by_and_since_keep_it(day: date) -> None:
    text, one = f"{day:%d/%m/%Y}", timedelta(days=1)
    before, after = (
        read_date(f"before {text}", CONTEXTS[0]),
        read_date(f"after {text}", CONTEXTS[0]),
    )
    by, since = read_date(f"by {text}", CONTEXTS[0]), read_date(f"since {text}", CONTEXTS[0])
    assert (before.earliest, before.latest) == (None, day - one)
    assert (after.earliest, after.latest) == (day + one, None)
    assert (by.earliest, by.latest) == (None, day)
    assert (since.earliest, since.latest) == (day, None)


@given(
    st.integers(0, 40),
    st.integers(0, 40),
    st.integers(1840, 2210),
    st.sampled_from("/.-"),
    st.sampled_from(CONTEXTS),
)
def test_the_short_way_for_plain_dates_answers_as_the_grammar_does(
    first: int, second: int, year: int, mark: str, context: Context
) -> None:
    text = f"{first}{mark}{second:02}{mark}{year}"
    assert replace(read_date(text, context), raw="") == replace(
        read_date(f" {text}", context), raw=""
    )


@given(DAYS, DAYS)
def test_a_range_spans_its_days_and_never_runs_backwards(one: date, other: date) -> None:
    reading = read_date(f"{one:%d/%m/%Y} - {other:%d/%m/%Y}", CONTEXTS[0])
    if other < one:
        assert reading.status == "refused"
    else:
        assert (reading.earliest, reading.latest) == (one, other)


@given(DAYS)
def test_a_week_commencing_and_the_week_ending_six_days_later_are_one_week(day: date) -> None:
    start = read_date(f"w/c {day:%d.%m.%Y}", Context(as_of=TODAY + timedelta(days=7)))
    end = day + timedelta(days=6)
    week = read_date(f"w/e {end:%d.%m.%Y}", Context(as_of=TODAY + timedelta(days=7)))
    assert (start.earliest, start.latest) == (week.earliest, week.latest) == (day, end)


def test_bank_holidays_named_in_words_are_those_of_england() -> None:
    days = holidays.UnitedKingdom(subdiv="ENG", years=range(1978, 2029))
    for year, (words, month) in product(
        range(1978, 2029), (("early May", 5), ("spring", None), ("August", 8))
    ):
        reading = read_date(f"{words} bank holiday {year}", Context(as_of=date(2030, 1, 1)))
        assert reading.earliest == reading.latest, (words, year)
        assert reading.earliest in days, (words, year)
        assert month is None or reading.earliest.month == month


@given(st.integers(1850, 2199))
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    easter = easter_sunday(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)
