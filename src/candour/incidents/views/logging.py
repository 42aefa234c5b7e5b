"""The page on which an incident is logged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.cases.pages import actor_of, once
from candour.incidents import selectors
from candour.incidents.forms.logging import LogForm
from candour.incidents.presenters import address
from candour.incidents.services.logging import log_incident
from candour.kernel.errors import Hidden, RuleBroken
from candour.people.models import Partnership


def log(request: HttpRequest) -> HttpResponse:
    """Log an incident, by anybody appointed in the partnership; adding a person loses nothing."""
    partnerships = selectors.partnerships_to_log_for(actor_of(request))
    if not partnerships:
        raise Hidden
    people = request.POST.get("people", "")
    form = LogForm(
        request.POST or None,
        partnerships=partnerships,
        people=int(people) if people.isdecimal() else 1,
    )
    status = 200
    if "add_person" in request.POST:
        form = form.with_one_more(partnerships)
    elif request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _log(request, form, partnerships))
        except RuleBroken as refusal:
            form.refuse(refusal)
            status = 422
    return render(request, "incidents/log.html", {"form": form}, status=status)


def _log(request: HttpRequest, form: LogForm, partnerships: list[Partnership]) -> str:
    chosen = form.cleaned_data.get("partnership")
    partnership = next((each for each in partnerships if str(each.pk) == chosen), partnerships[0])
    access = log_incident(
        by=actor_of(request),
        partnership=partnership,
        details=form.details(partnership.agencies.all()),
        children=form.persons(),
    )
    return address(access, "incident")
