"""Going ahead with a conversation, event or contact although such an activity is held back.

What is held back for a trial, inquest or family proceedings is not done until it may go on, or
until it is on record that those for whom it waits agreed, or that something else is meant.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.kernel.errors import Invalid, WrongState
from candour.reviews.models import AgreedException, HeldActivity


@dataclass(frozen=True)
class GoesAhead:
    """On what basis it goes ahead, and in words: who agreed, when; or why it is something else."""

    basis: AgreedException.Basis
    words: str


def held_back_on(case: Case, kind: HeldActivity.Kind, day: date) -> QuerySet[HeldActivity]:
    """The activities of this kind that waited on that day, with what they wait for."""
    waiting = Q(lifted_on__isnull=True) | Q(lifted_on__gt=day)
    held = HeldActivity.objects.filter(waiting, case=case, kind=kind, held_on__lte=day)
    return held.select_related("proceeding")


def ever_held_back(case: Case, kind: HeldActivity.Kind) -> QuerySet[HeldActivity]:
    """Every activity of this kind that waits or has waited, with what for."""
    return HeldActivity.objects.filter(case=case, kind=kind).select_related("proceeding")


@transaction.atomic
def require_free_to_go_ahead(
    *,
    access: Access,
    kind: HeldActivity.Kind,
    day: date,
    subject: uuid.UUID,
    goes_ahead: GoesAhead | None,
) -> None:
    """Refuse what was held back on that day, unless it is on record why it goes ahead.

    What is recorded for a subject holds for it from then on. WrongState (activity_held_back)
    names what is held, for what, and what to do.
    """
    held = held_back_on(access.case, kind, day).exclude(exceptions__subject=subject)
    for each in list(held):
        if goes_ahead is None:
            raise WrongState("activity_held_back", _refusal(each))
        _note(access, each, subject, goes_ahead)


def _refusal(held: HeldActivity) -> str:
    waits_for = held.proceeding.get_kind_display().lower()
    return (
        f"Held back for {waits_for} since {held.held_on.day} {held.held_on:%B %Y}, as agreed with "
        f"{held.agreed_with}: {held.activity}. Wait until it may go on, or say below why this "
        "goes ahead."
    )


def _note(access: Access, held: HeldActivity, subject: uuid.UUID, given: GoesAhead) -> None:
    if not given.words.strip():
        raise Invalid(
            "reasons_missing", "Say who agreed and when, or why it is something else.", "why"
        )
    noted = AgreedException.objects.create(
        case=access.case,
        held=held,
        subject=subject,
        basis=given.basis,
        words=given.words.strip(),
        by_id=access.actor.id,
    )
    record(
        "reviews.exception_noted",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(noted.pk),
        basis=noted.basis,
    )
