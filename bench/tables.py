"""Speed of reading tables, beside python-docx and openpyxl reading the same files.

Run: .venv/bin/python bench/tables.py
Prints seconds of wall clock for a Word table of 2,000 rows and a workbook of 20,000 rows, best of
three runs, and the most memory that a process of its own needed for each. The days run forward over
eleven years, so that each stands on some five rows.
"""

from __future__ import annotations

import io
import multiprocessing
import resource
import time
from collections.abc import Callable
from datetime import date, timedelta

import openpyxl
import xlsxwriter
from docx import Document
from docx.oxml import parse_xml

from candour.engines.tables import (
    chronology_docx,
    chronology_xlsx,
    merge,
    read_chronology,
    read_tables,
)

WORD_ROWS, SHEET_ROWS, EXPORT_ROWS = 2_000, 20_000, 8_000
AS_OF = date(2020, 1, 1)
HEADINGS = ("Date", "Source", "Event", "Response", "Comment")
WORDS = "The health visitor rang the school and spoke to the head about the missed visit. " * 3
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def day(at: int) -> str:
    return f"{date(2008, 1, 1) + timedelta(days=at * 4_000 // SHEET_ROWS):%d/%m/%Y}"


def row(at: int) -> tuple[str, ...]:
    return (day(at), "Case record", f"{at} {WORDS}", "No further action.", "")


def word_file() -> bytes:
    document = Document()
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = [HEADINGS, *map(row, range(WORD_ROWS))]
    written = "".join(f"<w:tr>{''.join(cell.format(t) for t in texts)}</w:tr>" for texts in rows)
    document.element.body.insert(0, parse_xml(f"<w:tbl {SPACE}>{written}</w:tbl>"))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def sheet_file() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, texts in enumerate([HEADINGS, *map(row, range(SHEET_ROWS))]):
        sheet.write_row(at, 0, texts)
    book.close()
    return stream.getvalue()


def best(work: Callable[[], object]) -> float:
    runs = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        runs.append(time.perf_counter() - start)
    return min(runs)


def by_python_docx(data: bytes) -> list[list[str]]:
    table = Document(io.BytesIO(data)).tables[0]
    return [[cell.text for cell in row.cells] for row in table.rows]


def by_openpyxl(data: bytes) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    return list(book.active.iter_rows(values_only=True))


def say(what: str, seconds: float) -> None:
    print(f"{what:<58} {seconds:8.2f} s")


def peak(data: bytes, name: str) -> int:
    """The most memory in MB that reading one file takes, in a process that does nothing else."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_peak, (data, name))


def _peak(data: bytes, name: str) -> int:
    read_chronology(data, name, as_of=AS_OF)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    word, sheet = word_file(), sheet_file()
    say(f"docx {WORD_ROWS} rows: read_tables", best(lambda: read_tables(word, "a.docx")))
    read = lambda: read_chronology(word, "a.docx", as_of=AS_OF)  # noqa: E731
    say(f"docx {WORD_ROWS} rows: read_chronology, dates too", best(read))
    say(f"docx {WORD_ROWS} rows: python-docx, cell texts only", best(lambda: by_python_docx(word)))
    say(f"xlsx {SHEET_ROWS} rows: read_tables", best(lambda: read_tables(sheet, "a.xlsx")))
    many = lambda: read_chronology(sheet, "a.xlsx", as_of=AS_OF)  # noqa: E731
    say(f"xlsx {SHEET_ROWS} rows: read_chronology, dates too", best(many))
    say(
        f"xlsx {SHEET_ROWS} rows: openpyxl read-only, values only", best(lambda: by_openpyxl(sheet))
    )
    for name, data in (("a.docx", word), ("a.xlsx", sheet)):
        print(f"{name}: most memory of the process that reads it {peak(data, name):>11} MB")
    files = [read() for _ in range(EXPORT_ROWS // WORD_ROWS)]
    merged = merge(files)
    say(f"merge {EXPORT_ROWS} entries", best(lambda: merge(files)))
    say(f"docx export of {EXPORT_ROWS} entries", best(lambda: chronology_docx(merged, "Bench")))
    say(f"xlsx export of {EXPORT_ROWS} entries", best(lambda: chronology_xlsx(merged, "Bench")))


if __name__ == "__main__":
    main()
