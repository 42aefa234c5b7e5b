"""Trials, inquests and other reviews beside this one, and the activities that wait for them."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.cases.versions import locked_for_edit
from candour.duties.states import may_move, move, state_of
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, WrongState
from candour.reviews.models import HeldActivity, ParallelProceeding

# Words that would hold back the review itself, which nothing does.
_EVERYTHING = ("all", "everything", "the review", "the whole review", "whole review", "review")


@dataclass(frozen=True)
class Stands:
    """How proceedings stand: who leads them, what was agreed, what the two share."""

    stands: str
    agreed: str = ""
    reference: str = ""
    lead_contact: str = ""
    asked_once: str = ""
    ended_on: date | None = None


@dataclass(frozen=True)
class Waiting:
    """One named activity that waits, why, by whose agreement, and what is learned meanwhile."""

    kind: HeldActivity.Kind
    activity: str
    reason: str
    agreed_with: str
    interim_learning: str
    held_on: date


@transaction.atomic
def record_proceeding(
    *, access: Access, kind: ParallelProceeding.Kind, now: Stands
) -> ParallelProceeding:
    """Record a trial, inquest or other review beside this one and what was agreed with its lead."""
    access.may_write(Kind.DECISION).require()
    _refuse_blank(now)
    proceeding = ParallelProceeding(case=access.case, kind=kind)
    _write(proceeding, now)
    _record(access, "reviews.proceeding_recorded", proceeding)
    return proceeding


@transaction.atomic
def change_proceeding(
    *, access: Access, proceeding: ParallelProceeding, seen_version: int, now: Stands
) -> ParallelProceeding:
    """Say how it stands now; EditedElsewhere if somebody else did meanwhile."""
    access.may_write(Kind.DECISION).require()
    if proceeding.case_id != access.case.pk:
        raise Hidden
    _refuse_blank(now)
    locked = locked_for_edit(proceeding, seen_version)
    _write(locked, now)
    _record(access, "reviews.proceeding_changed", locked)
    return locked


def _write(proceeding: ParallelProceeding, now: Stands) -> None:
    for name, value in asdict(now).items():
        setattr(proceeding, name, value.strip() if isinstance(value, str) else value)
    proceeding.save()


def _refuse_blank(now: Stands) -> None:
    if not now.stands.strip():
        raise Invalid("text_missing", "Say how it stands.", "stands")


@transaction.atomic
def hold_activity(
    *, access: Access, proceeding: ParallelProceeding, waiting: Waiting
) -> HeldActivity:
    """Hold back one named activity for proceedings; the review goes on and its clock keeps running.

    Invalid (clock_cannot_stop) where the whole review would be held, or without what can be
    learned already. Under the boards the case then stands as constrained.
    """
    access.may_write(Kind.DECISION).require()
    Case.objects.select_for_update().get(pk=access.case.pk)
    if proceeding.case_id != access.case.pk or proceeding.ended_on:
        raise WrongState(
            "proceeding_ended", "These proceedings have ended. Nothing waits for them."
        )
    _refuse_hold(waiting)
    held = HeldActivity.objects.create(
        case=access.case, proceeding=proceeding, **{**asdict(waiting), "kind": waiting.kind.value}
    )
    _constrain(access, held)
    record(
        "reviews.activity_held",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(held.pk),
        kind=held.kind,
    )
    return held


def _refuse_hold(waiting: Waiting) -> None:
    activity = waiting.activity.strip().rstrip(".").casefold()
    if not activity or activity in _EVERYTHING:
        reason = "Only named activities can be held back, never the whole review. Name it."
        raise Invalid("clock_cannot_stop", reason, "activity")
    if waiting.held_on > clock.today():
        raise Invalid("day_ahead", "This day cannot lie ahead.", "held_on")
    for field, what in (
        ("reason", "Say why it waits."),
        ("agreed_with", "Say with whom this was agreed."),
        ("interim_learning", "Write what can already be learned, and what is done about it."),
    ):
        if not str(getattr(waiting, field)).strip():
            code = "interim_learning_missing" if field == "interim_learning" else "reasons_missing"
            raise Invalid(code, what, field)


def _constrain(access: Access, held: HeldActivity) -> None:
    facts = {
        "reason": "yes",
        "blocked_activities": held.activity,
        "stop_six_month_clock": "no",
        "interim_learning_recorded": "yes",
    }
    if may_move(access, "CONSTRAINED", facts):
        move(access=access, target="CONSTRAINED", facts=facts, reasons=held.reason)


@transaction.atomic
def lift_activity(
    *, access: Access, held: HeldActivity, seen_version: int, lifted_on: date, reasons: str
) -> HeldActivity:
    """The activity goes on. With the last of them a constrained review is in review again."""
    access.may_write(Kind.DECISION).require()
    if held.case_id != access.case.pk:
        raise Hidden
    locked = locked_for_edit(held, seen_version)
    if locked.lifted_on:
        raise WrongState("activity_goes_on", "This activity goes on already.")
    if not reasons.strip():
        raise Invalid("reasons_missing", "Say why it may go on, and who agreed.", "reasons")
    if lifted_on > clock.today() or lifted_on < locked.held_on:
        raise Invalid("day_out_of_order", "Give a day from when it was held to today.", "lifted_on")
    locked.lifted_on, locked.lifted_why = lifted_on, reasons.strip()
    locked.save()
    record("reviews.activity_lifted", by=access.actor, case_id=access.case.pk, subject=str(held.pk))
    still = HeldActivity.objects.filter(case=access.case, lifted_on__isnull=True).exists()
    if state_of(access.case) == "CONSTRAINED" and not still:
        move(access=access, target="IN_REVIEW", facts={"reason": "yes"}, reasons=reasons.strip())
    return locked


def _record(access: Access, name: str, proceeding: ParallelProceeding) -> None:
    record(
        name,
        by=access.actor,
        case_id=access.case.pk,
        subject=str(proceeding.pk),
        kind=proceeding.kind,
        version=proceeding.version,
    )
