"""Recording how the people of a case belong together, as somebody recorded it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.cases.versions import locked_for_edit
from candour.chronology.models import FamilyTie
from candour.identities.models import Identity
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid
from candour.people.models import Agency


@dataclass(frozen=True)
class Tie:
    """What is to be recorded of two people; an empty day is one that nobody recorded."""

    one: Identity
    other: Identity
    kind: FamilyTie.Kind
    agency: Agency | None = None
    since: date | None = None
    until: date | None = None
    is_disputed: bool = False
    remark: str = ""


@transaction.atomic
def record_tie(*, access: Access, tie: Tie) -> FamilyTie:
    """Record a tie as an agency recorded it, or as the review heard it where no agency did."""
    _require_recordable(access, tie)
    made = FamilyTie.objects.create(case=access.case, **_fields(tie))
    record("chronology.tie_recorded", by=access.actor, case_id=access.case.pk, subject=str(made.pk))
    return made


@transaction.atomic
def correct_tie(*, access: Access, tie: FamilyTie, seen_version: int, told: Tie) -> FamilyTie:
    """Record a tie anew where it was recorded wrongly; as it stood before is kept beside it.

    EditedElsewhere where somebody else corrected it meanwhile; Hidden where it was withdrawn.
    """
    _require_recordable(access, told)
    if tie.case_id != access.case.pk:
        raise Hidden
    locked = locked_for_edit(tie, seen_version)
    if locked.withdrawn_at is not None:
        raise Hidden
    before = {name: getattr(locked, name) for name in _fields(told)}
    FamilyTie.objects.create(case=access.case, became=locked, withdrawn_at=clock.now(), **before)
    for name, value in _fields(told).items():
        setattr(locked, name, value)
    locked.save()
    record("chronology.tie_corrected", by=access.actor, case_id=access.case.pk, subject=str(tie.pk))
    return locked


def _fields(tie: Tie) -> dict[str, Any]:
    return {
        "one": tie.one,
        "other": tie.other,
        "kind": tie.kind,
        "agency": tie.agency,
        "since": tie.since,
        "until": tie.until,
        "is_disputed": tie.is_disputed,
        "remark": tie.remark.strip(),
    }


def _require_recordable(access: Access, tie: Tie) -> None:
    access.may_write(Kind.CHRONOLOGY).require()
    access.may_read(Kind.IDENTITIES).require()
    if {tie.one.case_id, tie.other.case_id} != {access.case.pk}:
        raise Hidden
    if tie.one.pk == tie.other.pk:
        raise Invalid("same_person", "Choose two different people.", "other")
    if tie.since and tie.until and tie.until < tie.since:
        raise Invalid("ends_before", "The tie cannot end before it begins.", "until")
    if tie.is_disputed and not tie.remark.strip():
        raise Invalid("dispute_unsaid", "Say who disputes it, and what they say instead.", "remark")


@transaction.atomic
def withdraw_tie(*, access: Access, tie: FamilyTie, seen_version: int) -> None:
    """Take a tie that was recorded by mistake off the page. It is kept."""
    access.may_write(Kind.CHRONOLOGY).require()
    if tie.case_id != access.case.pk:
        raise Hidden
    locked = locked_for_edit(tie, seen_version)
    locked.withdrawn_at = clock.now()
    locked.save()
    record("chronology.tie_withdrawn", by=access.actor, case_id=access.case.pk, subject=str(tie.pk))
