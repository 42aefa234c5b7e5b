"""The JSON of `candour chronology read` and `merge`, fields named as the samples name them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from candour.engines.dates import Reading
from candour.engines.tables.entries import ChronologyFile, Entry
from candour.engines.tables.model import Cell, Problem, Table

_KINDS = {"year_row": "banner", "repeated_header": "header"}


def file_shape(chronology: ChronologyFile) -> dict[str, object]:
    """Return one file as a JSON object."""
    tables = chronology.tables
    return {
        "file": chronology.file,
        "agency": chronology.agency,
        "sha256": tables.sha256,
        "format": tables.format,
        "date_order": chronology.date_order,
        "date_system": "1904" if tables.date_1904 else "1900",
        "encoding": tables.encoding,
        "delimiter": tables.delimiter,
        "properties": dict(tables.properties),
        "tables": [_table_shape(table) for table in tables.tables],
        "rows": [entry_shape(entry) for entry in chronology.entries],
        "non_entry_rows": [shape for table in tables.tables for shape in _others(table)],
        "leaks": [asdict(leak) for leak in tables.leaks],
        "problems": [problem_shape(problem) for problem in chronology.problems],
    }


def problem_shape(problem: Problem) -> dict[str, object]:
    """Return a problem as a JSON object."""
    return asdict(problem)


def _table_shape(table: Table) -> dict[str, object]:
    return {
        "table": table.number,
        "title": table.title,
        "sheet": table.sheet,
        "header_row": table.header_row,
        "hidden": table.hidden,
        "chronology": table.is_chronology,
        "columns": [{"header": c.heading, "field": c.role} for c in table.columns],
        "hidden_columns": [c.heading for c in table.columns if c.hidden],
    }


def _others(table: Table) -> list[dict[str, object]]:
    shapes: list[dict[str, object]] = [
        {
            "table": table.number,
            "sheet": table.sheet,
            "row_index": row.row_index,
            "kind": _KINDS.get(row.kind, row.kind),
            "text": row.text,
        }
        for row in table.non_entry_rows
    ]
    if not table.is_chronology:
        shapes += [
            {
                "table": table.number,
                "sheet": table.sheet,
                "row_index": row.row_index,
                "kind": "outside",
                "text": " | ".join(cell.text for cell in row.cells if cell.text),
            }
            for row in table.rows
        ]
    return shapes


def entry_shape(entry: Entry) -> dict[str, object]:
    """Return one entry as a JSON object."""
    row = entry.row
    return {
        "agency": entry.agency,
        "file": entry.file,
        "order": entry.order,
        "table": entry.table,
        "sheet": entry.sheet,
        "row_index": row.row_index,
        "hidden": row.hidden,
        "inserted_row": row.inserted_row,
        **_date_shape(entry),
        "text": dict(entry.text),
        "roles": dict(entry.roles),
        "source_of_information": entry.words("source"),
        **_beside_the_text(row.cells),
        "told": list(entry.told),
        "told_by": list(entry.told_by),
        "recorded_on": _iso(entry.recorded_on),
        "warnings": [asdict(warning) for warning in entry.warnings],
    }


def _date_shape(entry: Entry) -> dict[str, object]:
    found, reading = entry.date, entry.date.reading
    refused = entry.must_refuse
    return {
        "date_raw": found.raw,
        "date_cell": found.cell,
        "basis": found.basis,
        "edtf": reading.edtf,
        "earliest": None if refused else _iso(reading.earliest),
        "latest": None if refused else _iso(reading.latest),
        "qualifier": reading.qualifier,
        "must_refuse": refused,
        "status": reading.status,
        "rule": reading.rule,
        "reason": reading.reason,
        "parts": [_part_shape(part) for part in found.parts],
        "end_date": _part_shape(entry.end_date) if entry.end_date else None,
        "excel": _excel_shape(entry),
        "time_raw": entry.time.raw,
        "time_from": entry.time.time_from,
        "time_to": entry.time.time_to,
        "time_basis": entry.time.basis,
    }


def _part_shape(reading: Reading) -> dict[str, object]:
    return {
        "date_raw": reading.raw,
        "edtf": reading.edtf,
        "earliest": _iso(reading.earliest),
        "latest": _iso(reading.latest),
        "time_from": reading.time_from,
        "time_to": reading.time_to,
    }


def _excel_shape(entry: Entry) -> dict[str, object] | None:
    heading = next((h for h, role in entry.roles.items() if role == "date"), None)
    cell = entry.row.under(heading) if heading else None
    if cell is None or cell.number is None:
        return None
    return {"serial": cell.number, "format": cell.number_format}


def _beside_the_text(cells: tuple[Cell, ...]) -> dict[str, object]:
    return {
        "footnotes": [{"column": c.heading, "text": t} for c in cells for t in c.footnotes],
        "endnotes": [{"column": c.heading, "text": t} for c in cells for t in c.endnotes],
        "comments": [
            {"column": c.heading, "anchor": m.anchor, "author": m.author, "text": m.text}
            for c in cells
            for m in c.comments
        ],
        "deleted": [{"column": c.heading, "text": t} for c in cells for t in c.deleted],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
