"""Pages of practitioners' accounts and events. Nobody who employs them ever sees these."""

import uuid
from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Row, Step, step_page
from candour.contributions import selectors
from candour.contributions.forms.people import (
    EVENT_FIELDS,
    AgreedForm,
    ConversationForm,
    CorrectionForm,
    EventForm,
    InviteForm,
    LimitsForm,
    NotHeldForm,
)
from candour.contributions.models import Conversation
from candour.contributions.presenters import people as presenters
from candour.contributions.presenters.people import address
from candour.contributions.services import hearing_practitioners as hearing
from candour.reviews.models import HeldActivity
from candour.reviews.selectors import agencies_in_scope
from candour.ui.forms import Form

Held = HeldActivity.Kind


@require_safe
@case_page(Kind.CONVERSATIONS)
def practitioners(request: HttpRequest, access: Access) -> HttpResponse:
    """Practitioners' accounts by number, and their events."""
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access),
        "accounts": presenters.conversation_table(access, selectors.conversations_of(access)),
        "events": presenters.event_table(access, selectors.practitioner_events(access)),
        "may_hear": bool(access.may(Act.HEAR)),
    }
    return render(request, "contributions/practitioners.html", context)


@case_page(Kind.CONVERSATIONS)
def invite(request: HttpRequest, access: Access) -> HttpResponse:
    """Record that somebody was invited."""
    access.may(Act.HEAR).require()
    agencies = {str(each.agency_id): each.agency for each in agencies_in_scope(access)}
    held = presenters.held_back(access.case, Held.CONVERSATION)
    form = InviteForm(request.POST or None).offer(agencies.values()).where(bool(held))

    def act() -> None:
        told = form.answered()
        agency = agencies.get(told.pop("agency"))
        hearing.invite_practitioner(access=access, agency=agency, **told)

    lead = "Candour sends nothing. Invite the person yourself, then record it here, by role."
    back = address(access, "practitioners")
    way = (("Practitioners", back),)
    step = Step("Invite a practitioner", "Record it", back, way=way, lead=lead, rows=held)
    return step_page(request, access, form, step, act)


@require_safe
@case_page(Kind.CONVERSATIONS)
def account(request: HttpRequest, access: Access, conversation_id: uuid.UUID) -> HttpResponse:
    """One account, and the next step with it."""
    held = selectors.conversation_of(access, str(conversation_id))
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access, ("Practitioners", address(access, "practitioners"))),
        "conversation": held,
        "rows": presenters.conversation_rows(held),
        "may_hear": bool(access.may(Act.HEAR)),
    }
    return render(request, "contributions/account.html", context)


@case_page(Kind.CONVERSATIONS)
def explain_limits(
    request: HttpRequest, access: Access, conversation_id: uuid.UUID
) -> HttpResponse:
    """Record when the limits of confidentiality were explained."""
    held = _heard(access, conversation_id)
    form = LimitsForm(
        request.POST or None,
        initial={"explained_on": held.limits_explained_on},
        version=held.version,
    )
    return _step_on(
        request, access, held, form, "Limits of confidentiality", hearing.explain_limits
    )


@case_page(Kind.CONVERSATIONS)
def record_conversation(
    request: HttpRequest, access: Access, conversation_id: uuid.UUID
) -> HttpResponse:
    """Record what was said."""
    held = _heard(access, conversation_id)
    waits = presenters.held_back(access.case, Held.CONVERSATION)
    form = ConversationForm(
        request.POST or None,
        initial={"held_on": held.held_on, "words": held.words},
        version=held.version,
    ).where(bool(waits))
    service = hearing.record_conversation
    return _step_on(request, access, held, form, "The conversation", service, waits)


@case_page(Kind.CONVERSATIONS)
def correct_conversation(
    request: HttpRequest, access: Access, conversation_id: uuid.UUID
) -> HttpResponse:
    """Put the words as the person corrected them."""
    held = _heard(access, conversation_id)
    form = CorrectionForm(
        request.POST or None,
        initial={"words": held.words, "corrections": held.corrections},
        version=held.version,
    )
    return _step_on(request, access, held, form, "Corrected words", hearing.correct_conversation)


@case_page(Kind.CONVERSATIONS)
def agree_conversation(
    request: HttpRequest, access: Access, conversation_id: uuid.UUID
) -> HttpResponse:
    """Record that the person agreed the words."""
    held = _heard(access, conversation_id)
    form = AgreedForm(request.POST or None, version=held.version)
    return _step_on(request, access, held, form, "Words agreed", hearing.agree_conversation)


@case_page(Kind.CONVERSATIONS)
def not_held(request: HttpRequest, access: Access, conversation_id: uuid.UUID) -> HttpResponse:
    """Record why no conversation took place."""
    held = _heard(access, conversation_id)
    form = NotHeldForm(request.POST or None, version=held.version)
    return _step_on(request, access, held, form, "No conversation", hearing.record_not_held)


def _heard(access: Access, conversation_id: uuid.UUID) -> Conversation:
    access.may(Act.HEAR).require()
    return selectors.conversation_of(access, str(conversation_id))


def _step_on(
    request: HttpRequest,
    access: Access,
    held: Conversation,
    form: Form,
    heading: str,
    service: Callable[..., Conversation],
    waits: Sequence[Row] = (),
) -> HttpResponse:
    def act() -> None:
        seen = form.cleaned_data["version"]
        service(access=access, conversation=held, seen_version=seen, **form.answered())

    def saved() -> list[Row]:
        return [Row(key=r["key"], value=r["value"]) for r in presenters.conversation_rows(held)]

    back = address(access, "account", conversation_id=held.pk)
    way = (
        ("Practitioners", address(access, "practitioners")),
        (f"Practitioner account {held.number}", back),
    )
    return step_page(
        request, access, form, Step(heading, "Save", back, way=way, rows=waits), act, saved
    )


@case_page(Kind.CONVERSATIONS)
def add_event(request: HttpRequest, access: Access) -> HttpResponse:
    """Record a practitioner event."""
    access.may(Act.HEAR).require()
    waits = presenters.held_back(access.case, Held.EVENT)
    form = EventForm(request.POST or None).where(bool(waits))

    def act() -> None:
        goes_ahead = form.answered()["goes_ahead"]
        details = form.details()
        hearing.record_practitioner_event(access=access, details=details, goes_ahead=goes_ahead)

    return step_page(request, access, form, _event_step(access, waits), act)


@case_page(Kind.CONVERSATIONS)
def event(request: HttpRequest, access: Access, event_id: uuid.UUID) -> HttpResponse:
    """See and amend the record of an event."""
    access.may(Act.HEAR).require()
    held = selectors.practitioner_event(access, str(event_id))
    now = {name: getattr(held, name) for name in EVENT_FIELDS}
    waits = presenters.held_back(access.case, Held.EVENT)
    form = EventForm(request.POST or None, initial=now, version=held.version).where(bool(waits))

    def act() -> None:
        hearing.amend_practitioner_event(
            access=access,
            event=held,
            seen_version=form.cleaned_data["version"],
            details=form.details(),
            goes_ahead=form.answered()["goes_ahead"],
        )

    def saved() -> list[Row]:
        return [Row(key=r["key"], value=r["value"]) for r in presenters.event_rows(held)]

    return step_page(request, access, form, _event_step(access, waits), act, saved)


def _event_step(access: Access, waits: Sequence[Row]) -> Step:
    back = address(access, "practitioners")
    return Step("Practitioner event", "Save", back, way=(("Practitioners", back),), rows=waits)
