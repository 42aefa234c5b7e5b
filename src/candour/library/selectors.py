"""What librarians see of their work."""

import uuid

from django.db.models import Count, Q, QuerySet

from candour.archive.models import ReviewRecord, Status, Version
from candour.kernel.actor import Actor
from candour.kernel.errors import Hidden
from candour.library.models import Batch, Intake, LedgerEntry
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


def record(actor: Actor, record_id: str) -> ReviewRecord:
    """One review; Hidden if there is none to describe."""
    found = records(actor).filter(pk=record_id).first()
    if found is None:
        raise Hidden
    return found


def latest_text(review: ReviewRecord) -> Version | None:
    """The latest text of a review, if one is held."""
    return review.versions.order_by("-number").first()


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
