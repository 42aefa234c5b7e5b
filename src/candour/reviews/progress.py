"""Taking the case on in its process when a reviewer is accepted and when terms are agreed.

A review that the process does not foresee, such as one below the criteria, goes on all the same:
the page then says what the process still lacks.
"""

from datetime import date

from candour.cases.access import Access
from candour.cases.models import Case
from candour.duties.services import start_duty
from candour.duties.states import may_move, move, state_of
from candour.engines.statute.guards import Facts
from candour.engines.statute.rulebook import rule_set
from candour.incidents.models import Recommendation
from candour.incidents.services.decision import standing_decision
from candour.kernel.decision import Denied
from candour.reviews.models import LeadReviewerAppointment, Review

# The state from which a reviewer is appointed, and the state that appointing leads to.
_APPOINTING = {
    Case.Regime.SCR: ("PANEL_INFORMED", "COMMISSIONED"),
    Case.Regime.CSPR: ("LCSPR_DECIDED", "REVIEWER_APPOINTED"),
}
_IN_REVIEW = "IN_REVIEW"
NEXT_CHECK = "C10"


def commission_reviewer(access: Access, appointment: LeadReviewerAppointment) -> None:
    """The accepted reviewer stands appointed in the process, if it has come so far."""
    _, appointed = _APPOINTING[Case.Regime(access.case.regime)]
    _move_if_allowed(access, appointed, reviewer_facts(appointment))
    if appointment.review.terms_agreed_at:
        begin_review(access, appointment.review)


def remove_reviewer(access: Access, appointment: LeadReviewerAppointment) -> None:
    """With the last accepted reviewer gone, the process waits for another to be appointed."""
    others = LeadReviewerAppointment.objects.filter(
        review=appointment.review, accepted_at__isnull=False, ended_at__isnull=True
    )
    if appointment.accepted_at and not others.exists():
        _move_if_allowed(access, "REVIEWER_REMOVED", {"written_reason": "yes"})


def start_next_check(access: Access, since: date) -> None:
    """The next check falls due at the interval of the rule set, where it asks for checks."""
    if any(each.code == NEXT_CHECK for each in rule_set(access.case.rule_set).clocks):
        start_duty(
            access=access,
            code=NEXT_CHECK,
            starts=since,
            owed_by="The safeguarding partners",
            owed_to="The public",
        )


def begin_review(access: Access, review: Review) -> None:
    """The review begins on agreed terms, if a reviewer stands appointed in the process."""
    _move_if_allowed(access, _IN_REVIEW, terms_facts(review))


def what_process_lacks(access: Access, review: Review) -> str:
    """Why the process has not come to the review itself; empty where nothing is lacking."""
    state = state_of(access.case)
    ready, appointed = _APPOINTING[Case.Regime(access.case.regime)]
    if state == ready:
        accepted = review.reviewers.filter(accepted_at__isnull=False, ended_at__isnull=True)
        first = accepted.first()
        return _lacking(access, appointed, reviewer_facts(first) if first else {})
    if state == appointed:
        return _lacking(access, _IN_REVIEW, terms_facts(review))
    if state == "DECIDED_SCR":
        return "The national panel has not been told of the decision. Record the letter to it."
    return ""


def _lacking(access: Access, target: str, facts: Facts) -> str:
    answer = may_move(access, target, facts)
    if isinstance(answer, Denied) and answer.code != "actor_not_permitted":
        return answer.reason
    return ""


def reviewer_facts(appointment: LeadReviewerAppointment) -> Facts:
    """What is on record of the reviewer, in the words of the process."""
    decision = standing_decision(appointment.case)
    review = decision is not None and decision.outcome == Recommendation.Outcome.REVIEW
    conflict = appointment.result == LeadReviewerAppointment.Result.CONFLICT
    return {
        "decision": "scr" if review else "not_scr",
        "independent_of_case": "no" if conflict else "yes",
        "independent_of_bodies": "no" if conflict else "yes",
        "independent": "no" if conflict else "yes",
        "conflict": "yes" if conflict else "none",
        "declaration_accepted": "yes" if appointment.accepted_at else "no",
        "names_sent_to_panel": "yes" if appointment.name_sent_to_panel_on else "no",
        "knowledge": "yes" if appointment.knowledge else "no",
    }


def terms_facts(review: Review) -> Facts:
    """What is on record of the terms of reference, in the words of the process."""
    agreed = "yes" if review.terms_agreed_at else "no"
    return {
        "remit_signed": agreed,
        "scope_agreed": agreed,
        "method_meets_five_principles": "yes" if review.principles else "no",
        "period_set": "yes" if review.period_start and review.period_end else "no",
        "parallel_plan": "yes" if review.parallel_plan else "no",
        "family_plan": "yes" if review.family_plan else "no",
    }


def _move_if_allowed(access: Access, target: str, facts: Facts) -> None:
    if may_move(access, target, facts):
        move(access=access, target=target, facts=facts)
