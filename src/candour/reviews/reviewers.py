"""Appointing the lead reviewer: declaration, what it amounts to, acceptance with reasons."""

from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Membership
from candour.cases.permissions import Act
from candour.engines.statute import independence
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, NotPermitted, WrongState
from candour.people.models import Agency, User
from candour.people.roles import Role
from candour.reviews.declarations import Declared, as_json, from_json
from candour.reviews.models import AgencyInScope, LeadReviewerAppointment, Review
from candour.reviews.progress import commission_reviewer, remove_reviewer, start_next_check


@transaction.atomic
def declare_independence(
    *,
    access: Access,
    review: Review,
    user: User,
    declared: Declared,
    second: bool = False,
    knowledge: str = "",
) -> LeadReviewerAppointment:
    """Record a declaration and what it amounts to against every body in scope.

    The business manager or the commissioner records what the person has declared and signed;
    `knowledge` is what they know of the practice concerned.
    """
    access.may(Act.COMMISSION).require()
    locked = Review.objects.select_for_update().get(pk=review.pk, case=access.case)
    _refuse_open_declaration(locked, user)
    appointment = LeadReviewerAppointment.objects.create(
        case=access.case,
        review=locked,
        user=user,
        second=second,
        declaration=as_json(declared),
        declared_at=clock.now(),
        knowledge=knowledge.strip(),
    )
    _judge(appointment, locked, declared)
    record(
        "reviews.independence_declared",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(appointment.pk),
        result=appointment.result,
        kinds=list(appointment.kinds),
    )
    return appointment


def _refuse_open_declaration(review: Review, user: User) -> None:
    standing = LeadReviewerAppointment.objects.filter(review=review, user=user)
    if standing.filter(ended_at__isnull=True).exists():
        raise WrongState(
            "already_declared",
            "This person's declaration is on record. End it first if they declare anew.",
        )


@transaction.atomic
def accept_reviewer(
    *,
    access: Access,
    appointment: LeadReviewerAppointment,
    reasons: str,
    name_sent_to_panel_on: date | None = None,
) -> LeadReviewerAppointment:
    """The commissioner accepts the declaration; the reviewer is on the case from this instant.

    WrongState on a conflict: it cannot be accepted away. Where the declaration calls for a
    decision, reasons are needed. Accepted again where it has come to stand worse since; the day on
    which the name went to the panel may be added later.
    """
    access.may(Act.DECIDE).require()
    locked = _locked(access, appointment)
    _refuse_acceptance(access, locked, reasons)
    if name_sent_to_panel_on and name_sent_to_panel_on > clock.today():
        raise Invalid("day_ahead", "This day cannot lie ahead.", "name_sent_to_panel_on")
    if locked.accepted_at is None or stands_worse(locked):
        locked.accepted_at = clock.now()
        locked.accepted_by_id = access.actor.id
        locked.accepted_result = locked.result
        locked.reasons = reasons.strip()
    locked.name_sent_to_panel_on = name_sent_to_panel_on or locked.name_sent_to_panel_on
    locked.save()
    _put_on_case(access, locked)
    record(
        "reviews.reviewer_accepted",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(locked.pk),
        user=str(locked.user_id),
        result=locked.result,
    )
    commission_reviewer(access, locked)
    start_next_check(access, clock.today())
    return locked


def _refuse_acceptance(access: Access, held: LeadReviewerAppointment, reasons: str) -> None:
    if held.ended_at:
        raise WrongState("reviewer_ended", "This declaration is no longer before you.")
    if str(held.user_id) == access.actor.id:
        raise NotPermitted("own_declaration", "Nobody accepts their own declaration.")
    if not acceptance_is_open(held):
        raise WrongState("already_accepted", "This reviewer has already been accepted.")
    if held.result == LeadReviewerAppointment.Result.CONFLICT:
        raise WrongState("reviewer_not_independent", held.explanation)
    needs_reasons = held.result == LeadReviewerAppointment.Result.DECLARE_AND_DECIDE
    if needs_reasons and not reasons.strip():
        raise Invalid(
            "reasons_missing", "The declaration calls for a decision: give your reasons.", "reasons"
        )


