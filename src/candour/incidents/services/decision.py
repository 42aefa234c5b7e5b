"""Deciding whether a review is held: the Chair under the boards, all three partners since 2018."""

from datetime import date, datetime, time

from django.db import transaction

from candour.cases.access import Access
from candour.cases.models import Case, HandOver
from candour.cases.permissions import Act
from candour.duties.services import explain_open, fulfil, start_duty
from candour.duties.states import move, state_of
from candour.engines.statute.rulebook import rule_set
from candour.incidents.models import PartnerView, Recommendation, ReviewDecision
from candour.incidents.services.assessment import criteria_unanswered, criteria_word
from candour.incidents.services.noting import note_event
from candour.kernel import clock
from candour.kernel.decision import Allowed, Decision, Denied
from candour.kernel.errors import Invalid, WrongState
from candour.people.roles import PartnerBody, Role

Outcome = Recommendation.Outcome

_SCR_STATE = {
    Outcome.REVIEW: "DECIDED_SCR",
    Outcome.OTHER: "DECIDED_OTHER",
    Outcome.NONE: "DECIDED_NONE",
}
# While a challenge of the panel waits, the reply to it goes with the decision (thinking_again).
_CHAIR_DECIDES = {"RECOMMENDED", "CHALLENGED", "RECONSIDERED"}
# From the rapid review until the partners have acted on the panel's letter.
_PARTNERS_DECIDE = {
    "RR_IN_PROGRESS",
    "RR_SIGNED_OFF",
    "RR_WITH_PANEL",
    "PANEL_QUERIES",
    "PANEL_AGREES",
}


@transaction.atomic
def decide(
    *,
    access: Access,
    outcome: Recommendation.Outcome,
    reasons: str,
    dissent: str = "",
    override_reasons: str = "",
    alternative: str = "",
    decided_on: date | None = None,
) -> ReviewDecision:
    """The Chair decides on a serious case review, or a partner opens the partners' decision.

    Under the boards the Chair alone decides, and needs `override_reasons` to decide against a
    review whose criteria are not clearly unmet; `alternative` names another exercise. Since 2018
    all three partners answer; the decision stands once they agree (`record_partner_view`). A day
    in the past is allowed and shown as entered later. WrongState names every criterion not yet
    answered.
    """
    may_decide(access).require()
    Case.objects.select_for_update().get(pk=access.case.pk)
    may_decide_now(access.case).require(WrongState)
    wanted = ReviewDecision(
        case=access.case,
        outcome=outcome,
        reasons=reasons.strip(),
        dissent=dissent.strip(),
        override_reasons=override_reasons.strip(),
        alternative=alternative.strip(),
        decided_on=decided_on or clock.today(),
        recorded_by_id=access.actor.id,
    )
    _refuse_incomplete(wanted)
    _supersede_with(wanted)
    if access.case.regime == Case.Regime.SCR:
        _chair_decides(access, wanted)
    note_event(
        access,
        "incidents.decided",
        wanted,
        outcome=outcome.value,
        decided_on=wanted.decided_on.isoformat(),
    )
    return wanted


def may_decide(access: Access) -> Decision:
    """The Chair under the boards; since 2018 whoever stands for one of the three partners."""
    if access.case.regime == Case.Regime.SCR:
        if Role.CHAIR in access.roles or _partners_stand_for_the_board(access):
            return Allowed()
        return Denied("actor_not_permitted", "The Chair decides on a serious case review.")
    if access.partner_bodies:
        return access.may(Act.DECIDE)
    return Denied(
        "actor_not_permitted",
        "The three safeguarding partners decide. You do not stand for one of them.",
    )


def _partners_stand_for_the_board(access: Access) -> bool:
    """Where a successor finishes a board's review its partners decide what the Chair would have."""
    handed_over = HandOver.objects.filter(case=access.case).exists()
    return handed_over and bool(access.partner_bodies) and bool(access.may(Act.DECIDE))


def may_decide_now(case: Case) -> Decision:
    """Is this case at the point where a decision on a review belongs?"""
    state = state_of(case)
    scr = case.regime == Case.Regime.SCR
    if state in (_CHAIR_DECIDES if scr else _PARTNERS_DECIDE):
        return Allowed()
    before = "the sub-group recommends" if scr else "the rapid review has begun"
    return Denied(
        "no_such_transition",
        f"A decision on a review is taken after {before}, and once taken stays as it is.",
    )


def _refuse_incomplete(wanted: ReviewDecision) -> None:
    if not wanted.reasons:
        raise Invalid("reasons_missing", "Give the reasons for the decision.", "reasons")
    if wanted.decided_on > clock.today():
        raise Invalid("day_ahead", "The day of the decision cannot lie ahead.", "decided_on")
    if wanted.outcome == Outcome.OTHER and not wanted.alternative:
        raise Invalid("reasons_missing", "Name the other exercise.", "alternative")
    unanswered = criteria_unanswered(wanted.case)
    if unanswered:
        raise WrongState(
            "limb_not_evaluated", "First answer every criterion: " + "; ".join(unanswered)
        )


