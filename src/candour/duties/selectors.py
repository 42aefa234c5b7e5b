"""Reading what is owed, where a case stood when, and its meetings."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from candour.cases.access import Access, cases_visible_to
from candour.cases.permissions import Kind
from candour.duties.models import Duty, Meeting, Status
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import Hidden


@dataclass(frozen=True)
class Standing:
    """How a duty stands on a day."""

    duty: Duty
    word: str
    days_left: int | None

    @property
    def overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0


def standing_of(duty: Duty, on: date | None = None) -> Standing:
    """Met, met late, due, overdue, or without a number of days in any source.

    An earliest day (such as the first on which a report may be published) is never overdue.
    """
    if duty.due_on is None:
        word = "Met" if duty.fulfilled_at else "No number of days found in the sources"
        return Standing(duty, word, None)
    if duty.fulfilled_at and duty.earliest:
        return Standing(duty, "Met", None)
    if duty.fulfilled_at:
        late = clock.day_of(duty.fulfilled_at) > duty.due_on
        return Standing(duty, "Met late" if late else "Met", None)
    left = (duty.due_on - (on or clock.today())).days
    if duty.earliest:
        return Standing(duty, "Allowed from now on" if left <= 0 else "Not allowed yet", None)
    if left < 0:
        return Standing(duty, "Overdue, explained" if duty.explanation else "Overdue", left)
    return Standing(duty, "Due today" if left == 0 else "Due", left)


def duties_of(access: Access) -> list[Standing]:
    """Everything owed on this case, by day."""
    access.may_read(Kind.CASE).require()
    return [standing_of(duty) for duty in Duty.objects.filter(case=access.case)]


def duty_of(access: Access, duty_id: uuid.UUID) -> Duty:
    """One duty of this case; Hidden if it is of another."""
    access.may_read(Kind.CASE).require()
    found = Duty.objects.filter(case=access.case, pk=duty_id).first()
    if found is None:
        raise Hidden
    return found


def owed_across(actor: Actor) -> list[Standing]:
    """What is still owed on every case the actor is on, soonest first."""
    rows = (
        Duty.objects.filter(case__in=cases_visible_to(actor), fulfilled_at__isnull=True)
        .filter(due_on__isnull=False, earliest=False)
        .select_related("case")
    )
    return [standing_of(duty) for duty in rows]


def history_of(access: Access) -> QuerySet[Status]:
    """Every state the case has been in, who moved it and why."""
    access.may_read(Kind.CASE).require()
    return Status.objects.filter(case=access.case).select_related("by")


def meetings_of(access: Access) -> QuerySet[Meeting]:
    """The meetings about this case, for those who may read decisions."""
    access.may_read(Kind.DECISION).require()
    return Meeting.objects.filter(case=access.case)


def meeting_of(access: Access, meeting_id: uuid.UUID) -> Meeting:
    """One meeting; Hidden if it is about another case."""
    found = meetings_of(access).filter(pk=meeting_id).first()
    if found is None:
        raise Hidden
    return found
