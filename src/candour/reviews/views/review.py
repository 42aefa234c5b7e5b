"""The review as commissioned: one page that shows it, one that commissions it."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Row, Step, step_page
from candour.reviews import presenters, selectors, services
from candour.reviews.forms import CommissionForm, ProceedingForm, ProceedingNowForm
from candour.reviews.models import ParallelProceeding, Review
from candour.reviews.presenters import address
from candour.reviews.progress import what_process_lacks

_SHOWN_TO_ALL = ("purpose", "terms_of_reference", "period_start", "period_end", "period_why")


@require_safe
@case_page(Kind.CASE)
def review(request: HttpRequest, access: Access) -> HttpResponse:
    """The commission of the review, or how to begin it."""
    held = selectors.review_or_none(access.case)
    context: dict[str, object] = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access),
        "review": held,
        "may_commission": bool(access.may(Act.COMMISSION)),
        "commission_address": address(access, "commission"),
    }
    if held:
        context |= _shown_to_all(access, held)
        context |= _shown_to_deciders(access, held)
    return render(request, "reviews/review.html", context)


def _shown_to_all(access: Access, held: Review) -> dict[str, object]:
    may_scope = bool(access.may(Act.ASK_AGENCIES))
    may_write = bool(access.may_write(Kind.DECISION))
    decides = bool(access.may_read(Kind.DECISION))
    lines = selectors.lines_of_enquiry(access)
    return {
        "review_rows": presenters.review_rows(held, decides=decides),
        "terms_rows": presenters.terms_rows(held, _SHOWN_TO_ALL),
        "lines": presenters.line_rows(access, lines, may_write),
        "scope": presenters.scope_rows(access, selectors.agencies_in_scope(access), may_scope),
        "may_scope": may_scope,
        "may_write": may_write,
        "decides": decides,
        "may_agree": bool(access.may(Act.DECIDE)),
    }


def _shown_to_deciders(access: Access, held: Review) -> dict[str, object]:
    if not access.may_read(Kind.DECISION):
        return {}
    may_write = bool(access.may_write(Kind.DECISION))
    proceedings = selectors.proceedings_of(access)
    return {
        "plan_rows": presenters.terms_rows(held, list(presenters.TERMS)[len(_SHOWN_TO_ALL) :]),
        "missing": services.missing_terms(held),
        "lacks": what_process_lacks(access, held),
        "reviewers": presenters.reviewer_rows(access, selectors.reviewers_of(access)),
        "proceedings": presenters.proceeding_rows(access, proceedings, may_write),
    }


@case_page(Kind.DECISION)
def commission(request: HttpRequest, access: Access) -> HttpResponse:
    """Commission a review."""
    access.may(Act.COMMISSION).require()
    form = CommissionForm(request.POST or None)

    def act() -> None:
        told = form.cleaned_data
        services.commission(
            access=access,
            label=told["label"],
            method=Review.Method(told["by_method"]),
            commissioned_on=told["commissioned_on"],
            asks_questions=told["asks_questions"] == "yes",
            below_criteria_reason=told["below_criteria_reason"],
        )

    step = Step("Commission the review", "Commission it", back=address(access, "review"))
    return step_page(request, access, form, step, act)


@case_page(Kind.DECISION)
def add_proceeding(request: HttpRequest, access: Access) -> HttpResponse:
    """Record proceedings beside the review."""
    access.may_write(Kind.DECISION).require()
    form = ProceedingForm(request.POST or None)

    def act() -> None:
        told = form.cleaned_data
        services.record_proceeding(
            access=access,
            kind=ParallelProceeding.Kind(told["kind"]),
            stands=told["stands"],
            agreed=told["agreed"],
        )

    return step_page(request, access, form, _step(access, "Proceedings beside the review"), act)


@case_page(Kind.DECISION)
def proceeding(request: HttpRequest, access: Access, proceeding_id: uuid.UUID) -> HttpResponse:
    """Say how they stand now."""
    access.may_write(Kind.DECISION).require()
    held = selectors.proceeding(access, str(proceeding_id))
    now = {"stands": held.stands, "agreed": held.agreed, "ended_on": held.ended_on}
    form = ProceedingNowForm(request.POST or None, initial=now, version=held.version)

    def act() -> None:
        told = form.cleaned_data
        services.change_proceeding(
            access=access,
            proceeding=held,
            seen_version=told["version"],
            stands=told["stands"],
            agreed=told["agreed"],
            ended_on=told["ended_on"],
        )

    def saved() -> list[Row]:
        return [
            {"key": "How it stands", "value": held.stands},
            {"key": "Agreed", "value": held.agreed},
        ]

    return step_page(request, access, form, _step(access, held.get_kind_display()), act, saved)


def _step(access: Access, heading: str) -> Step:
    back = address(access, "review")
    return Step(heading, "Save", back=back, way=(("Review", back),))
