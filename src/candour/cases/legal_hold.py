"""Legal hold: while somebody entitled wants it kept, nothing of a case is disposed of.

Whatever disposes of records of a case asks `may_dispose` first; there is no way round it.
"""

from django.db import transaction
from django.db.models import QuerySet

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case, LegalHold
from candour.cases.permissions import Kind
from candour.kernel import clock
from candour.kernel.decision import Allowed, Decision, Denied
from candour.kernel.errors import Hidden, Invalid, WrongState


def may_dispose(case: Case) -> Decision:
    """May anything of this case be disposed of? Never while a legal hold is in force."""
    holds = list(LegalHold.objects.filter(case=case, lifted_at__isnull=True))
    if not holds:
        return Allowed()
    named = "; ".join(hold.asked_by for hold in holds)
    return Denied(
        "legal_hold",
        f"A legal hold is in force (asked for by {named}). Nothing of this case may be disposed "
        "of until it is lifted.",
    )


@transaction.atomic
def place_legal_hold(*, access: Access, asked_by: str, reasons: str) -> LegalHold:
    """Place a hold: who asked for it, and why. Several may be in force at once."""
    access.may_write(Kind.DISCLOSURE).require()
    if not asked_by.strip():
        raise Invalid("reasons_missing", "Say who asked for the hold.", "asked_by")
    if not reasons.strip():
        raise Invalid("reasons_missing", "Say why nothing may be disposed of.", "reasons")
    hold = LegalHold.objects.create(
        case=access.case,
        asked_by=asked_by.strip(),
        reasons=reasons.strip(),
        placed_by_id=access.actor.id,
    )
    _record(access, "cases.legal_hold_placed", hold)
    return hold


@transaction.atomic
def lift_legal_hold(*, access: Access, hold: LegalHold, reasons: str) -> LegalHold:
    """Lift a hold, with the reason; it stays in the record."""
    access.may_write(Kind.DISCLOSURE).require()
    locked = LegalHold.objects.select_for_update().get(pk=hold.pk, case=access.case)
    if locked.lifted_at:
        raise WrongState("hold_lifted", "This hold has been lifted already.")
    if not reasons.strip():
        raise Invalid("reasons_missing", "Say who agreed that it is lifted, and why.", "reasons")
    locked.lifted_at, locked.lifted_by_id = clock.now(), access.actor.id
    locked.lifted_why = reasons.strip()
    locked.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
    _record(access, "cases.legal_hold_lifted", locked)
    return locked


def legal_holds_of(access: Access) -> QuerySet[LegalHold]:
    """Every hold there is or was on the case, for those who read disclosure."""
    access.may_read(Kind.DISCLOSURE).require()
    return LegalHold.objects.filter(case=access.case).select_related("placed_by", "lifted_by")


def legal_hold_of(access: Access, hold_id: str) -> LegalHold:
    """One hold; Hidden if it is on another case."""
    found = legal_holds_of(access).filter(pk=hold_id).first()
    if found is None:
        raise Hidden
    return found


def _record(access: Access, name: str, hold: LegalHold) -> None:
    record(name, by=access.actor, case_id=access.case.pk, subject=str(hold.pk))
