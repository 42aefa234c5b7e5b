"""What passes with the national panel. Candour sends it nothing."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Row, Step, step_page
from candour.documents.services import receive
from candour.duties.letter_pages import delivered_letter
from candour.duties.models import Letter
from candour.incidents import selectors
from candour.incidents.forms.decision import (
    ActOnDecisionForm,
    KeepDecisionForm,
    PanelLetterForm,
    PanelToldForm,
    ReplyForm,
)
from candour.incidents.models import PanelLetter
from candour.incidents.presenters import address, letter_rows, rows_of
from candour.incidents.sent_to_panel import sent_sections, sent_to_panel
from candour.incidents.services.decision import standing_decision
from candour.incidents.services.panel import (
    act_on_partners_decision,
    close_challenge,
    file_panel_letter,
    may_say,
    open_challenge,
    record_panel_told,
    reply_to_panel,
)

_SENDS_NOTHING = (
    "Candour sends nothing to the panel, Ofsted or the Department. Send it yourself, and record "
    "here that it was sent."
)


@case_page(Kind.DECISION)
def told(request: HttpRequest, access: Access) -> HttpResponse:
    """Record that the panel, Ofsted and the Department were told of the Chair's decision."""
    access.may_write(Kind.DECISION).require()
    form = PanelToldForm(request.POST or None)
    step = _step(access, "Record that the panel was told", "Record it", warning=_SENDS_NOTHING)

    def act() -> None:
        given = form.cleaned_data
        record_panel_told(
            access=access,
            letter=given["letter"],
            told_on=given["told_on"],
            ofsted_told_on=given["ofsted_told_on"],
            dfe_told_on=given["dfe_told_on"],
            notification_copied=given["notification_copied"] == "yes",
        )

    return step_page(request, access, form, step, act)


@case_page(Kind.DECISION)
def letter(request: HttpRequest, access: Access) -> HttpResponse:
    """File a letter of the panel as it came."""
    access.may_write(Kind.DECISION).require()
    delivered = delivered_letter(access, request.GET.get("delivered", ""), selectors.FROM_DESK)
    form = PanelLetterForm(
        request.POST or None,
        request.FILES or None,
        may_say=may_say(access.case),
        initial=_filled_in(access, delivered),
    )
    step = _step(access, "File a letter of the national panel", "File the letter")

    def act() -> None:
        _file(access, form.answered(), delivered)

    return step_page(request, access, form, step, act)


def _file(access: Access, given: dict[str, Any], delivered: Letter | None) -> None:
    upload = given.pop("letter")
    kept = receive(access=access, upload=upload, kind=Kind.DECISION) if upload else None
    outcome = PanelLetter.Outcome(given.pop("outcome"))
    file_panel_letter(access=access, outcome=outcome, document=kept, delivered=delivered, **given)


def _filled_in(access: Access, delivered: Letter | None) -> dict[str, object]:
    """The form as a letter fills it that the panel's desk has delivered."""
    if delivered is None:
        return {}
    scr = access.case.regime == "SCR"
    # What the desk calls thinking again is a challenge under the boards, a question since 2018.
    asks = {"reconsider": "challenges" if scr else "queries"}
    return {
        "outcome": asks.get(delivered.outcome, delivered.outcome),
        "received_on": delivered.received_on,
        "reference": delivered.reference,
        "text": delivered.body,
        "reply_due_on": delivered.reply_due_on,
    }


@case_page(Kind.DECISION)
def reply(request: HttpRequest, access: Access, letter_id: uuid.UUID) -> HttpResponse:
    """Record the reply to a letter of the panel."""
    access.may_write(Kind.DECISION).require()
    found = selectors.panel_letter(access, letter_id)
    form = ReplyForm(request.POST or None)
    rows = letter_rows(found)
    step = _step(
        access, "Record the reply to the panel", "Record it", rows=rows, warning=_SENDS_NOTHING
    )

    def act() -> None:
        given = form.cleaned_data
        reply_to_panel(
            access=access, letter=found, reply=given["reply"], replied_on=given["replied_on"]
        )

    return step_page(request, access, form, step, act)


@case_page(Kind.DECISION)
def keep(request: HttpRequest, access: Access) -> HttpResponse:
    """The Chair keeps the decision against the panel's advice, with reasons."""
    access.may(Act.DECIDE).require()
    form = KeepDecisionForm(request.POST or None)
    challenge = open_challenge(access.case)
    rows = letter_rows(challenge) if challenge else ()
    step = _step(access, "Keep the decision", "Keep it and close the challenge", rows=rows)

    def act() -> None:
        told = form.cleaned_data
        close_challenge(
            access=access,
            reasons_for_not_following=told["reasons"],
            replied_on=told["replied_on"],
        )

    return step_page(request, access, form, step, act)


@case_page(Kind.DECISION)
def follow(request: HttpRequest, access: Access) -> HttpResponse:
    """After the panel's letter the partners take the step they decided on."""
    access.may(Act.DECIDE).require()
    decision = standing_decision(access.case)
    form = ActOnDecisionForm(request.POST or None)
    in_force = decision.get_outcome_display() if decision else "None yet"
    rows = rows_of((("Decision in force", in_force),))
    step = _step(access, "Act on the partners’ decision", "Take this step", rows=rows)

    def act() -> None:
        given = form.cleaned_data
        act_on_partners_decision(
            access=access, reasons=given["reasons"], action_plan=given["action_plan"]
        )

    return step_page(request, access, form, step, act)


@require_safe
@case_page(Kind.SENT_TO_PANEL)
def sent(request: HttpRequest, access: Access) -> HttpResponse:
    """What was sent to the national panel, as it was sent, and what passed by letter."""
    context = {
        "heading": "What the national panel was sent",
        "caption": access.case.reference,
        "lead": "Only what was sent, as it was sent. What is being prepared does not stand here.",
        "breadcrumbs": crumbs(access),
        "sections": sent_sections(sent_to_panel(access)),
    }
    return render(request, "incidents/sent.html", context)


def _step(
    access: Access,
    heading: str,
    submit: str,
    rows: Sequence[Row] = (),
    warning: str = "",
) -> Step:
    back = address(access, "decision")
    way = (("Decision", back),)
    return Step(heading, submit, back, way=way, rows=rows, warning=warning)
