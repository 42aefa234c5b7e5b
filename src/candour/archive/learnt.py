"""Reading confirmed findings and recommendations. Nothing here is counted by board."""

from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.urls import reverse

from candour.archive.models import Learning, LearningStatus, Status
from candour.archive.titles import publisher_words, shown_title


@dataclass(frozen=True, slots=True)
class LearningLine:
    """One finding or recommendation as a page shows it; `paragraph` is where it stands."""

    id: int
    kind: str
    number: str
    text: str
    review: str
    publisher: str
    year: str
    paragraph: str
    href: str
    status: str


def confirmed(kind: str = "") -> QuerySet[Learning]:
    """What persons confirmed in reviews that are held, of the latest text of each."""
    rows = (
        Learning.objects.filter(record__status=Status.PUBLISHED)
        .select_related("record", "version")
        .prefetch_related("record__publishers", "reports")
        .order_by(F("record__year_to").desc(nulls_last=True), "record_id", "pk")
    )
    return rows.filter(kind=kind) if kind else rows


def recommended_before(learning: Learning) -> list[Learning]:
    """Earlier passages that a person confirmed to say the same, the earliest first."""
    rows = confirmed().filter(later_links__later=learning)
    return list(rows.order_by("record__year_to", "pk"))


def recommended_again(learning: Learning) -> list[Learning]:
    """Later passages that a person confirmed to say the same, the earliest first."""
    rows = confirmed().filter(earlier_links__earlier=learning)
    return list(rows.order_by("record__year_to", "pk"))


def line_of(learning: Learning) -> LearningLine:
    """One line; a fate of which nothing is reported is said to be not known."""
    record = learning.record
    place = [record.pk, learning.version.number, learning.anchor]
    return LearningLine(
        id=learning.pk,
        kind=learning.get_kind_display(),
        number=learning.number,
        text=learning.text,
        review=shown_title(record),
        publisher=publisher_words(record),
        year=record.year_text or "year not known",
        paragraph=reverse("archive:at", args=place),
        href=reverse("archive:learning_one", args=[learning.pk]),
        status=_status(learning),
    )


def _status(learning: Learning) -> str:
    reports = sorted(learning.reports.all(), key=lambda report: (report.as_at, report.pk))
    if not reports:
        return LearningStatus.UNKNOWN.label
    last = reports[-1]
    day = f"{last.as_at.day} {last.as_at:%B %Y}"
    return f"{last.get_status_display()} (on {day}, according to {last.source})"
