"""A clock whose lateness is approved, or that would fall elsewhere on the calendar of today.

A day once counted never moves by itself: neither a holiday proclaimed since nor a changed rule
file touches it. A named person counts it again, with a reason, and only while it lies ahead.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from candour.audit.models import Event
from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Act, Kind
from candour.duties.models import Duty
from candour.duties.services import may_explain
from candour.engines.statute import clocks
from candour.engines.statute.clocks import Due
from candour.kernel import clock
from candour.kernel.decision import Allowed, Decision, Denied
from candour.kernel.errors import Invalid, WrongState
from candour.people.models import User

_HAPPENED = {
    "duties.started": "Started",
    "duties.fulfilled": "Met",
    "duties.explained": "Lateness explained",
    "duties.lateness_approved": "Lateness approved",
    "duties.recounted": "Counted again from a corrected day",
    "duties.counted_again": "Counted again on the calendar of the day",
}


@dataclass(frozen=True)
class Happening:
    """Something that happened to a clock, when, and by whom."""

    what: str
    at: datetime
    by: str


def happened_to(access: Access, duty: Duty) -> list[Happening]:
    """What happened to one clock, earliest first, from the audit of the case."""
    access.may_read(Kind.CASE).require()
    events = list(
        Event.objects.filter(case_id=access.case.pk, subject=str(duty.pk), name__in=_HAPPENED)
        .order_by("sequence")
        .values_list("name", "at", "actor")
    )
    ids = {actor.removeprefix("person:") for _, _, actor in events if "person:" in actor}
    names = {
        f"person:{pk}": name
        for pk, name in User.objects.filter(pk__in=ids).values_list("pk", "name")
    }
    return [
        Happening(_HAPPENED[name], at, names.get(actor, "Candour")) for name, at, actor in events
    ]


@transaction.atomic
def approve_lateness(*, access: Access, duty: Duty) -> Duty:
    """Somebody who decides approves the reason for lateness; it stays late. Nobody approves their
    own reason.
    """
    locked = Duty.objects.select_for_update().get(pk=duty.pk, case=access.case)
    may_approve(access, locked).require(WrongState)
    locked.approved_at, locked.approved_by_id = clock.now(), access.actor.id
    locked.save(update_fields=["approved_at", "approved_by"])
    _record(access, "duties.lateness_approved", locked)
    return locked


def may_approve(access: Access, duty: Duty) -> Decision:
    """Is there a reason to approve, and may this person?"""
    if not duty.explanation:
        return Denied("nothing_explained", "No reason for the lateness has been given yet.")
    if duty.approved_at:
        return Denied("already_approved", "This reason has been approved already.")
    if str(duty.explained_by_id) == access.actor.id:
        return Denied("own_reason", "Nobody approves their own reason. Ask somebody who decides.")
    return access.may(Act.DECIDE)


def count_of_today(duty: Duty) -> Due | None:
    """How the clock would be counted today; None where it cannot be, or counts hours."""
    if duty.due_at is not None:
        return None
    try:
        return clocks.due(duty.code, duty.rule_set, duty.starts_on)
    except Invalid:
        return None


def day_of_today(duty: Duty) -> date | None:
    """The day on which it would fall today, where that is another day than the one that stands."""
    found = count_of_today(duty)
    if found is None or found.due_date == duty.due_on or duty.fulfilled_at:
        return None
    return found.due_date


def may_count_again(duty: Duty) -> Decision:
    """Only while the day that stands lies ahead, and only where another would come out."""
    if duty.due_on is not None and duty.due_on < clock.today():
        return Denied("day_past", "The day has passed. A past day never moves: explain it instead.")
    if day_of_today(duty) is None:
        return Denied("nothing_changes", "Counted today, it would fall on the same day.")
    return Allowed()


@transaction.atomic
def count_again(*, access: Access, duty: Duty, reasons: str) -> Duty:
    """Count a clock again on the calendar and rules of today, with a reason. Nothing else moves it.

    The day on which it stood before is kept in the audit.
    """
    may_explain(access).require()
    locked = Duty.objects.select_for_update().get(pk=duty.pk, case=access.case)
    may_count_again(locked).require(WrongState)
    if not reasons.strip():
        raise Invalid("reasons_missing", "Say what changed: which holiday, which rule.", "reasons")
    found = count_of_today(locked)
    assert found is not None  # noqa: S101 - may_count_again has refused without one
    before = locked.due_on
    locked.due_on = found.due_date
    locked.counted = [
        *found.counted,
        f"Counted again on {clock.today():%d.%m.%Y}: {reasons.strip()}",
    ]
    locked.save(update_fields=["due_on", "counted"])
    record(
        "duties.counted_again",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(locked.pk),
        code=locked.code,
        due_on=locked.due_on.isoformat() if locked.due_on else None,
        due_on_before=before.isoformat() if before else None,
    )
    return locked


def _record(access: Access, name: str, duty: Duty) -> None:
    record(name, by=access.actor, case_id=access.case.pk, subject=str(duty.pk), code=duty.code)
