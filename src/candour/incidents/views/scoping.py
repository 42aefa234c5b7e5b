"""Scoping forms: sent with the notice to secure records, chased, and filed."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Row, Step, step_page
from candour.incidents import selectors
from candour.incidents.forms.rapid_review import AskForm, ReturnForm
from candour.incidents.models import ScopingForm
from candour.incidents.presenters import address
from candour.incidents.services.scoping import (
    QUESTIONS,
    chase_scoping,
    file_scoping,
    may_file,
    proposed_day,
    send_scoping,
)
from candour.kernel.errors import NotPermitted
from candour.ui.forms import Form
from candour.ui.wording import day, instant, times

SENDS_NOTHING = (
    "Candour sends nothing by itself. Agency authors on this case see their form here; send the "
    "notice to the others as you always do."
)


@require_safe
@case_page(Kind.REFERRAL)
def scoping(request: HttpRequest, access: Access) -> HttpResponse:
    """Who was asked, who has answered, whose records are secured."""
    may_ask = bool(access.may(Act.ASK_AGENCIES))
    add = {"text": "Ask agencies", "href": address(access, "ask")}
    empty = {"text": "No agency has been asked yet."}
    context = {
        "heading": "Scoping forms",
        "caption": access.case.reference,
        "lead": "What agencies are asked at the outset, with the notice to secure their records.",
        "breadcrumbs": crumbs(access),
        "columns": ["Agency", "Due", "Records", "State"],
        "rows": [_row(access, form) for form in selectors.scoping_forms(access)],
        "empty": empty | ({"action": add["text"], "href": add["href"]} if may_ask else {}),
        "add": add if may_ask else None,
    }
    return render(request, "pages/list.html", context)


def _row(access: Access, form: ScopingForm) -> list[str | dict[str, str]]:
    return [
        {"text": form.agency.name, "href": address(access, "scoping_form", form.pk)},
        day(form.due_on),
        "Secured" if form.records_secured_at else "Not confirmed",
        state_of_form(form),
    ]


def state_of_form(form: ScopingForm) -> str:
    """Returned, waiting or outstanding, with how often it was chased."""
    if form.returned_at:
        return f"Returned on {day(form.returned_at)}"
    late = "Outstanding" if selectors.is_outstanding(form) else "Waiting"
    chased = len(form.chased_at)
    return f"{late}, chased {times(chased).lower()}" if chased else late


@case_page(Kind.REFERRAL)
def ask(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask agencies what they hold, and to secure their records."""
    access.may(Act.ASK_AGENCIES).require()
    agencies = selectors.agencies_to_ask(access)
    proposed = proposed_day(access)
    form = AskForm(
        request.POST or None,
        agencies=agencies,
        known=selectors.bodies_known_to(access),
        due_on=proposed,
    )
    step = _step(access, "Ask agencies", "Record that they are asked", warning=SENDS_NOTHING)

    def act() -> None:
        chosen, due_on = form.cleaned_data["agencies"], form.cleaned_data["due_on"]
        for agency in agencies:
            if str(agency.pk) in chosen:
                send_scoping(access=access, agency=agency, due_on=due_on)

    return step_page(request, access, form, step, act)


@require_safe
@case_page(Kind.REFERRAL)
def scoping_form(request: HttpRequest, access: Access, form_id: uuid.UUID) -> HttpResponse:
    """One agency's form and what it answered."""
    form = selectors.scoping_form(access, form_id)
    context = {
        "heading": f"Scoping form: {form.agency.name}",
        "caption": access.case.reference,
        "lead": "Please secure your records at once: nobody adds to them, changes them or takes "
        "them away.",
        "breadcrumbs": crumbs(access, ("Scoping forms", address(access, "scoping"))),
        "sections": [
            {"title": "Where it stands", "rows": _standing(form)},
            {"title": "Answers", "rows": _answers(form)},
        ],
        "actions": _actions(access, form),
    }
    return render(request, "pages/summary.html", context)


def _actions(access: Access, form: ScopingForm) -> list[dict[str, str]]:
    actions = []
    if may_file(access, form):
        text = "Change the answers" if form.returned_at else "Answer"
        actions.append({"text": text, "href": address(access, "file_scoping", form.pk)})
    if access.may(Act.ASK_AGENCIES) and not form.returned_at:
        chase_it = {"text": "Record a chaser", "href": address(access, "chase", form.pk)}
        actions.append({**chase_it, "secondary": "yes"})
    return actions


def _standing(form: ScopingForm) -> list[Row]:
    secured = form.records_secured_at
    by = f", filed by {form.returned_by.name}" if form.returned_by else ""
    return [
        {"key": "Asked", "value": instant(form.sent_at)},
        {"key": "To be returned by", "value": day(form.due_on)},
        {"key": "State", "value": state_of_form(form) + by},
        {
            "key": "Records",
            "value": f"Confirmed secured {instant(secured)}" if secured else "Not confirmed",
        },
    ]


def _answers(form: ScopingForm) -> list[Row]:
    return [
        {"key": text, "value": form.answers.get(key, "") or "Not answered"}
        for key, text, _ in QUESTIONS
    ]


@case_page(Kind.REFERRAL)
def chase(request: HttpRequest, access: Access, form_id: uuid.UUID) -> HttpResponse:
    """Record that the agency was reminded."""
    access.may(Act.ASK_AGENCIES).require()
    form = selectors.scoping_form(access, form_id)
    step = _step(access, f"Record a chaser: {form.agency.name}", "Record it", SENDS_NOTHING)

    def act() -> None:
        chase_scoping(access=access, form=form)

    return step_page(request, access, Form(request.POST or None), step, act)


@case_page(Kind.REFERRAL)
def file(request: HttpRequest, access: Access, form_id: uuid.UUID) -> HttpResponse:
    """Answer: the agency for itself, or the business unit with what came by e-mail."""
    found = selectors.scoping_form(access, form_id)
    may_file(access, found).require(NotPermitted)
    form = ReturnForm(request.POST or None, form=found)
    step = _step(access, f"Scoping form: {found.agency.name}", "Return the form")

    def act() -> None:
        told = form.cleaned_data
        file_scoping(
            access=access,
            form=found,
            seen_version=told["version"],
            answers=form.answers(),
            secured=told["secured"] == "yes",
        )

    def saved() -> list[Row]:
        return _answers(found)

    return step_page(request, access, form, step, act, saved)


def _step(access: Access, heading: str, submit: str, warning: str = "") -> Step:
    back = address(access, "scoping")
    return Step(heading, submit, back, way=(("Scoping forms", back),), warning=warning)
