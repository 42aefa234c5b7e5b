"""Deciding not to publish: the decision, the partners' answers, the panel told, thinking again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Step, step_page
from candour.duties.letter_pages import delivered_letters
from candour.kernel.decision import Denied
from candour.kernel.errors import Hidden
from candour.publication import not_publishing_page as page
from candour.publication import selectors
from candour.publication.forms import AfterAllForm, NotPublishingForm, PartnerAnswerForm, ToldForm
from candour.publication.models import NonPublication
from candour.publication.presenters import address
from candour.publication.services.not_publishing import (
    Grounds,
    answer_on_not_publishing,
    decide_not_to_publish,
    may_decide_not_to_publish,
    may_publish_after_all,
    present_decision,
    publish_after_all,
    record_told_of_not_publishing,
)

HEADING = "Not publishing"


@require_safe
@case_page(Kind.DECISION)
def decision(request: HttpRequest, access: Access) -> HttpResponse:
    """Every decision not to publish, what the panel wrote, and what can be done now."""
    found = list(selectors.decisions_not_to_publish(access))
    now = may_decide_not_to_publish(access)
    waiting = delivered_letters(access, page.ADVICE) if access.may_write(Kind.DECISION) else []
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access),
        "scr": access.case.regime == Case.Regime.SCR,
        "decisions": [page.shown(access, each) for each in found],
        "present": present_decision(access.case),
        "waiting": page.not_yet_filed(waiting),
        "may_decide": bool(now) and bool(access.may(Act.DECIDE)),
        "not_now": now.reason if isinstance(now, Denied) else "",
        "may_end": bool(access.may(Act.DECIDE)) and bool(may_publish_after_all(access)),
        "may_write": bool(access.may_write(Kind.DECISION)),
        "bodies": access.partner_bodies if access.may(Act.DECIDE) else (),
    }
    return render(request, "publication/not_publishing.html", context)


@case_page(Kind.DECISION)
def decide(request: HttpRequest, access: Access) -> HttpResponse:
    """The Chair decides not to publish, or a partner proposes it and agrees."""
    access.may(Act.DECIDE).require()
    form = NotPublishingForm(request.POST or None)
    now = may_decide_not_to_publish(access)
    missing = ((now.reason, ""),) if isinstance(now, Denied) else ()
    scr = access.case.regime == Case.Regime.SCR
    lead = "" if scr else "It stands once all three partners have answered and agree."
    submit = "Record the decision" if scr else "Propose it and agree"
    step = _step(access, "Decide not to publish", submit, missing=missing, lead=lead)

    def act() -> None:
        told = form.cleaned_data
        grounds = Grounds(told["reasons"], told["alternatives"], told["dissent"])
        decide_not_to_publish(access=access, grounds=grounds, decided_on=told["decided_on"])

    return step_page(request, access, form, step, act)


@case_page(Kind.DECISION)
def answer(request: HttpRequest, access: Access) -> HttpResponse:
    """One partner's answer to the proposal."""
    access.may(Act.DECIDE).require()
    proposed = _present(access)
    form = PartnerAnswerForm(request.POST or None)
    step = _step(access, "Answer for the partner you stand for", "Record the answer", proposed)

    def act() -> None:
        told = form.cleaned_data
        agrees = told["agrees"] == "yes"
        answer_on_not_publishing(
            access=access, decision=proposed, agrees=agrees, reasons=told["reasons"]
        )

    return step_page(request, access, form, step, act)


@case_page(Kind.DECISION)
def told(request: HttpRequest, access: Access) -> HttpResponse:
    """Record that the panel and the Department were told."""
    access.may_write(Kind.DECISION).require()
    found = _present(access)
    form = ToldForm(request.POST or None)
    step = _step(
        access, "Record that they were told", "Record it", found, warning=page.SENDS_NOTHING
    )

    def act() -> None:
        record_told_of_not_publishing(access=access, decision=found, **form.answered())

    return step_page(request, access, form, step, act)


@case_page(Kind.DECISION)
def after_all(request: HttpRequest, access: Access) -> HttpResponse:
    """End the decision: the report is published after all."""
    access.may(Act.DECIDE).require()
    found = _present(access)
    form = AfterAllForm(request.POST or None)
    now = may_publish_after_all(access)
    missing = ((now.reason, ""),) if isinstance(now, Denied) else ()
    step = _step(access, "Publish after all", "End the decision", found, missing=missing)

    def act() -> None:
        publish_after_all(access=access, reasons=form.cleaned_data["reasons"])

    return step_page(request, access, form, step, act)


def _present(access: Access) -> NonPublication:
    found = present_decision(access.case)
    if found is None:
        raise Hidden
    return found


def _step(
    access: Access,
    heading: str,
    submit: str,
    about: NonPublication | None = None,
    *,
    lead: str = "",
    warning: str = "",
    missing: tuple[tuple[str, str], ...] = (),
) -> Step:
    back = address(access, "not_publishing")
    return Step(
        heading,
        submit,
        back,
        way=((HEADING, back),),
        lead=lead,
        warning=warning,
        missing=missing,
        rows=page.proposal_rows(about) if about else (),
    )
