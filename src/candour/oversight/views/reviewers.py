"""Pages of the register of reviewers."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.cases.pages import actor_of, once
from candour.kernel.errors import EditedElsewhere, Hidden, NotPermitted, RuleBroken
from candour.oversight import reviewer_pages
from candour.oversight.reviewer_forms import FeedbackForm, PastReviewForm, ReviewerForm
from candour.oversight.services.register import (
    add_past_review,
    change_reviewer,
    enter_reviewer,
    give_feedback,
)
from candour.people.selectors import active_people
from candour.ui.forms import Form


@require_safe
def reviewers(request: HttpRequest) -> HttpResponse:
    """The register, by name."""
    actor = actor_of(request)
    if not reviewer_pages.partnerships_commissioning(actor):
        raise Hidden
    add = {"text": "Enter a reviewer", "href": reverse("oversight:enter_reviewer")}
    context = {
        "heading": "Register of reviewers",
        "lead": "Who may be asked to lead a review. Independence is declared and judged for each "
        "case anew.",
        "columns": ["Name", "Methods", "Past reviews", "Feedback", "Checks"],
        "rows": reviewer_pages.reviewer_rows(reviewer_pages.reviewers_known(actor)),
        "empty": {"text": "Nobody is entered yet.", "action": add["text"], "href": add["href"]},
        "add": add,
    }
    return render(request, "pages/list.html", context)


@require_safe
def reviewer(request: HttpRequest, reviewer_id: uuid.UUID) -> HttpResponse:
    """One reviewer: experience, past reviews, what was judged here, feedback."""
    actor = actor_of(request)
    found = reviewer_pages.reviewer_known(actor, reviewer_id)
    context = {
        "reviewer": found,
        "breadcrumbs": _way(),
        "lines": reviewer_pages.reviewer_lines(found),
        "past": reviewer_pages.past_rows(found),
        "here": reviewer_pages.here_rows(actor, found),
        "feedback": reviewer_pages.feedback_lines(found.feedback.select_related("given_by")),
    }
    return render(request, "oversight/reviewer.html", context)


def enter(request: HttpRequest) -> HttpResponse:
    """Enter a reviewer."""
    actor = actor_of(request)
    kept = {str(each.pk): each for each in reviewer_pages.partnerships_commissioning(actor)}
    if not kept:
        raise Hidden
    people = {str(each.pk): each for each in active_people()}
    form = ReviewerForm(request.POST or None).offer(kept.values(), people.values())

    def act() -> str:
        home = kept[form.cleaned_data["partnership"]]
        entered = enter_reviewer(by=actor, partnership=home, profile=form.profile(people))
        return reverse("oversight:reviewer", args=[entered.pk])

    return _page(request, "Enter a reviewer", form, "Enter them", act)


def change(request: HttpRequest, reviewer_id: uuid.UUID) -> HttpResponse:
    """Change an entry."""
    actor = actor_of(request)
    found = reviewer_pages.reviewer_known(actor, reviewer_id)
    people = {str(each.pk): each for each in active_people()}
    form = ReviewerForm(request.POST or None, reviewer=found)
    form.offer([found.partnership], people.values())

    def act() -> str:
        seen = form.cleaned_data["version"]
        change_reviewer(by=actor, reviewer=found, seen_version=seen, profile=form.profile(people))
        return reverse("oversight:reviewer", args=[found.pk])

    return _page(request, f"Change the entry: {found.name}", form, "Save", act)


def past(request: HttpRequest, reviewer_id: uuid.UUID) -> HttpResponse:
    """Add a published review."""
    actor = actor_of(request)
    found = reviewer_pages.reviewer_known(actor, reviewer_id)
    form = PastReviewForm(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        add_past_review(
            by=actor,
            reviewer=found,
            title=told["title"],
            board=told["board"],
            year=told["year"],
            method=told["how"],
            address=told["address"],
        )
        return reverse("oversight:reviewer", args=[found.pk])

    return _page(request, f"Add a past review: {found.name}", form, "Add it", act)


def feedback(request: HttpRequest, reviewer_id: uuid.UUID) -> HttpResponse:
    """Say how a review was found."""
    actor = actor_of(request)
    found = reviewer_pages.reviewer_known(actor, reviewer_id)
    form = FeedbackForm(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        give_feedback(
            by=actor,
            reviewer=found,
            about=told["about"],
            found=form.found(),
            words=told["words"],
        )
        return reverse("oversight:reviewer", args=[found.pk])

    return _page(request, f"Feedback on the work of {found.name}", form, "Record it", act)


def _page(
    request: HttpRequest, heading: str, form: Form, submit: str, act: Callable[[], str]
) -> HttpResponse:
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, act)
        except NotPermitted:
            raise
        except RuleBroken as refusal:
            form.refuse(refusal)
            status = 409 if isinstance(refusal, EditedElsewhere) else 422
    context = {
        "heading": heading,
        "form": form,
        "submit": submit,
        "cancel": reverse("oversight:reviewers"),
        "breadcrumbs": _way(),
    }
    return render(request, "pages/form.html", context, status=status)


def _way() -> list[dict[str, str]]:
    return [{"text": "Register of reviewers", "href": reverse("oversight:reviewers")}]
