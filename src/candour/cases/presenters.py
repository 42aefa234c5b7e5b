"""Rows for the pages about members and the audit."""

from collections.abc import Iterable

from django.urls import reverse

from candour.audit.models import Event
from candour.cases.access import Access
from candour.cases.models import Grant, Membership
from candour.cases.permissions import RECORDS, Kind, Reach
from candour.kernel import clock
from candour.people.roles import PartnerBody, Role
from candour.ui.wording import day, instant

Cell = str | dict[str, str]


def member_rows(
    access: Access, members: Iterable[Membership], may_manage: bool
) -> list[list[Cell]]:
    """One row a membership; those that have ended say when."""
    return [_member_row(access, member, may_manage) for member in members]


def _member_row(access: Access, member: Membership, may_manage: bool) -> list[Cell]:
    role = Role(member.role)
    ended = member.ends_at is not None and member.ends_at <= clock.now()
    end: Cell = ""
    leave: Cell = ""
    if may_manage and not ended:
        end = _action(access, member, "end")
        on_grant = Reach.ON_GRANT in RECORDS[role].values()
        leave = _action(access, member, "grant") if on_grant else ""
    body = PartnerBody(member.partner_body).label if member.partner_body else ""
    agency = member.agency.name if member.agency else ""
    until = day(member.ends_at) if member.ends_at else ""
    began = day(member.starts_at)
    return [member.user.name, role.label, agency or body, began, until, leave, end]


def _action(access: Access, member: Membership, act: str) -> Cell:
    address = {"reference": access.case.reference, "membership_id": str(member.pk)}
    text = {"end": "End access", "grant": "Give leave under an order"}[act]
    return {
        "text": f"{text} of {member.user.name}, {Role(member.role).label}",
        "href": reverse(f"cases:{act}", kwargs=address),
    }


def grant_rows(access: Access, grants: Iterable[Grant], may_manage: bool) -> list[list[Cell]]:
    """One row a grant; those still in force can be ended."""
    return [
        [
            grant.membership.user.name,
            Kind(grant.kind).label,
            grant.legal_basis,
            grant.onward_use,
            day(grant.starts_at),
            instant(grant.ends_at),
            _end_of(access, grant) if may_manage and grant.ends_at > clock.now() else "",
        ]
        for grant in grants
    ]


def _end_of(access: Access, grant: Grant) -> Cell:
    address = {"reference": access.case.reference, "grant_id": grant.pk}
    record = Kind(grant.kind).label
    return {
        "text": f"End leave of {grant.membership.user.name} to see {record}",
        "href": reverse("cases:end_grant", kwargs=address),
    }


_ID_LENGTH = 36

_ROOMS = {
    "analysis": "Analysis",
    "cases": "Access",
    "chronology": "Chronology",
    "contributions": "What agencies, practitioners and family give",
    "disclosure": "Check for names",
    "documents": "Files",
    "duties": "Clocks, steps and meetings",
    "identities": "Identity register",
    "improvement": "Response and actions",
    "oversight": "Letters and national bodies",
    "worklist": "Reminders",
    "incidents": "Incident",
    "people": "Accounts",
    "platform": "Work in the background",
    "publication": "Publication",
    "reports": "Report",
    "reviews": "Commission",
}


def event_in_words(name: str) -> str:
    """An event's name as people read it: "Identity register: read"."""
    room, _, what = name.partition(".")
    return f"{_ROOMS.get(room, room.capitalize())}: {what.replace('_', ' ')}"


def event_rows(
    events: Iterable[Event], names: dict[str, str], subjects: dict[str, str]
) -> list[list[Cell]]:
    """One row an event; a person is named where the account still exists.

    What has no name keeps the first part of its id, by which acts on one thing can be told.
    """
    return [
        [
            str(event.sequence),
            instant(event.at),
            names.get(event.actor, event.actor),
            event_in_words(event.name),
            subjects.get(event.subject) or _short(event.subject),
        ]
        for event in events
    ]


def _short(subject: str) -> str:
    return f"No. {subject[:8]}" if len(subject) == _ID_LENGTH else subject
