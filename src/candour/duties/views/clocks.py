"""Pages of what is owed and of how the case moved."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Kind
from candour.cases.steps import Step, step_page
from candour.duties import presenters, selectors, services
from candour.duties.forms import ExplainForm


@require_safe
@case_page(Kind.CASE)
def clocks(request: HttpRequest, access: Access) -> HttpResponse:
    """Everything owed on the case, how each day was counted and what would change it."""
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access),
        "clocks": presenters.clock_lines(access, selectors.duties_of(access)),
    }
    return render(request, "duties/clocks.html", context)


@case_page(Kind.CASE)
def explain(request: HttpRequest, access: Access, duty_id: uuid.UUID) -> HttpResponse:
    """Say why something is late; it stays late."""
    services.may_explain(access).require()
    duty = selectors.duty_of(access, duty_id)
    form = ExplainForm(request.POST or None, initial={"explanation": duty.explanation})
    (line,) = presenters.clock_lines(access, [selectors.standing_of(duty)])
    back = _address(access, "clocks")
    step = Step(
        heading=f"Explain why this is late: {duty.name}",
        submit="Record the reason",
        back=back,
        way=(("Clocks", back),),
        rows=[{"key": "Due", "value": line.due}, {"key": "Counted", "value": line.counted}],
    )

    def act() -> None:
        told = form.cleaned_data["explanation"]
        services.explain_overdue(access=access, duty=duty, explanation=told)

    return step_page(request, access, form, step, act)


@require_safe
@case_page(Kind.CASE)
def history(request: HttpRequest, access: Access) -> HttpResponse:
    """Each step that the case has taken, when and by whom."""
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access),
        "happenings": presenters.happenings(access, selectors.history_of(access)),
    }
    return render(request, "duties/history.html", context)


def _address(access: Access, page: str) -> str:
    return reverse(f"duties:{page}", kwargs={"reference": access.case.reference})
