"""A lost second factor: one person asks, another confirms."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.errors import Hidden, RuleBroken
from candour.people.confirmation import recently_confirmed
from candour.people.forms import RestorationForm
from candour.people.policies import may_restore
from candour.people.selectors import restorations_waiting
from candour.people.services.restore import ask_restoration, confirm_restoration
from candour.people.signed_in import actor_of
from candour.people.views.steps import form_page, or_hidden, person_or_hidden, sure


@recently_confirmed
def restoration_ask(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Ask for somebody's lost second factor to be restored."""
    user = person_or_hidden(request, user_id)
    form = RestorationForm(request.POST or None)
    back = reverse("person", args=[user.pk])
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            ask_restoration(by=actor_of(request), user=user, reason=reason)
            return redirect(back)
        except RuleBroken as refusal:
            form.refuse(refusal)
    heading = f"Restore the second factor of {user.name}"
    return form_page(request, heading, form, "Ask a second person to confirm", back)


def restorations(request: HttpRequest) -> HttpResponse:
    """Lost second factors that wait for a second person."""
    actor = actor_of(request)
    if not may_restore(actor):
        raise Hidden
    return render(request, "people/restorations.html", {"waiting": restorations_waiting(actor)})


def restoration_confirm(request: HttpRequest, restoration_id: uuid.UUID) -> HttpResponse:
    """Confirm, as the second person, that a second factor is restored."""
    actor = actor_of(request)
    waiting = or_hidden(restorations_waiting(actor).filter(pk=restoration_id).first())
    rows = [
        ("Person", waiting.user.name),
        ("Asked by", waiting.asked_by.name),
        ("Reason", waiting.reason),
        (
            "What happens",
            "They are signed out everywhere, and their old authenticator app and recovery codes "
            "stop working. You get a link for them, good for a day. Give it to the person "
            "yourself, not through whoever asked.",
        ),
    ]
    return sure(
        request,
        "Restore a second factor",
        rows,
        lambda: confirm_restoration(by=actor, restoration=waiting),
        waiting.user,
    )
