"""`candour search` from the command line: files in, files out, exit codes that can be relied on."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from candour.engines.search.command import app


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    path = tmp_path / "docs.jsonl"
    lines = [
        {"id": "d1", "title": "Sleep", "text": "Safe sleep advice"},
        {"id": "d2", "title": "", "text": "School attendance and sleep"},
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def test_questions_are_answered_as_a_trec_run(documents: Path, tmp_path: Path) -> None:
    queries = tmp_path / "q.tsv"
    queries.write_text('7\tsafe "sleep?\n8\tzeppelin\n9\tattendance\n', encoding="utf-8")
    assert run("index", "--in", documents, "--out", tmp_path / "ix")[0] == 0
    code, _ = run(
        "run", "--index", tmp_path / "ix", "--queries", queries, "--out", tmp_path / "r.trec"
    )
    rows = [line.split() for line in (tmp_path / "r.trec").read_text().splitlines()]
    assert code == 0
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("7", "d1", "1"),
        ("7", "d2", "2"),
        ("9", "d2", "1"),
    ]
    assert all(len(row) == 6 and row[1] == "Q0" for row in rows)


def test_k_limits_the_answers_to_each_question(documents: Path, tmp_path: Path) -> None:
    queries = tmp_path / "q.tsv"
    queries.write_text("1\tsleep\n", encoding="utf-8")
    run("index", "--in", documents, "--out", tmp_path / "ix")
    out = tmp_path / "r.trec"
    run("run", "--index", tmp_path / "ix", "--queries", queries, "--out", out, "--k", 1)
    assert len(out.read_text().splitlines()) == 1


def test_an_index_is_replaced_whole_or_not_at_all(documents: Path, tmp_path: Path) -> None:
    run("index", "--in", documents, "--out", tmp_path / "ix")
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "x"}\n', encoding="utf-8")
    code, output = run("index", "--in", bad, "--out", tmp_path / "ix")
    assert code == 1
    assert "Line 1" in output
    assert (tmp_path / "ix" / "meta.json").exists()
    assert not (tmp_path / "ix.building").exists()


def test_a_folder_with_other_things_is_never_replaced(documents: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("keep me")
    assert run("index", "--in", documents, "--out", other)[0] == 2
    assert (other / "letter.txt").read_text() == "keep me"


def test_unreadable_input_is_one_and_bad_usage_two(documents: Path, tmp_path: Path) -> None:
    run("index", "--in", documents, "--out", tmp_path / "ix")
    queries = tmp_path / "q.tsv"
    common = ("run", "--index", tmp_path / "ix", "--queries", queries, "--out", tmp_path / "r")
    assert run(*common)[0] == 1
    queries.write_text("no tab here\n", encoding="utf-8")
    assert run(*common)[0] == 1
    queries.write_text("1\tsleep\n", encoding="utf-8")
    assert run(*common, "--mode", "vectors")[0] == 2
    assert run(*common, "--mode", "telepathy")[0] == 2
    assert run(*common, "--k", 0)[0] == 2


def test_meaning_alone_and_words_with_meaning_are_asked_for_by_mode(
    documents: Path, tmp_path: Path
) -> None:
    queries = tmp_path / "q.tsv"
    queries.write_text("1\ttruancy\n", encoding="utf-8")
    out = tmp_path / "r.trec"
    assert run("index", "--in", documents, "--out", tmp_path / "ix", "--vectors")[0] == 0
    for mode in ("vectors", "fused"):
        common = ("run", "--index", tmp_path / "ix", "--queries", queries, "--out", out)
        assert run(*common, "--mode", mode)[0] == 0
        rows = [line.split() for line in out.read_text().splitlines()]
        assert rows[0][2] == "d2"
        assert {row[5] for row in rows} == {f"candour-{mode}"}
