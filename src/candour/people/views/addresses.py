"""Changing an e-mail address: one's own by a link to it, somebody else's as administrator."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.errors import NotPermitted, RuleBroken
from candour.people.confirmation import recently_confirmed
from candour.people.forms import NewEmail, Sure
from candour.people.services.emails import ask_new_email, change_email_for, confirm_new_email
from candour.people.signed_in import actor_of
from candour.people.views.steps import form_page, person_or_hidden


@recently_confirmed
def email_change(request: HttpRequest) -> HttpResponse:
    """Ask for a new address of one's own."""
    form = NewEmail(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_new_email(by=actor_of(request), email=form.cleaned_data["email"])
            return _asked(request)
        except RuleBroken as refusal:
            form.refuse(refusal)
    heading = "Change your e-mail address"
    return form_page(request, heading, form, "Send a link to it", reverse("account"))


def _asked(request: HttpRequest) -> HttpResponse:
    context = {
        "heading": "A link is on its way",
        "detail": "",
        "next_steps": [
            "Open the link in the message to your new address. Until then nothing changes."
        ],
        "links": [{"text": "Your account", "href": reverse("account")}],
    }
    return render(request, "pages/done.html", context)


def email_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link that came to the new address."""
    form = Sure(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirm_new_email(by=actor_of(request), token=token)
            return redirect("account")
        except NotPermitted as refusal:
            return render(request, "people/link_dead.html", {"refusal": refusal}, status=410)
        except RuleBroken as refusal:
            form.refuse(refusal)
    heading = "Use this e-mail address from now on"
    return form_page(request, heading, form, "Use it", reverse("account"))


@recently_confirmed
def person_email(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Change somebody's address, as their administrator."""
    user = person_or_hidden(request, user_id)
    back = reverse("person", args=[user.pk])
    form = NewEmail(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change_email_for(by=actor_of(request), user=user, email=form.cleaned_data["email"])
            return redirect(back)
        except RuleBroken as refusal:
            form.refuse(refusal)
    heading = f"Change the e-mail address of {user.name}"
    return form_page(request, heading, form, "Change it", back)
