"""Everything with a day on it, out of every room, and whose it is.

One list from which the home page, the reminders and the calendar are all made, so that none of
them knows of something the others forget.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.urls import reverse

from candour.cases.models import Case, Membership
from candour.contributions.models import AgencyRequest
from candour.duties.letter_pages import letters_owing
from candour.duties.models import Duty, Letter, MeetingAction
from candour.improvement.models import Action
from candour.incidents.models import PanelLetter, ScopingForm
from candour.people.roles import Role
from candour.publication.models import NonPublicationLetter

_DECIDERS = frozenset({Role.CHAIR, Role.LEAD_PARTNER, Role.DELEGATED_PARTNER})
_UNIT = frozenset({Role.BUSINESS_MANAGER})
_FOR_AGENCIES = frozenset({Role.AGENCY_AUTHOR, Role.SIGNING_OFF_MANAGER})

# Whose a statutory duty is, by the words in which it is kept; the business unit sees to all.
_WHOSE: dict[str, frozenset[Role]] = {
    "The local authority": frozenset({Role.NOTIFIER}) | _UNIT,
    "The Chair": frozenset({Role.CHAIR}) | _UNIT,
    "The safeguarding partners": _DECIDERS | _UNIT,
    "The national panel": frozenset(),
}
OVERSEES = _DECIDERS | _UNIT


@dataclass(frozen=True)
class Owed:
    """Something to be done by a day: in whose hands, and the page where it is done.

    It is a person's if they hold one of `roles` on the case (for that agency, where one is
    named), or are the `person`. With neither it is owed by somebody outside.
    """

    case: Case
    kind: str
    subject: uuid.UUID
    text: str
    href: str
    due_on: date
    roles: frozenset[Role] = frozenset()
    agency: uuid.UUID | None = None
    person: uuid.UUID | None = None
    explained: bool = field(default=False, compare=False)

    def is_of(self, memberships: Iterable[Membership]) -> bool:
        """Is it theirs who hold these memberships (of one person, on this case)?"""
        return any(self._is_held_by(membership) for membership in memberships)

    def _is_held_by(self, membership: Membership) -> bool:
        if self.person is not None:
            return membership.user_id == self.person
        if membership.role not in self.roles:
            return False
        return self.agency is None or membership.agency_id == self.agency


def owed_on(cases: Q, until: date | None = None) -> list[Owed]:
    """What is owed on these cases (`cases` filters rows by their case), soonest first."""
    found = [
        *_duties(cases),
        *_actions(cases),
        *_scoping(cases),
        *_returns(cases),
        *_letters(cases),
        *_panel_letters(cases),
        *_meeting_actions(cases),
    ]
    due = [each for each in found if until is None or each.due_on <= until]
    return sorted(due, key=lambda each: (each.due_on, each.case.reference, each.text))


def _page(name: str, case: Case, **parts: object) -> str:
    return reverse(name, kwargs={"reference": case.reference, **parts})


def _duties(cases: Q) -> Iterator[Owed]:
    rows = Duty.objects.filter(
        cases, fulfilled_at__isnull=True, due_on__isnull=False, earliest=False
    )
    for row in rows.select_related("case"):
        if row.due_on is not None:
            yield Owed(
                row.case,
                "duty",
                row.pk,
                row.name,
                _page("case", row.case),
                row.due_on,
                roles=_WHOSE.get(row.owed_by, _UNIT),
                explained=bool(row.explanation),
            )


def _actions(cases: Q) -> Iterator[Owed]:
    rows = Action.objects.filter(cases, closed_at__isnull=True).select_related("case")
    for row in rows:
        href = _page("improvement:action", row.case, action_id=row.pk)
        yield Owed(
            row.case,
            "action",
            row.pk,
            "Action after a review",
            href,
            row.due_on,
            person=row.owner_id,
        )


def _scoping(cases: Q) -> Iterator[Owed]:
    rows = ScopingForm.objects.filter(cases, returned_at__isnull=True)
    for row in rows.select_related("case", "agency"):
        yield Owed(
            row.case,
            "scoping",
            row.pk,
            f"Scoping form of {row.agency.name}",
            _page("incidents:scoping", row.case),
            row.due_on,
            roles=_FOR_AGENCIES,
            agency=row.agency_id,
        )


def _returns(cases: Q) -> Iterator[Owed]:
    waiting = (AgencyRequest.State.ASKED, AgencyRequest.State.TO_CHECK)
    rows = AgencyRequest.objects.filter(cases, state__in=waiting)
    for row in rows.select_related("case", "agency"):
        yield Owed(
            row.case,
            "return",
            row.pk,
            f"Return of {row.agency.name}",
            _page("contributions:requests", row.case),
            row.due_on,
            roles=_FOR_AGENCIES,
            agency=row.agency_id,
        )


def _letters(cases: Q) -> Iterator[Owed]:
    for row in letters_owing(cases).exclude(_owed_elsewhere(cases)):
        came = row.direction == Letter.Direction.IN
        if row.reply_due_on is not None:
            yield Owed(
                row.case,
                "letter",
                row.pk,
                "Answer a letter" if came else "Answer to a letter of ours",
                _page("duties:letter", row.case, letter_id=row.pk),
                row.reply_due_on,
                roles=_UNIT if came else frozenset(),
            )


def _owed_elsewhere(cases: Q) -> Q:
    """Letters of a desk that are on record with the decision they are about."""
    filed = [
        model.objects.filter(cases, delivered__isnull=False).values("delivered")
        for model in (PanelLetter, NonPublicationLetter)
    ]
    return Q(pk__in=filed[0]) | Q(pk__in=filed[1])


def _panel_letters(cases: Q) -> Iterator[Owed]:
    for model, page in (
        (PanelLetter, "incidents:decision"),
        (NonPublicationLetter, "publication:not_publishing"),
    ):
        rows = model.objects.filter(cases, reply_due_on__isnull=False, replied_on__isnull=True)
        for row in rows.select_related("case"):
            if row.reply_due_on is not None:
                yield Owed(
                    row.case,
                    "panel_letter",
                    row.pk,
                    "Reply to the national panel",
                    _page(page, row.case),
                    row.reply_due_on,
                    roles=_DECIDERS | _UNIT,
                )


def _meeting_actions(cases: Q) -> Iterator[Owed]:
    rows = MeetingAction.objects.filter(cases, done_at__isnull=True)
    for row in rows.select_related("case"):
        yield Owed(
            row.case,
            "meeting_action",
            row.pk,
            "An action from a meeting",
            _page("duties:meeting", row.case, meeting_id=row.meeting_id),
            row.due_on,
            person=row.owner_id,
        )
