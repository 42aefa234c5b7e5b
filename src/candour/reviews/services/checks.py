"""Checks of a review's time and quality, and written requests to its reviewer."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Act
from candour.duties.services import fulfil
from candour.duties.states import may_move, move
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, WrongState
from candour.reviews.models import ProgressCheck
from candour.reviews.progress import NEXT_CHECK, start_next_check

_CHECKS = (ProgressCheck.Kind.PROGRESS, ProgressCheck.Kind.QUALITY)


@dataclass(frozen=True)
class Checked:
    """What was looked at or asked for, and whether the review will be done in time."""

    kind: ProgressCheck.Kind
    made_on: date
    words: str
    on_time: bool = True
    delay_reasons: str = ""


@transaction.atomic
def record_progress_check(*, access: Access, checked: Checked) -> ProgressCheck:
    """Record a check or a written request; a check meets the clock and starts the next one.

    Invalid without the words of it, or without reasons where the review will not be in time.
    """
    access.may(Act.COMMISSION).require()
    Case.objects.select_for_update().get(pk=access.case.pk)
    _refuse(checked)
    made = ProgressCheck.objects.create(
        case=access.case,
        by_id=access.actor.id,
        **{**asdict(checked), "kind": checked.kind.value},
    )
    facts = {"form": "written", "action": checked.kind.value}
    if may_move(access, "IN_REVIEW", facts):
        move(access=access, target="IN_REVIEW", facts=facts, reasons=checked.words.strip())
    if checked.kind in _CHECKS:
        fulfil(access=access, code=NEXT_CHECK, note=ProgressCheck.Kind(checked.kind).label)
        start_next_check(access, checked.made_on)
    record(
        "reviews.progress_checked",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(made.pk),
        kind=made.kind,
        on_time=made.on_time,
    )
    return made


@transaction.atomic
def answer_progress_check(
    *, access: Access, check: ProgressCheck, answer: str, answered_on: date
) -> ProgressCheck:
    """Record the reviewer's answer to a check or request, once."""
    access.may(Act.COMMISSION).require()
    if check.case_id != access.case.pk:
        raise Hidden
    locked = ProgressCheck.objects.select_for_update().get(pk=check.pk)
    if locked.answered_on:
        raise WrongState("already_answered", "An answer is recorded already.")
    if not answer.strip():
        raise Invalid("text_missing", "Write what was answered.", "answer")
    if not locked.made_on <= answered_on <= clock.today():
        reason = "Give a day from when it was asked to today."
        raise Invalid("day_out_of_order", reason, "answered_on")
    locked.answer, locked.answered_on = answer.strip(), answered_on
    locked.save(update_fields=["answer", "answered_on"])
    record("reviews.check_answered", by=access.actor, case_id=access.case.pk, subject=str(check.pk))
    return locked


def _refuse(checked: Checked) -> None:
    if not checked.words.strip():
        raise Invalid("text_missing", "Write what was looked at or asked for.", "words")
    if checked.made_on > clock.today():
        raise Invalid("day_ahead", "This day cannot lie ahead.", "made_on")
    if not checked.on_time and not checked.delay_reasons.strip():
        reason = "Say why the review will not be done in time: the delay has to be explained."
        raise Invalid("reasons_missing", reason, "delay_reasons")
