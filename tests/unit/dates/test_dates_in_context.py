"""What a heading, a row above, a birth date, a column or a workbook adds to a date cell."""

import json
from datetime import date

import pytest

from candour.engines.dates import (
    Context,
    DayOrder,
    excel_serial,
    prove_day_order,
    read_date,
    split_parts,
    to_json,
)
from candour.engines.dates.command import run, unescaped

AS_OF = date(2026, 11, 22)
ALONE = Context(as_of=AS_OF)
BANNER = Context(as_of=AS_OF, year=2012)


def _days(raw: str, context: Context) -> tuple[date | None, date | None]:
    reading = read_date(raw, context)
    assert reading.status == "resolved", reading.reason
    return reading.earliest, reading.latest


@pytest.mark.parametrize(
    ("raw", "earliest", "latest"),
    [
        ("22 March 16:20", date(2012, 3, 22), date(2012, 3, 22)),
        ("w/c 18 June", date(2012, 6, 18), date(2012, 6, 24)),
        ("mid-August", date(2012, 8, 10), date(2012, 8, 20)),
        ("Oct – Dec", date(2012, 10, 1), date(2012, 12, 31)),
        ("Easter", date(2012, 4, 6), date(2012, 4, 9)),
        ("Wednesday September 26", date(2012, 9, 26), date(2012, 9, 26)),
        ("24.05", date(2012, 5, 24), date(2012, 5, 24)),
        ("25.05", date(2012, 5, 25), date(2012, 5, 25)),
        ("14/05", date(2012, 5, 14), date(2012, 5, 14)),
        ("14.5", date(2012, 5, 14), date(2012, 5, 14)),
    ],
)
def test_a_year_heading_completes_a_date_without_a_year(
    raw: str, earliest: date, latest: date
) -> None:
    assert _days(raw, BANNER) == (earliest, latest)
    assert read_date(raw, ALONE).status == "needs_context"


def test_a_year_heading_never_overrules_a_typed_year() -> None:
    assert _days("22 March 2009", BANNER) == (date(2009, 3, 22),) * 2


@pytest.mark.parametrize("raw", ["May 12", "14.05", "30 December - 2 January"])
def test_a_heading_does_not_choose_between_two_readings(raw: str) -> None:
    assert read_date(raw, BANNER).status == "needs_context"


@pytest.mark.parametrize("raw", ["as above", "", "ditto", "same day", "As above 2.35pm", '"'])
def test_as_above_and_blank_take_the_days_of_the_row_above(raw: str) -> None:
    above = read_date("w/c 4 March 2013", ALONE)
    reading = read_date(raw, Context(as_of=AS_OF, above=above))
    assert (reading.raw, reading.earliest, reading.latest) == (raw, above.earliest, above.latest)
    assert read_date(raw, ALONE).status == "needs_context"


def test_as_above_a_refused_row_is_refused() -> None:
    above = read_date("31/04/12", ALONE)
    assert read_date("as above", Context(as_of=AS_OF, above=above)).status == "needs_context"


@pytest.mark.parametrize(
    ("raw", "earliest", "latest"),
    [
        ("3 months old", date(2009, 12, 2), date(2010, 1, 1)),
        ("when he was 6 months old", date(2010, 3, 2), date(2010, 4, 1)),
        ("19 weeks old", date(2010, 1, 13), date(2010, 1, 19)),
        ("she was 19 days old", date(2009, 9, 21), date(2009, 9, 21)),
        ("8 years old", date(2017, 9, 2), date(2018, 9, 1)),
        ("aged 4", date(2013, 9, 2), date(2014, 9, 1)),
        ("2 years and 3 months old", date(2011, 12, 2), date(2012, 1, 1)),
    ],
)
def test_an_age_runs_from_reaching_it_to_the_eve_of_the_next(
    raw: str, earliest: date, latest: date
) -> None:
    assert _days(raw, Context(as_of=AS_OF, born=date(2009, 9, 2))) == (earliest, latest)
    assert read_date(raw, ALONE).status == "needs_context"


def test_an_age_in_months_of_a_child_born_on_the_31st_starts_at_the_month_end() -> None:
    born = Context(as_of=AS_OF, born=date(2011, 1, 31))
    assert _days("1 month old", born) == (date(2011, 2, 28), date(2011, 3, 30))


