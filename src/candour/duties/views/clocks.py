"""Pages of what is owed and of how the case moved."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Row, Step, step_page
from candour.duties import presenters, recounting, selectors, services
from candour.duties.forms import ApproveForm, CountAgainForm, ExplainForm
from candour.duties.models import Duty
from candour.ui.wording import day


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
def one_clock(request: HttpRequest, access: Access, duty_id: uuid.UUID) -> HttpResponse:
    """One clock: every step of its count, what would change it, what happened to it."""
    duty = selectors.duty_of(access, duty_id)
    (line,) = presenters.clock_lines(access, [selectors.standing_of(duty)])
    elsewhere = recounting.day_of_today(duty)
    happened = recounting.happened_to(access, duty)
    told = bool(line.explained)
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access, ("Clocks", _address(access, "clocks"))),
        "line": line,
        "counted": duty.counted,
        "explained": presenters.explained_rows(duty) if told else [],
        "happened": presenters.clock_happenings(happened),
        "elsewhere": elsewhere,
        "count_again": _of(access, "count_again", duty)
        if elsewhere and services.may_explain(access) and recounting.may_count_again(duty)
        else "",
        "approve": _of(access, "approve", duty)
        if told and recounting.may_approve(access, duty)
        else "",
    }
    return render(request, "duties/one_clock.html", context)


@case_page(Kind.CASE)
def approve(request: HttpRequest, access: Access, duty_id: uuid.UUID) -> HttpResponse:
    """Approve the reason for lateness."""
    access.may(Act.DECIDE).require()
    duty = selectors.duty_of(access, duty_id)
    form = ApproveForm(request.POST or None)
    step = _clock_step(access, duty, "Approve the reason for lateness", "Approve it")

    def act() -> None:
        recounting.approve_lateness(access=access, duty=duty)

    return step_page(request, access, form, step, act)


@case_page(Kind.CASE)
def count_again(request: HttpRequest, access: Access, duty_id: uuid.UUID) -> HttpResponse:
    """Count a clock again on the calendar of today."""
    services.may_explain(access).require()
    duty = selectors.duty_of(access, duty_id)
    form = CountAgainForm(request.POST or None)
    step = _clock_step(access, duty, "Count this clock again", "Count it again")

    def act() -> None:
        reasons = form.cleaned_data["reasons"]
        recounting.count_again(access=access, duty=duty, reasons=reasons)

    return step_page(request, access, form, step, act)


def _clock_step(access: Access, duty: Duty, heading: str, submit: str) -> Step:
    back = _of(access, "clock", duty)
    rows: list[Row] = [
        {"key": "Clock", "value": duty.name},
        {"key": "Stands at", "value": day(duty.due_on)},
        {"key": "Would fall today on", "value": day(recounting.day_of_today(duty)) or "The same"},
        {"key": "Reason given", "value": duty.explanation or "None"},
    ]
    way = (("Clocks", _address(access, "clocks")), (duty.name, back))
    return Step(heading, submit, back, way=way, rows=rows)


def _of(access: Access, page: str, duty: Duty) -> str:
    kwargs = {"reference": access.case.reference, "duty_id": duty.pk}
    return reverse(f"duties:{page}", kwargs=kwargs)


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
