"""The integrated chronology as a workbook, as separated values and as JSON.

No cell is ever a formula: one that starts with = + - @ or a control character is written as text
in a workbook and with an apostrophe in front in separated values (OWASP, CSV Injection).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from candour.engines.tables.colours import TEXT, tint_of
from candour.engines.tables.entries import Entry
from candour.engines.tables.integrated import Integrated
from candour.engines.tables.layout import COLUMNS, EVERYTHING, Layout
from candour.engines.tables.shapes import entry_shape, problem_shape

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS: Final = dict(
    zip(COLUMNS, (18, 12, 12, 12, 10, 22, 60, 18, 40, 32, 22, 30, 30, 26, 18), strict=True)
)
_A3: Final = 8
_LONGEST_CELL: Final = 32_767
_FIRST_EXCEL_DAY: Final = date(1900, 3, 1)


def chronology_csv(integrated: Integrated, layout: Layout = EVERYTHING) -> bytes:
    """Return the chronology as CSV, UTF-8 with a byte order mark so that Excel shows it rightly."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(layout.headings)
    for _, words in layout.records(integrated):
        writer.writerow([without_formula(words[name]) for name in layout.headings])
    return stream.getvalue().encode("utf-8-sig")


def without_formula(text: str) -> str:
    """Return the text with an apostrophe in front where a spreadsheet would run it."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def chronology_json(integrated: Integrated) -> bytes:
    """Return the chronology as {entries, problems}, entries in the shape of `chronology read`."""
    shape = {
        "entries": [entry_shape(entry) for entry in integrated.entries],
        "problems": [{"file": file, **problem_shape(p)} for file, p in integrated.problems],
    }
    return json.dumps(shape, ensure_ascii=False, indent=1).encode("utf-8")


def chronology_xlsx(
    integrated: Integrated,
    title: str,
    marking: str = "OFFICIAL-SENSITIVE",
    layout: Layout = EVERYTHING,
) -> bytes:
    """Return the chronology as one sheet, A3 landscape, its headings frozen and on every page.

    Raises nothing for long cells: words beyond Excel's limit of 32,767 characters go on in a row
    of their own below, so that none is lost.
    """
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": title, "comments": "", "author": ""})
    sheet = book.add_worksheet("Integrated chronology")
    _lay_out(book, sheet, marking, layout.headings)
    formats = _Formats(book, integrated.agencies)
    place = 1
    for entry, words in layout.records(integrated):
        chosen = {name: words[name] for name in layout.headings}
        place = _write(sheet, place, entry, chosen, formats)
    sheet.autofilter(0, 0, max(place - 1, 1), len(layout.headings) - 1)
    book.close()
    return stream.getvalue()


def _lay_out(book: Workbook, sheet: Worksheet, marking: str, headings: Sequence[str]) -> None:
    heading = book.add_format(
        {"bold": True, "bg_color": "#D9D9D9", "text_wrap": True, "valign": "top"}
    )
    for column, name in enumerate(headings):
        sheet.set_column(column, column, _WIDTHS[name])
        sheet.write_string(0, column, name, heading)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&C{marking}")
    sheet.set_footer("&CPage &P of &N")


def _write(
    sheet: Worksheet, place: int, entry: Entry, words: Mapping[str, str], formats: _Formats
) -> int:
    reading = entry.date.reading
    days = {} if entry.must_refuse else {"Earliest": reading.earliest, "Latest": reading.latest}
    longest = max(map(len, words.values()))
    for part in range(longest // _LONGEST_CELL + 1):
        for column, name in enumerate(words):
            when = days.get(name)
            if when is not None and when >= _FIRST_EXCEL_DAY and part == 0:
                sheet.write_datetime(place, column, when, formats.day)
                continue
            text = words[name][part * _LONGEST_CELL : (part + 1) * _LONGEST_CELL]
            if text or part == 0:
                sheet.write_string(place, column, text, formats.of(name, entry.agency))
        place += 1
    return place


class _Formats:
    def __init__(self, book: Workbook, agencies: Sequence[str]) -> None:
        wrapped = {"text_wrap": True, "valign": "top"}
        self.plain: Format = book.add_format(wrapped | {"num_format": "@"})
        self.day: Format = book.add_format(
            {"valign": "top", "num_format": "dd/mm/yyyy", "align": "left"}
        )
        self.tinted: dict[str, Format] = {
            agency: book.add_format(
                wrapped | {"bg_color": f"#{tint}", "font_color": f"#{TEXT}", "num_format": "@"}
            )
            for agency, tint in tint_of(agencies).items()
        }

    def of(self, heading: str, agency: str) -> Format:
        return self.tinted[agency] if heading == "Agency" else self.plain
