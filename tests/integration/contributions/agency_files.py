"""Files as agencies send them, and as nobody should; made here, none taken from a real case."""

import io
import zipfile
from typing import Any

import openpyxl
from docx import Document
from openpyxl.comments import Comment

PLAIN = (
    b"Date,Event,Source\n"
    b"12/3/2013,Home visit by the health visitor,Case notes\n"
    b"in the spring of 2013,Nursery rang,Log\n"
)
UNCLEAR = b"Date,Event\n12/3/2013,Home visit\nnot sure when,The grandmother rang\n"
ONLY_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def workbook_with_hidden_parts() -> bytes:
    """A workbook with a hidden row, a hidden column, a comment and an author."""
    book = openpyxl.Workbook()
    book.properties.creator = "Hidden Author"
    sheet: Any = book.active
    for row in (
        ["Date", "Event", "Staff notes"],
        ["12/03/2013", "Home visit", "column-canary"],
        ["13/03/2013", "row-canary", ""],
        ["14/03/2013", "Clinic", ""],
    ):
        sheet.append(row)
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet["B4"].comment = Comment("comment-canary", "Pat Commenter")
    return _saved(book)


def workbook_with_hidden_date() -> bytes:
    """A workbook whose date column is hidden."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (
        ["Date", "Event", "Notes"],
        ["12/03/2013", "Home visit", "x"],
        ["13/03/2013", "Call", "y"],
    ):
        sheet.append(row)
    sheet.column_dimensions["A"].hidden = True
    return _saved(book)


def _saved(book: Any) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def word_file(*rows: tuple[str, str]) -> bytes:
    """A Word file with one table of dates and events."""
    document = Document()
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Date", "Event"
    for date, event in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = date, event
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def changed(package: bytes, **parts: bytes) -> bytes:
    """An Office file with parts put in or replaced: `word__document_xml` is word/document.xml."""
    named = {key.replace("__", "/").replace("_xml", ".xml"): value for key, value in parts.items()}
    return with_parts(package, named)


def with_parts(package: bytes, parts: dict[str, bytes]) -> bytes:
    """An Office file with these parts put in or replaced."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return held.getvalue()
