"""Rows and summaries for hearing practitioners and families."""

from collections.abc import Iterable

from django.urls import reverse

from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.steps import Row as StepRow
from candour.contributions.models import Conversation, FamilyContribution, PractitionerEvent
from candour.reviews.models import HeldActivity
from candour.reviews.services import ever_held_back
from candour.ui.wording import day

Cell = str | dict[str, str]
Row = dict[str, str]


def address(access: Access, page: str, **further: object) -> str:
    """The address of a page about people heard."""
    place = {"reference": access.case.reference, **further}
    return reverse(f"contributions:{page}", kwargs=place)


def held_back(case: Case, kind: HeldActivity.Kind) -> list[StepRow]:
    """What of this kind waits or has waited for proceedings, for whoever is about to do it."""
    return [{"key": "Held back", "value": _held_back(each)} for each in ever_held_back(case, kind)]


def _held_back(held: HeldActivity) -> str:
    until = f"until {day(held.lifted_on)}" if held.lifted_on else "and still waits"
    return (
        f"{held.activity}: for {held.proceeding.get_kind_display().lower()}, from "
        f"{day(held.held_on)} {until}. Agreed with {held.agreed_with}."
    )


def conversation_table(access: Access, conversations: Iterable[Conversation]) -> list[list[Cell]]:
    """One row an account, by its number."""
    return [
        [
            {
                "text": f"Practitioner account {each.number}",
                "href": address(access, "account", conversation_id=each.pk),
            },
            each.role_label,
            each.agency.name if each.agency else "",
            conversation_stands(each),
        ]
        for each in conversations
    ]


def conversation_stands(conversation: Conversation) -> str:
    """How far it has come, in words."""
    if conversation.agreed_on:
        return f"Agreed on {day(conversation.agreed_on)}"
    if conversation.words:
        return "Recorded, not yet agreed: it cannot be cited"
    if conversation.not_held_reason:
        return "Did not take place"
    if conversation.limits_explained_on:
        return "Limits of confidentiality explained"
    return f"Invited on {day(conversation.invited_on)}"


def conversation_rows(conversation: Conversation) -> list[Row]:
    """One account in full."""
    told = {
        "Role": conversation.role_label,
        "Agency": conversation.agency.name if conversation.agency else "",
        "Invited on": day(conversation.invited_on),
        "Limits explained on": day(conversation.limits_explained_on),
        "Held on": day(conversation.held_on),
        "What was said": conversation.words,
        "What they changed": conversation.corrections,
        "Agreed on": day(conversation.agreed_on),
        "Why it did not take place": conversation.not_held_reason,
    }
    return [{"key": key, "value": value} for key, value in told.items() if value]


def event_table(access: Access, events: Iterable[PractitionerEvent]) -> list[list[Cell]]:
    """One row a meeting of practitioners."""
    return [
        [
            {"text": day(each.held_on), "href": address(access, "event", event_id=each.pk)},
            each.attendees_by_role,
            each.support_offered,
        ]
        for each in events
    ]


def event_rows(event: PractitionerEvent) -> list[Row]:
    """One meeting in full."""
    told = {
        "Held on": day(event.held_on),
        "Led by": event.facilitators,
        "Who came, by role": event.attendees_by_role,
        "Support offered": event.support_offered,
        "What was discussed": event.discussed,
        "What those present put right or agreed": event.amendments,
    }
    return [{"key": key, "value": value} for key, value in told.items() if value]


def family_table(access: Access, family: Iterable[FamilyContribution]) -> list[list[Cell]]:
    """One row a person, without a word of what anybody said."""
    return [
        [
            {
                "text": each.identity.pseudonym,
                "href": address(access, "family_member", contribution_id=each.pk),
            },
            each.safe_contact_rule,
            family_stands(each),
        ]
        for each in family
    ]


def family_stands(contribution: FamilyContribution) -> str:
    """How far it has come, in words."""
    if contribution.agreed_on:
        return f"Words agreed on {day(contribution.agreed_on)}"
    if contribution.words:
        return "Words recorded, not yet agreed: they cannot be cited"
    if contribution.approached_on:
        return f"Approached on {day(contribution.approached_on)}"
    if contribution.not_approached_reason:
        return "Decided not to approach"
    return "Not approached yet"


def family_rows(contribution: FamilyContribution) -> list[Row]:
    """One person's part in full."""
    told = {
        "Stands": family_stands(contribution),
        "Approached": f"{day(contribution.approached_on)} {contribution.approached_how}".strip(),
        "Why they were not approached": contribution.not_approached_reason,
        "Their words": contribution.words,
        "What they asked the review to look at": contribution.asked_the_review_to_look_at,
        "Read back on": day(contribution.read_back_on),
        "Agreed on": day(contribution.agreed_on),
    }
    return [{"key": key, "value": value} for key, value in told.items() if value]
