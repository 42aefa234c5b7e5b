"""Trials, inquests and other reviews beside this one."""

from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.cases.versions import locked_for_edit
from candour.kernel.errors import Hidden, Invalid
from candour.reviews.models import ParallelProceeding


@transaction.atomic
def record_proceeding(
    *, access: Access, kind: ParallelProceeding.Kind, stands: str, agreed: str = ""
) -> ParallelProceeding:
    """Record a trial, inquest or other review beside this one and what was agreed with its lead."""
    access.may_write(Kind.DECISION).require()
    _refuse_blank(stands)
    proceeding = ParallelProceeding.objects.create(
        case=access.case, kind=kind, stands=stands.strip(), agreed=agreed.strip()
    )
    _record(access, "reviews.proceeding_recorded", proceeding)
    return proceeding


@transaction.atomic
def change_proceeding(
    *,
    access: Access,
    proceeding: ParallelProceeding,
    seen_version: int,
    stands: str,
    agreed: str,
    ended_on: date | None = None,
) -> ParallelProceeding:
    """Say how it stands now; EditedElsewhere if somebody else did meanwhile."""
    access.may_write(Kind.DECISION).require()
    if proceeding.case_id != access.case.pk:
        raise Hidden
    _refuse_blank(stands)
    locked = locked_for_edit(proceeding, seen_version)
    locked.stands, locked.agreed = stands.strip(), agreed.strip()
    locked.ended_on = ended_on
    locked.save()
    _record(access, "reviews.proceeding_changed", locked)
    return locked


def _refuse_blank(stands: str) -> None:
    if not stands.strip():
        raise Invalid("text_missing", "Say how it stands.", "stands")


def _record(access: Access, name: str, proceeding: ParallelProceeding) -> None:
    record(
        name,
        by=access.actor,
        case_id=access.case.pk,
        subject=str(proceeding.pk),
        kind=proceeding.kind,
        version=proceeding.version,
    )
