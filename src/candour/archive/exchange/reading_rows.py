"""What the other forms of the archive read, each through the rule of what may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, Prefetch, Q, QuerySet

from candour.archive import selectors
from candour.archive.models import Paragraph, ReviewRecord, Status, Tombstone, Version
from candour.kernel.errors import Hidden


def latest_text(record: ReviewRecord) -> Version | None:
    """The latest text that may be shown, or none."""
    try:
        return selectors.version(record)
    except Hidden:
        return None


def texts_of(record: ReviewRecord) -> list[Version]:
    """Every text of a review that may be shown, the first deposited first."""
    if record.status != Status.PUBLISHED:
        return []
    return sorted(record.versions.all(), key=lambda version: version.number)


def records(changed_since: datetime | None = None) -> QuerySet[ReviewRecord]:
    """Every visible review with what its facts need, in the order of its reference."""
    versions = Prefetch("versions", Version.objects.defer("body_html").prefetch_related("files"))
    rows = (
        selectors.visible_reviews()
        .prefetch_related("subjects", "identifiers", versions)
        .annotate(changed=Max("log__at"))
        .order_by("pk")
    )
    return rows.filter(changed__gte=changed_since) if changed_since else rows


def changes(
    since: datetime | None = None,
    until: datetime | None = None,
    after: tuple[datetime, str] | None = None,
) -> QuerySet[ReviewRecord]:
    """Every visible review and every withdrawal that may be spoken of, by day of last change.

    From `since` to before `until`, and after that change of that review with which a page ended.
    """
    spoken = Tombstone.objects.filter(pk__in=selectors.publicly_withdrawn()).values("record_id")
    told = ~Q(status=Status.WITHDRAWN) | Q(status=Status.WITHDRAWN, pk__in=spoken)
    rows = (
        ReviewRecord.objects.filter(told)
        .annotate(changed=Max("log__at"))
        .filter(changed__isnull=False)
        .prefetch_related("publishers", "subjects", "identifiers")
        .order_by("changed", "pk")
    )
    if since:
        rows = rows.filter(changed__gte=since)
    if until:
        rows = rows.filter(changed__lt=until)
    if after:
        later = Q(changed__gt=after[0]) | Q(changed=after[0], pk__gt=after[1])
        rows = rows.filter(later)
    return rows


def changed_at(record: ReviewRecord) -> datetime:
    """When the review last changed here, as `records` and `changes` have counted it."""
    at: datetime = record.changed  # type: ignore[attr-defined]
    return at


def may_be_taken_in_bulk(record: ReviewRecord) -> bool:
    """Whether the text may go into bulk data.

    A text stands here by its publisher's deposit or under a recorded licence, never otherwise; one
    that general search engines are kept from is read one by one.
    """
    return record.status == Status.PUBLISHED and not record.is_noindexed


def paragraphs_of(version: Version) -> Iterable[Paragraph]:
    """The paragraphs of a text that may be shown, in order."""
    return version.paragraphs.defer("html").order_by("order")