def test_a_date_after_the_day_of_reading_is_refused() -> None:
    assert read_date("3/4/12", Context(as_of=date(2012, 4, 2))).status == "refused"
    assert read_date("3/4/12", Context(as_of=date(2012, 4, 3))).status == "resolved"


def test_two_digit_years_from_40_are_1900s_and_to_39_are_2000s() -> None:
    assert _days("12/05/40", ALONE) == (date(1940, 5, 12),) * 2
    assert read_date("12/05/39", ALONE).status == "refused"
    assert _days("12/05/39", Context(as_of=date(2040, 1, 1))) == (date(2039, 5, 12),) * 2


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["3/4/12", "17/4/12"], DayOrder.DMY),
        (["04/05/2010", "11/23/2009"], DayOrder.MDY),
        (["17/4/12", "4/17/12"], None),
        (["3/4/12", "June 2012"], None),
        (["2012-04-17", "99/99/9999"], None),
    ],
)
def test_a_column_proves_its_day_order_only_by_unmistakable_rows_that_agree(
    column: list[str], order: DayOrder | None
) -> None:
    assert prove_day_order(column) is order


def test_month_first_leaves_iso_and_month_words_alone() -> None:
    month_first = Context(as_of=AS_OF, day_order=DayOrder.MDY)
    assert _days("04/03/2012", month_first) == (date(2012, 4, 3),) * 2
    assert _days("2012-03-04", month_first) == (date(2012, 3, 4),) * 2
    assert _days("4 March 2012", month_first) == (date(2012, 3, 4),) * 2


def test_a_date_that_is_possible_only_month_first_asks_for_the_day_order() -> None:
    reading = read_date("05/15/2012", ALONE)
    assert (reading.status, reading.rule) == ("needs_context", "order of day and month")


def test_a_weekday_that_fits_only_the_other_day_order_is_not_guessed() -> None:
    for raw in ("Thu 06/07/2012", "Tue 06/07/2011", "Fri 04/05/2013", "Sun 11/12/2011"):
        reading = read_date(raw, ALONE)
        assert (reading.status, reading.rule) == (
            ("resolved", "day, month, year")
            if raw.startswith("Sun")
            else ("needs_context", "order of day and month")
        )
    assert _days("Fri 06/07/2012", ALONE) == (date(2012, 7, 6),) * 2


def test_a_weekday_that_fits_neither_keeps_the_typed_day_and_queries_it() -> None:
    reading = read_date("Monday 3 April 2012", ALONE)
    assert reading.earliest == date(2012, 4, 3)
    assert reading.slips == ("2012-04-03 was a Tuesday, not a Monday",)


def test_serial_numbers_count_from_the_workbooks_own_date_system() -> None:
    assert excel_serial(41002, date_1904=False).earliest == date(2012, 4, 3)
    assert excel_serial(38965, date_1904=True).earliest == date(2010, 9, 6)
    assert _days("38965", Context(as_of=AS_OF, date_1904=True)) == (date(2010, 9, 6),) * 2
    assert excel_serial(41002.59375, date_1904=False).time_from == "14:15"
    for impossible in (0, 60, 1e12, -5):
        assert excel_serial(impossible, date_1904=False).status == "refused"


def test_two_dates_on_two_lines_or_joined_by_and_are_events_of_their_own() -> None:
    for raw, texts in (
        ("15/12/2011\n19/12/2011", ["15/12/2011", "19/12/2011"]),
        ("15/12/2011 & 19/12/2011", ["15/12/2011", "19/12/2011"]),
        ("15th and 19th December 2011", ["15th", "19th December 2011"]),
    ):
        parts = split_parts(raw, ALONE)
        assert [part.raw for part in parts] == texts
        assert [part.earliest for part in parts] == [date(2011, 12, 15), date(2011, 12, 19)]
        assert all(part.earliest == part.latest for part in parts)


@pytest.mark.parametrize("raw", ["3-5 April 2012", "3 or 4 May 2012", "3 May 2012", "ongoing"])
def test_a_range_and_one_day_or_another_stay_one_event(raw: str) -> None:
    assert split_parts(raw, ALONE) == (read_date(raw, ALONE),)


