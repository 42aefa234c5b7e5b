"""How much of what agencies wrote each reader keeps, beside its seconds and memory, in one run.

Run: .venv/bin/python bench/text_kept.py
For every file of both sample cases: the cell texts of the answer key that come out whole, and the
rows whose texts all come out together in one row. A reader that cannot open a kind of file has
kept none of it. Each reader works in a process of its own, which is how its memory is known.
"""

import csv
import importlib.util
import io
import json
import multiprocessing
import re
import resource
import time
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "tests" / "samples"
CASES = ("child-r", "child-w")
AS_OF = date(2022, 1, 31)
Rows = list[list[str]]
Reader = Callable[[bytes, str], Rows]


def plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def candour(data: bytes, name: str) -> Rows:
    from candour.engines.tables import read_chronology

    read = read_chronology(data, name, as_of=AS_OF)
    return [list(entry.text.values()) for entry in read.entries]


def python_docx(data: bytes, name: str) -> Rows:
    from docx import Document

    if not name.endswith(".docx"):
        return []
    tables = Document(io.BytesIO(data)).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def docx2python(data: bytes, name: str) -> Rows:
    from docx2python import docx2python as opened

    if not name.endswith(".docx"):
        return []
    with opened(io.BytesIO(data)) as document:
        return [["\n".join(cell) for cell in row] for table in document.body for row in table]


def mammoth(data: bytes, name: str) -> Rows:
    import mammoth as library

    if not name.endswith(".docx"):
        return []
    rows = _Rows()
    rows.feed(library.convert_to_html(io.BytesIO(data)).value)
    return rows.found


class _Rows(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: Rows = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.found.append([])
        elif tag in ("td", "th") and self.found:
            self.found[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1]:
            self.found[-1][-1] += f" {data}"


def openpyxl(data: bytes, name: str) -> Rows:
    import openpyxl as library

    if not name.endswith(".xlsx"):
        return []
    book = library.load_workbook(io.BytesIO(data), data_only=True)
    return [[str(v) for v in row if v is not None] for s in book.worksheets for row in s.values]


def plain_csv(data: bytes, name: str) -> Rows:
    if not name.endswith(".csv"):
        return []
    return list(csv.reader(io.StringIO(data.decode("utf-8", "replace"))))


READERS: dict[str, Reader] = {
    "candour": candour,
    "docx": python_docx,
    "docx2python": docx2python,
    "mammoth": mammoth,
    "openpyxl": openpyxl,
    "csv": plain_csv,
}


def measured(reader: str) -> tuple[int, int, int, int, float, int]:
    """Cells kept, cells, rows right, rows, seconds, megabytes: over the files it can open."""
    kept = cells = right = rows = 0
    start = time.perf_counter()
    found: list[tuple[Rows, list[dict[str, str]]]] = []
    for case in CASES:
        key = json.loads((SAMPLES / case / "truth.json").read_text(encoding="utf-8"))
        for file in key["files"]:
            data = (SAMPLES / case / file["file"]).read_bytes()
            read = READERS[reader](data, file["file"])
            if read:
                found.append((read, [row["text"] for row in file["rows"]]))
    seconds = time.perf_counter() - start
    for read, wanted in found:
        by_row = [{plain(text) for text in row} for row in read]
        everything = set().union(*by_row)
        for texts in wanted:
            sought = {plain(text) for text in texts.values() if plain(text)}
            kept, cells = kept + len(sought & everything), cells + len(sought)
            right, rows = right + any(sought <= row for row in by_row), rows + 1
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return kept, cells, right, rows, seconds, memory


def main() -> None:
    print(f"{'':<13}{'texts whole':>15}{'rows whole':>13}{'s':>8}{'MB':>6}   of the files it opens")
    for reader in READERS:
        if importlib.util.find_spec(reader) is None:
            print(f"{reader:<13}not installed, skipped (make bench installs it)")
            continue
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            kept, cells, right, rows, seconds, memory = pool.apply(measured, (reader,))
        print(f"{reader:<13}{kept:>8}/{cells:<6}{right:>6}/{rows:<6}{seconds:>8.2f}{memory:>6}")


if __name__ == "__main__":
    main()
