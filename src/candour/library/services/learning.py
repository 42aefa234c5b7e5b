"""Findings and recommendations: proposed by rule, made records by a person's confirmation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from candour.archive import publication_log
from candour.archive.models import (
    Learning,
    LearningKind,
    LearningStatus,
    PublicationLog,
    RecommendedBefore,
    ReviewRecord,
    Status,
    StatusReport,
    Version,
)
from candour.audit.services import record
from candour.engines.reading.learning import Candidate, Passage, Wording, candidates
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import Invalid
from candour.library.policies import may_keep
from candour.platform.databases import ARCHIVE


@dataclass(frozen=True, slots=True)
class Like:
    """An earlier passage of similar wording, how alike it is, and whether somebody confirmed it."""

    earlier: Learning
    score: float
    is_confirmed: bool


def proposed(version: Version) -> list[Candidate]:
    """Paragraphs of a text that may be learning and are not yet records."""
    known = set(Learning.objects.filter(version=version).values_list("anchor", flat=True))
    rows = version.paragraphs.order_by("order").values_list("anchor", "heading_path", "text")
    found = candidates(Passage(*row) for row in rows)
    return [each for each in found if each.anchor not in known]


@transaction.atomic
def confirm(
    *, by: Actor, version: Version, chosen: Iterable[tuple[str, LearningKind]]
) -> list[Learning]:
    """Make records of the paragraphs that a person confirmed, in the report's own words."""
    may_keep(by).require()
    numbers = {each.anchor: each.number for each in proposed(version)}
    made = []
    with transaction.atomic(using=ARCHIVE):
        for anchor, kind in chosen:
            paragraph = version.paragraphs.filter(anchor=anchor).first()
            if paragraph is None:
                raise Invalid("no_such_paragraph", "Choose from the paragraphs of this text.")
            learning, _ = Learning.objects.get_or_create(
                version=version,
                anchor=anchor,
                kind=kind.value,
                defaults={
                    "record_id": version.record_id,
                    "number": numbers.get(anchor, ""),
                    "text": paragraph.text,
                    "confirmed_on": clock.today(),
                },
            )
            made.append(learning)
        publication_log.enter(PublicationLog.Operation.DESCRIBED, version.record)
    record("library.learning_confirmed", by=by, subject=version.record_id, paragraphs=len(made))
    return made


def alike(learning: Learning) -> list[Like]:
    """Earlier passages of similar wording in other reviews, the most alike first.

    Earlier means by the years that the reviews name; where a year is not known nothing is said.
    """
    year = learning.record.year_to
    if year is None:
        return []
    confirmed = set(learning.earlier_links.values_list("earlier_id", flat=True))
    others = list(
        Learning.objects.filter(kind=learning.kind, record__year_to__lt=year)
        .exclude(record__status=Status.WITHDRAWN)
        .exclude(record=learning.record_id)
        .select_related("record")
        .prefetch_related("record__publishers")
    )
    texts = [other.text for other in others]
    near = Wording([learning.text, *texts]).most_alike(learning.text, texts)
    return [Like(others[n], score, others[n].pk in confirmed) for n, score in near]


@transaction.atomic
def confirm_like(*, by: Actor, later: Learning, earlier: Learning) -> RecommendedBefore:
    """Say that two passages recommend the same; from now on both pages show them side by side."""
    may_keep(by).require()
    if _year(later.record) <= _year(earlier.record):
        raise Invalid("not_earlier", "The other review is not earlier than this one.")
    with transaction.atomic(using=ARCHIVE):
        made, _ = RecommendedBefore.objects.get_or_create(
            later=later, earlier=earlier, defaults={"confirmed_on": clock.today()}
        )
        publication_log.enter(PublicationLog.Operation.DESCRIBED, later.record)
        publication_log.enter(PublicationLog.Operation.DESCRIBED, earlier.record)
    record("library.likeness_confirmed", by=by, subject=later.record_id)
    return made


@transaction.atomic
def report_status(
    *, by: Actor, learning: Learning, status: LearningStatus, as_at: date, source: str
) -> StatusReport:
    """Note where a recommendation stood on a day, and who said so.

    Invalid for "not known", which is what no report means, and without a source.
    """
    may_keep(by).require()
    if status is LearningStatus.UNKNOWN:
        raise Invalid("unknown_not_reported", "Without a report it is not known. Choose another.")
    if not source.strip():
        raise Invalid("source_missing", "Say who reported it, and where.", "source")
    with transaction.atomic(using=ARCHIVE):
        made = StatusReport.objects.create(
            learning=learning, status=status.value, as_at=as_at, source=source.strip()
        )
        publication_log.enter(PublicationLog.Operation.DESCRIBED, learning.record)
    record("library.status_reported", by=by, subject=learning.record_id, status=status.value)
    return made


def _year(review: ReviewRecord) -> int:
    return review.year_to or 0
