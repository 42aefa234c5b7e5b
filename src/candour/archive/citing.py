"""Which review names which: found by the permanent reference, which can mean nothing else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from candour.archive.models import Paragraph, ReviewRecord, Status, Version
from candour.archive.models.looking import Citation
from candour.platform.databases import ARCHIVE

_REFERENCE = re.compile(r"\bR-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@dataclass(frozen=True, slots=True)
class Naming:
    """One review naming another at a paragraph."""

    citing: ReviewRecord
    cited: ReviewRecord
    version_number: int
    anchor: str


def record_citations(record_ids: Iterable[str]) -> int:
    """Note every place where the latest texts of these reviews name another review.

    Returns how many places there are.
    """
    count = 0
    with transaction.atomic(using=ARCHIVE):
        for version in _latest(record_ids):
            Citation.objects.filter(version__record=version.record_id).delete()
            made = Citation.objects.bulk_create(_found(version))
            count += len(made)
    return count


def named_by(record: ReviewRecord) -> list[Naming]:
    """Where this review is named by others that may be shown."""
    return _shown(Citation.objects.filter(cited=record))


def all_namings() -> list[Naming]:
    """Every place where a review that may be shown names another."""
    return _shown(Citation.objects.all())


def _latest(record_ids: Iterable[str]) -> list[Version]:
    versions = Version.objects.filter(
        record__in=set(record_ids), record__status=Status.PUBLISHED
    ).defer("body_html")
    latest = {version.record_id: version for version in versions.order_by("number")}
    return list(latest.values())


def _found(version: Version) -> list[Citation]:
    named: dict[tuple[str, str], None] = {}
    for paragraph in Paragraph.objects.filter(version=version, text__contains="R-").defer("html"):
        for reference in _REFERENCE.findall(paragraph.text):
            if reference != version.record_id:
                named[(paragraph.anchor, reference)] = None
    known = set(
        ReviewRecord.objects.filter(pk__in={ref for _, ref in named}).values_list("pk", flat=True)
    )
    return [
        Citation(version=version, anchor=anchor, cited_id=reference)
        for anchor, reference in named
        if reference in known
    ]


def _shown(citations: QuerySet[Citation]) -> list[Naming]:
    rows = (
        citations.filter(version__record__status=Status.PUBLISHED)
        .exclude(cited__status=Status.WITHDRAWN)
        .select_related("version__record", "cited")
        .prefetch_related("version__record__publishers", "cited__publishers")
        .defer("version__body_html")
        .order_by("version__record__year_to", "version_id", "pk")
    )
    return [Naming(row.version.record, row.cited, row.version.number, row.anchor) for row in rows]