def _supersede_with(wanted: ReviewDecision) -> None:
    ReviewDecision.objects.filter(case=wanted.case, superseded_at__isnull=True).update(
        superseded_at=clock.now()
    )
    wanted.save(force_insert=True)


def _chair_decides(access: Access, decision: ReviewDecision) -> None:
    facts = {
        "reasons_per_limb": "yes",
        "criteria": criteria_word(access.case),
        "override_reason": "given" if decision.override_reasons else "",
        "alternative": "given" if decision.alternative else "",
    }
    target = _SCR_STATE[Outcome(decision.outcome)]
    move(access=access, target=target, facts=facts, reasons=decision.reasons)
    _put_in_force(decision)
    fulfil(access=access, code="S3", at=at_noon(decision.decided_on))
    _start_what_follows(access, decision)


def _start_what_follows(access: Access, decision: ReviewDecision) -> None:
    rules = rule_set(access.case.rule_set)
    known = {each.code for each in rules.clocks}
    review = decision.outcome == Outcome.REVIEW
    owed = {"S6": ("The board", "The public")} if review else {}
    # The guidance of 2013 counts days for telling the panel of a "no" only, that of 2015 for both.
    if decision.outcome in rules.names("panel_told_of"):
        owed["S4"] = ("The Chair", "The national panel")
    for code in known & set(owed):
        by, to = owed[code]
        start_duty(access=access, code=code, starts=decision.decided_on, owed_by=by, owed_to=to)


def _put_in_force(decision: ReviewDecision) -> None:
    decision.stands_from = clock.now()
    decision.save(update_fields=["stands_from"])


def at_noon(day: date) -> datetime:
    """An instant on that day, for an act recorded by day alone."""
    return datetime.combine(day, time(12), clock.LONDON)


@transaction.atomic
def record_partner_view(
    *, access: Access, decision: ReviewDecision, agrees: bool, reasons: str
) -> PartnerView:
    """One partner's answer to the decision proposed; it stands once all three agree.

    NotPermitted unless the person holds one of the three partner bodies on this case.
    """
    access.may(Act.SIGN_OFF_RAPID_REVIEW).require()
    body = partner_body_of(access)
    locked = ReviewDecision.objects.select_for_update().get(pk=decision.pk, case=access.case)
    _refuse_answer(locked, body, reasons)
    view = PartnerView.objects.create(
        case=access.case,
        decision=locked,
        partner_body=body,
        agrees=agrees,
        reasons=reasons.strip(),
        by_id=access.actor.id,
    )
    note_event(
        access,
        "incidents.partner_answered",
        locked,
        partner=body.value,
        agrees=agrees,
    )
    _stand_once_all_agree(access, locked)
    return view


def _refuse_answer(decision: ReviewDecision, body: PartnerBody, reasons: str) -> None:
    if decision.superseded_at:
        raise WrongState("superseded", "A later decision has been proposed. Answer that one.")
    if not reasons.strip():
        raise Invalid("reasons_missing", "Give this partner's reasons.", "reasons")
    if PartnerView.objects.filter(decision=decision, partner_body=body).exists():
        raise WrongState("already_answered", "This partner has already answered.")


def partner_body_of(access: Access) -> PartnerBody:
    """For which of the three partners this person answers; NotPermitted if for none or several."""
    if len(access.partner_bodies) != 1:
        Denied(
            "actor_not_permitted",
            "You do not stand for exactly one of the three partners on this case.",
        ).require()
    return next(iter(access.partner_bodies))


def _stand_once_all_agree(access: Access, decision: ReviewDecision) -> None:
    views = list(PartnerView.objects.filter(decision=decision))
    if len(views) < len(PartnerBody) or not all(view.agrees for view in views):
        return
    _put_in_force(decision)
    note_event(
        access,
        "incidents.decision_stands",
        decision,
        outcome=decision.outcome,
    )
    if decision.outcome != Outcome.REVIEW:
        explain_open(
            access=access, codes=("C6",), explanation="The partners have decided against a review."
        )
    else:
        start_duty(
            access=access,
            code="C6",
            starts=decision.decided_on,
            owed_by="The safeguarding partners",
            owed_to="The public",
        )


def standing_decision(case: Case) -> ReviewDecision | None:
    """The decision in force, or None while nothing has been decided."""
    return (
        ReviewDecision.objects.filter(
            case=case, superseded_at__isnull=True, stands_from__isnull=False
        )
        .order_by("-recorded_at")
        .first()
    )
