"""Pages of what runs beside the review: proceedings, what waits for them, agreements, checks."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Row, Step, step_page
from candour.reviews import selectors, services
from candour.reviews.forms.beside import (
    AgreementForm,
    CheckAnswerForm,
    CheckForm,
    HoldForm,
    LiftForm,
    ProceedingForm,
    ProceedingNowForm,
)
from candour.reviews.models import ParallelProceeding
from candour.reviews.presenters import beside as presenters
from candour.reviews.presenters.commission import address


@require_safe
@case_page(Kind.DECISION)
def beside(request: HttpRequest, access: Access) -> HttpResponse:
    """Everything that runs beside the review, and what waits for it."""
    may_write, may = bool(access.may_write(Kind.DECISION)), bool(access.may(Act.COMMISSION))
    proceedings = selectors.proceedings_of(access)
    agreements = list(selectors.prosecution_agreements_of(access))
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access, ("Review", address(access, "review"))),
        "columns": presenters,
        "proceedings": presenters.proceeding_rows(access, proceedings, may_write),
        "held": presenters.held_rows(access, selectors.held_activities_of(access), may_write),
        "agreement": presenters.agreement_rows(agreements[0]) if agreements else [],
        "earlier": [presenters.agreement_rows(each) for each in agreements[1:]],
        "agreement_missing": services.agreement_is_missing(access.case.pk),
        "checks": presenters.check_rows(access, selectors.progress_checks_of(access), may),
        "may_write": may_write,
        "may_check": may,
    }
    return render(request, "reviews/beside.html", context)


@case_page(Kind.DECISION)
def add_proceeding(request: HttpRequest, access: Access) -> HttpResponse:
    """Record proceedings beside the review."""
    access.may_write(Kind.DECISION).require()
    form = ProceedingForm(request.POST or None)

    def act() -> None:
        kind = ParallelProceeding.Kind(form.cleaned_data["kind"])
        services.record_proceeding(access=access, kind=kind, now=form.now())

    return step_page(request, access, form, _step(access, "Proceedings beside the review"), act)


@case_page(Kind.DECISION)
def proceeding(request: HttpRequest, access: Access, proceeding_id: uuid.UUID) -> HttpResponse:
    """Say how they stand now; from here an activity is held back for them."""
    access.may_write(Kind.DECISION).require()
    held = selectors.proceeding(access, str(proceeding_id))
    now = {name: getattr(held, name) for name in services.Stands.__dataclass_fields__}
    form = ProceedingNowForm(request.POST or None, initial=now, version=held.version)

    def act() -> None:
        seen = form.cleaned_data["version"]
        services.change_proceeding(
            access=access, proceeding=held, seen_version=seen, now=form.now()
        )

    def saved() -> list[Row]:
        return [
            {"key": "How it stands", "value": held.stands},
            {"key": "Agreed", "value": held.agreed},
        ]

    step = _step(access, held.get_kind_display(), template="reviews/proceeding.html")
    hold = "" if held.ended_on else address(access, "hold", proceeding_id=held.pk)
    step = Step(**{**vars(step), "more": {"hold": hold}})
    return step_page(request, access, form, step, act, saved)


@case_page(Kind.DECISION)
def hold(request: HttpRequest, access: Access, proceeding_id: uuid.UUID) -> HttpResponse:
    """Hold back one named activity for these proceedings."""
    access.may_write(Kind.DECISION).require()
    found = selectors.proceeding(access, str(proceeding_id))
    form = HoldForm(request.POST or None)

    def act() -> None:
        services.hold_activity(access=access, proceeding=found, waiting=form.waiting())

    lead = "Only what is named waits. The review goes on, and no clock is stopped."
    heading = f"Hold back an activity for: {found.get_kind_display()}"
    return step_page(request, access, form, _step(access, heading, lead), act)


@case_page(Kind.DECISION)
def lift(request: HttpRequest, access: Access, held_id: uuid.UUID) -> HttpResponse:
    """Go on with an activity that was held back."""
    access.may_write(Kind.DECISION).require()
    held = selectors.held_activity(access, str(held_id))
    form = LiftForm(request.POST or None, version=held.version)

    def act() -> None:
        told = form.cleaned_data
        services.lift_activity(
            access=access,
            held=held,
            seen_version=told["version"],
            lifted_on=told["lifted_on"],
            reasons=told["reasons"],
        )

    return step_page(request, access, form, _step(access, f"Go on with: {held.activity}"), act)


@case_page(Kind.DECISION)
def agreement(request: HttpRequest, access: Access) -> HttpResponse:
    """Record what the police and the prosecutors agreed."""
    access.may_write(Kind.DECISION).require()
    form = AgreementForm(request.POST or None)

    def act() -> None:
        services.record_prosecution_agreement(access=access, agreed=form.agreed())

    lead = "A later agreement takes the place of an earlier one, and both are kept."
    heading = "What the police and the prosecutors agreed"
    return step_page(request, access, form, _step(access, heading, lead), act)


@case_page(Kind.DECISION)
def check(request: HttpRequest, access: Access) -> HttpResponse:
    """Record a check of the review, or a written request to its reviewer."""
    access.may(Act.COMMISSION).require()
    form = CheckForm(request.POST or None)

    def act() -> None:
        services.record_progress_check(access=access, checked=form.checked())

    lead = (
        "The 2018 Regulations, regulation 14, ask for checks of the time taken and of quality at "
        "regular intervals, and for requests in writing."
    )
    return step_page(request, access, form, _step(access, "Check, or ask the reviewer", lead), act)


@case_page(Kind.DECISION)
def answer_check(request: HttpRequest, access: Access, progress_id: uuid.UUID) -> HttpResponse:
    """Record what the reviewer answered."""
    access.may(Act.COMMISSION).require()
    made = selectors.progress_check(access, str(progress_id))
    form = CheckAnswerForm(request.POST or None)

    def act() -> None:
        told = form.cleaned_data
        services.answer_progress_check(
            access=access, check=made, answer=told["answer"], answered_on=told["answered_on"]
        )

    return step_page(
        request, access, form, _step(access, f"Answer: {made.get_kind_display()}"), act
    )


def _step(access: Access, heading: str, lead: str = "", template: str = "") -> Step:
    back = address(access, "beside")
    way = (("Review", address(access, "review")), ("Beside the review", back))
    return Step(
        heading, "Save", back=back, way=way, lead=lead, template=template or "cases/step.html"
    )
