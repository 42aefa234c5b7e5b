"""Reading the register of reviewers, and what its pages show."""

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from candour.cases.access import cases_visible_to
from candour.cases.steps import Row
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import Hidden
from candour.oversight.models import QualityFeedback, Reviewer
from candour.oversight.services.register import KEEPERS, POINTS
from candour.people.models import Partnership
from candour.people.selectors import appointments_of
from candour.reviews.models import LeadReviewerAppointment, Review
from candour.ui.wording import day, plural

Cell = str | dict[str, str]


def partnerships_commissioning(actor: Actor) -> list[Partnership]:
    """The partnerships whose register this person keeps."""
    mine = appointments_of(actor).filter(role__in=[role.value for role in KEEPERS])
    return list(Partnership.objects.filter(pk__in=mine.values("partnership_id")))


def reviewers_known(actor: Actor) -> QuerySet[Reviewer]:
    """The registers that this person keeps."""
    return Reviewer.objects.filter(
        partnership__in=partnerships_commissioning(actor)
    ).prefetch_related("past_reviews", "feedback")


def reviewer_known(actor: Actor, reviewer_id: uuid.UUID) -> Reviewer:
    """One entry; Hidden for everybody else."""
    found = reviewers_known(actor).filter(pk=reviewer_id).first()
    if found is None:
        raise Hidden
    return found


def reviewer_rows(reviewers: Iterable[Reviewer]) -> list[list[Cell]]:
    """One row a reviewer, by name: the register ranks nobody."""
    return [
        [
            {"text": each.name, "href": reverse("oversight:reviewer", args=[each.pk])},
            _methods(each),
            plural(len(each.past_reviews.all()), "past review"),
            plural(len(each.feedback.all()), "feedback", "feedbacks"),
            _good(each),
        ]
        for each in reviewers
    ]


def _methods(reviewer: Reviewer) -> str:
    return ", ".join(Review.Method(each).label for each in reviewer.methods)


def _good(reviewer: Reviewer) -> str:
    if reviewer.checked_until is None:
        return "Not entered"
    late = reviewer.checked_until < clock.today()
    return f"{'Ran out' if late else 'Good until'} {day(reviewer.checked_until)}"


def reviewer_lines(reviewer: Reviewer) -> list[Row]:
    """What is known of one reviewer."""
    return [
        {"key": "Experience", "value": reviewer.experience or "Not entered"},
        {"key": "Methods", "value": _methods(reviewer) or "Not entered"},
        {"key": "Accreditation", "value": reviewer.accreditation or "Not entered"},
        {"key": "Disclosure check and indemnity", "value": _good(reviewer)},
        {"key": "Capacity", "value": reviewer.capacity or "Not entered"},
    ]


def past_rows(reviewer: Reviewer) -> list[list[Cell]]:
    """Published reviews, latest first."""
    return [
        [
            {"text": each.title, "href": each.address} if each.address else each.title,
            each.board,
            str(each.year),
            each.method,
        ]
        for each in reviewer.past_reviews.all()
    ]


def here_rows(actor: Actor, reviewer: Reviewer) -> list[list[Cell]]:
    """Reviews here that this reader is on and the reviewer was proposed for: what was judged."""
    if reviewer.user_id is None:
        return []
    rows = LeadReviewerAppointment.objects.filter(
        user_id=reviewer.user_id, case__in=cases_visible_to(actor)
    ).select_related("review", "case")
    return [
        [
            {
                "text": f"{each.case.reference}, {each.review.label}",
                "href": reverse("reviews:reviewer", args=[each.case.reference, each.pk]),
            },
            each.get_result_display(),
            day(each.accepted_at) or "Not accepted",
        ]
        for each in rows
    ]


def feedback_lines(feedback: Iterable[QualityFeedback]) -> list[dict[str, str]]:
    """Each feedback with what was found on every point."""
    return [
        {
            "title": each.about,
            "when": day(each.given_at),
            "by": each.given_by.name,
            "text": "\n".join([each.words, *_points(each)]),
        }
        for each in feedback
    ]


def _points(each: QualityFeedback) -> list[str]:
    return [
        f"{words}: {QualityFeedback.Found(each.found[key]).label}"
        for key, words in POINTS
        if key in each.found
    ]
