"""What the police and the prosecutors agreed: whom to speak to, when, and what is kept."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.kernel import clock
from candour.kernel.errors import Invalid
from candour.reviews.models import ParallelProceeding, ProsecutionAgreement


@dataclass(frozen=True)
class Agreed:
    """One agreement, whole: a later one takes its place, and both are kept."""

    agreed_on: date
    agreed_with: str
    may_speak_to: str
    what_is_kept: str
    not_yet: str = ""
    look_again_on: date | None = None


_NEEDED = (
    ("agreed_with", "Say with whom: the senior investigating officer, the prosecutor."),
    ("may_speak_to", "Say whom reviewers may speak to, and when."),
    ("what_is_kept", "Say what notes and material are kept, and for whom."),
)


@transaction.atomic
def record_prosecution_agreement(*, access: Access, agreed: Agreed) -> ProsecutionAgreement:
    """Record what was agreed. It is never altered: what is agreed anew is a new record."""
    access.may_write(Kind.DECISION).require()
    if agreed.agreed_on > clock.today():
        raise Invalid("day_ahead", "The day of the agreement cannot lie ahead.", "agreed_on")
    for field, what in _NEEDED:
        if not str(getattr(agreed, field)).strip():
            raise Invalid("text_missing", what, field)
    held = ProsecutionAgreement.objects.create(
        case=access.case, by_id=access.actor.id, **asdict(agreed)
    )
    record(
        "reviews.prosecution_agreement_recorded",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(held.pk),
        agreed_on=agreed.agreed_on.isoformat(),
    )
    return held


def agreement_is_missing(case_id: uuid.UUID) -> bool:
    """Is there a criminal case, not ended, about which nothing has been agreed?"""
    criminal = ParallelProceeding.objects.filter(
        case_id=case_id, kind=ParallelProceeding.Kind.CRIMINAL, ended_on__isnull=True
    )
    return criminal.exists() and not ProsecutionAgreement.objects.filter(case_id=case_id).exists()