def test_a_later_recording_date_is_kept_beside_the_day_it_happened() -> None:
    for raw in ("17/11/08 (recorded 19/11/08)", "17/11/08 - entered on 19 Nov 2008"):
        reading = read_date(raw, ALONE)
        assert (reading.earliest, reading.recorded_on) == (date(2008, 11, 17), date(2008, 11, 19))
    only = read_date("recorded 05/04/12", ALONE)
    assert (only.status, only.recorded_on) == ("needs_context", date(2012, 4, 5))


@pytest.mark.parametrize(
    ("raw", "qualifier", "edtf"),
    [
        ("17/11/08?", "uncertain", "2008-11-17?"),
        ("circa Nov 2008", "approximate", "2008-11~"),
        ("?c. 2008", "uncertain and approximate", "2008%"),
        ("19 or 20 May 2012", None, "[2012-05-19,2012-05-20]"),
        ("19 & 20 May 2012", None, "{2012-05-19,2012-05-20}"),
        ("March 2007 – February 2008", None, "2007-03/2008-02"),
        ("before 2008", None, "../2007-12-31"),
        ("since June 2009", None, "2009-06/.."),
        ("October 2009", None, "2009-10-XX"),
        ("October 2008", None, "2008-10"),
        ("around 2pm on 3/4/12", None, "2012-04-03"),
    ],
)
def test_doubt_lists_and_open_ends_are_written_as_edtf(
    raw: str, qualifier: str | None, edtf: str
) -> None:
    reading = read_date(raw, ALONE)
    assert (reading.qualifier, reading.edtf) == (qualifier, edtf)


@pytest.mark.parametrize(
    ("raw", "time_from", "time_to"),
    [
        ("3/4/12 1435hrs", "14:35", "14:35"),
        ("3/4/12 14.05", "14:05", "14:05"),
        ("3/4/12 2-4pm", "14:00", "16:00"),
        ("3/4/12 between 2030 and 2345hrs", "20:30", "23:45"),
        ("3/4/12 p.m.", "12:00", "23:59"),
        ("3/4/12 evening", None, None),
        ("3/4/12 after 2pm", "14:00", None),
        ("before 2pm on 3/4/12", None, "14:00"),
        ("2012-04-03 00:00:00", None, None),
    ],
)
def test_a_time_is_kept_and_never_changes_the_day(
    raw: str, time_from: str | None, time_to: str | None
) -> None:
    reading = read_date(raw, ALONE)
    assert (reading.earliest, reading.latest) == (date(2012, 4, 3),) * 2
    assert (reading.time_from, reading.time_to) == (time_from, time_to)


@pytest.mark.parametrize(
    ("raw", "slip"),
    [
        ("O3/04/2012", "'o3' read as 03"),
        ("31th March 2010", "'31th' read as 31st"),
        ("3rd Arpil 2012", "'arpil' read as a month"),
        ("22.05/16", "separators differ"),
        ("3//4/2012", "'//' read as one separator"),
    ],
)
def test_what_was_read_through_a_slip_says_so(raw: str, slip: str) -> None:
    assert slip in read_date(raw, ALONE).slips


def test_a_refusal_says_what_is_wrong_and_what_to_do() -> None:
    assert read_date("31/04/12", ALONE).reason == (
        "There is no 31 April. Check the original record and correct the date."
    )


def test_the_command_answers_every_line_with_the_contracts_keys() -> None:
    lines = ["3/4/12\n", "15/12/2011\\n19/12/2011\n", "\n", "back\\\\slash"]
    answers = [json.loads(line) for line in run(lines, ALONE)]
    assert [answer["raw"] for answer in answers] == [
        "3/4/12", "15/12/2011\n19/12/2011", "", "back\\slash",
    ]  # fmt: skip
    assert set(answers[0]) == set(to_json(read_date("", ALONE))) == {
        "raw", "edtf", "earliest", "latest", "time_from", "time_to", "qualifier", "status",
        "rule", "reason",
    }  # fmt: skip
    assert answers[0]["earliest"] == "2012-04-03"


def test_an_escaped_backslash_before_n_is_not_a_line_feed() -> None:
    assert unescaped("a\\\\n") == "a\\n"
