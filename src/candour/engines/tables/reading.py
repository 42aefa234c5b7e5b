"""Reading the tables of any file that an agency may send."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from candour.engines.tables.grid import build_tables
from candour.engines.tables.model import CellContent, Leak, Problem, Table, TableFile
from candour.engines.tables.raw import RawTable
from candour.engines.tables.recognise import Format, name_differs, recognise


@dataclass
class Contents:
    """What a reader of one format brings back."""

    tables: list[RawTable] = field(default_factory=list)
    leaks: list[Leak] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    date_1904: bool = False
    encoding: str | None = None
    delimiter: str | None = None


def read_tables(data: bytes, name: str, roles: Mapping[str, str] | None = None) -> TableFile:
    """Return every table of a file, with every word outside them.

    `name` is the file's name as it arrived; `roles` gives roles by heading where a person has
    settled them. Raises UnreadableFile, and nothing else, when the bytes are no file of tables.
    """
    format = recognise(data, name)
    with collector_resting():
        found = _READERS[format](data)
        tables = build_tables(found.tables, roles)
    problems = [problem for problem in (name_differs(name, format),) if problem]
    beside = _words_beside(tables, found.tables, format)
    leaks = [Leak("file name", name), *found.leaks, *beside]
    return TableFile(
        format=format,
        sha256=hashlib.sha256(data).hexdigest(),
        tables=tuple(tables),
        properties=found.properties,
        leaks=tuple(leak for leak in leaks if leak.text),
        problems=(*problems, *found.problems, *_no_table(tables)),
        date_1904=found.date_1904,
        encoding=found.encoding,
        delimiter=found.delimiter,
    )


@contextmanager
def collector_resting() -> Iterator[None]:
    """Keep Python from searching for garbage cycles while a large file is read: hundreds of
    thousands of new cells and no cycle among them cost a third of the time otherwise. Afterwards
    they count as old, so that the next search does not begin with them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def _word(data: bytes) -> Contents:
    from candour.engines.tables.office_properties import office_properties, property_leaks
    from candour.engines.tables.package import Package
    from candour.engines.tables.word import read_word
    from candour.engines.tables.word_margins import outside_links

    package = Package(data)
    document = read_word(package)
    properties = office_properties(package)
    return Contents(
        tables=document.tables,
        leaks=[*property_leaks(properties), *document.leaks],
        problems=[*outside_links(package), *document.problems],
        properties=properties,
    )


def _excel(data: bytes) -> Contents:
    from candour.engines.tables.excel import read_excel
    from candour.engines.tables.office_properties import office_properties, property_leaks
    from candour.engines.tables.package import Package
    from candour.engines.tables.word_margins import outside_links

    package = Package(data)
    book = read_excel(package)
    properties = office_properties(package)
    return Contents(
        tables=book.tables,
        leaks=[*property_leaks(properties), *book.leaks],
        problems=[*outside_links(package), *book.problems],
        properties=properties,
        date_1904=book.date_1904,
    )


def _open_text(data: bytes) -> Contents:
    from candour.engines.tables.open_text import read_open_text
    from candour.engines.tables.package import Package

    document = read_open_text(Package(data))
    return Contents(tables=document.tables, leaks=document.leaks, properties=document.properties)


def _open_sheets(data: bytes) -> Contents:
    from candour.engines.tables.open_sheets import read_open_sheets
    from candour.engines.tables.package import Package

    read = read_open_sheets(Package(data))
    return Contents(
        tables=read.tables,
        leaks=read.leaks,
        problems=read.problems,
        properties=read.properties,
        date_1904=read.date_1904,
    )


def _old_workbook(data: bytes) -> Contents:
    from candour.engines.tables.old_workbooks import read_old_workbook

    book = read_old_workbook(data)
    return Contents(tables=book.tables, problems=book.problems, date_1904=book.date_1904)


def _separated_values(data: bytes) -> Contents:
    from candour.engines.tables.delimited import read_delimited

    read = read_delimited(data)
    return Contents(
        tables=[read.table],
        problems=list(read.problems),
        encoding=read.encoding,
        delimiter=read.delimiter,
    )


_READERS: dict[Format, Callable[[bytes], Contents]] = {
    "docx": _word,
    "xlsx": _excel,
    "odt": _open_text,
    "ods": _open_sheets,
    "xls": _old_workbook,
    "csv": _separated_values,
}


def _words_beside(tables: list[Table], raws: list[RawTable], format: Format) -> list[Leak]:
    """Words of the file that no entry's text shows: above the header, in notes, in deleted rows."""
    leaks: list[Leak] = []
    for table in tables:
        if table.is_chronology:
            leaks += _above_and_deleted(table, "preamble" if format == "csv" else "title")
        else:
            leaks += _words_outside(table)
    for number, raw in enumerate(raws, start=1):
        place = f"sheet {raw.sheet}" if raw.sheet else f"table {number}"
        for row in raw.rows:
            for cell in row.cells:
                if cell.content.has_notes:
                    leaks += _notes_of(cell.content, f"{place} row {row.row_index}")
    return leaks


def _words_outside(table: Table) -> Iterator[Leak]:
    where = f"hidden sheet {table.sheet}" if table.hidden else _place(table)
    if table.header_row is not None:
        yield Leak(where, " | ".join(column.heading for column in table.columns))
    for other in table.non_entry_rows:
        yield Leak(where, other.text)
    for row in table.rows:
        yield Leak(where, " | ".join(cell.text for cell in row.cells if cell.text))


def _above_and_deleted(table: Table, where_above: str) -> Iterator[Leak]:
    for row in table.non_entry_rows:
        if row.kind == "deleted_row":
            yield Leak("deleted row deleted text", row.text)
        elif row.text and row.row_index < (table.header_row or 0):
            yield Leak(where_above, row.text)


def _notes_of(content: CellContent, where: str) -> Iterator[Leak]:
    for comment in content.comments:
        yield Leak(f"{where} comment", f"{comment.author}: {comment.text}".removeprefix(": "))
    for note in (*content.footnotes, *content.endnotes):
        yield Leak(f"{where} note", note)
    for text in content.deleted:
        yield Leak(f"{where} deleted text", text)


def _place(table: Table) -> str:
    return f"sheet {table.sheet}" if table.sheet else f"table {table.number}"


def _no_table(tables: list[Table]) -> list[Problem]:
    if any(table.is_chronology for table in tables):
        return []
    return [
        Problem(
            "no_chronology",
            "whole file",
            "No table with a column of dates was found, so no entry could be read.",
            "If the file has such a table, say which column holds the date; if the chronology is "
            "typed as paragraphs, put it in a table with one row for each event.",
        )
    ]
