"""Loading a catalogue: the facts of reviews whose reports are not held here.

A catalogue is a CSV file with the columns of `COLUMNS`. Loading it again changes only what differs;
a line that cannot be read is named and the others are loaded. What was deposited or withdrawn here
is never touched by a catalogue.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from candour.archive import publication_log
from candour.archive.models import (
    Collection,
    Identifier,
    PublicationLog,
    Publisher,
    ReviewRecord,
    ReviewType,
    Status,
)
from candour.archive.publishers import named
from candour.archive.years import first_day, year_span, years_in_title
from candour.kernel.errors import Invalid
from candour.platform.databases import ARCHIVE

COLUMNS = (
    *("id", "collection", "title", "subject_label", "board", "year"),
    *("published_on", "kind", "author", "url", "source_url", "note"),
)
IDENTIFIER_TYPE = "catalogue"

_NOT_NAMED = re.compile(r"\b(unnamed|anonymous)\b", re.IGNORECASE)
_APPROXIMATE = re.compile(r"title wording approximate|full title not seen", re.IGNORECASE)
_TYPES = (
    (re.compile(r"\bnational (child safeguarding practice )?review\b", re.I), ReviewType.NATIONAL),
    (re.compile(r"\b(LC|C)SPR\b|\bpractice review\b", re.I), ReviewType.LCSPR),
    (re.compile(r"\bSCR\b|\bserious case reviews?\b", re.I), ReviewType.SCR),
    (re.compile(r"\bthematic\b", re.I), ReviewType.THEMATIC),
    (re.compile(r"\blearning review\b", re.I), ReviewType.LEARNING),
)


@dataclass(frozen=True, slots=True)
class LineNotLoaded:
    """A line of the file that was left out: its number in the file, its id, and why."""

    line: int
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class CatalogueReport:
    """What a load did. `kept` counts entries that were deposited or withdrawn here since."""

    added: int
    changed: int
    unchanged: int
    kept: int
    not_loaded: tuple[LineNotLoaded, ...]


def load_catalogue(path: Path) -> CatalogueReport:
    """Enter the reviews of a catalogue file into the archive.

    Raises:
        Invalid: when the file lacks a column.
        OSError, UnicodeDecodeError: when it cannot be read.
    """
    counts = {"added": 0, "changed": 0, "unchanged": 0, "kept": 0}
    faults: list[LineNotLoaded] = []
    for line, row in _rows(path):
        try:
            counts[_load(row)] += 1
        except ValueError as fault:
            faults.append(LineNotLoaded(line, row["id"], str(fault)))
    return CatalogueReport(**counts, not_loaded=tuple(faults))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        absent = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if absent:
            raise Invalid(
                "catalogue_columns_missing",
                f"{path.name} lacks the columns {', '.join(absent)}. Add them, empty if need be.",
            )
        for row in reader:
            yield reader.line_num, {name: (row[name] or "").strip() for name in COLUMNS}


def _load(row: dict[str, str]) -> str:
    facts = _facts(row)
    with transaction.atomic(using=ARCHIVE):
        publication_log.hold()
        publishers = _publishers(row["board"])
        known = Identifier.objects.filter(type=IDENTIFIER_TYPE, value=row["id"]).first()
        if known is None:
            record = ReviewRecord.objects.create(**facts, status=Status.CATALOGUE_ONLY)
            Identifier.objects.create(record=record, type=IDENTIFIER_TYPE, value=row["id"])
        elif known.record.status != Status.CATALOGUE_ONLY:
            return "kept"
        elif not _differs(known.record, facts, publishers):
            return "unchanged"
        else:
            record = known.record
            ReviewRecord.objects.filter(pk=record.pk).update(**facts)
        record.publishers.set(publishers)
        publication_log.enter(PublicationLog.Operation.CATALOGUED, record)
    return "changed" if known else "added"


def _facts(row: dict[str, str]) -> dict[str, object]:
    if not row["id"] or not (row["title"] or row["subject_label"]):
        raise ValueError("the line needs an id, and a title or a label")
    year_text = row["year"] or years_in_title(row["title"])
    year_from, year_to = year_span(year_text)
    if row["year"] and year_from is None:
        raise ValueError(f"“{row['year']}” in the column year names no year")
    return {
        "title": row["title"] or row["subject_label"],
        "title_is_approximate": bool(_APPROXIMATE.search(row["note"])),
        "label": row["subject_label"],
        "year_text": year_text,
        "year_from": year_from,
        "year_to": year_to,
        "published_text": row["published_on"],
        "published_from": first_day(row["published_on"]),
        "review_type": _review_type(row),
        "kind": row["kind"],
        "author": row["author"],
        "collection": _collection(row["collection"]),
        "publisher_is_withheld": bool(_NOT_NAMED.search(row["board"])),
        **_addresses(row),
    }


def _addresses(row: dict[str, str]) -> dict[str, object]:
    address = row["url"]
    complete = address.startswith(("http://", "https://")) and not address.endswith(("…", "..."))
    return {
        "publisher_address": address,
        "publisher_address_complete": complete,
        "source_address": row["source_url"],
    }


def _publishers(board: str) -> list[Publisher]:
    names = [name.strip() for name in board.split(";")]
    return [named(name) for name in names if name and not _NOT_NAMED.search(name)]


def _collection(given: str) -> Collection:
    last = given.rpartition("-")[2]
    meanings = {
        "recent": Collection.RECENT,
        "archive": Collection.LOCAL,
        "joint": Collection.JOINT,
        "national": Collection.OTHER_AREAS,
        "other": Collection.OTHER_AREAS,
    }
    if last not in meanings:
        raise ValueError(f"“{given}” is not a collection; use one of {', '.join(meanings)}")
    return meanings[last]


def _review_type(row: dict[str, str]) -> ReviewType:
    words = f"{row['title']} · {row['kind']}"
    return next((kind for sign, kind in _TYPES if sign.search(words)), ReviewType.NOT_STATED)


def _differs(record: ReviewRecord, facts: dict[str, object], publishers: list[Publisher]) -> bool:
    return any(getattr(record, name) != value for name, value in facts.items()) or set(
        record.publishers.all()
    ) != set(publishers)
