"""The two made-up cases against their answer keys, and the command line's contract.

The keys are read by the bench that measures, and nowhere in the product.
"""

import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bench.records_held import SAID, SAMPLES, groups_of_key, held_of, read, rows_of_events

from candour.command.engines import chronology
from candour.engines.knowledge import Fact

# What was measured, so that a change that makes it worse is noticed: right days of *knew*, and of
# *claimed* those told apart.
MEASURED = {"child-r": (207, 13), "child-w": (96, 9)}


@cache
def key(name: str) -> dict[str, Any]:
    return dict(json.loads((SAMPLES / name / "truth.json").read_text(encoding="utf-8")))


@cache
def facts(name: str) -> tuple[Fact, ...]:
    case, files = read(SAMPLES / name)
    return tuple(groups_of_key(case, files, key(name)))


@pytest.mark.parametrize("name", MEASURED)
def test_knew_claimed_and_never_are_told_apart_and_the_day_is_right(name: str) -> None:
    events, table, right = rows_of_events(key(name)), Counter[tuple[str, str]](), 0
    for event, agencies in key(name)["knowledge"].items():
        for agency, truth in agencies.items():
            held = held_of(events[event], facts(name), agency)
            table[truth["status"], SAID[held.status]] += 1
            days = (str(held.earliest), str(held.latest))
            right += truth["status"] == "knew" and days == (truth["earliest"], truth["latest"])

    knew = sum(count for (said, _), count in table.items() if said == "knew")
    claimed = sum(count for (said, _), count in table.items() if said == "claimed")
    assert right / knew >= 0.90
    assert table["claimed", "claimed"] / claimed >= 0.90
    assert (right, table["claimed", "claimed"]) >= MEASURED[name]
    assert right >= MEASURED[name][0]
    assert table["never", "knew"] + table["never", "claimed"] == 0
    assert table["claimed", "knew"] == 0


def files_of(name: str) -> list[str]:
    case = json.loads((SAMPLES / name / "case.json").read_text(encoding="utf-8"))
    names = dict.fromkeys(agency["file"] for agency in case["agencies"])
    return [str(SAMPLES / name / file) for file in names]


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    case = ["--case", str(SAMPLES / "child-w" / "case.json"), "--as-of", "2022-06-01"]
    assert chronology([*arguments, *files_of("child-w"), *case]) == 0
    return dict(json.loads(capsys.readouterr().out))


def test_the_knowledge_command_answers_with_the_keys_of_the_contract(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = asked(capsys, "knowledge")

    assert set(answer) == {"facts"}
    assert all(set(fact) == {"entries", "held"} for fact in answer["facts"])
    refs = [ref for fact in answer["facts"] for ref in fact["entries"]]
    assert all(set(ref) == {"file", "table", "sheet", "row_index"} for ref in refs)
    held = [one for fact in answer["facts"] for one in fact["held"]]
    keys = {"agency", "status", "earliest", "latest", "how", "basis"}
    assert all(set(one) == keys for one in held)
    assert {one["status"] for one in held} == {"recorded", "sender_only", "no_record"}
    assert all(one["earliest"] is None for one in held if one["status"] == "no_record")


def test_the_known_command_answers_with_its_own_agencys_rows_up_to_the_day(
    capsys: pytest.CaptureFixture[str],
) -> None:
    on = date(2020, 1, 1)
    answer = asked(capsys, "known", "--agency", "SCH", "--on", on.isoformat())

    rows = {
        (file["file"], row["table"], row["row_index"]): row
        for file in key("child-w")["files"]
        for row in file["rows"]
        if "SCH" in row["entry"]
    }
    strict = [rows[ref["file"], ref["table"], ref["row_index"]] for ref in answer["strict"]]
    assert set(answer) == {"strict", "possible"}
    assert strict
    assert all(date.fromisoformat(row["latest"]) <= on for row in strict)
    assert all(ref in answer["possible"] for ref in answer["strict"])


def test_an_agency_that_the_case_does_not_have_is_bad_usage(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as stopped:
        chronology(["known", "--agency", "NOBODY", "--on", "2020-01-01", *files_of("child-w")])

    assert stopped.value.code == 2
    assert "no agency NOBODY" in capsys.readouterr().err


def test_an_unreadable_file_is_named_and_the_others_are_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"not a document")

    assert chronology(["knowledge", str(broken), *files_of("child-w")[:1]]) == 1

    answer = json.loads(capsys.readouterr().out)
    assert [problem["where"] for problem in answer["problems"]] == ["broken.docx"]
    assert answer["facts"]
