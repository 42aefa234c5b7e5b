"""What a meeting's pack tells of meetings: who is expected, what was decided before, what is open.

For those who read the decision record; a family member's or child's name stands nowhere in it.
"""

from collections.abc import Iterator, Sequence

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.duties.deciding import members_of
from candour.duties.models import Attendance, Meeting, MeetingAction, MeetingDecision
from candour.reports.tree import Block, Heading, Table, plain
from candour.ui.wording import day


def about_meetings(theirs: Access, meeting: Meeting) -> Iterator[Block]:
    """The register of this meeting, the decisions of earlier ones, the actions that are open."""
    if not theirs.may_read(Kind.DECISION):
        return
    yield from _register(meeting)
    yield from _decided(meeting)
    yield from _to_be_done(meeting)


def _register(meeting: Meeting) -> Iterator[Block]:
    """Members and deputies of the standing body on the day; how they came, once that is kept."""
    members = members_of(meeting)
    if not members or meeting.standing_body is None:
        return
    kept = {each.member_id: each for each in Attendance.objects.filter(meeting=meeting)}
    yield Heading(1, "Register", "pack-register")
    header = ("Member", "As", "Attendance", "Conflict declared")
    rows = [
        (each.user.name, each.capacity, *_came(kept.get(each.pk)))
        for each in sorted(members, key=lambda each: each.user.name)
    ]
    quorum = f"Members of {meeting.standing_body.name}; quorum {meeting.standing_body.quorum}"
    yield _table(quorum, header, rows, "pack-register-table")


def _came(line: Attendance | None) -> tuple[str, str]:
    if line is None:
        return "Expected", ""
    withdrew = " (withdrew)" if line.withdrew else ""
    return Attendance.How(line.how).label, f"{line.conflict}{withdrew}"


def _decided(meeting: Meeting) -> Iterator[Block]:
    """What meetings on this case decided up to this one, with dissent."""
    earlier = MeetingDecision.objects.filter(
        case=meeting.case, meeting__held_on__lte=meeting.held_on
    ).select_related("meeting")
    rows = [
        (day(each.meeting.held_on), each.meeting.title, each.text, each.dissent or "None")
        for each in earlier.order_by("meeting__held_on", "meeting_id", "number")
    ]
    if rows:
        yield Heading(1, "Decided so far", "pack-decided")
        header = ("Day", "Meeting", "Decision", "Dissent")
        yield _table("Decisions of meetings on this case", header, rows, "pack-decided-table")


def _to_be_done(meeting: Meeting) -> Iterator[Block]:
    waiting = MeetingAction.objects.filter(case=meeting.case, done_at__isnull=True)
    rows = [
        (each.text, each.owner.name, day(each.due_on))
        for each in waiting.select_related("owner").order_by("due_on", "id")
    ]
    if rows:
        yield Heading(1, "Actions of meetings that are open", "pack-actions")
        header = ("Action", "Owner", "Due")
        yield _table("Actions that are open", header, rows, "pack-actions-table")


def _table(
    caption: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]], anchor: str
) -> Table:
    cells = tuple(tuple(plain(text) for text in row) for row in rows)
    return Table(caption, tuple(plain(text) for text in header), cells, anchor, row_headers=True)
