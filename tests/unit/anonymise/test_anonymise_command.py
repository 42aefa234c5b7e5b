import json
import zipfile
from pathlib import Path

import pytest
from docx import Document

from candour.engines.anonymise.command import main

REGISTER = {
    "identities": [
        {"id": "c", "kind": "person", "pseudonym": "Child K", "forms": ["Oswin Tarrant", "Oswin"]}
    ]
}


@pytest.fixture
def register_file(tmp_path: Path) -> Path:
    file = tmp_path / "register.json"
    file.write_text(json.dumps(REGISTER), encoding="utf-8")
    return file


def answer(
    capsys: pytest.CaptureFixture[str], *arguments: str | Path
) -> tuple[int, dict[str, object]]:
    status = main([str(argument) for argument in arguments])
    return status, json.loads(capsys.readouterr().out)


def word_file(folder: Path) -> Path:
    document = Document()
    document.core_properties.author = "Oswin Tarrant"
    document.sections[0].header.paragraphs[0].text = "Oswin"
    document.add_heading("About Oswin", 2)
    paragraph = document.add_paragraph("It was Os")
    paragraph.add_run("win").bold = True
    document.add_paragraph("seen", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Oswin"
    table.rows[0].cells[1].text = "came\nhome"
    file = folder / "draft.docx"
    document.save(file)
    return file


def test_a_word_file_is_built_anew_without_name_author_or_header(
    tmp_path: Path, register_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new.docx"

    status, told = answer(capsys, word_file(tmp_path), "--register", register_file, "--out", out)

    made = Document(out)
    assert status == 0
    assert told["leaks"] == []
    assert len(told["replacements"]) == 3  # type: ignore[arg-type]
    assert "headers" in told["left_out"]  # type: ignore[operator]
    assert [p.text for p in made.paragraphs] == ["About Child K", "It was Child K", "seen"]
    assert [p.style.name for p in made.paragraphs] == ["Heading 2", "Normal", "List Bullet"]
    assert [cell.text for cell in made.tables[0].rows[0].cells] == ["Child K", "came\nhome"]
    assert made.core_properties.author == ""
    with zipfile.ZipFile(out) as packed:
        assert not any(b"Oswin" in packed.read(name) for name in packed.namelist())


def test_a_page_is_built_anew_from_its_words_alone(
    tmp_path: Path, register_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<title>Oswin</title><h1>Os<i>win</i></h1>loose Oswin<div><p>a &lt; b</p></div>"
        "<ul><li>one<li>two</ul><table><tr><th>A<td>Oswin</table><!-- Oswin --><script>x</script>",
        encoding="utf-8",
    )
    out = tmp_path / "new.html"

    _, told = answer(capsys, page, "--register", register_file, "--out", out)

    made = out.read_text(encoding="utf-8")
    assert "Oswin" not in made
    assert "<h1>Child K</h1>\n<p>loose Child K</p>\n<p>a &lt; b</p>" in made
    assert "<ul><li>one</li><li>two</li></ul>" in made
    assert "<td>A</td><td>Child K</td>" in made
    assert told["left_out"] == ["script"]


def test_a_text_keeps_its_lines(
    tmp_path: Path, register_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Oswin came.\n\nThen he left.\n", encoding="utf-8")
    out = tmp_path / "new.txt"

    answer(capsys, notes, "--register", register_file, "--out", out)

    assert out.read_text(encoding="utf-8") == "Child K came.\n\nThen he left.\n"


def test_leaks_are_answers_and_not_failures(
    tmp_path: Path, register_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, told = answer(capsys, "check", word_file(tmp_path), "--register", register_file)

    leaks = told["leaks"]
    assert status == 0
    assert isinstance(leaks, list)
    assert {"draft.docx > docProps/core.xml", "draft.docx > word/document.xml"} <= {
        leak["place"] for leak in leaks
    }


def test_nothing_is_written_over(
    tmp_path: Path, register_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Oswin", encoding="utf-8")

    arguments = [str(notes), "--register", str(register_file), "--out", str(notes)]
    assert main(arguments) == 1
    assert "exists already: choose another name" in capsys.readouterr().err
    assert notes.read_text(encoding="utf-8") == "Oswin"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("old.doc", b"x", "give a .docx"),
        ("none.docx", None, "cannot be read"),
        ("broken.docx", b"not a zip", "damaged"),
        ("binary.txt", b"\x00\x01", "damaged"),
    ],
)
def test_an_unreadable_file_ends_with_status_one_and_says_why(
    tmp_path: Path,
    register_file: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    data: bytes | None,
    said: str,
) -> None:
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    out = str(tmp_path / "out.txt")
    assert main([str(file), "--register", str(register_file), "--out", out]) == 1
    assert said in capsys.readouterr().err


def test_bad_usage_ends_with_status_two(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path / "a.docx")])
    assert ended.value.code == 2
