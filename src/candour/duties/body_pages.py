"""Reading standing bodies and what their meetings decided, and what pages show of them."""

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.cases.steps import Row
from candour.duties.deciding import counting, members_of
from candour.duties.models import (
    Attendance,
    BodyMember,
    Meeting,
    MeetingAction,
    StandingBody,
)
from candour.duties.selectors import meeting_of
from candour.kernel.errors import Hidden
from candour.people.models import User
from candour.people.selectors import appointments_in_force
from candour.ui.wording import day

Cell = str | dict[str, str]


def people_of(body: StandingBody) -> QuerySet[User]:
    """People who stand appointed in the body's partnership."""
    appointed = appointments_in_force(body.partnership).values("user_id")
    return User.objects.filter(pk__in=appointed)


def place_on(body: StandingBody, member_id: uuid.UUID) -> BodyMember:
    """One place on the body; Hidden if it is on another."""
    found = BodyMember.objects.filter(body=body, pk=member_id).select_related("user", "body")
    member = found.first()
    if member is None:
        raise Hidden
    return member


def body_rows(bodies: Iterable[StandingBody]) -> list[list[Cell]]:
    """One row a body."""
    return [
        [
            {"text": body.name, "href": reverse("duties:standing_body", args=[body.pk])},
            body.get_kind_display(),
            body.partnership.name,
            str(body.quorum),
        ]
        for body in bodies
    ]


def body_lines(body: StandingBody, members: list[BodyMember]) -> list[Row]:
    """What is known of one body."""
    terms = body.terms.first()
    full = sum(member.deputy_for_id is None for member in members)
    return [
        {"key": "Kind", "value": body.get_kind_display()},
        {"key": "Partnership", "value": body.partnership.name},
        {"key": "Quorum", "value": f"{body.quorum} of {full}"},
        {
            "key": "Terms of reference",
            "value": f"Version {terms.number}, agreed {day(terms.agreed_on)}\n{terms.text}"
            if terms
            else "None agreed yet",
        },
    ]


def member_rows(
    body: StandingBody, members: Iterable[BodyMember], may_keep: bool
) -> list[list[Cell]]:
    """One row a member or deputy."""
    return [
        [
            member.user.name,
            member.capacity,
            member.deputy_for.user.name if member.deputy_for else "",
            member.interests or "None declared",
            {
                "text": f"End the place of {member.user.name}",
                "href": reverse("duties:end_member", args=[body.pk, member.pk]),
            }
            if may_keep
            else "",
        ]
        for member in members
    ]


def register_of(meeting: Meeting) -> QuerySet[Attendance]:
    """The register of one meeting."""
    return Attendance.objects.filter(meeting=meeting).select_related(
        "member__user", "member__deputy_for"
    )


def quorum_words(meeting: Meeting) -> str:
    """Whether the meeting may decide, in words."""
    if meeting.standing_body is None:
        return "This meeting is of no standing body, so it has no quorum."
    came, needed = counting(register_of(meeting)), meeting.standing_body.quorum
    word = "Quorate" if came >= needed else "Not quorate"
    return f"{word}: {came} counted, {needed} needed."


def register_rows(meeting: Meeting) -> list[list[Cell]]:
    """One row a member: how they came, what they declared."""
    taken = {line.member_id: line for line in register_of(meeting)}
    return [
        [
            member.user.name,
            member.capacity,
            taken[member.pk].get_how_display() if member.pk in taken else "Not taken",
            _conflict(taken.get(member.pk)),
        ]
        for member in members_of(meeting)
    ]


def _conflict(line: Attendance | None) -> str:
    if line is None or not line.conflict:
        return ""
    return f"{line.conflict}. {'Withdrew' if line.withdrew else 'Stayed'}"


def decision_lines(meeting: Meeting) -> list[dict[str, str]]:
    """Decisions in order, with dissent."""
    return [
        {
            "title": f"Decision {each.number}",
            "when": day(meeting.held_on),
            "text": each.text + (f"\nDissent: {each.dissent}" if each.dissent else ""),
        }
        for each in meeting.decided.all()
    ]


def meeting_action_rows(access: Access, meeting: Meeting) -> list[list[Cell]]:
    """What is to be done after the meeting."""
    rows = meeting.actions.select_related("owner")
    return [
        [
            {
                "text": each.text,
                "href": reverse(
                    "duties:action_done",
                    args=[access.case.reference, meeting.pk, each.pk],
                ),
            }
            if each.done_at is None
            else each.text,
            each.owner.name,
            day(each.due_on),
            f"Done {day(each.done_at)}: {each.done_note}" if each.done_at else "Open",
        ]
        for each in rows
    ]


def meeting_action_of(access: Access, meeting_id: uuid.UUID, action_id: uuid.UUID) -> MeetingAction:
    """One action of a meeting; its owner sees it whatever else they read."""
    found = MeetingAction.objects.filter(
        case=access.case, meeting_id=meeting_id, pk=action_id
    ).first()
    if found is None or not access.may_read(Kind.DECISION):
        raise Hidden
    meeting_of(access, meeting_id)
    return found
