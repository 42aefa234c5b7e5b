"""Nine agencies' files, read, dated, merged and written to Word: ours beside a plain script.

The plain script is what an analyst would write in an afternoon: python-docx, openpyxl and csv for
the cells, dateutil for the dates. It reads eight of the nine files (not the .odt), and it guesses.
"""

import csv
import json
import time
from datetime import date
from pathlib import Path

from dateutil import parser as dateutil
from docx import Document
from openpyxl import load_workbook

from candour.engines.tables import chronology_docx, merge, read_chronology

SAMPLES = Path(__file__).parent.parent / "tests" / "samples" / "child-r"
CASE = json.loads((SAMPLES / "case.json").read_text(encoding="utf-8"))
FILES = [SAMPLES / agency["file"] for agency in CASE["agencies"]]


def ours() -> tuple[int, int]:
    """Entries and entries with a window."""
    read = [
        read_chronology(path.read_bytes(), path.name, case=CASE, as_of=date(2015, 6, 1))
        for path in FILES
    ]
    integrated = merge(read, {a["file"]: a["name"] for a in CASE["agencies"]})
    chronology_docx(integrated, "Integrated chronology")
    rows = [row for file in read for row in file.to_json()["rows"]]
    return len(rows), sum(bool(row["earliest"] or row["latest"]) for row in rows)


def plain() -> tuple[int, int]:
    """Rows and rows with a date, as the afternoon's script sees them."""
    cells = [row for path in FILES for row in _rows(path)]
    return len(cells), sum(_dated(row) for row in cells)


def _rows(path: Path) -> list[list[str]]:
    if path.suffix == ".docx":
        tables = Document(str(path)).tables
        return [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    if path.suffix == ".xlsx":
        sheets = load_workbook(path, data_only=True).worksheets
        return [[str(v or "") for v in row] for sheet in sheets for row in sheet.values]
    if path.suffix == ".csv":
        with path.open(encoding="cp1252", newline="") as file:
            return list(csv.reader(file))
    return []


def _dated(row: list[str]) -> bool:
    try:
        dateutil.parse(row[0] if row else "", dayfirst=True)
    except (ValueError, OverflowError):
        return False
    return True


def main() -> None:
    """Print rows, rows dated and seconds of each; the median of five runs."""
    for name, run in (("candour", ours), ("plain script", plain)):
        seconds = []
        for _ in range(5):
            start = time.perf_counter()
            rows, dated = run()
            seconds.append(time.perf_counter() - start)
        print(f"{name:14} {rows:4} rows  {dated:4} dated  {sorted(seconds)[2]:.2f} s")
    print("truth           232 entries; headings, guidance and blank rows are not entries")


if __name__ == "__main__":
    main()
