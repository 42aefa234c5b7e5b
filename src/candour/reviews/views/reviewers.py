"""Pages of the reviewers: declaration of independence, decision, end."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Row, Step, step_page
from candour.reviews import reviewers, selectors
from candour.reviews.forms.commission import AcceptForm, DeclarationForm, EndForm
from candour.reviews.models import LeadReviewerAppointment
from candour.reviews.presenters import commission as presenters
from candour.reviews.presenters.commission import address

_LEAD = (
    "Enter what the person has declared and signed. Every question is answered: nothing is taken "
    "as no because it was not asked."
)


@case_page(Kind.DECISION)
def declare(request: HttpRequest, access: Access) -> HttpResponse:
    """Record a proposed reviewer's declaration."""
    access.may(Act.COMMISSION).require()
    held = selectors.review_of(access)
    people = {str(each.pk): each for each in selectors.people_to_appoint(access)}
    form = DeclarationForm(request.POST or None).offer(people.values())

    def act() -> None:
        told = form.cleaned_data
        reviewers.declare_independence(
            access=access,
            review=held,
            user=people[told["person"]],
            declared=form.declared(),
            second=told["second"] == "second",
            knowledge=told["knowledge"],
        )

    back = address(access, "review")
    step = Step(
        "Declaration of independence", "Record it", back, way=(("Review", back),), lead=_LEAD
    )
    return step_page(request, access, form, step, act)


@require_safe
@case_page(Kind.DECISION)
def reviewer(request: HttpRequest, access: Access, appointment_id: uuid.UUID) -> HttpResponse:
    """What was declared, what it amounts to, and what can be done."""
    held = selectors.reviewer(access, str(appointment_id))
    may_decide = bool(access.may(Act.DECIDE)) and held.ended_at is None
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access, ("Review", address(access, "review"))),
        "appointment": held,
        "rows": presenters.declaration_rows(held),
        "may_accept": may_decide and _may_be_accepted(held),
        "may_end": may_decide,
        "conflict": held.result == LeadReviewerAppointment.Result.CONFLICT,
    }
    return render(request, "reviews/reviewer.html", context)


def _may_be_accepted(held: LeadReviewerAppointment) -> bool:
    return (
        reviewers.acceptance_is_open(held)
        and held.result != LeadReviewerAppointment.Result.CONFLICT
    )


@case_page(Kind.DECISION)
def accept(request: HttpRequest, access: Access, appointment_id: uuid.UUID) -> HttpResponse:
    """Accept a declaration; the reviewer is on the case at once."""
    access.may(Act.DECIDE).require()
    held = selectors.reviewer(access, str(appointment_id))
    form = AcceptForm(request.POST or None)

    def act() -> None:
        told = form.cleaned_data
        reviewers.accept_reviewer(
            access=access,
            appointment=held,
            reasons=told["reasons"],
            name_sent_to_panel_on=form.sent_on(),
        )

    return step_page(request, access, form, _step(access, held, "Accept", "Accept"), act)


@case_page(Kind.DECISION)
def end(request: HttpRequest, access: Access, appointment_id: uuid.UUID) -> HttpResponse:
    """Decline a declaration or end an appointment."""
    access.may(Act.DECIDE).require()
    held = selectors.reviewer(access, str(appointment_id))
    form = EndForm(request.POST or None)

    def act() -> None:
        reasons = form.cleaned_data["reasons"]
        reviewers.end_reviewer(access=access, appointment=held, reasons=reasons)

    return step_page(request, access, form, _step(access, held, "Decline or end", "End it"), act)


def _step(access: Access, held: LeadReviewerAppointment, what: str, submit: str) -> Step:
    back = address(access, "reviewer", appointment_id=held.pk)
    return Step(
        f"{what}: {held.user.name}",
        submit,
        back=back,
        way=(("Review", address(access, "review")), (held.user.name, back)),
        rows=[Row(key=r["key"], value=r["value"]) for r in presenters.declaration_rows(held)],
    )
