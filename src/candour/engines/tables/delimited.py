"""Reading a file of separated values: its encoding, its separator, its records."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from candour.engines.tables.model import BLANK, CellContent, Problem, UnreadableFile
from candour.engines.tables.raw import (
    MOST_COLUMNS,
    RawCell,
    RawRow,
    RawTable,
    columns_left_out,
)
from candour.engines.tables.wording import worded

_SEPARATORS = (",", ";", "\t", "|")
_LONGEST_FIELD = 4 * 1024 * 1024
_SNIFFED = 400


@dataclass(frozen=True)
class Delimited:
    """A file of separated values as read."""

    table: RawTable
    encoding: str
    delimiter: str
    problems: tuple[Problem, ...]


def read_delimited(data: bytes) -> Delimited:
    """Read every record as one row, counted from 1. Cells stay text, whatever sign they start with.

    Raises UnreadableFile where no separator gives more than one column.
    """
    text, encoding, problems = _decoded(data)
    csv.field_size_limit(_LONGEST_FIELD)
    delimiter = _separator(text)
    records = _records(text, delimiter)
    rows = tuple(_row(index, record) for index, record in enumerate(records, start=1))
    wide = (index for index, record in enumerate(records, start=1) if any(record[MOST_COLUMNS:]))
    problems += [columns_left_out("file", index) for index in islice(wide, 1)]
    problems += _unclosed(text, delimiter)
    return Delimited(RawTable(rows), encoding, delimiter, tuple(problems))


def _row(index: int, record: list[str]) -> RawRow:
    shown = enumerate(record[:MOST_COLUMNS])
    return RawRow(index, tuple(RawCell(_words(value), place) for place, value in shown))


def _decoded(data: bytes) -> tuple[str, str, list[Problem]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), "utf-16", []
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        marked = data.startswith(b"\xef\xbb\xbf")
        return text, "utf-8" if encoding == "utf-8-sig" and not marked else encoding, []
    problem = Problem(
        "odd_characters",
        "whole file",
        "Some characters belong to no encoding that Candour knows; they are shown as read in "
        "Latin-1.",
        "Compare names and quotation marks with the original, or save it again as CSV UTF-8.",
    )
    return data.decode("latin-1"), "latin-1", [problem]


def _separator(text: str) -> str:
    sample = text[: 256 * 1024]
    fits = {separator: _fit(sample, separator) for separator in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda separator: fits[separator])
    if fits[best] == (0.0, 0):
        raise UnreadableFile(
            "no_columns",
            "The file is plain text without columns, so no table could be read from it.",
            "Send the Word, Excel or CSV file that the chronology was typed in.",
        )
    return best


def _fit(sample: str, separator: str) -> tuple[float, int]:
    """Return how many records share the usual width, and that width."""
    try:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        widths = Counter(len(record) for record, _ in zip(reader, range(_SNIFFED), strict=False))
    except csv.Error:
        return (0.0, 0)
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return (0.0, 0)
    usual = max(wide, key=lambda width: (wide[width], width))
    return (wide[usual] / sum(widths.values()), usual)


def _records(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise UnreadableFile(
            "field_too_long",
            "One field of the file is longer than any chronology entry, most likely because a "
            "quotation mark was opened and never closed.",
            "Open the file in Excel, check the last rows that look right, and save it again.",
        ) from None


def _unclosed(text: str, delimiter: str) -> list[Problem]:
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        if "unexpected end" in str(error):
            return [
                Problem(
                    "quote_not_closed",
                    "last row",
                    "A quotation mark opens a field and is never closed; the rest of the file was "
                    "read as part of that field.",
                    "Look at the last row. If rows are missing, close the quotation mark in the "
                    "original and send it again.",
                )
            ]
    return []


def _words(value: str) -> CellContent:
    return CellContent(*worded(value)) if value else BLANK