@transaction.atomic
def end_reviewer(
    *, access: Access, appointment: LeadReviewerAppointment, reasons: str
) -> LeadReviewerAppointment:
    """Decline a declaration, or end an appointment: access to the case ends at once."""
    access.may(Act.DECIDE).require()
    locked = _locked(access, appointment)
    if locked.ended_at:
        raise WrongState("reviewer_ended", "This has already ended.")
    if not reasons.strip():
        raise Invalid("reasons_missing", "Give the reasons.", "reasons")
    locked.ended_at = clock.now()
    locked.ended_why = reasons.strip()
    locked.save(update_fields=["ended_at", "ended_why"])
    Membership.objects.filter(
        case=access.case, user=locked.user, role=_role(locked), ends_at__isnull=True
    ).update(ends_at=clock.now())
    record(
        "reviews.reviewer_ended",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(locked.pk),
        user=str(locked.user_id),
    )
    remove_reviewer(access, locked)
    return locked


def acceptance_is_open(appointment: LeadReviewerAppointment) -> bool:
    """Not accepted yet, accepted on a better result, or without the day the panel was told?"""
    whole = appointment.accepted_at and appointment.name_sent_to_panel_on
    return not whole or stands_worse(appointment)


def stands_worse(appointment: LeadReviewerAppointment) -> bool:
    """Was this reviewer accepted on a better result than the declaration amounts to now?"""
    order = [result.value for result in LeadReviewerAppointment.Result]
    return bool(appointment.accepted_at) and order.index(appointment.result) > order.index(
        appointment.accepted_result
    )


def _locked(access: Access, appointment: LeadReviewerAppointment) -> LeadReviewerAppointment:
    found = (
        LeadReviewerAppointment.objects.select_for_update(of=("self",))
        .select_related("case", "review", "user")
        .filter(pk=appointment.pk, case=access.case)
        .first()
    )
    if found is None:
        raise Hidden
    return found


def _role(appointment: LeadReviewerAppointment) -> Role:
    return Role.SECOND_REVIEWER if appointment.second else Role.LEAD_REVIEWER


def _put_on_case(access: Access, appointment: LeadReviewerAppointment) -> None:
    Membership.objects.get_or_create(
        case=access.case,
        user=appointment.user,
        role=_role(appointment).value,
        agency=None,
        partner_body="",
        ends_at=None,
        defaults={
            "starts_at": clock.now(),
            "granted_by_id": access.actor.id,
            "reason": "Appointed to lead the review",
        },
    )


def retest(review: Review) -> list[LeadReviewerAppointment]:
    """Judge every declaration again, as when an agency comes into scope; answers with those that
    now stand worse than when they were accepted."""
    standing = LeadReviewerAppointment.objects.filter(review=review, ended_at__isnull=True)
    for appointment in standing:
        _judge(appointment, review, from_json(appointment.declaration))
    return [appointment for appointment in standing if stands_worse(appointment)]


def _judge(appointment: LeadReviewerAppointment, review: Review, declared: Declared) -> None:
    scope = AgencyInScope.objects.filter(review=review, left_scope_at__isnull=True)
    agencies = [scoped.agency for scoped in scope.select_related("agency__predecessor")]
    answer = independence.check_independence(
        independence.Declaration(
            commissioned_on=review.commissioned_on,
            period_start=review.period_start or review.commissioned_on,
            period_end=review.period_end or review.commissioned_on,
            agencies_in_scope=tuple(agency.name for agency in agencies),
            body_history=tuple(_successions(agencies, review.commissioned_on)),
            engagements=declared.engagements,
            case_involvement=declared.case_involvement,
            relation=declared.relation,
            commissioner_role=declared.commissioner_role,
            commissioner_until=declared.commissioner_until,
            same_board_reviews=declared.same_board_reviews,
            published_view=declared.published_view,
        )
    )
    appointment.result = answer.verdict.value
    appointment.kinds = list(answer.kinds)
    appointment.explanation = " ".join(answer.reasons)
    appointment.save()


def _successions(agencies: list[Agency], on: date) -> list[independence.Succession]:
    """The whole line of every body in scope, before it and after; a line that loops ends here."""
    found: dict[tuple[str, str], independence.Succession] = {}
    waiting, seen = list(agencies), {agency.pk for agency in agencies}
    while waiting:
        here = waiting.pop()
        before = [(here.predecessor, here)] if here.predecessor else []
        for older, newer in (*before, *((here, after) for after in here.successors.all())):
            found[older.name, newer.name] = independence.Succession(older.name, newer.name, on)
            for body in (older, newer):
                if body.pk not in seen:
                    seen.add(body.pk)
                    waiting.append(body)
    return list(found.values())
