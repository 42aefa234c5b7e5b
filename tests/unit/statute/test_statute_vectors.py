"""The statutory test vectors: each row through the command line, none treated apart."""

import csv
from pathlib import Path

import pytest

from candour.engines.statute.command import (
    assess_record,
    due_record,
    independence_record,
    transition_record,
)

VECTORS = Path(__file__).parents[2] / "samples" / "statutory"
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (VECTORS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def row_id(row: Row) -> str:
    return row["id"]


def parts(joined: object) -> set[str]:
    return set(str(joined).split("+"))


@pytest.mark.parametrize("row", rows("criteria.csv"), ids=row_id)
def test_a_case_is_assessed_as_the_law_reads(row: Row) -> None:
    given = {field: value for field, value in row.items() if not field.startswith("expected_")}
    answer = assess_record(given)
    wanted = {
        field.removeprefix("expected_"): value
        for field, value in row.items()
        if field.startswith("expected_")
    }
    assert parts(answer.pop("notify_to")) == parts(wanted.pop("notify_to"))
    assert {field: str(answer[field]) for field in wanted} == wanted


@pytest.mark.parametrize("row", rows("criteria.csv"), ids=row_id)
def test_an_open_outcome_names_the_facts_that_are_missing(row: Row) -> None:
    answer = assess_record(row)
    undetermined = "undetermined" in (answer["outcome"], answer["notifiable"])
    reversed_burden = answer["outcome"] == "must_review_unless_definitively_no_concern"
    assert bool(answer["missing"]) == (undetermined or reversed_burden)


@pytest.mark.parametrize("row", rows("clocks.csv"), ids=row_id)
def test_a_clock_falls_due_as_counted_by_hand(row: Row) -> None:
    answer = due_record(row)
    wanted = ("due_date", "due_datetime", "latest_working_day")
    assert {field: answer[field] for field in wanted} == {field: row[field] for field in wanted}


AGREED_LOCALLY = ("W", "C4L")


@pytest.mark.parametrize(
    "row",
    [row for row in rows("clocks.csv") if row["clock_code"] not in AGREED_LOCALLY],
    ids=row_id,
)
def test_a_clocks_length_follows_from_rule_set_and_code(row: Row) -> None:
    blank = {"quantity": "", "unit": "", "direction": "", "convention": ""}
    assert due_record({**row, **blank})["due_date"] == row["due_date"]


@pytest.mark.parametrize("row", rows("independence.csv"), ids=row_id)
def test_a_reviewers_independence_is_judged(row: Row) -> None:
    answer = independence_record(row)
    assert answer["expected"] == row["expected"]
    assert parts(answer["conflict_kinds"]) >= parts(row["conflict_kinds"])


@pytest.mark.parametrize("row", rows("workflow.csv"), ids=row_id)
def test_a_step_is_allowed_or_refused(row: Row) -> None:
    answer = transition_record(row)
    assert answer["expected"] == row["expected"]
    assert answer["refusal_code"] == row["refusal_code"]
    assert bool(answer["message"]) == (row["expected"] == "refused")
