"""Figures as files: Excel with a sheet of definitions, or CSV with its metadata beside it."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator

import xlsxwriter

from candour.audit.services import record
from candour.kernel.actor import Actor
from candour.oversight.counting import Figures
from candour.oversight.presenters import LEFT_OUT, in_words
from candour.oversight.statistics import Year
from candour.reports.downloads import WorkingCopy

FIGURE_FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
RULES = (
    (LEFT_OUT, "A number from 1 to 9, or one from which such a number could be worked out."),
    ("0", "None."),
)
# A file's own day would make the same figures differ in their bytes.
_STILL = (1980, 1, 1, 0, 0, 0)


def figure_file(*, by: Actor, year: Year, file_format: str) -> WorkingCopy:
    """Every table of the year in one file; taking it away is an event."""
    content = _workbook(year) if file_format == "xlsx" else _csv_with_metadata(year)
    record(
        "oversight.figures_taken",
        by=by,
        subject=str(year.desk.pk),
        year=year.begins.isoformat(),
        format=file_format,
    )
    name = f"figures-{year.begins.isoformat()}.{file_format}"
    return WorkingCopy(name, FIGURE_FORMATS[file_format], content)


def _lines(table: Figures) -> Iterator[list[str]]:
    whole = [] if table.one_way else ["All"]
    yield ["Group", *table.columns, *whole]
    for label, cells, total in table.rows:
        yield [label, *map(in_words, cells), *([] if table.one_way else [in_words(total)])]
    if table.totals:
        last = [] if table.one_way else [in_words(table.total)]
        yield ["All", *map(in_words, table.totals), *last]


def _durations(year: Year) -> Iterator[list[str]]:
    yield ["Step", "Counted", "Lower quartile, days", "Median, days", "Upper quartile, days"]
    for each in year.durations:
        values = (each.spread.lower, each.spread.median, each.spread.upper)
        days = [LEFT_OUT if value is None else f"{value:g}" for value in values]
        yield [each.title, in_words(each.spread.count), *days]


def _workbook(year: Year) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False})
    bold = book.add_format({"bold": True})
    about = book.add_worksheet("About")
    for number, (name, value) in enumerate(_about(year)):
        about.write_string(number, 0, name, bold)
        about.write_string(number, 1, value)
    about.set_column(0, 0, 32)
    about.set_column(1, 1, 100)
    sheets = [(table.id, table.title, list(_lines(table))) for table in year.tables]
    if year.durations:
        sheets.append(("durations", "How long steps took", list(_durations(year))))
    for id, title, lines in sheets:
        _sheet(book, bold, id, title, lines)
    book.close()
    return buffer.getvalue()


def _sheet(
    book: "xlsxwriter.Workbook", bold: object, id: str, title: str, lines: list[list[str]]
) -> None:
    sheet = book.add_worksheet(id[:31])
    sheet.write_string(0, 0, title, bold)
    for row, line in enumerate(lines, start=2):
        for column, value in enumerate(line):
            plain = value.replace(",", "")
            if row > 2 and column and plain.replace(".", "", 1).isdigit():
                sheet.write_number(row, column, float(plain))
            else:
                sheet.write_string(row, column, value, bold if row == 2 else None)
    sheet.set_column(0, 0, 44)


def _about(year: Year) -> Iterator[tuple[str, str]]:
    yield "Body", year.desk.name
    yield "Reporting year", f"{year.label}, from {year.begins} to the day before {year.ends}"
    yield "Notifications", in_words(year.notified)
    for mark, words in RULES:
        yield f"“{mark}”", words
    for table in year.tables:
        yield table.title, f"Counted: {table.of}. {table.definition}"
    for each in year.durations:
        yield each.title, each.definition


def _csv_with_metadata(year: Year) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in year.tables:
            _put(archive, f"{table.id}.csv", _as_csv(_lines(table)))
        if year.durations:
            _put(archive, "durations.csv", _as_csv(_durations(year)))
        _put(archive, "metadata.json", json.dumps(_metadata(year), indent=2, ensure_ascii=False))
    return buffer.getvalue()


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    archive.writestr(zipfile.ZipInfo(name, _STILL), text.encode())


def _as_csv(lines: Iterator[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([value.replace(",", "") for value in line] for line in lines)
    return text.getvalue()


def _metadata(year: Year) -> dict[str, object]:
    """After the W3C's "CSV on the Web": each table by its file, with title and definition."""
    tables = [
        {
            "url": f"{table.id}.csv",
            "dc:title": table.title,
            "dc:description": table.definition,
            "counted": table.of,
        }
        for table in year.tables
    ]
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:publisher": year.desk.name,
        "dc:temporal": f"{year.begins}/{year.ends}",
        "notifications": in_words(year.notified),
        "marks": dict(RULES),
        "tables": tables,
        "durations": {each.id: {"dc:title": each.title, "dc:description": each.definition}
                      for each in year.durations},
    }  # fmt: skip
