"""Starting, meeting and explaining what is owed."""

from datetime import date, datetime

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.duties.models import Duty
from candour.engines.statute import clocks
from candour.engines.statute.rulebook import rule_set
from candour.kernel import clock
from candour.kernel.decision import Decision
from candour.kernel.errors import Invalid, WrongState


@transaction.atomic
def start_duty(
    *,
    access: Access,
    code: str,
    starts: date | datetime,
    owed_by: str,
    owed_to: str,
    rules: str | None = None,
) -> Duty:
    """Start the clock with this code, once: a second start with the same day changes nothing.

    The due day, how it was counted and how far the rule is verified are stored with it, so that
    a later change of rules or of the calendar never moves a past duty silently.
    """
    governing = rules or access.case.rule_set
    counted = clocks.due(code, governing, starts)
    duty, created = Duty.objects.get_or_create(
        case=access.case,
        code=code,
        starts_on=clocks.day_zero(starts),
        defaults={
            **_as_counted(counted),
            "name": rule_set(governing).clock(code).name,
            "owed_by": owed_by,
            "owed_to": owed_to,
            "rule_set": governing,
        },
    )
    if created:
        record(
            "duties.started",
            by=access.actor,
            case_id=access.case.pk,
            subject=str(duty.pk),
            code=code,
            due_on=duty.due_on.isoformat() if duty.due_on else None,
        )
    return duty


def _as_counted(counted: clocks.Due) -> dict[str, object]:
    return {
        "due_on": counted.due_date,
        "due_at": counted.due_datetime,
        "earliest": counted.earliest,
        "counted": list(counted.counted),
        "basis": counted.basis.value,
        "source": counted.source.title,
    }


@transaction.atomic
def fulfil(*, access: Access, code: str, note: str = "", at: datetime | None = None) -> int:
    """Record that every open duty with this code has been met; answers with how many."""
    instant = at or clock.now()
    open_duties = Duty.objects.select_for_update().filter(
        case=access.case, code=code, fulfilled_at__isnull=True
    )
    met = list(open_duties)
    for duty in met:
        duty.fulfilled_at = instant
        duty.fulfilled_by_id = access.actor.id
        duty.note = note
        duty.save(update_fields=["fulfilled_at", "fulfilled_by", "note"])
        record(
            "duties.fulfilled",
            by=access.actor,
            case_id=access.case.pk,
            subject=str(duty.pk),
            code=code,
        )
    return len(met)


@transaction.atomic
def recount(*, access: Access, code: str, starts: date) -> int:
    """Count every duty with this code again from a corrected day; answers with how many.

    The day it was counted from before stays in the audit. A correction, never a way to stop one.
    """
    duties = list(Duty.objects.select_for_update().filter(case=access.case, code=code))
    for duty in duties:
        was = duty.starts_on
        counted = clocks.due(code, duty.rule_set, starts)
        duty.starts_on, duty.due_on = clocks.day_zero(starts), counted.due_date
        duty.due_at, duty.counted = counted.due_datetime, list(counted.counted)
        duty.save(update_fields=["starts_on", "due_on", "due_at", "counted"])
        record(
            "duties.recounted",
            by=access.actor,
            case_id=access.case.pk,
            subject=str(duty.pk),
            code=code,
            counted_from=duty.starts_on.isoformat(),
            counted_from_before=was.isoformat(),
        )
    return len(duties)


@transaction.atomic
def explain_overdue(*, access: Access, duty: Duty, explanation: str) -> Duty:
    """Say why something is late. It stays late: a clock is explained, never stopped.

    For those who write decisions or the referral, since the notifier owes the notification.
    """
    may_explain(access).require()
    locked = Duty.objects.select_for_update().get(pk=duty.pk, case=access.case)
    if not _is_late(locked):
        raise WrongState("not_late", "This is not late, so there is nothing to explain yet.")
    if not explanation.strip():
        raise Invalid("reasons_missing", "Say why this is late.", "explanation")
    return _explain(access, locked, explanation.strip())


def may_explain(access: Access) -> Decision:
    """Whoever keeps the referral or the decision record may explain lateness."""
    return access.may_write(Kind.REFERRAL) or access.may_write(Kind.DECISION)


@transaction.atomic
def explain_open(*, access: Access, codes: tuple[str, ...], explanation: str) -> int:
    """Put the same explanation beside every open duty with one of these codes, or take it away.

    For services whose act explains the clock, such as a decision not to notify.
    """
    open_duties = Duty.objects.select_for_update().filter(
        case=access.case, code__in=codes, fulfilled_at__isnull=True
    )
    return len([_explain(access, duty, explanation) for duty in list(open_duties)])


def _is_late(duty: Duty) -> bool:
    if duty.due_on is None:
        return False
    until = clock.day_of(duty.fulfilled_at) if duty.fulfilled_at else clock.today()
    return until > duty.due_on


def _explain(access: Access, duty: Duty, explanation: str) -> Duty:
    duty.explanation = explanation
    duty.explained_by_id = access.actor.id
    duty.explained_at = clock.now()
    duty.approved_by = duty.approved_at = None
    duty.save()
    record(
        "duties.explained",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(duty.pk),
        code=duty.code,
    )
    return duty
