"""Reading the commission of a review."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from candour.cases.access import Access
from candour.cases.models import Case, HandOver
from candour.cases.permissions import Kind
from candour.kernel.errors import Hidden
from candour.people.models import Agency, Partnership, User
from candour.reviews.models import (
    AgencyInScope,
    HeldActivity,
    LeadReviewerAppointment,
    LineOfEnquiry,
    ParallelProceeding,
    ProgressCheck,
    ProsecutionAgreement,
    Review,
    TermsVersion,
)

Row = TypeVar("Row", bound=Model)


def review_or_none(case: Case) -> Review | None:
    """The review of this case, if one has been commissioned."""
    return Review.objects.filter(case=case).first()


def review_of(access: Access) -> Review:
    """The review of this case for those on it; Hidden if none has been commissioned."""
    access.may_read(Kind.CASE).require()
    review = review_or_none(access.case)
    if review is None:
        raise Hidden
    return review


def agencies_in_scope(access: Access) -> QuerySet[AgencyInScope]:
    """The agencies in scope with their colours, in colour order."""
    access.may_read(Kind.CASE).require()
    return AgencyInScope.objects.filter(
        case=access.case, left_scope_at__isnull=True
    ).select_related("agency")


def agency_in_scope(access: Access, scoped_id: str) -> AgencyInScope:
    """One agency in scope; Hidden if it is not of this case."""
    return _one(agencies_in_scope(access).filter(pk=scoped_id))


def agencies_outside_scope(access: Access) -> list[Agency]:
    """Agencies of the case's partnerships that may still be brought into scope."""
    inside = set(agencies_in_scope(access).values_list("agency_id", flat=True))
    agencies = Agency.objects.filter(partnership__cases=access.case).distinct()
    return [agency for agency in agencies if agency.pk not in inside]


def lines_of_enquiry(access: Access) -> QuerySet[LineOfEnquiry]:
    """The questions that the review sets out to answer, in order."""
    access.may_read(Kind.CASE).require()
    return LineOfEnquiry.objects.filter(case=access.case)


def line_of_enquiry(access: Access, line_id: str) -> LineOfEnquiry:
    """One question; Hidden if it is not of this case."""
    return _one(lines_of_enquiry(access).filter(pk=line_id))


def terms_versions(access: Access) -> QuerySet[TermsVersion]:
    """Every version of the terms of reference, newest first."""
    access.may_read(Kind.DECISION).require()
    return TermsVersion.objects.filter(case=access.case).select_related("saved_by")


def reviewers_of(access: Access) -> QuerySet[LeadReviewerAppointment]:
    """Declarations of independence and what was decided on them, for those who read decisions."""
    access.may_read(Kind.DECISION).require()
    return LeadReviewerAppointment.objects.filter(case=access.case).select_related(
        "user", "accepted_by", "review"
    )


def reviewer(access: Access, appointment_id: str) -> LeadReviewerAppointment:
    """One declaration; Hidden if it is not of this case."""
    return _one(reviewers_of(access).filter(pk=appointment_id))


def people_to_appoint(access: Access) -> QuerySet[User]:
    """Accounts from which a reviewer may be chosen."""
    access.may_read(Kind.DECISION).require()
    return User.objects.filter(is_active=True)


def proceedings_of(access: Access) -> QuerySet[ParallelProceeding]:
    """Trials, inquests and other reviews beside this one, for those who read decisions."""
    access.may_read(Kind.DECISION).require()
    return ParallelProceeding.objects.filter(case=access.case)


def proceeding(access: Access, proceeding_id: str) -> ParallelProceeding:
    """One proceeding; Hidden if it is not of this case."""
    return _one(proceedings_of(access).filter(pk=proceeding_id))


def held_activities_of(access: Access) -> QuerySet[HeldActivity]:
    """Activities that wait or waited for proceedings, for those who read decisions."""
    access.may_read(Kind.DECISION).require()
    rows = HeldActivity.objects.filter(case=access.case).select_related("proceeding")
    return rows.prefetch_related("exceptions")


def held_activity(access: Access, held_id: str) -> HeldActivity:
    """One such activity; Hidden if it is not of this case."""
    return _one(held_activities_of(access).filter(pk=held_id))


def prosecution_agreements_of(access: Access) -> QuerySet[ProsecutionAgreement]:
    """What the police and the prosecutors agreed, the standing agreement first."""
    access.may_read(Kind.DECISION).require()
    return ProsecutionAgreement.objects.filter(case=access.case)


def progress_checks_of(access: Access) -> QuerySet[ProgressCheck]:
    """Checks of the review and written requests to its reviewer, for those who read decisions."""
    access.may_read(Kind.DECISION).require()
    return ProgressCheck.objects.filter(case=access.case)


def progress_check(access: Access, check_id: str) -> ProgressCheck:
    """One of them; Hidden if it is not of this case."""
    return _one(progress_checks_of(access).filter(pk=check_id))


def partnerships_taking_part(access: Access) -> QuerySet[Partnership]:
    """The partnerships whose case it is beside the one that leads."""
    access.may_read(Kind.DECISION).require()
    return access.case.partnerships.exclude(pk=access.case.lead_partnership_id).order_by("name")


def partnerships_outside(access: Access) -> QuerySet[Partnership]:
    """Partnerships that may be brought into the review."""
    access.may_read(Kind.DECISION).require()
    return Partnership.objects.exclude(pk__in=access.case.partnerships.values("pk"))


def possible_successors(access: Access) -> QuerySet[Partnership]:
    """Partnerships to which the review may be handed over."""
    access.may_read(Kind.DECISION).require()
    return Partnership.objects.exclude(pk=access.case.lead_partnership_id)


def hand_overs_of(access: Access) -> QuerySet[HandOver]:
    """Who led before, and from when another did."""
    access.may_read(Kind.DECISION).require()
    rows = HandOver.objects.filter(case=access.case)
    return rows.select_related("from_partnership", "to_partnership")


def _one(rows: QuerySet[Row]) -> Row:
    found = rows.first()
    if found is None:
        raise Hidden
    return found
