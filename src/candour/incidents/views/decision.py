"""The decision on a review, and the partners' answers to it."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Row, Step, step_page
from candour.duties.states import state_of
from candour.incidents import selectors
from candour.incidents.forms.decision import DecideAgainForm, DecisionForm, PartnerViewForm
from candour.incidents.models import PanelLetter, Recommendation, ReviewDecision
from candour.incidents.presenters import address, letter_rows, rows_of
from candour.incidents.services.assessment import criteria_unanswered
from candour.incidents.services.decision import (
    decide,
    may_decide,
    may_decide_now,
    record_partner_view,
)
from candour.incidents.services.panel import open_challenge
from candour.incidents.services.thinking_again import decide_again
from candour.kernel import clock
from candour.kernel.decision import Denied
from candour.people.roles import PartnerBody
from candour.ui.wording import day


@require_safe
@case_page(Kind.DECISION)
def decision(request: HttpRequest, access: Access) -> HttpResponse:
    """What was recommended, decided and answered, and what passes with the panel."""
    now = may_decide_now(access.case)
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access),
        "scr": access.case.regime == "SCR",
        "state": state_of(access.case),
        "recommendations": selectors.recommendations(access),
        "decisions": [_shown(each) for each in selectors.decisions(access)],
        "notices": selectors.panel_notices(access),
        "letters": selectors.panel_letters(access),
        "waiting": selectors.panel_letters_delivered(access),
        "challenge": open_challenge(access.case),
        "may_recommend": bool(access.may(Act.RECOMMEND)),
        "may_decide": bool(may_decide(access)) and bool(now),
        "not_now": now.reason if isinstance(now, Denied) else "",
        "may_answer": bool(access.may(Act.SIGN_OFF_RAPID_REVIEW)) and bool(access.partner_bodies),
        "bodies": access.partner_bodies,
        "may_write": bool(access.may_write(Kind.DECISION)),
        "may_act": bool(access.may(Act.DECIDE)),
    }
    return render(request, "incidents/decision.html", context)


def _shown(decision: ReviewDecision) -> dict[str, object]:
    views = {view.partner_body: view for view in decision.views.all()}
    return {
        "decision": decision,
        "entered_later": clock.day_of(decision.recorded_at) > decision.decided_on,
        "answers": [(body, views.get(body.value)) for body in PartnerBody],
        "disagreed": any(not view.agrees for view in views.values()),
        "waiting": [body.label for body in PartnerBody if body.value not in views],
    }


@case_page(Kind.DECISION)
def take(request: HttpRequest, access: Access) -> HttpResponse:
    """The Chair decides, or a partner proposes the partners' decision and answers it at once."""
    may_decide(access).require()
    challenge = open_challenge(access.case)
    form = (DecideAgainForm if challenge else DecisionForm)(request.POST or None)

    def act() -> None:
        told = form.answered()
        outcome = Recommendation.Outcome(told.pop("outcome"))
        if challenge:
            decide_again(access=access, outcome=outcome, **told)
            return
        made = decide(access=access, outcome=outcome, **told)
        if access.case.regime != "SCR":
            record_partner_view(access=access, decision=made, agrees=True, reasons=told["reasons"])

    return step_page(request, access, form, _taking(access, challenge), act)


def _taking(access: Access, challenge: PanelLetter | None) -> Step:
    scr, back = access.case.regime == "SCR", address(access, "decision")
    return Step(
        "Decide on a review" if scr else "Propose the partners’ decision",
        "Record the decision" if scr else "Propose it and agree",
        back,
        way=(("Decision", back),),
        lead="" if scr else "It stands once all three partners have answered and agree.",
        missing=_before_deciding(access),
        rows=letter_rows(challenge) if challenge else (),
    )


def _before_deciding(access: Access) -> tuple[tuple[str, str], ...]:
    now = may_decide_now(access.case)
    early = [(now.reason, "")] if isinstance(now, Denied) else []
    unanswered = criteria_unanswered(access.case)
    return (*early, *((each, address(access, "criteria")) for each in unanswered))


@case_page(Kind.DECISION)
def answer(request: HttpRequest, access: Access, decision_id: uuid.UUID) -> HttpResponse:
    """One partner's answer to the decision proposed."""
    access.may(Act.SIGN_OFF_RAPID_REVIEW).require()
    proposed = selectors.decision_of(access, decision_id)
    form = PartnerViewForm(request.POST or None)
    back = address(access, "decision")
    heading = "Answer for the partner you stand for"
    rows = _proposal(proposed)
    step = Step(heading, "Record the answer", back, way=(("Decision", back),), rows=rows)

    def act() -> None:
        told = form.cleaned_data
        agrees = told["agrees"] == "yes"
        record_partner_view(
            access=access, decision=proposed, agrees=agrees, reasons=told["reasons"]
        )

    return step_page(request, access, form, step, act)


def _proposal(proposed: ReviewDecision) -> list[Row]:
    return rows_of(
        (
            ("Proposed", proposed.get_outcome_display()),
            ("Reasons", proposed.reasons),
            ("Dissent", proposed.dissent),
            ("Day", day(proposed.decided_on)),
            ("Proposed by", proposed.recorded_by.name),
        )
    )
