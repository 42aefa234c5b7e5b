"""The forms that agencies get read back exactly; empty ones hold no entry."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from docx import Document

from candour.engines.tables import guess_roles, read_chronology, read_tables
from candour.engines.tables.blank_forms import COLUMNS, SEEN, About, blank_docx, blank_xlsx

ABOUT = About("CR-TEST-0001", "Testshire Health", "Everything from January 2013 to May 2014.")
AS_OF = date(2020, 1, 1)
TYPED = [
    ("3 March 2014", "09:30", "Home visit <by> the & nurse", "Case record p. 4", "Seen alone",
     "None", "", "4 March 2014"),
    ("early May 2014", "", "=Call, nobody in", "Diary", "Not seen", "Letter sent", "Why?", ""),
    ("?12/06/2014", "", "Brought to clinic", "", "", "", "", "13/06/2014"),
]  # fmt: skip


def filled_docx() -> bytes:
    document = Document(io.BytesIO(blank_docx(ABOUT)))
    table = document.tables[0]
    for row, words in zip(table.rows[1:], TYPED, strict=False):
        for cell, text in zip(row.cells, words, strict=True):
            paragraph = cell.paragraphs[0]
            for control in paragraph._p.findall("{*}sdt"):
                paragraph._p.remove(control)
            paragraph.add_run(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def filled_xlsx() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(blank_xlsx(ABOUT)))
    for row, words in enumerate(TYPED, start=2):
        for column, text in enumerate(words, start=1):
            cell = book["Chronology"].cell(row, column)
            cell.value = text or None
            cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_what_was_typed_reads_back_whole_under_the_forms_own_roles(name: str) -> None:
    read = read_chronology(filled_docx() if name == "a.docx" else filled_xlsx(), name, as_of=AS_OF)

    assert [tuple(entry.text.values()) for entry in read.entries] == TYPED
    assert [list(entry.roles.values()) for entry in read.entries] == [
        [role for _, role, _ in COLUMNS]
    ] * len(TYPED)
    assert not [entry for entry in read.entries if entry.must_refuse]
    assert read.entries[0].recorded_on == date(2014, 3, 4)
    assert not read.problems


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_an_empty_form_holds_no_entry_and_no_instruction_is_taken_for_one(name: str) -> None:
    made = blank_docx(ABOUT) if name == "a.docx" else blank_xlsx(ABOUT)
    assert read_chronology(made, name, as_of=AS_OF).entries == ()


def test_a_child_seen_is_chosen_from_a_list() -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank_xlsx(ABOUT)))
    (choices,) = book["Chronology"].data_validations.dataValidation
    assert choices.formula1 == f'"{",".join(SEEN)}"'
    assert document_xml().count("<w:dropDownList>") == 30


def document_xml() -> str:
    return Document(io.BytesIO(blank_docx(ABOUT))).element.xml


def test_the_reader_knows_every_heading_of_the_form() -> None:
    headings = [heading for heading, _, _ in COLUMNS]
    assert guess_roles(headings, []) == {heading: role for heading, role, _ in COLUMNS}


def test_the_form_names_the_review_and_the_agency() -> None:
    told = " ".join(leak.text for leak in read_tables(blank_docx(ABOUT), "a.docx").leaks)
    assert "CR-TEST-0001" in told and "Testshire Health" in told
