"""Pages of practitioners' accounts and events. Nobody who employs them ever sees these."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Row, Step, step_page
from candour.contributions import selectors
from candour.contributions.forms.people import (
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
from candour.reviews.selectors import agencies_in_scope
from candour.ui.forms import Form


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
    form = InviteForm(request.POST or None).offer(agencies.values())

    def act() -> None:
        told = form.cleaned_data
        hearing.invite_practitioner(
            access=access,
            role_label=told["role_label"],
            agency=agencies.get(told["agency"]),
            invited_on=told["invited_on"],
        )

    lead = "Candour sends nothing. Invite the person yourself, then record it here, by role."
    back = address(access, "practitioners")
    step = Step(
        "Invite a practitioner", "Record it", back, way=(("Practitioners", back),), lead=lead
    )
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
    form = ConversationForm(
        request.POST or None,
        initial={"held_on": held.held_on, "words": held.words},
        version=held.version,
    )
    return _step_on(request, access, held, form, "The conversation", hearing.record_conversation)


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
) -> HttpResponse:
    def act() -> None:
        told = {name: form.cleaned_data[name] for name in type(form).base_fields}
        service(
            access=access,
            conversation=held,
            seen_version=form.cleaned_data["version"],
            **told,
        )

    def saved() -> list[Row]:
        return [Row(key=r["key"], value=r["value"]) for r in presenters.conversation_rows(held)]

    back = address(access, "account", conversation_id=held.pk)
    way = (
        ("Practitioners", address(access, "practitioners")),
        (f"Practitioner account {held.number}", back),
    )
    return step_page(request, access, form, Step(heading, "Save", back, way=way), act, saved)


@case_page(Kind.CONVERSATIONS)
def add_event(request: HttpRequest, access: Access) -> HttpResponse:
    """Record a practitioner event."""
    access.may(Act.HEAR).require()
    form = EventForm(request.POST or None)

    def act() -> None:
        hearing.record_practitioner_event(access=access, details=form.details())

    return step_page(request, access, form, _event_step(access), act)


@case_page(Kind.CONVERSATIONS)
def event(request: HttpRequest, access: Access, event_id: uuid.UUID) -> HttpResponse:
    """See and amend the record of an event."""
    access.may(Act.HEAR).require()
    held = selectors.practitioner_event(access, str(event_id))
    now = {name: getattr(held, name) for name in EventForm.base_fields}
    form = EventForm(request.POST or None, initial=now, version=held.version)

    def act() -> None:
        hearing.amend_practitioner_event(
            access=access,
            event=held,
            seen_version=form.cleaned_data["version"],
            details=form.details(),
        )

    def saved() -> list[Row]:
        return [Row(key=r["key"], value=r["value"]) for r in presenters.event_rows(held)]

    return step_page(request, access, form, _event_step(access), act, saved)


def _event_step(access: Access) -> Step:
    back = address(access, "practitioners")
    return Step("Practitioner event", "Save", back, way=(("Practitioners", back),))
