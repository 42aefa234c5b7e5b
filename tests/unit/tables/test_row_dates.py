"""What a row's date rests on: its own words, a year row, a title, the row above, an age."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from candour.engines.tables import ChronologyFile, Entry, read_chronology

Maker = Callable[..., bytes]
AS_OF = date(2020, 1, 1)
FAMILY = {
    "people": [
        {"name": "Jo Smith", "relationship": "mother", "born": "1990-01-01"},
        {"name": "Sam Smith", "relationship": "subject child", "born": "2011-03-10"},
        {"name": "Max Smith", "relationship": "brother", "born": "2009-06-01"},
    ]
}


def csv_file(*rows: str, head: str = "Date,Event", **others: Any) -> ChronologyFile:
    data = "\n".join([head, *rows]).encode()
    return read_chronology(data, "a.csv", as_of=AS_OF, **others)


def window(entry: Entry) -> tuple[str, str]:
    reading = entry.date.reading
    return str(reading.earliest), str(reading.latest)


def bases(file: ChronologyFile) -> list[str]:
    return [entry.date.basis for entry in file.entries]


def test_a_year_row_supplies_the_year_to_the_rows_below() -> None:
    file = csv_file("2012,,", "3 May,x,", "2013,,", "4 May,y,", head="Date,Event,Response")
    assert [window(e)[0] for e in file.entries] == ["2012-05-03", "2013-05-04"]
    assert bases(file) == ["banner", "banner"]


@pytest.mark.parametrize(
    ("heading", "typed", "day"),
    [
        ("Academic year 2011/12", "3 October", "2011-10-03"),
        ("Academic year 2011/12", "3 May", "2012-05-03"),
        ("School year 2011-12", "3 July", "2012-07-03"),
        ("Financial year 2011/12", "3 May", "2011-05-03"),
        ("Financial year 2011/12", "3 February", "2012-02-03"),
        ("Autumn term 2011", "3 October", "2011-10-03"),
        ("2011/12", "3 October", "2011-10-03"),
        ("2011/12", "3 February", "2012-02-03"),
    ],
)
def test_a_school_or_financial_year_supplies_the_right_half(
    heading: str, typed: str, day: str
) -> None:
    file = csv_file(f"{heading},,", f"{typed},x,", head="Date,Event,Response")
    assert window(file.entries[0]) == (day, day)


@pytest.mark.parametrize(("heading", "typed"), [("2011/12", "3 May"), ("Part one", "3 May")])
def test_a_heading_that_leaves_the_year_open_refuses(heading: str, typed: str) -> None:
    file = csv_file(f"{heading},,", f"{typed},x,", head="Date,Event,Response")
    assert file.entries[0].must_refuse
    assert file.entries[0].date.reading.reason


def test_a_year_row_never_overrides_a_typed_year() -> None:
    file = csv_file("2012,,", "3 May 2013,x,", head="Date,Event,Response")
    assert window(file.entries[0])[0] == "2013-05-03"
    assert bases(file) == ["typed"]


def test_a_year_column_supplies_the_year_and_reaches_down() -> None:
    file = csv_file("2012,3 May,x", ",4 May,y", "2013,5 May,z", head="Year,Date,Event")
    assert [window(e)[0] for e in file.entries] == ["2012-05-03", "2012-05-04", "2013-05-05"]
    assert set(bases(file)) == {"year_column"}


def test_the_row_above_never_supplies_a_year_to_a_typed_day() -> None:
    file = csv_file("1 May 2012,x", "10 July,y")
    assert file.entries[1].must_refuse


@pytest.mark.parametrize("words", ["", "As above", "ditto", '""""', "same day", "Same date"])
def test_a_blank_or_ditto_cell_takes_the_date_above_but_not_its_time(words: str) -> None:
    file = csv_file("1 May 2012 14:00,x", f"{words},y")
    assert window(file.entries[1]) == ("2012-05-01", "2012-05-01")
    assert file.entries[1].date.basis == "as_above"
    assert file.entries[1].time.time_from is None


def test_a_blank_below_a_refused_date_is_refused_too() -> None:
    file = csv_file("N/K,x", ",y")
    assert [entry.must_refuse for entry in file.entries] == [True, True]
    assert bases(file) == ["none", "none"]


def test_a_blank_in_the_first_row_is_refused_with_a_reason() -> None:
    entry = csv_file(",first", "1 May 2012,x").entries[0]
    assert entry.must_refuse
    assert entry.date.reading.reason
    assert entry.date.basis == "none"


def test_an_age_is_the_subject_childs_unless_another_is_named() -> None:
    file = csv_file("when she was 3 months old,x", "when Max was 3 months old,y", case=FAMILY)
    assert [window(e)[0] for e in file.entries] == ["2011-06-10", "2009-09-01"]
    assert bases(file) == ["age", "age"]


def test_a_person_column_says_whose_age_it_is() -> None:
    file = csv_file("aged 3 months,Max,x", head="Date,Child,Event", case=FAMILY)
    assert window(file.entries[0])[0] == "2009-09-01"


