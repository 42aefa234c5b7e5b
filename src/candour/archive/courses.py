"""Writing down how long reviews took, from a file of what their reports say.

A CSV file with the columns `review` (permanent reference, or the identifier of a catalogue),
`incident` (`YYYY-MM`), `reason` (a class of `DelayReason`) and `source`.
"""

import csv
import re
from datetime import date
from pathlib import Path

from django.db import transaction

from candour.archive.models import Identifier, ReviewRecord, Status
from candour.archive.models.looking import Course, DelayReason
from candour.kernel.errors import Invalid
from candour.platform.databases import ARCHIVE

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def load_courses(path: Path) -> tuple[int, list[tuple[int, str]]]:
    """Load a file; return how many lines were taken and, of the others, number and reason.

    Raises:
        OSError, UnicodeDecodeError: when the file cannot be read.
    """
    taken, left = 0, []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in (reader := csv.DictReader(file)):
            try:
                _take({name: (value or "").strip() for name, value in row.items() if name})
            except Invalid as fault:
                left.append((reader.line_num, fault.reason))
            else:
                taken += 1
    return taken, left


def write_course(record: ReviewRecord, *, incident: str, reason: str, source: str) -> Course:
    """Write down in which month the incident was, by which source, in the place of what stood.

    `reason` is a class of `DelayReason`, none stated where it is empty.

    Raises:
        Invalid: for no month, no such reason, no source, or publication before the incident.
    """
    month = _MONTH.fullmatch(incident)
    reason = reason or DelayReason.NONE_STATED
    if month is None:
        raise Invalid(
            "no_month", "The incident needs a month such as 2014-03, never a day.", "incident"
        )
    if reason not in DelayReason.values:
        raise Invalid(
            "no_such_reason", f"“{reason}” is none of {', '.join(DelayReason.values)}.", "reason"
        )
    if not source:
        raise Invalid("no_source", "The source must say where the month was read.", "source")
    since = date(int(month[1]), int(month[2]), 1)
    if record.published_from and record.published_from < since:
        raise Invalid(
            "published_before_incident",
            f"{record.pk} would be published before the incident. Check both dates.",
            "incident",
        )
    with transaction.atomic(using=ARCHIVE):
        course, _ = Course.objects.update_or_create(
            record=record,
            defaults={"incident_month": since, "reason": reason, "source": source},
        )
    return course


def _take(row: dict[str, str]) -> None:
    write_course(
        _record(row.get("review", "")),
        incident=row.get("incident", ""),
        reason=row.get("reason", ""),
        source=row.get("source", ""),
    )


def _record(given: str) -> ReviewRecord:
    known = ReviewRecord.objects.exclude(status=Status.WITHDRAWN)
    record = known.filter(pk=given).first()
    if record is None:
        named = Identifier.objects.filter(value=given, record__in=known)
        record = named[0].record if named.count() == 1 else None
    if record is None:
        raise Invalid("no_such_review", f"The archive shows no review “{given}”.")
    return record
