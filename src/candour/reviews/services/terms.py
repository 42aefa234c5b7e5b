"""The terms of reference: every version kept, agreed by those who commission the review."""

from dataclasses import asdict, dataclass, fields
from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Act, Kind
from candour.cases.versions import locked_for_edit
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, WrongState
from candour.reviews.models import LineOfEnquiry, Review, TermsVersion
from candour.reviews.progress import begin_review
from candour.reviews.reviewers import retest
from candour.reviews.services.agreements import agreement_is_missing


@dataclass(frozen=True)
class Terms:
    """The terms of reference, as agreed so far; blank where not yet agreed."""

    purpose: str = ""
    terms_of_reference: str = ""
    period_start: date | None = None
    period_end: date | None = None
    period_why: str = ""
    family_plan: str = ""
    practitioners_plan: str = ""
    parallel_plan: str = ""
    media_lead: str = ""
    principles: str = ""


@transaction.atomic
def set_terms(*, access: Access, review: Review, seen_version: int, terms: Terms) -> Review:
    """Save the terms of reference as a new version; EditedElsewhere if somebody else did meanwhile.

    What was agreed before has to be agreed again. Reviewers are judged against the new period.
    """
    access.may_write(Kind.DECISION).require()
    _refuse_period(terms)
    locked = locked_for_edit(Review.objects.get(pk=review.pk, case=access.case), seen_version)
    for name, value in asdict(terms).items():
        setattr(locked, name, value.strip() if isinstance(value, str) else value)
    locked.terms_agreed_at = locked.terms_agreed_by = None
    locked.save()
    _keep_version(access, locked)
    retest(locked)
    record(
        "reviews.terms_set",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(locked.pk),
        version=locked.version,
    )
    return locked


def _keep_version(access: Access, review: Review) -> None:
    held = {field.name: getattr(review, field.name) for field in fields(Terms)}
    TermsVersion.objects.create(
        case=access.case,
        review=review,
        number=TermsVersion.objects.filter(review=review).count() + 1,
        terms={name: str(value or "") for name, value in held.items()},
        saved_by_id=access.actor.id,
    )


def _refuse_period(terms: Terms) -> None:
    if terms.period_start and terms.period_end and terms.period_start > terms.period_end:
        raise Invalid("period_backwards", "The period ends before it starts.", "period_end")
    if (terms.period_start or terms.period_end) and not terms.period_why.strip():
        raise Invalid("reasons_missing", "Say why this period was chosen.", "period_why")


@transaction.atomic
def agree_terms(*, access: Access, review: Review) -> Review:
    """The commissioner agrees the terms as they stand; WrongState names what is still missing.

    The review begins with it where the process allows that.
    """
    access.may(Act.DECIDE).require()
    locked = Review.objects.select_for_update().get(pk=review.pk, case=access.case)
    if locked.terms_agreed_at:
        raise WrongState("terms_agreed", "These terms have been agreed already.")
    missing = missing_terms(locked)
    if missing:
        raise WrongState("terms_incomplete", "Still missing: " + "; ".join(missing))
    locked.terms_agreed_at = clock.now()
    locked.terms_agreed_by_id = access.actor.id
    locked.save(update_fields=["terms_agreed_at", "terms_agreed_by"])
    latest = TermsVersion.objects.filter(review=locked).order_by("-number").first()
    if latest:
        latest.agreed_at = locked.terms_agreed_at
        latest.save(update_fields=["agreed_at"])
    record("reviews.terms_agreed", by=access.actor, case_id=access.case.pk, subject=str(locked.pk))
    begin_review(access, locked)
    return locked


def missing_terms(review: Review) -> list[str]:
    """What the terms of reference still lack before they can be agreed."""
    held = {
        "what the review is for": review.purpose,
        "the period under review": review.period_start and review.period_end,
        "how the family is involved": review.family_plan,
        "how practitioners are involved": review.practitioners_plan,
        "how parallel proceedings are handled": review.parallel_plan,
        "what the police and the prosecutors agreed": not agreement_is_missing(review.case_id),
        "at least one line of enquiry": review.lines_of_enquiry.exists(),
        "at least one agency in scope": review.scope.filter(left_scope_at__isnull=True).exists(),
    }
    return [what for what, value in held.items() if not value]


@transaction.atomic
def add_line_of_enquiry(*, access: Access, review: Review, text: str) -> LineOfEnquiry:
    """Add a question that the review sets out to answer."""
    access.may_write(Kind.DECISION).require()
    locked = Review.objects.select_for_update().get(pk=review.pk, case=access.case)
    if not text.strip():
        raise Invalid("text_missing", "Write the question.", "text")
    line = LineOfEnquiry.objects.create(
        case=access.case,
        review=locked,
        order=LineOfEnquiry.objects.filter(review=locked).count() + 1,
        text=text.strip(),
    )
    record(
        "reviews.line_of_enquiry_added",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(line.pk),
    )
    return line


@transaction.atomic
def reword_line_of_enquiry(
    *, access: Access, line: LineOfEnquiry, seen_version: int, text: str
) -> LineOfEnquiry:
    """Reword a question; EditedElsewhere if somebody else did meanwhile."""
    access.may_write(Kind.DECISION).require()
    if line.case_id != access.case.pk:
        raise Hidden
    if not text.strip():
        raise Invalid("text_missing", "Write the question.", "text")
    locked = locked_for_edit(line, seen_version)
    locked.text = text.strip()
    locked.save()
    record(
        "reviews.line_of_enquiry_reworded",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(locked.pk),
        version=locked.version,
    )
    return locked
