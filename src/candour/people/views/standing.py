"""Who stands appointed, by whom; and new administrators that wait for a second person."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.kernel.errors import RuleBroken
from candour.people.confirmation import recently_confirmed
from candour.people.forms import AdministratorDecision, RegionForm
from candour.people.policies import may_decide_on_administrator
from candour.people.roles import Region
from candour.people.selectors import (
    looked_after_with,
    partnerships_looked_after,
    proposals_waiting,
)
from candour.people.services.administrators import decide_on_administrator
from candour.people.services.partnerships import set_region
from candour.people.signed_in import actor_of
from candour.people.views.steps import form_page, or_hidden


@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """Everybody appointed in the partnerships this person looks after, newest first."""
    actor = actor_of(request)
    appointed = list(looked_after_with(actor))
    or_hidden(appointed[0] if appointed else None)
    waiting = [
        (each, bool(may_decide_on_administrator(actor, each))) for each in proposals_waiting(actor)
    ]
    homes = partnerships_looked_after(actor)
    context = {"appointed": appointed, "waiting": waiting, "homes": homes}
    return render(request, "people/standing.html", context)


def partnership_region(request: HttpRequest, partnership_id: uuid.UUID) -> HttpResponse:
    """Say in which region of England a partnership works."""
    actor = actor_of(request)
    home = or_hidden(partnerships_looked_after(actor).filter(pk=partnership_id).first())
    form = RegionForm(request.POST or None, initial={"region": home.region})
    if request.method == "POST" and form.is_valid():
        set_region(by=actor, partnership=home, region=Region(form.cleaned_data["region"]))
        return redirect("standing")
    return form_page(request, f"Region of {home.name}", form, "Save", reverse("standing"))


@recently_confirmed
def administrator_decide(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Confirm or refuse a new administrator, as the second person."""
    actor = actor_of(request)
    proposal = or_hidden(proposals_waiting(actor).filter(pk=proposal_id).first())
    form = AdministratorDecision(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirmed = form.cleaned_data["confirmed"] == "yes"
            decide_on_administrator(by=actor, proposal=proposal, confirmed=confirmed)
            return redirect("standing")
        except RuleBroken as refusal:
            form.refuse(refusal)
    heading = f"{proposal.user.name} as administrator of {proposal.partnership.name}"
    return form_page(request, heading, form, "Decide", reverse("standing"))
