"""A document comes out as it was written, each part in its place, and what is not is said."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.reading import documents

from candour.archive.acceptance import _ids_in
from candour.engines.reading import UnreadableDocument, read_document
from candour.engines.reading.model import Heading, ListBlock, TableBlock, words
from candour.engines.reading.plain_form import as_json
from candour.engines.reading.rendering import Rendered, render
from candour.platform import child


def rendered(data: bytes, name: str) -> Rendered:
    return render(read_document(data, name))


def texts(data: bytes, name: str) -> list[str]:
    return [each.text for each in rendered(data, name).cited]


OFFICE: list[tuple[str, Callable[[], bytes]]] = [
    ("a.docx", documents.report_docx),
    ("a.odt", documents.report_odt),
    ("a.html", documents.report_html),
]


@pytest.mark.parametrize(("name", "made"), OFFICE)
def test_headings_lists_tables_and_notes_keep_their_places(
    name: str, made: Callable[[], bytes]
) -> None:
    document = read_document(made(), name)
    headings = [(b.level, words(b.runs)) for b in document.blocks if isinstance(b, Heading)]
    lists = [b for b in document.blocks if isinstance(b, ListBlock)]
    (table,) = (b for b in document.blocks if isinstance(b, TableBlock))
    assert headings == [(1, "Introduction"), (2, "Found")]
    assert [words(item.runs) for item in lists[0].items] == [
        "First thing found",
        "Second thing found",
    ]
    assert table.headings == 1
    assert [[words(cell.runs) for cell in row] for row in table.rows][1] == ["3 March", "GP"]
    assert [(note.mark, words(note.runs)) for note in document.notes] == [
        ("1", "Working Together, chapter 4.")
    ]


@pytest.mark.parametrize(("name", "made"), OFFICE)
def test_a_note_is_reached_from_its_mark(name: str, made: Callable[[], bytes]) -> None:
    html = rendered(made(), name).html
    anchor = html.partition('<sup><a href="#')[2].partition('"')[0]
    assert f'<div id="{anchor}">' in html


def test_the_same_report_in_another_format_has_the_same_fingerprint_of_words() -> None:
    word = read_document(documents.report_docx(), "a.docx")
    open_text = read_document(documents.report_odt(), "a.odt")
    assert word.text_sha256 == open_text.text_sha256
    assert word.sha256 != open_text.sha256


def test_what_was_deleted_hidden_or_runs_is_not_published() -> None:
    assert "Realname" not in rendered(documents.report_docx(), "a.docx").html
    page = rendered(documents.report_html(), "a.html").html
    assert not [word for word in ("alert", "nobody sees", "Contact") if word in page]


def test_a_printed_report_comes_out_in_paragraphs_with_its_pages_as_anchors() -> None:
    document = read_document(documents.report_pdf(), "a.pdf")
    html = render(document).html
    assert [words(b.runs) for b in document.blocks if isinstance(b, Heading)] == [
        "1 Introduction",
        "1.1 What was found",
        "2 Learning",
        "3 Recommendations",
    ]
    assert all(f'id="page-{number}"' in html for number in (1, 2, 3))
    assert "[page 2]" in html.partition("2 Learning")[0]


def test_a_paragraph_that_numbers_itself_is_cited_by_its_number() -> None:
    anchors = [each.anchor for each in rendered(documents.report_pdf(), "a.pdf").cited]
    assert {"p-1.1", "p-1.2"} <= set(anchors)
    assert len(set(anchors)) == len(anchors)


def test_lines_are_joined_and_a_raised_number_is_a_mark_not_a_figure() -> None:
    (own,) = (t for t in texts(documents.report_pdf(), "a.pdf") if t.startswith("1.1 This"))
    assert own.startswith("1.1 This paragraph has a number of its own. It goes on to say more")
    assert '<sup><a href="#note-1">1</a></sup>' in rendered(documents.report_pdf(), "a.pdf").html


def test_a_list_and_a_drawn_table_of_a_pdf_are_a_list_and_a_table() -> None:
    document = read_document(documents.report_pdf(), "a.pdf")
    (found,) = (b for b in document.blocks if isinstance(b, ListBlock))
    (table,) = (b for b in document.blocks if isinstance(b, TableBlock))
    assert [words(item.runs)[:9] for item in found.items] == ["The first", "The secon", "The third"]
    assert words(found.items[1].runs).endswith("so that it must be joined")
    assert [words(cell.runs) for cell in table.rows[2]] == [
        "9 March",
        "Police",
        "Called to the home",
    ]


def test_heads_and_feet_are_left_out_and_named_and_a_repeated_sentence_stays() -> None:
    document = read_document(documents.report_pdf(), "a.pdf")
    assert document.left_out == (
        "Northmere Board Overview report: Child X",
        "Official Page 1 of 3",
    )
    said = " ".join(texts(documents.report_pdf(), "a.pdf"))
    assert said.count("weighed the infant every fortnight") == 6
    assert "Northmere" not in said


def test_false_tags_change_nothing() -> None:
    told = texts(documents.mistagged_pdf(), "a.pdf")
    assert told == texts(documents.report_pdf(), "a.pdf")


def test_eight_hundred_pages_are_read_to_the_last() -> None:
    document = read_document(documents.pages_pdf(800), "a.pdf")
    assert document.pages == 800
    assert "This is what stands on page 800." in words(document.blocks[-1].runs)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("code", "name", "made"),
    [
        ("empty", "a.pdf", lambda: b""),
        ("password_protected", "a.pdf", documents.locked_pdf),
        ("only_pictures", "a.pdf", documents.picture_pdf),
        ("damaged", "a.pdf", lambda: documents.report_pdf()[:2000]),
        ("damaged", "a.docx", lambda: documents.report_docx()[:3000]),
        ("old_or_locked_office", "a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"),
        ("kind_not_read", "a.txt", lambda: b"Only words."),
        ("no_words", "a.html", lambda: b"<html><body></body></html>"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(
    code: str, name: str, made: Callable[[], bytes]
) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_document(made(), name)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")
    assert refused.value.fix.endswith(".")


def test_a_picture_among_pages_of_text_is_named_with_its_page() -> None:
    (problem,) = read_document(documents.pdf_with_a_picture(), "a.pdf").problems
    assert (problem.code, problem.where) == ("page_is_a_picture", "page 4")


def test_letters_in_another_encoding_than_named_are_read_and_the_doubt_is_said() -> None:
    document = read_document(documents.HTML.encode("cp1252"), "a.html")
    assert "“Quoted” by the médecin – twice." in " ".join(
        each.text for each in render(document).cited
    )
    assert [problem.code for problem in document.problems] == ["wrong_encoding"]


def test_a_name_that_says_something_else_is_noted_and_the_bytes_decide() -> None:
    document = read_document(documents.report_docx(), "report.pdf")
    assert document.format == "docx"
    assert [problem.code for problem in document.problems] == ["named_otherwise"]


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.odt", "a.html"])
def test_what_comes_out_is_what_the_archive_accepts(name: str) -> None:
    made = {
        "a.pdf": documents.report_pdf,
        "a.docx": documents.report_docx,
        "a.odt": documents.report_odt,
        "a.html": documents.report_html,
    }[name]
    out = rendered(made(), name)
    ids = _ids_in("the report", out.html)
    assert len(set(ids)) == len(ids)
    assert {each.anchor for each in out.cited} <= set(ids)


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_no_text_of_a_page_can_become_markup_of_ours(text: str) -> None:
    from html import escape

    page = f"<html><body><p>{escape(text)} and twenty words more</p></body></html>"
    out = rendered(page.encode("utf-8", "ignore"), "a.html")
    _ids_in("the report", out.html)


@settings(max_examples=60)
@given(st.binary(max_size=400), st.sampled_from(["a.pdf", "a.docx", "a.html", "a"]))
def test_any_bytes_are_read_or_refused_and_nothing_else(data: bytes, name: str) -> None:
    for start in (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html><body>"):
        try:
            read_document(start + data, name)
        except UnreadableDocument as refusal:
            assert refusal.code


def test_the_command_answers_a_line_for_each_file(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.docx", tmp_path / "bad.pdf"
    good.write_bytes(documents.report_docx())
    bad.write_bytes(documents.locked_pdf())
    command = [sys.executable, "-m", "candour", "reading", str(good), str(bad)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    first, second = (json.loads(line) for line in answer.stdout.splitlines())
    assert answer.returncode == 1
    assert first["headings"][0]["text"] == "Introduction"
    assert second["refused"]["code"] == "password_protected"


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.odt", "a.html"])
def test_a_child_that_can_open_nothing_reads_the_same(name: str) -> None:
    made = {
        "a.pdf": documents.report_pdf,
        "a.docx": documents.report_docx,
        "a.odt": documents.report_odt,
        "a.html": documents.report_html,
    }[name]()
    told = child.run("reading.read_document", made, {"name": name})
    assert told == json.loads(json.dumps(as_json(read_document(made, name))))
