"""A file is read by a process that can do nothing else, and always with an answer."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest

from candour.platform import child
from candour.platform.child import Limits, ReadingFailed, run

MISBEHAVING = Path(__file__).with_name("misbehaving_child.py")


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "COMMAND", [sys.executable, "-I", str(MISBEHAVING)])


def test_the_child_gets_the_bytes_and_the_options(misbehaving: None) -> None:
    answer = run("tell", b"x" * 3_000_000, {"name": "a\nb.csv"})
    assert answer["length"] == 3_000_000
    assert answer["options"] == {"name": "a\nb.csv"}


def test_the_child_sees_nothing_of_our_environment(
    misbehaving: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_DATABASE_URL", "postgresql://someone:secret@host/db")
    assert set(run("tell", b"")["environment"]) <= {"PATH", "LANG", "TZ", "LC_CTYPE"}


def test_the_child_can_open_no_key_no_file_no_socket_and_no_process(
    misbehaving: None, tmp_path: Path
) -> None:
    key = tmp_path / "service.key"
    key.write_text("AGE-SECRET-KEY-1")
    assert run("attempt", b"", {"key": str(key)})["done"] == []


@pytest.mark.parametrize(
    ("function", "options", "limits", "code"),
    [
        ("take_memory", {}, Limits(), "too_much_memory"),
        ("sleep", {}, Limits(seconds=1.0), "too_slow"),
        ("spin", {}, Limits(processor_seconds=1), "too_slow"),
        ("shout", {"length": 5000}, Limits(output=1000), "too_large_inside"),
        ("die", {}, Limits(), "not_readable"),
        ("fail", {}, Limits(), "not_readable"),
    ],
)
def test_whatever_the_child_does_there_is_a_reason_and_a_way_on(
    misbehaving: None, function: str, options: dict, limits: Limits, code: str
) -> None:
    with pytest.raises(ReadingFailed) as caught:
        run(function, b"a child's name", options, limits)
    assert caught.value.code == code
    assert caught.value.fix
    assert "a child's name" not in str(caught.value)


def test_a_refusal_of_the_engine_keeps_its_own_words(misbehaving: None) -> None:
    with pytest.raises(ReadingFailed, match="It has a password") as caught:
        run("refuse", b"")
    assert (caught.value.code, caught.value.fix) == ("password", "Take the password off.")


def test_no_child_outlives_its_answer(misbehaving: None) -> None:
    with pytest.raises(ReadingFailed):
        run("sleep", b"", limits=Limits(seconds=0.5))
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    assert not [pid for pid in children if "misbehaving" in _command_line(pid)]


def test_only_functions_on_the_list_can_be_asked_for(misbehaving: None) -> None:
    with pytest.raises(ReadingFailed) as caught:
        run("os.system", b"true")
    assert caught.value.code == "not_readable"


def test_a_zip_bomb_is_refused_within_the_limits() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w") as member:
            for _ in range(400):
                member.write(b" " * 1024 * 1024)
    with pytest.raises(ReadingFailed):
        run("tables.read_tables", packed.getvalue(), {"name": "bomb.docx"})


def test_every_sample_file_is_read_without_opening_anything(samples: Path) -> None:
    for file in sorted((samples / "child-r").iterdir()):
        if file.suffix != ".json":
            options = {"name": file.name, "as_of": "2026-03-02"}
            assert run("tables.read_tables", file.read_bytes(), options)["tables"], file.name
            assert run("tables.read_chronology", file.read_bytes(), options)["rows"], file.name


def test_a_leak_is_found_without_opening_anything(samples: Path) -> None:
    identity = {"id": "p1", "kind": "person", "pseudonym": "the mother", "forms": ["Vennor"]}
    register = json.dumps({"identities": [identity]})
    pdf = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.docinfo["/Author"] = "C Vennor"
        made.save(pdf)
    file = samples / "child-r" / "Probation - C Vennor (scanned).docx"
    for name, data in ((file.name, file.read_bytes()), ("report.pdf", pdf.getvalue())):
        answer = run("anonymise.check", data, {"name": name, "register": register})
        inside = [match for match in answer["matches"] if "name" not in match["channel"]]
        assert inside, name
        assert answer["checked"], name


def test_the_child_never_loads_the_web_framework() -> None:
    code = "import candour.platform.child_main, sys; print('django' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert out.stdout.strip() == "False"


def _command_line(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""
