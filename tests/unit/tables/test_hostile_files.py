"""Files that are broken, locked, disguised or made to do harm: each is refused with a way out."""

from __future__ import annotations

import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.engines.tables import UnreadableFile, read_tables

Maker = Callable[..., bytes]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
BOMB = b"<w:p/>" * 2_000_000


def refusal(data: bytes, name: str = "chronology.docx") -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_tables(data, name)
    error = caught.value
    assert error.message.endswith(".")
    assert error.fix.endswith(".")
    return error


@pytest.mark.parametrize("data", [b"", b"   \r\n\t "])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refusal(data).code == "empty"


def test_an_old_word_file_renamed_docx_says_save_as_docx() -> None:
    error = refusal(OLE + "WordDocument".encode("utf-16-le"))
    assert error.code == "old_word"
    assert "Save As, Word Document (.docx)" in error.fix


def test_a_password_protected_file_says_remove_the_password() -> None:
    error = refusal(OLE + "EncryptedPackage".encode("utf-16-le"))
    assert error.code == "password_protected"
    assert "remove the password" in error.fix


def test_a_zip_with_locked_members_is_password_protected(word_table: Maker) -> None:
    locked = bytearray(word_table(("1 May 2012", "Visit", "")))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(mark)
        while at >= 0:
            locked[at + flags] |= 1
            at = locked.find(mark, at + 4)
    assert refusal(bytes(locked)).code == "password_protected"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        (b"{\\rtf1\\ansi chronology}", "rich_text"),
        (b"<html><table><tr><td>Date</td></tr></table></html>", "web_page"),
        (b'<?xml version="1.0"?><w:wordDocument/>', "bare_xml"),
        (b"\x7fELF\x02\x01\x01\x00" + b"\x00" * 64, "unknown"),
        (OLE + "__substg1.0_".encode("utf-16-le"), "email"),
        (OLE + "_VBA_PROJECT_CUR".encode("utf-16-le"), "macros"),
    ],
)
def test_a_file_of_another_kind_is_named_for_what_it_is(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_a_truncated_file_is_refused(word_table: Maker) -> None:
    whole = word_table(("1 May 2012", "Visit", ""))
    assert refusal(whole[: len(whole) // 2]).code == "damaged"


def test_a_file_with_a_flipped_byte_is_refused(word_table: Maker) -> None:
    whole = bytearray(word_table(("1 May 2012", "Visit", "")))
    place = bytes(whole).index(b"word/document.xml") + 60
    whole[place] ^= 0xFF
    assert refusal(bytes(whole)).code == "damaged"


def test_a_zip_of_other_things_is_refused(package: Maker) -> None:
    assert refusal(package({"photo.txt": "hello"})).code == "not_a_table_file"


def test_macros_are_refused_in_word_and_excel(word: Maker, workbook: Maker) -> None:
    enabled = "application/vnd.ms-word.document.macroEnabled.main+xml"
    assert refusal(word("", content_type=enabled)).code == "macros"
    assert refusal(workbook("", parts={"xl/vbaProject.bin": "x"})).code == "macros"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(package: Maker) -> None:
    parts = {"[Content_Types].xml": "wordprocessingml", "word/document.xml": BOMB}
    assert refusal(package(parts)).code == "too_large_unpacked"


def test_too_many_members_are_refused(package: Maker) -> None:
    parts = {f"part{number}": "" for number in range(5_001)}
    assert refusal(package(parts, zipfile.ZIP_STORED)).code == "too_large_unpacked"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_and_no_entity_is_read(package: Maker, encoding: str) -> None:
    body = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        '<!DOCTYPE w:document [<!ENTITY leak SYSTEM "file:///etc/passwd">]>'
        '<w:document xmlns:w="w"><w:body><w:p>&leak;</w:p></w:body></w:document>'
    )
    rels = (
        '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/>'
        "</Relationships>"
    )
    parts = {
        "[Content_Types].xml": "wordprocessingml",
        "_rels/.rels": rels,
        "word/document.xml": body.encode(encoding),
    }
    assert refusal(package(parts)).code == "document_type"


def test_nesting_without_end_is_refused(word: Maker) -> None:
    assert refusal(word("<w:ins>" * 5_000 + "</w:ins>" * 5_000)).code == "damaged"


def test_a_document_type_in_a_sheet_is_refused(workbook: Maker) -> None:
    sheet = (
        '<!DOCTYPE worksheet [<!ENTITY a "aaaa">]><worksheet><sheetData>&a;</sheetData></worksheet>'
    )
    assert refusal(workbook("", parts={"xl/worksheets/sheet1.xml": sheet})).code == "document_type"


def test_a_sheet_of_nothing_but_nesting_holds_no_entries(workbook: Maker) -> None:
    data = workbook("", after="<a>" * 50_000 + "</a>" * 50_000)
    assert not read_tables(data, "a.xlsx").tables[0].rows


def test_an_external_template_is_reported_and_never_fetched(word_table: Maker) -> None:
    data = word_table(
        ("1 May 2012", "Visit", ""),
        parts={"word/settings.xml": "<w:settings xmlns:w='w'/>"},
        links=(("t", "attachedTemplate", "http://10.0.0.1/evil.dotm", True),),
    )
    problems = read_tables(data, "a.docx").problems
    assert [problem.code for problem in problems] == ["external_template"]


def test_a_right_file_with_a_wrong_name_is_read_and_said(word_table: Maker) -> None:
    read = read_tables(word_table(("1 May 2012", "Visit", "")), "chronology.xlsx")
    assert read.format == "docx"
    assert [problem.code for problem in read.problems] == ["name_differs"]


def test_prose_without_columns_is_refused() -> None:
    assert refusal(b"Dear colleague\nThe chronology will follow\n", "a.csv").code == "no_columns"


@pytest.mark.parametrize("columns", [1_000_000, 300])
def test_a_table_of_a_million_columns_is_read_as_far_as_a_chronology_goes_and_said(
    columns: int, workbook: Maker, sheet_row: Maker
) -> None:
    text = f"Date,Event,Response{',x' * columns}\r\n1/5/2012,Visit,None{',' * columns}\r\n"
    wide = f'<c r="XFD3" t="inlineStr"><is><t>{"far away"}</t></is></c>'
    sheet = sheet_row(1, "Date", "Event") + sheet_row(2, "1/5/2012", "Visit")
    for data, name in (
        (text.encode(), "wide.csv"),
        (workbook(f'{sheet}<row r="3">{wide}</row>'), "wide.xlsx"),
    ):
        read = read_tables(data, name)
        assert read.tables[0].rows[0].cells[1].text == "Visit"
        assert len(read.tables[0].columns) <= 200
        assert [p.code for p in read.problems if p.code == "columns_left_out"] == [
            "columns_left_out"
        ]


@pytest.mark.parametrize("member", ["content.xml", "styles.xml", "meta.xml"])
def test_no_part_of_a_spreadsheet_may_hold_an_entity_or_a_bomb(package: Maker, member: str) -> None:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    sheet = (
        '<o:document-content xmlns:o="o" xmlns:t="t"><o:body><o:spreadsheet><t:table/>'
        "</o:spreadsheet></o:body></o:document-content>"
    )
    entity = '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
    parts = {"mimetype": kind, "content.xml": sheet}
    assert refusal(package({**parts, member: entity}), "a.ods").code == "document_type"
    assert refusal(package({**parts, member: BOMB}), "a.ods").code == "too_large_unpacked"
    assert refusal(package({**parts, member: sheet[:-9]}), "a.ods").code == "damaged"


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read_tables(data, "file")
    except UnreadableFile as error:
        assert error.code


@given(st.binary(min_size=1, max_size=200), st.integers(min_value=0, max_value=10_000))
def test_a_spoilt_word_file_is_read_or_refused(noise: bytes, at: int) -> None:
    whole = bytearray(SOUND_WORD_FILE)
    place = at % len(whole)
    whole[place : place + len(noise)] = noise
    try:
        read_tables(bytes(whole), "file.docx")
    except UnreadableFile as error:
        assert error.code


def _sound_word_file() -> bytes:
    import io

    from docx import Document

    document = Document()
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [c for row in table.rows for c in row.cells],
        ("Date", "Event", "1 May 2012", "Visit"),
        strict=True,
    ):
        cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


SOUND_WORD_FILE = _sound_word_file()
