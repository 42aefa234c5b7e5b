"""The shared words, styles and cells of an Excel workbook (.xlsx), walked as XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from xml.etree.ElementTree import Element

from candour.engines.tables.model import BLANK, CellContent
from candour.engines.tables.number_formats import BUILT_IN, moment, parts_shown, shown
from candour.engines.tables.package import Package, local_name, named
from candour.engines.tables.wording import worded

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Workbook:
    """What cells lean on: the shared strings, the number format of each style, the date system."""

    strings: tuple[CellContent, ...]
    formats: tuple[str, ...]
    date_1904: bool


def read_strings(package: Package, part: str | None) -> tuple[CellContent, ...]:
    """Return the shared strings in order, each as the content of the cells that share it."""
    root = package.large_xml(part) if part else None
    return tuple(words(rich_text(item)) for item in root) if root is not None else ()


def read_formats(package: Package, part: str | None) -> tuple[str, ...]:
    """Return the number format code of each cell style, by style number."""
    root = package.large_xml(part) if part else None
    if root is None:
        return ()
    own = {
        element.get("numFmtId", ""): element.get("formatCode", "")
        for element in named(root, "numFmt")
    }
    styles = next((element for element in root if local_name(element) == "cellXfs"), None)
    numbers = [style.get("numFmtId", "0") for style in styles] if styles is not None else []
    return tuple(
        own.get(n) or BUILT_IN.get(int(n) if n.isdigit() else 0, "General") for n in numbers
    )


def rich_text(element: Element) -> str:
    """Return the text of a string item: its runs, without phonetic guides; escapes undone."""
    if len(element) == 1 and element[0].tag.endswith("}t"):
        text = element[0].text or ""
    else:
        text = "".join(_runs(element))
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _runs(element: Element) -> Iterator[str]:
    for child in element:
        name = local_name(child)
        if name == "t":
            yield child.text or ""
        elif name == "r":
            yield from (t.text or "" for t in child if local_name(t) == "t")


def read_cell(element: Element, book: Workbook) -> CellContent:
    """Return one cell: what Excel shows, and for a number its serial, format and true date."""
    kind = element.get("t", "n")
    if kind == "s" and len(element) == 1 and element[0].tag.endswith("}v"):
        return _shared(element[0].text or "", book)
    value, inline = "", ""
    for child in element:
        # A sheet has hundreds of thousands of cells: the names are compared in place.
        if child.tag.endswith("}v"):
            value = child.text or ""
        elif child.tag.endswith("}is"):
            inline = rich_text(child)
    if kind == "inlineStr":
        return words(inline)
    if kind == "s":
        return _shared(value, book)
    if kind == "b":
        return words({"1": "TRUE", "0": "FALSE"}.get(value, value))
    if kind == "d":
        return _iso_date(value)
    if kind == "n" and value:
        return _number(value, element.get("s", "0"), book)
    return words(value)


def words(text: str) -> CellContent:
    """Return a cell of text by the text rule."""
    return CellContent(*worded(text)) if text else BLANK


def _shared(value: str, book: Workbook) -> CellContent:
    try:
        return book.strings[int(value)] if value.isdigit() else BLANK
    except IndexError:
        return BLANK


def _number(value: str, style: str, book: Workbook) -> CellContent:
    try:
        number = float(value)
    except ValueError:
        return words(value)
    place = int(style) if style.isdigit() else 0
    code = book.formats[place] if place < len(book.formats) else "General"
    return CellContent(
        lines=shown(number, code, book.date_1904),
        true_date=true_date(number, code, book.date_1904),
        number=number,
        number_format=code,
    )


def true_date(number: float, code: str, date_1904: bool) -> date | datetime | None:
    """Return the day a number stands for where its format shows a day, month or year."""
    parts = parts_shown(code)
    if not parts & {"d", "m", "y"}:
        return None
    when = moment(number, date_1904)
    if when is None or when.time() == time.min or "h" not in parts:
        return when.date() if when else None
    return when


def _iso_date(value: str) -> CellContent:
    try:
        when = datetime.fromisoformat(value.removesuffix("Z"))
    except ValueError:
        return words(value)
    plain = when.time() == time.min
    lines = f"{when:%d/%m/%Y}" if plain else f"{when:%d/%m/%Y %H:%M}"
    return CellContent(lines=lines, true_date=when.date() if plain else when, number_format="ISO")
