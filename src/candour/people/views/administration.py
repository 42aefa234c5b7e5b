"""An administrator's pages: people, invitations, appointments, accounts."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.actor import Actor
from candour.kernel.errors import RuleBroken
from candour.people.confirmation import recently_confirmed
from candour.people.forms import AppointmentForm, Invitation
from candour.people.models import User
from candour.people.roles import PartnerBody, Role
from candour.people.selectors import (
    agency_appointing_to,
    appointments_administered,
    appointments_of_person,
    partnerships_administered,
    people_seen_by,
)
from candour.people.services.accounts import deactivate, reactivate
from candour.people.services.administrators import propose_administrator
from candour.people.services.appoint import appoint, end_appointment
from candour.people.services.invite import Invited, invite, new_password_link, renew_invitation
from candour.people.signed_in import actor_of
from candour.people.views.steps import (
    administrator,
    form_page,
    hand_over,
    or_hidden,
    person_or_hidden,
    sure,
)


def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody whose account this administrator looks after."""
    people = people_seen_by(administrator(request))
    return render(request, "people/people.html", {"people": people})


def person(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """One person: standing appointments, and what can be done about the account."""
    user = person_or_hidden(request, user_id)
    context = {
        "person": user,
        "appointments": appointments_of_person(user),
        "mine": set(partnerships_administered(actor_of(request))),
        "myself": user.pk == request.user.pk,
        "waiting": user.restorations.filter(confirmed_at__isnull=True).first(),
    }
    return render(request, "people/person.html", context)


@recently_confirmed
def person_invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody; the link is shown on the page that follows."""
    actor = administrator(request)
    form = Invitation(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return hand_over(request, _invite(actor, form.cleaned_data))
        except RuleBroken as refusal:
            form.refuse(refusal)
    return form_page(request, "Invite somebody", form, "Invite", reverse("people"))


def _invite(actor: Actor, given: dict[str, str]) -> Invited:
    return invite(
        by=actor,
        name=given["name"],
        email=given["email"],
        job_title=given["job_title"],
        telephone=given["telephone"],
    )


@recently_confirmed
def person_appoint(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Appoint somebody in one of the administrator's partnerships."""
    user = person_or_hidden(request, user_id)
    actor = actor_of(request)
    mine = partnerships_administered(actor).prefetch_related("agencies")
    form = AppointmentForm(request.POST or None, partnerships=mine)
    back = reverse("person", args=[user.pk])
    if request.method == "POST" and form.is_valid():
        try:
            _appoint(actor, user, form.cleaned_data)
            return redirect(back)
        except RuleBroken as refusal:
            form.refuse(refusal)
    return form_page(request, f"Appoint {user.name}", form, "Appoint", back)


def _appoint(actor: Actor, user: User, given: dict[str, str]) -> None:
    body = given["partner_body"]
    if Role(given["role"]) is Role.ADMINISTRATOR:
        home = partnerships_administered(actor).get(pk=given["partnership"])
        propose_administrator(by=actor, user=user, partnership=home)
        return
    appoint(
        by=actor,
        user=user,
        partnership=partnerships_administered(actor).get(pk=given["partnership"]),
        role=Role(given["role"]),
        agency=agency_appointing_to(given["agency"]) if given["agency"] else None,
        partner_body=PartnerBody(body) if body else None,
    )


def appointment_end(request: HttpRequest, appointment_id: uuid.UUID) -> HttpResponse:
    """End a standing appointment."""
    actor = administrator(request)
    appointment = or_hidden(appointments_administered(actor).filter(pk=appointment_id).first())
    rows = [
        ("Person", appointment.user.name),
        ("Role", Role(appointment.role).label),
        (
            "What happens",
            "The appointment ends now. Access to a case ends on that case: tell the business "
            "manager of each case this person works on.",
        ),
    ]
    return sure(
        request,
        "End this appointment",
        rows,
        lambda: end_appointment(by=actor, appointment=appointment),
        appointment.user,
    )


def person_deactivate(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Close somebody's account."""
    user = person_or_hidden(request, user_id)
    rows = [
        ("Person", user.name),
        (
            "What happens",
            "They are signed out everywhere at once and cannot sign in again. Nothing they did "
            "is deleted.",
        ),
    ]
    return sure(
        request,
        "Deactivate this account",
        rows,
        lambda: deactivate(by=actor_of(request), user=user),
        user,
    )


def person_reactivate(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Open somebody's account again."""
    user = person_or_hidden(request, user_id)
    rows = [
        ("Person", user.name),
        (
            "What happens",
            "They can sign in again with the password and the authenticator app they had.",
        ),
    ]
    return sure(
        request,
        "Open this account again",
        rows,
        lambda: reactivate(by=actor_of(request), user=user),
        user,
    )


def person_link(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """A new link: an invitation for those who have not joined, else one for a new password."""
    user = person_or_hidden(request, user_id)
    make = new_password_link if user.joined_at else renew_invitation
    what = "set a new password" if user.joined_at else "join"
    rows = [
        ("Person", user.name),
        ("What happens", f"You get a link with which they can {what}. Earlier links stop working."),
    ]
    return sure(
        request, "Make a new link", rows, lambda: make(by=actor_of(request), user=user), user
    )
