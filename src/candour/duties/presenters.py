"""Clocks, states and meetings as their pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.cases.steps import Row
from candour.duties.models import Duty, Meeting, Status
from candour.duties.recounting import Happening, day_of_today
from candour.duties.selectors import Standing
from candour.engines.statute.machines import machine
from candour.engines.statute.rulebook import rule_set
from candour.engines.statute.rulesets import Basis
from candour.ui.wording import day, instant


@dataclass(frozen=True)
class ClockLine:
    """A duty as the clock component shows it, with what would change it and where to explain it."""

    name: str
    due: str
    state: str
    counted: str
    source: str
    explained: str
    owed: str
    met: str
    would_change: str
    explain: str
    page: str
    elsewhere: str


def clock_lines(access: Access, standings: Iterable[Standing]) -> list[ClockLine]:
    """Every duty of the case, with how it was counted and how far its rule is verified.

    The recorded reasons for lateness are for those who read decisions or the referral.
    """
    told = bool(access.may_read(Kind.DECISION) or access.may_read(Kind.REFERRAL))
    may = bool(access.may_write(Kind.DECISION) or access.may_write(Kind.REFERRAL))
    return [_clock_line(access, standing, told, may) for standing in standings]


def _clock_line(access: Access, standing: Standing, told: bool, may: bool) -> ClockLine:
    duty, basis = standing.duty, Basis(standing.duty.basis)
    address = {"reference": access.case.reference, "duty_id": duty.pk}
    late = standing.overdue or standing.word == "Met late"
    return ClockLine(
        name=duty.name,
        due=day(duty.due_on),
        state=_state(standing),
        counted=" ".join(duty.counted),
        source=f"{duty.source} ({basis.value}: {basis.meaning})",
        explained=duty.explanation if told else "",
        owed=f"Owed by {_within(duty.owed_by)} to {_within(duty.owed_to)}.",
        met=f"Met on {day(duty.fulfilled_at)}." if duty.fulfilled_at else "",
        would_change=_would_change(duty),
        explain=reverse("duties:explain", kwargs=address) if may and late else "",
        page=reverse("duties:clock", kwargs=address),
        elsewhere=day(day_of_today(duty)),
    )


def _within(words: str) -> str:
    return words.replace("The ", "the ", 1)


def _would_change(duty: Duty) -> str:
    rule = rule_set(duty.rule_set).clock(duty.code)
    note = f" {rule.note}" if rule.note else ""
    began = f"the day on which {rule.start}, {day(duty.starts_on)}"
    return (
        f"It runs from {began}, under {rule_set(duty.rule_set).title}. Only a correction of that "
        f"day would move it; nothing stops it, and lateness is explained beside it.{note}"
    )


def _state(standing: Standing) -> str:
    if standing.duty.fulfilled_at:
        return "done_late" if standing.word == "Met late" else "done"
    if standing.duty.earliest:
        return "allowed" if standing.word == "Allowed from now on" else "not_yet"
    if standing.days_left is None:
        return "unknown"
    if standing.overdue:
        return "explained" if standing.duty.explanation else "overdue"
    return "due_today" if standing.days_left == 0 else "running"


def explained_rows(duty: Duty) -> list[Row]:
    """The reason for lateness, who gave it and who approved it."""
    by = duty.explained_by.name if duty.explained_by else "An act on the case"
    approved = (
        f"{duty.approved_by.name}, {instant(duty.approved_at)}"
        if duty.approved_by
        else "Nobody yet"
    )
    return [
        {"key": "Reason", "value": duty.explanation},
        {"key": "Given by", "value": f"{by}, {instant(duty.explained_at)}"},
        {"key": "Approved by", "value": approved},
    ]


def clock_happenings(happened: Iterable[Happening]) -> list[dict[str, str]]:
    """What happened to one clock, for the timeline."""
    return [
        {"title": each.what, "when": instant(each.at), "by": each.by, "text": ""}
        for each in happened
    ]


def happenings(access: Access, statuses: Iterable[Status]) -> list[dict[str, str]]:
    """Each step of the case, by its event; reasons are for those who read decisions."""
    reasons = bool(access.may_read(Kind.DECISION))
    process = machine(access.case.regime)
    before = process.states[0]
    lines = []
    for status in statuses:
        step = process.transition(before, status.state) or process.leading_to(status.state)
        lines.append(
            {
                "title": step.event if step else status.state.replace("_", " ").capitalize(),
                "when": instant(status.entered_at),
                "by": status.by.name,
                "text": status.reasons if reasons else "",
            }
        )
        before = before if step and step.track else status.state
    return lines


def meeting_rows(access: Access, meetings: Iterable[Meeting]) -> list[list[str | dict[str, str]]]:
    """One row a meeting."""
    return [
        [
            {"text": meeting.title, "href": _address(access, meeting)},
            meeting.get_body_display(),
            day(meeting.held_on),
            "Minuted" if meeting.minutes or meeting.decisions else "Convened",
        ]
        for meeting in meetings
    ]


def _address(access: Access, meeting: Meeting) -> str:
    kwargs = {"reference": access.case.reference, "meeting_id": meeting.pk}
    return reverse("duties:meeting", kwargs=kwargs)


MINUTED = (
    ("attendance", "Who came"),
    ("apologies", "Apologies"),
    ("declared_conflicts", "Conflicts of interest declared"),
    ("minutes", "Minutes"),
    ("decisions", "Decisions"),
    ("dissent", "Dissent"),
)


def meeting_lines(meeting: Meeting) -> list[Row]:
    """What is recorded of a meeting, in order."""
    convened: list[Row] = [
        {"key": "Body", "value": meeting.get_body_display()},
        {"key": "Day", "value": day(meeting.held_on)},
        {"key": "Place", "value": meeting.place or "Not given"},
        {"key": "Agenda", "value": meeting.agenda or "Not given"},
    ]
    return [*convened, *minuted_lines(meeting)]


def minuted_lines(meeting: Meeting) -> list[Row]:
    """What was written after it."""
    return [
        {"key": words, "value": getattr(meeting, name) or "Nothing recorded"}
        for name, words in MINUTED
    ]
