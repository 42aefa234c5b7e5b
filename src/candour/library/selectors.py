"""What librarians see of their work."""

import uuid
from datetime import date

from django.db.models import Count, Q, QuerySet

from candour.archive.models import (
    Course,
    Description,
    Publisher,
    RelatedDocument,
    ReviewRecord,
    Status,
    ThemePage,
    UnannouncedTotal,
    Version,
)
from candour.kernel.actor import Actor
from candour.kernel.errors import Hidden
from candour.library.models import Batch, Intake, LedgerEntry, Withdrawal
from candour.library.policies import may_keep


def require_librarian(actor: Actor) -> None:
    """Hidden for everybody else, as if the desk did not exist."""
    if not may_keep(actor):
        raise Hidden


def intakes(actor: Actor) -> QuerySet[Intake]:
    """Every file, without what it says."""
    require_librarian(actor)
    return Intake.objects.select_related("batch").defer("reading", "names")


def open_intakes(actor: Actor) -> QuerySet[Intake]:
    """Files that still need somebody."""
    settled = (Intake.State.APPROVED, Intake.State.DISCARDED)
    return intakes(actor).exclude(state__in=settled)


def intake(actor: Actor, intake_id: uuid.UUID) -> Intake:
    """One file; Hidden if there is none."""
    require_librarian(actor)
    found = Intake.objects.select_related("batch", "looked_by").filter(pk=intake_id).first()
    if found is None:
        raise Hidden
    return found


def batches(actor: Actor) -> QuerySet[Batch]:
    """What was taken in together, with how far it is."""
    require_librarian(actor)
    return Batch.objects.annotate(
        files=Count("intakes"),
        waiting=Count("intakes", filter=Q(intakes__state=Intake.State.WAITING)),
        refused=Count("intakes", filter=Q(intakes__state=Intake.State.REFUSED)),
    )


def batch(actor: Actor, batch_id: uuid.UUID) -> Batch:
    """One batch; Hidden if there is none."""
    found = batches(actor).filter(pk=batch_id).first()
    if found is None:
        raise Hidden
    return found


def records(actor: Actor) -> QuerySet[ReviewRecord]:
    """The reviews of the archive that may be described."""
    require_librarian(actor)
    return ReviewRecord.objects.exclude(status=Status.WITHDRAWN).prefetch_related("publishers")


def records_with(actor: Actor, asked: str) -> QuerySet[ReviewRecord]:
    """Those among them whose reference, title, label, year or body has every word that is asked."""
    found = records(actor)
    for word in asked.split():
        found = found.filter(
            Q(pk__icontains=word)
            | Q(title__icontains=word)
            | Q(label__icontains=word)
            | Q(year_text__icontains=word)
            | Q(publishers__name__icontains=word)
        )
    return found.distinct()


def record(actor: Actor, record_id: str) -> ReviewRecord:
    """One review; Hidden if there is none to describe."""
    found = records(actor).filter(pk=record_id).first()
    if found is None:
        raise Hidden
    return found


def record_ever(actor: Actor, record_id: str) -> ReviewRecord:
    """One review, withdrawn or not; Hidden if there never was one."""
    require_librarian(actor)
    found = ReviewRecord.objects.filter(pk=record_id).first()
    if found is None:
        raise Hidden
    return found


def latest_text(review: ReviewRecord) -> Version | None:
    """The latest text of a review, if one is held."""
    return review.versions.order_by("-number").first()


def related(actor: Actor, review: ReviewRecord) -> QuerySet[RelatedDocument]:
    """What is named as belonging to a review."""
    require_librarian(actor)
    return review.related.select_related("other")


def related_document(actor: Actor, review: ReviewRecord, related_id: int) -> RelatedDocument:
    """One document named beside a review; Hidden if it is none of this review's."""
    found = related(actor, review).filter(pk=related_id).first()
    if found is None:
        raise Hidden
    return found


