"""Which agencies' practice is discussed, each under a colour that stays its own."""

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Act
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, WrongState
from candour.people.models import Agency
from candour.reviews.models import AgencyInScope, Review
from candour.reviews.reviewers import retest

COLOURS = 12


@transaction.atomic
def bring_agency_into_scope(
    *, access: Access, review: Review, agency: Agency, asked_for: str = ""
) -> AgencyInScope:
    """Bring an agency into scope and give it the next free colour; once is enough.

    One that had left takes its old colour up again. Every declaration of independence is judged
    anew, since the reviewer may have worked for this body. Hidden for an agency of a partnership
    that has no part in the case.
    """
    access.may(Act.ASK_AGENCIES).require()
    locked = Review.objects.select_for_update().get(pk=review.pk, case=access.case)
    if not access.case.partnerships.filter(pk=agency.partnership_id).exists():
        raise Hidden
    present = AgencyInScope.objects.filter(review=locked, agency=agency).first()
    if present and present.left_scope_at is None:
        return present
    scoped = present or AgencyInScope(
        case=access.case, review=locked, agency=agency, colour=_free_colour(locked)
    )
    scoped.asked_for = asked_for.strip() or scoped.asked_for
    scoped.left_scope_at, scoped.left_scope_why = None, ""
    scoped.save()
    record(
        "reviews.agency_brought_into_scope",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(scoped.pk),
        agency=str(agency.pk),
    )
    retest(locked)
    return scoped


def _free_colour(review: Review) -> int:
    taken = set(AgencyInScope.objects.filter(review=review).values_list("colour", flat=True))
    free = [colour for colour in range(1, COLOURS + 1) if colour not in taken]
    return free[0] if free else len(taken) + 1


@transaction.atomic
def take_agency_out_of_scope(
    *, access: Access, scoped: AgencyInScope, reason: str
) -> AgencyInScope:
    """Take an agency out of scope with a reason. Its colour is given to nobody else."""
    access.may(Act.ASK_AGENCIES).require()
    locked = AgencyInScope.objects.select_for_update().get(pk=scoped.pk, case=access.case)
    if locked.left_scope_at:
        raise WrongState("left_scope", "This agency has already left the scope.")
    if not reason.strip():
        raise Invalid("reasons_missing", "Say why it leaves the scope.", "reason")
    locked.left_scope_at = clock.now()
    locked.left_scope_why = reason.strip()
    locked.save(update_fields=["left_scope_at", "left_scope_why"])
    record(
        "reviews.agency_left_scope",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(locked.pk),
        agency=str(locked.agency_id),
    )
    retest(locked.review)
    return locked
