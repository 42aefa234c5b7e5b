"""What happens in a meeting of a standing body: who came, what was decided, what follows.

A body decides only when it is quorate. A member who declares a conflict and withdraws does not
count; a deputy counts for the member, and only once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.duties.bodies import members_on
from candour.duties.models import (
    Attendance,
    BodyMember,
    Meeting,
    MeetingAction,
    MeetingDecision,
)
from candour.kernel import clock
from candour.kernel.decision import Allowed, Decision, Denied
from candour.kernel.errors import Hidden, Invalid, NotPermitted, WrongState
from candour.people.models import User


@dataclass(frozen=True)
class Came:
    """How one member came, or did not, and the conflict they declared."""

    how: Attendance.How
    conflict: str = ""
    withdrew: bool = False


@transaction.atomic
def take_attendance(
    *, access: Access, meeting: Meeting, came: Mapping[UUID, Came]
) -> list[Attendance]:
    """Keep the register: one line a member of the body on that day. Taking it again corrects it.

    Whoever withdraws says why: a conflict without words is none that can be looked at later.
    """
    access.may_write(Kind.DECISION).require()
    locked = _locked(access, meeting)
    members = {member.pk: member for member in members_of(locked)}
    for pk, line in came.items():
        if pk not in members:
            raise Invalid("not_a_member", "Only members and deputies stand in the register.")
        if line.withdrew and not line.conflict.strip():
            raise Invalid("conflict_missing", "Say what the conflict is.", f"conflict_{pk}")
    taken = [_taken(locked, members[pk], line) for pk, line in came.items()]
    record(
        "duties.attendance_taken",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(locked.pk),
        present=sum(line.how is Attendance.How.PRESENT for line in came.values()),
    )
    return taken


def _taken(meeting: Meeting, member: BodyMember, line: Came) -> Attendance:
    attendance, _ = Attendance.objects.update_or_create(
        case=meeting.case,
        meeting=meeting,
        member=member,
        defaults={
            "how": line.how.value,
            "conflict": line.conflict.strip(),
            "withdrew": line.withdrew,
        },
    )
    return attendance


def members_of(meeting: Meeting) -> list[BodyMember]:
    """Who could come: members of the standing body, and their deputies, on that day."""
    if meeting.standing_body is None:
        return []
    return list(members_on(meeting.standing_body, meeting.held_on))


def counting(register: Iterable[Attendance]) -> int:
    """How many of the register count towards the quorum."""
    present = [
        line.member for line in register if line.how == Attendance.How.PRESENT and not line.withdrew
    ]
    return len({member.deputy_for_id or member.pk for member in present})


def is_quorate(meeting: Meeting) -> Decision:
    """May the meeting decide? One of no standing body has no quorum to reach."""
    if meeting.standing_body is None:
        return Allowed()
    came = counting(Attendance.objects.filter(meeting=meeting).select_related("member"))
    if came >= meeting.standing_body.quorum:
        return Allowed()
    return Denied(
        "not_quorate",
        f"{came} of the {meeting.standing_body.quorum} members needed are in the register. Take "
        "the attendance first, or call the meeting again.",
    )


@transaction.atomic
def record_meeting_decision(
    *, access: Access, meeting: Meeting, text: str, dissent: str = ""
) -> MeetingDecision:
    """Keep one decision of the meeting, with dissent; WrongState while it is not quorate."""
    access.may_write(Kind.DECISION).require()
    locked = _locked(access, meeting)
    is_quorate(locked).require(WrongState)
    if not text.strip():
        raise Invalid("decision_missing", "Write what was decided.", "text")
    decided = MeetingDecision.objects.create(
        case=access.case,
        meeting=locked,
        number=locked.decided.count() + 1,
        text=text.strip(),
        dissent=dissent.strip(),
        by_id=access.actor.id,
    )
    record(
        "duties.meeting_decided",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(decided.pk),
        dissent=bool(decided.dissent),
    )
    return decided


@transaction.atomic
def set_meeting_action(
    *, access: Access, meeting: Meeting, text: str, owner: User, due_on: date
) -> MeetingAction:
    """Somebody on the case is to do something by a day."""
    access.may_write(Kind.DECISION).require()
    locked = _locked(access, meeting)
    if not text.strip():
        raise Invalid("action_missing", "Write what is to be done.", "text")
    if due_on < locked.held_on:
        raise Invalid("due_too_early", "It cannot be due before the meeting.", "due_on")
    action = MeetingAction.objects.create(
        case=access.case, meeting=locked, text=text.strip(), owner=owner, due_on=due_on
    )
    record(
        "duties.meeting_action_set",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(action.pk),
        user=str(owner.pk),
    )
    return action


@transaction.atomic
def finish_meeting_action(*, access: Access, action: MeetingAction, note: str) -> MeetingAction:
    """Its owner, or whoever keeps the record, says that it is done and how."""
    locked = (
        MeetingAction.objects.select_for_update().filter(pk=action.pk, case=access.case).first()
    )
    if locked is None:
        raise Hidden
    if str(locked.owner_id) != access.actor.id and not access.may_write(Kind.DECISION):
        raise NotPermitted("actor_not_permitted", "Its owner says when it is done.")
    if locked.done_at:
        raise WrongState("action_done", "This has been recorded as done.")
    if not note.strip():
        raise Invalid("note_missing", "Say what was done.", "note")
    locked.done_at, locked.done_note = clock.now(), note.strip()
    locked.save(update_fields=["done_at", "done_note"])
    record(
        "duties.meeting_action_done",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(locked.pk),
    )
    return locked


def _locked(access: Access, meeting: Meeting) -> Meeting:
    found = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("standing_body")
        .filter(pk=meeting.pk, case=access.case)
        .first()
    )
    if found is None:
        raise Hidden
    return found
