"""Meetings about a case: convened, then minuted with decisions and dissent."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.cases.versions import locked_for_edit
from candour.duties.models import Meeting, StandingBody
from candour.kernel.errors import Hidden, Invalid


@dataclass(frozen=True)
class Minutes:
    """What is written after a meeting. Attendance is by name and role, as minutes are kept."""

    attendance: str = ""
    apologies: str = ""
    declared_conflicts: str = ""
    minutes: str = ""
    decisions: str = ""
    dissent: str = ""


@transaction.atomic
def convene(
    *,
    access: Access,
    body: Meeting.Body,
    title: str,
    held_on: date,
    agenda: str,
    place: str = "",
    standing_body: StandingBody | None = None,
) -> Meeting:
    """Call a meeting about this case, of a standing body of its partnership where one is named."""
    access.may_write(Kind.DECISION).require()
    if not title.strip():
        raise Invalid("title_missing", "Give the meeting a title.", "title")
    if standing_body and standing_body.partnership_id != access.case.lead_partnership_id:
        raise Hidden
    meeting = Meeting.objects.create(
        case=access.case,
        standing_body=standing_body,
        body=body,
        title=title.strip(),
        held_on=held_on,
        agenda=agenda,
        place=place,
    )
    record(
        "duties.meeting_convened",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(meeting.pk),
        body=body.value,
        held_on=held_on.isoformat(),
    )
    return meeting


@transaction.atomic
def minute(*, access: Access, meeting: Meeting, seen_version: int, minutes: Minutes) -> Meeting:
    """Write what happened; EditedElsewhere if somebody else did meanwhile."""
    access.may_write(Kind.DECISION).require()
    locked = locked_for_edit(Meeting.objects.get(pk=meeting.pk, case=access.case), seen_version)
    locked.attendance = minutes.attendance
    locked.apologies = minutes.apologies
    locked.declared_conflicts = minutes.declared_conflicts
    locked.minutes = minutes.minutes
    locked.decisions = minutes.decisions
    locked.dissent = minutes.dissent
    locked.save()
    record(
        "duties.meeting_minuted", by=access.actor, case_id=access.case.pk, subject=str(locked.pk)
    )
    return locked
