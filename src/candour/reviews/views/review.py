"""The review as commissioned: one page that shows it, one that commissions it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Step, step_page
from candour.reviews import selectors, services
from candour.reviews.forms.commission import CommissionForm
from candour.reviews.models import Review
from candour.reviews.presenters import commission as presenters
from candour.reviews.presenters.commission import address
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
    return {
        "plan_rows": presenters.terms_rows(held, list(presenters.TERMS)[len(_SHOWN_TO_ALL) :]),
        "missing": services.missing_terms(held),
        "lacks": what_process_lacks(access, held),
        "reviewers": presenters.reviewer_rows(access, selectors.reviewers_of(access)),
        "bodies": ", ".join(each.name for each in access.case.partnerships.order_by("name")),
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
