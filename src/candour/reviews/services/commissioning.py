"""Commissioning the review of a case."""

from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Act
from candour.duties.models import Duty
from candour.duties.services import start_duty
from candour.engines.anonymise.names_in_text import Names
from candour.engines.anonymise.register import Kind
from candour.identities.selectors import sealed_register
from candour.incidents.models import Recommendation
from candour.incidents.services.decision import standing_decision
from candour.kernel import clock
from candour.kernel.errors import Invalid, WrongState
from candour.reviews.models import Review

# Six months to complete, under the boards and since 2018, with who owes them.
_COMPLETION = {
    Case.Regime.SCR: ("S6", "The board"),
    Case.Regime.CSPR: ("C6", "The safeguarding partners"),
}


@transaction.atomic
def commission(
    *,
    access: Access,
    label: str,
    method: Review.Method,
    commissioned_on: date,
    asks_questions: bool = False,
    below_criteria_reason: str = "",
) -> Review:
    """Commission a review of the case.

    WrongState unless the decision in force is to hold one; a review below the criteria may be
    commissioned with a reason. Invalid for a label that holds a name: it is what the public sees.
    """
    access.may(Act.COMMISSION).require()
    Case.objects.select_for_update().get(pk=access.case.pk)
    decided = _decided_to_review(access.case)
    _refuse_state(access.case, decided, below_criteria_reason)
    _refuse_label(access.case, label)
    if commissioned_on > clock.today():
        raise Invalid("day_ahead", "The day of the commission cannot lie ahead.", "commissioned_on")
    review = Review.objects.create(
        case=access.case,
        label=label.strip(),
        method=method,
        commissioned_on=commissioned_on,
        asks_questions=asks_questions,
        below_criteria_reason="" if decided else below_criteria_reason.strip(),
    )
    record(
        "reviews.commissioned",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(review.pk),
        method=review.method,
        below_criteria=not decided,
    )
    _start_completion_clock(access, commissioned_on)
    return review


def _decided_to_review(case: Case) -> bool:
    decision = standing_decision(case)
    return decision is not None and decision.outcome == Recommendation.Outcome.REVIEW


def _refuse_state(case: Case, decided: bool, below_criteria_reason: str) -> None:
    if Review.objects.filter(case=case).exists():
        raise WrongState("already_commissioned", "This case already has a review.")
    if not decided and not below_criteria_reason.strip():
        raise WrongState(
            "decision_is_not_scr",
            "No decision to hold a review is in force. Decide first, or give the reason for a "
            "review below the criteria.",
        )


def _refuse_label(case: Case, label: str) -> None:
    if not label.strip():
        raise Invalid("label_missing", "Give the review a label such as “Child T”.", "label")
    named = Names(sealed_register(case)).found_in(label)
    if any(identity.kind is Kind.PERSON for found in named for identity in found.identities):
        raise Invalid(
            "label_names",
            "The label holds a name from the register. Choose one that tells nothing, such as "
            "“Child T”.",
            "label",
        )


def _start_completion_clock(access: Access, commissioned_on: date) -> None:
    code, owed_by = _COMPLETION[Case.Regime(access.case.regime)]
    # The decision to review starts it; a review below the criteria had no such decision.
    if not Duty.objects.filter(case=access.case, code=code).exists():
        start_duty(
            access=access,
            code=code,
            starts=commissioned_on,
            owed_by=owed_by,
            owed_to="The public",
        )
