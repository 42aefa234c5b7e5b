"""Everything at once: catalogue and paragraphs as CSV, JSON lines and Parquet, with what they mean.

Rows are read and sent as they come, so that a download needs no more memory with a larger archive.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from candour.archive.exchange.addresses import PURPOSE, of_version
from candour.archive.exchange.api import facts_of
from candour.archive.exchange.plain_answers import as_json, refused
from candour.archive.exchange.reading_rows import (
    latest_text,
    may_be_taken_in_bulk,
    paragraphs_of,
    records,
)

_AT_ONCE = 200
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

# Each column with what it means; the data dictionary is this and nothing else.
REVIEW_COLUMNS = {
    "id": "Permanent reference of the review",
    "address": "Address of its page",
    "title": "Title as its publisher gave it; the label where the title was not seen",
    "label": "Label used for the child or children; many reviews share one",
    "type": "Type of review, as a code",
    "document": "Kind of document",
    "year": "Year as the source gives it; may name several",
    "published": "Day of publication as exactly as it is known: YYYY, YYYY-MM or YYYY-MM-DD",
    "authors": "Authors, divided by “; ”",
    "publishers": "Short names of the publishing bodies, divided by “; ”",
    "publisher_withheld": "Whether the publisher is withheld to protect the child",
    "status": "published: the text is held here; catalogue: facts only",
    "licence": "Licence of the text; empty where it is not known",
    "terms": "Terms of the thesaurus as vocabulary:code, divided by “; ”",
    "demonstration": "Whether the review is invented, for demonstration",
    "changed": "When the entry last changed here",
}
PARAGRAPH_COLUMNS = {
    "review": "Permanent reference of the review",
    "version": "Number of the text",
    "anchor": "Anchor of the paragraph within the text",
    "address": "Address at which the paragraph is read and cited",
    "headings": "Headings above it, divided by “ – ”",
    "text": "The paragraph's words",
}


def dictionary(request: HttpRequest) -> HttpResponse:
    """What each column of each file means."""
    told = {"note": PURPOSE, "reviews": REVIEW_COLUMNS, "paragraphs": PARAGRAPH_COLUMNS}
    return as_json(request, told)


def reviews(request: HttpRequest, ending: str) -> HttpResponse | StreamingHttpResponse:
    """The catalogue: every visible review."""
    return _answer(request, "reviews", ending, _review_rows(), REVIEW_COLUMNS)


def paragraphs(request: HttpRequest, ending: str) -> HttpResponse | StreamingHttpResponse:
    """The paragraphs of every text that is held here by deposit or licence."""
    return _answer(request, "paragraphs", ending, _paragraph_rows(), PARAGRAPH_COLUMNS)


def _review_rows() -> Iterator[dict[str, Any]]:
    for record in records().iterator(chunk_size=_AT_ONCE):
        yield facts_of(record)


def _paragraph_rows() -> Iterator[dict[str, Any]]:
    for record in records().iterator(chunk_size=_AT_ONCE):
        version = latest_text(record) if may_be_taken_in_bulk(record) else None
        for each in paragraphs_of(version) if version else ():
            yield {
                "review": record.pk,
                "version": version.number if version else 0,
                "anchor": each.anchor,
                "address": f"{of_version(each.version)}#{each.anchor}",
                "headings": " – ".join(each.heading_path),
                "text": each.text,
            }


def _answer(
    request: HttpRequest,
    name: str,
    ending: str,
    rows: Iterator[dict[str, Any]],
    columns: Iterable[str],
) -> HttpResponse | StreamingHttpResponse:
    if ending == "parquet":
        return _parquet(request, name, rows, list(columns))
    body, kind = {
        "csv": (_csv(rows, list(columns)), "text/csv; charset=utf-8"),
        "jsonl": (_json_lines(rows), "application/x-ndjson"),
    }[ending]
    response = StreamingHttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def _csv(rows: Iterator[dict[str, Any]], columns: list[str]) -> Iterator[str]:
    yield _csv_line(columns)
    for row in rows:
        yield _csv_line(_safe(_cell(row[column])) for column in columns)


def _csv_line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(list(cells))
    return buffer.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return str(value)


def _safe(cell: str) -> str:
    # A spreadsheet would run what begins like a formula (OWASP, CSV Injection).
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _json_lines(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _parquet(
    request: HttpRequest, name: str, rows: Iterator[dict[str, Any]], columns: list[str]
) -> HttpResponse:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        return refused(
            request,
            501,
            "parquet_not_installed",
            "This archive is run without the part that writes Parquet. Take the CSV or JSON lines.",
        )
    buffer = io.BytesIO()
    schema = pyarrow.schema([(column, pyarrow.string()) for column in columns])
    with pyarrow.parquet.ParquetWriter(buffer, schema) as writer:
        for batch in _batches(rows):
            data = {column: [_cell(row[column]) for row in batch] for column in columns}
            writer.write_table(pyarrow.Table.from_pydict(data, schema=schema))
    response = HttpResponse(buffer.getvalue(), content_type="application/vnd.apache.parquet")
    response["Content-Disposition"] = f'attachment; filename="{name}.parquet"'
    return response


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= 5 * _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
