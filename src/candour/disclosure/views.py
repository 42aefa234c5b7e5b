"""The check of what would be published: run it, look at each match, decide by two people."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs, once
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Step, step_page
from candour.disclosure import presenters, selectors, services
from candour.disclosure.forms import AcceptForm, CheckForm
from candour.disclosure.models import Check, Match
from candour.disclosure.presenters import address
from candour.reports.composition import material_of
from candour.reports.publishable import mark_of
from candour.reports.selectors import hindsight_in, report_or_none


@case_page(Kind.DISCLOSURE)
def check(request: HttpRequest, access: Access) -> HttpResponse:
    """What the latest check found and what it did not check; ask for another."""
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return once(request, lambda: _ask(access))
    latest = selectors.latest_check(access)
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access),
        "form": form,
        "report": latest.report if latest else report_or_none(access),
        "check": latest,
        "may_decide": bool(access.may(Act.CLEAR_DISCLOSURE)),
        **(_found(access, latest) if latest and latest.bundle else {}),
    }
    return render(request, "disclosure/check.html", context)


def _ask(access: Access) -> str:
    services.ask_for_check(access=access)
    return address(access, "check")


def _found(access: Access, latest: Check) -> dict[str, object]:
    lines, material = selectors.matches_of(access, latest), material_of(access)
    return {
        "matches": presenters.match_rows(access, lines, bool(access.may(Act.CLEAR_DISCLOSURE))),
        "open": sum(line.match.state == Match.State.OPEN for line in lines),
        "gone": latest.gone,
        "current": selectors.is_made_of(latest, mark_of(access, material)),
        "files": presenters.file_rows(latest),
        "unchecked": presenters.unchecked_rows(latest),
        "prompts": presenters.prompt_rows(hindsight_in(material.sections)),
        "run": presenters.run_words(latest),
    }


@case_page(Kind.DISCLOSURE)
def accept(request: HttpRequest, access: Access, match_id: uuid.UUID) -> HttpResponse:
    """Look at one match, and accept it with a reason, as the first or the second person."""
    access.may(Act.CLEAR_DISCLOSURE).require()
    line = selectors.match_of(access, str(match_id))
    form = AcceptForm(request.POST or None)
    back = address(access, "check")
    step = Step(
        heading="Accept that this match may stand",
        submit="Accept this match",
        back=back,
        way=(("Check before publication", back),),
        warning="To remove it instead, edit the report or the register and run the check again: "
        "it is gone when the next check finds it no more.",
        rows=presenters.match_facts(line),
    )

    def act() -> None:
        services.accept(access=access, match=line.match, reason=form.cleaned_data["reason"])

    return step_page(request, access, form, step, act)
