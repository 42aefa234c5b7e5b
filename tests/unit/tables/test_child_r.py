"""The nine sample files against their answer key. The key is read here and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from candour.engines.tables import merge, read_chronology

FOLDER = Path(__file__).parents[2] / "samples" / "child-r"
AS_OF = date(2015, 6, 1)
CODES = ("CSC", "HV", "GP", "HOSP", "POL", "SCH", "HOUS", "DAS", "PROB")
TIME_IN_THE_WORDS_OF_AN_EVENT = {"HV-007"}
Shape = dict[str, Any]


@cache
def key() -> Shape:
    return dict(json.loads((FOLDER / "truth.json").read_text(encoding="utf-8")))


@cache
def case() -> Shape:
    return dict(json.loads((FOLDER / "case.json").read_text(encoding="utf-8")))


def expected(code: str) -> Shape:
    return next(file for file in key()["files"] if file["agency"] == code)


@cache
def found(code: str) -> Shape:
    name = expected(code)["file"]
    read = read_chronology((FOLDER / name).read_bytes(), name, case=case(), as_of=AS_OF)
    return dict(read.to_json())


def pairs(code: str) -> Iterator[tuple[Shape, Shape]]:
    rows = {(row["table"], row["row_index"]): row for row in found(code)["rows"]}
    for row in expected(code)["rows"]:
        yield row, rows[row["table"], row["row_index"]]


each_agency = pytest.mark.parametrize("code", CODES)


@each_agency
def test_every_row_is_found_and_no_other(code: str) -> None:
    places = [(row["table"], row["row_index"]) for row in found(code)["rows"]]
    assert places == [(row["table"], row["row_index"]) for row in expected(code)["rows"]]
    assert [row["agency"] for row in found(code)["rows"]] == [code] * len(places)


@each_agency
def test_the_text_of_every_cell_is_exact(code: str) -> None:
    for wanted, row in pairs(code):
        assert row["text"] == wanted["text"], wanted["entry"]


@each_agency
def test_every_date_has_its_window_its_words_and_what_it_rests_on(code: str) -> None:
    fields = ("date_raw", "date_cell", "basis", "earliest", "latest", "must_refuse")
    for wanted, row in pairs(code):
        assert [row[name] for name in fields] == [wanted[name] for name in fields], wanted["entry"]
        assert bool(row["reason"]) == wanted["must_refuse"], wanted["entry"]


@each_agency
def test_times_of_day_are_read(code: str) -> None:
    for wanted, row in pairs(code):
        if wanted["entry"] not in TIME_IN_THE_WORDS_OF_AN_EVENT:
            times = (row["time_raw"], row["time_from"], row["time_to"])
            expected_times = (wanted["time_raw"], wanted["time_from"], wanted["time_to"])
            assert times == expected_times, wanted["entry"]


@each_agency
def test_two_dates_in_one_cell_are_two_parts(code: str) -> None:
    for wanted, row in pairs(code):
        parts = [(p["date_raw"], p["earliest"], p["latest"]) for p in row["parts"]]
        assert parts == [
            (p["date_raw"], p["earliest"], p["latest"]) for p in wanted.get("parts", [])
        ]


@each_agency
def test_what_stands_beside_the_text_is_kept(code: str) -> None:
    for wanted, row in pairs(code):
        for name in ("footnotes", "endnotes", "comments", "deleted"):
            assert row[name] == wanted.get(name, []), (wanted["entry"], name)
        assert row["hidden"] == wanted.get("hidden", False)
        assert row["inserted_row"] == wanted.get("inserted_row", False)
        assert row["recorded_on"] == wanted.get("recorded_on")


@each_agency
def test_rows_that_are_no_entries_stay_in_sight(code: str) -> None:
    kinds = {(r["table"], r["row_index"]): r["kind"] for r in found(code)["non_entry_rows"]}
    for row in expected(code)["non_entry_rows"]:
        assert kinds[row["table"], row["row_index"]] == row["kind"]


@each_agency
def test_every_name_outside_the_table_is_found(code: str) -> None:
    words = " ¦ ".join(leak["text"] for leak in found(code)["leaks"])
    for leak in expected(code)["leaks"]:
        assert leak["string"] in words, leak


@each_agency
def test_the_file_itself_is_described(code: str) -> None:
    wanted, read = expected(code), found(code)
    for name in ("sha256", "format", "date_order"):
        assert read[name] == wanted[name]
    tables = [t for t in read["tables"] if t["chronology"]]
    for table, told in zip(tables, wanted["tables"], strict=True):
        assert table["header_row"] == told["header_row"]
        assert table["hidden_columns"] == told["hidden_columns"]
        assert [c["header"] for c in table["columns"]] == [c["header"] for c in told["columns"]]
    for name in ("encoding", "delimiter", "date_system"):
        if name in wanted:
            assert read[name] == wanted[name]


@each_agency
def test_guessed_roles_are_right_where_the_key_names_one_of_ours(code: str) -> None:
    ours = {"date", "end_date", "time", "event", "source", "response", "comment", "staff"}
    ours |= {"recorded_on", "child_seen"}
    chronologies = [t for t in found(code)["tables"] if t["chronology"]]
    for table, told in zip(chronologies, expected(code)["tables"], strict=True):
        for column, wanted in zip(table["columns"], told["columns"], strict=True):
            role = wanted["field"] if wanted["field"] in ours else "other"
            assert column["field"] == role, column


@each_agency
def test_a_year_slip_in_january_is_kept_as_typed_and_queried(code: str) -> None:
    for wanted, row in pairs(code):
        codes = [warning["code"] for warning in row["warnings"]]
        assert ("january_year_slip" in codes) == ("typed_slip" in wanted), wanted["entry"]


def test_all_nine_files_merge_into_one_order_without_losing_an_entry() -> None:
    files = []
    for code in CODES:
        name = expected(code)["file"]
        data = (FOLDER / name).read_bytes()
        files.append(read_chronology(data, name, case=case(), as_of=AS_OF))
    entries = merge(files).entries
    assert len(entries) == sum(file["entries"] for file in key()["files"])
    days = [e.date.reading.earliest or e.date.reading.latest for e in entries if not e.must_refuse]
    assert days == sorted(days, key=lambda day: day or date.max)
    assert all(entry.must_refuse for entry in entries[len(days) :])