def test_an_age_without_a_birth_date_is_refused() -> None:
    assert csv_file("when she was 3 months old,x").entries[0].must_refuse


def test_month_first_is_proved_by_the_files_own_rows() -> None:
    file = csv_file("04/25/2012,x", "05/03/2012,y")
    assert file.date_order == "MDY"
    assert [window(e)[0] for e in file.entries] == ["2012-04-25", "2012-05-03"]


def test_a_true_date_is_never_turned_round(workbook: Maker, sheet_row: Maker) -> None:
    rows = sheet_row(1, "Date", "Event") + sheet_row(2, 41032, "x", styles="1")
    rows += sheet_row(3, "04/25/2012", "y") + sheet_row(4, "05/26/2012", "z")
    file = read_chronology(workbook(rows), "a.xlsx", as_of=AS_OF)
    assert file.date_order == "MDY"
    assert window(file.entries[0])[0] == "2012-05-03"


def test_a_month_only_format_means_the_month(workbook: Maker, sheet_row: Maker) -> None:
    rows = sheet_row(1, "Date", "Event") + sheet_row(2, 40817, "x", styles="2")
    file = read_chronology(workbook(rows), "a.xlsx", as_of=AS_OF)
    assert window(file.entries[0]) == ("2011-10-01", "2011-10-31")


@pytest.mark.parametrize(("date_1904", "day"), [(False, "2012-06-19"), (True, "2016-06-20")])
def test_a_bare_serial_counts_from_the_workbooks_own_start(
    workbook: Maker, sheet_row: Maker, date_1904: bool, day: str
) -> None:
    rows = sheet_row(1, "Date", "Event") + sheet_row(2, 41079, "x")
    file = read_chronology(workbook(rows, date_1904=date_1904), "a.xlsx", as_of=AS_OF)
    assert window(file.entries[0])[0] == day
    assert bases(file) == ["excel_serial"]


def test_a_year_typed_as_a_number_is_a_year(workbook: Maker, sheet_row: Maker) -> None:
    rows = sheet_row(1, "Date", "Event") + sheet_row(2, 2012, "x")
    file = read_chronology(workbook(rows), "a.xlsx", as_of=AS_OF)
    assert window(file.entries[0]) == ("2012-01-01", "2012-12-31")


def test_a_date_later_than_the_day_of_reading_is_refused() -> None:
    assert csv_file("1 May 2031,x").entries[0].must_refuse


def test_an_end_date_is_read_and_never_widens_the_date() -> None:
    file = csv_file("1 May 2012,9 May 2012,x", head="Date from,Date to,Event")
    entry = file.entries[0]
    assert window(entry) == ("2012-05-01", "2012-05-01")
    assert entry.end_date is not None
    assert str(entry.end_date.latest) == "2012-05-09"


def test_last_years_number_in_january_is_queried_and_kept() -> None:
    file = csv_file("20 December 2012,x", "8 January 2012,y", "3 March 2013,z")
    entry = file.entries[1]
    assert window(entry)[0] == "2012-01-08"
    assert [warning.code for warning in entry.warnings] == ["january_year_slip"]
    assert "2013" in entry.warnings[0].message


def test_a_newest_first_file_is_checked_in_its_own_direction() -> None:
    file = csv_file("3 March 2013,z", "8 January 2012,y", "20 December 2012,x", "1 May 2012,w")
    assert [[w.code for w in e.warnings] for e in file.entries] == [
        [],
        ["january_year_slip"],
        [],
        [],
    ]


@pytest.mark.parametrize(
    ("typed", "event", "time", "basis"),
    [
        ("1 May 2012 0900hrs", "x", "09:00", "date_cell"),
        ("1 May 2012", "14:30 Rang the school", "14:30", "event_opening"),
        ("1 May 2012", "Seen at 4pm by the nurse", "16:00", "event_text"),
        ("1 May 2012", "Seen at 4pm, left at 5pm", None, None),
        ("1 May 2012", "Said “come at 4pm”", None, None),
        ("May 2012", "Seen at 4pm", None, None),
        ("1 May 2012", "Weight 14.30kg", None, None),
        ("1 May 2012", "Paid £14.30", None, None),
    ],
)
def test_a_time_comes_from_the_date_cell_or_one_clear_clock_time(
    typed: str, event: str, time: str | None, basis: str | None
) -> None:
    entry = csv_file(f'{typed},"{event}"').entries[0]
    assert (entry.time.time_from, entry.time.basis) == (time, basis)


def test_the_time_column_wins_over_the_date_cell() -> None:
    entry = csv_file("1 May 2012 09:00,2.05 p.m.,x", head="Date,Time,Event").entries[0]
    assert (entry.time.time_from, entry.time.basis) == ("14:05", "time_column")


def test_a_day_recorded_later_happened_on_the_first_day() -> None:
    entry = csv_file("17/11/08 (recorded 19/11/08),x").entries[0]
    assert window(entry)[0] == "2008-11-17"
    assert str(entry.recorded_on) == "2008-11-19"