def account_now(actor: Actor, review: ReviewRecord) -> dict[str, object]:
    """What is said of a review at present, as its form shows it."""
    require_librarian(actor)
    told = Description.objects.filter(record=review).first()
    names = [field.name for field in Description._meta.fields]
    now: dict[str, object] = {name: getattr(told, name) for name in names} if told else {}
    subjects = review.subjects.filter(is_retired=False)
    now["subjects"] = [f"{term.vocabulary}:{term.code}" for term in subjects]
    return now | {"abstract": review.abstract}


def bodies(actor: Actor) -> QuerySet[Publisher]:
    """Every body that the archive knows."""
    require_librarian(actor)
    return Publisher.objects.prefetch_related("predecessors", "successors").annotate(
        published=Count("reviews")
    )


def body(actor: Actor, slug: str) -> Publisher:
    """One body; Hidden if there is none."""
    found = bodies(actor).filter(slug=slug).first()
    if found is None:
        raise Hidden
    return found


def theme_pages(actor: Actor) -> QuerySet[ThemePage]:
    """Every page on a theme."""
    require_librarian(actor)
    return ThemePage.objects.all()


def theme_page(actor: Actor, slug: str) -> ThemePage:
    """One page on a theme; Hidden if there is none."""
    found = theme_pages(actor).select_related("term").filter(slug=slug).first()
    if found is None:
        raise Hidden
    return found


def totals(actor: Actor) -> QuerySet[UnannouncedTotal]:
    """Yearly totals of reviews that nobody has announced."""
    require_librarian(actor)
    return UnannouncedTotal.objects.all()


def course_or_none(actor: Actor, review: ReviewRecord) -> Course | None:
    """How long a review took, where somebody has written it down."""
    require_librarian(actor)
    return Course.objects.filter(record=review).first()


def ending(actor: Actor, *, before: date) -> QuerySet[ReviewRecord]:
    """Reviews that an order lets stand until a day before this one, the first to end first."""
    return records(actor).filter(kept_until__lt=before).order_by("kept_until", "pk")


def withdrawals(actor: Actor) -> QuerySet[Withdrawal]:
    """Every withdrawal that a librarian asked for."""
    require_librarian(actor)
    return Withdrawal.objects.select_related("asked_by", "settled_by")


def open_withdrawals(actor: Actor) -> QuerySet[Withdrawal]:
    """Those that wait for a second person."""
    return withdrawals(actor).filter(outcome=Withdrawal.Outcome.OPEN)


def withdrawal(actor: Actor, withdrawal_id: uuid.UUID) -> Withdrawal:
    """One of them; Hidden if there is none."""
    found = withdrawals(actor).filter(pk=withdrawal_id).first()
    if found is None:
        raise Hidden
    return found


def ledger_entry(actor: Actor, record_id: str) -> LedgerEntry:
    """One entry of the ledger; Hidden if there is none."""
    found = ledger(actor).filter(pk=record_id).first()
    if found is None:
        raise Hidden
    return found


def ledger(actor: Actor) -> QuerySet[LedgerEntry]:
    """Everything that the archive ever held."""
    require_librarian(actor)
    return LedgerEntry.objects.all()


def same_elsewhere(sha256: str, text_sha256: str, besides: uuid.UUID) -> str:
    """What already has these bytes or these words: a review, or another file, or nothing."""
    by_bytes = Version.objects.filter(files__sha256=sha256).values_list("record_id", flat=True)
    if found := by_bytes.first():
        return f"the same file as review {found}"
    if not text_sha256:
        return ""
    by_words = Version.objects.filter(text_sha256=text_sha256).values_list("record_id", flat=True)
    if found := by_words.first():
        return f"the same words as review {found}"
    other = Intake.objects.filter(text_sha256=text_sha256).exclude(pk=besides)
    twin = other.exclude(state=Intake.State.DISCARDED).first()
    return f"the same words as the file {twin.sha256[:12]} taken in here" if twin else ""
