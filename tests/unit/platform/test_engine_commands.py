"""Engine commands answer JSON lines, load no web framework, and end with the agreed status."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from candour.command import engines
from candour.command.engines import ENGINES


def command(*arguments: str, given: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "candour", *arguments],
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


def test_dates_answers_a_line_for_a_line() -> None:
    done = command("dates", "--day-order", "mdy", given="3/12/2010\nlast Tuesday-ish\n")
    first, second = map(json.loads, done.stdout.splitlines())
    assert (done.returncode, first["edtf"]) == (0, "2010-03-12")
    assert second["status"] != "resolved"
    assert second["reason"]


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_bad_usage_is_status_two(name: str) -> None:
    assert command(name, "--no-such-option").returncode == 2


def test_an_unreadable_file_is_status_one_and_says_why(tmp_path: Path) -> None:
    empty = tmp_path / "empty.docx"
    empty.touch()
    done = command("chronology", "read", str(empty), str(tmp_path / "none.docx"))
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert all(line["problems"][0]["fix"] for line in lines)
    assert len(lines) == 2


def test_an_unknown_ending_is_bad_usage(tmp_path: Path, samples: Path) -> None:
    csv = samples / "child-r" / "saltpan_case_export.csv"
    assert command("chronology", "merge", str(csv), "--out", "x.pdf").returncode == 2


def test_merge_writes_what_was_asked_for(tmp_path: Path, samples: Path) -> None:
    csv = samples / "child-r" / "saltpan_case_export.csv"
    out = tmp_path / "merged.json"
    named = f"{csv.name}=Saltpan Housing"
    done = command("chronology", "merge", str(csv), "--out", str(out), "--agency", named)
    assert done.returncode == 0, done.stderr
    entries = json.loads(out.read_text())["entries"]
    assert entries
    assert {entry["agency"] for entry in entries} == {"Saltpan Housing"}


@pytest.mark.parametrize("name", ["dates", "chronology", "statute"])
def test_no_engine_command_loads_django_or_the_settings(name: str) -> None:
    code = (
        "import sys; sys.argv = ['candour', sys.argv[1], '--help']\n"
        "from candour.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "found = {'django', 'pydantic', 'typer', 'rich'} & set(sys.modules)\n"
        "print('LOADED', sorted(found))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, name], capture_output=True, text=True, check=True
    )
    assert "LOADED []" in done.stdout


def test_the_product_s_help_names_every_command_and_every_engine() -> None:
    done = command("--help")
    assert done.returncode == 0
    for name in ("setup", "serve", "worker", "backup", "restore", "verify", "demo", *ENGINES):
        assert name in done.stdout


def test_a_bad_setting_is_named_and_is_status_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOUR_HTTPS", "perhaps")
    done = command("verify")
    assert done.returncode == 2
    assert "CANDOUR_HTTPS" in done.stderr


def test_every_engine_command_is_a_function_of_its_arguments() -> None:
    assert all(getattr(engines, name.replace("-", "_")) is run for name, run in ENGINES.items())
