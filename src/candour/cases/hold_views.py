"""Pages of the legal hold: what must be kept, at whose wish, and lifting it."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.cases import legal_hold
from candour.cases.access import Access
from candour.cases.forms import LegalHoldForm, LiftHoldForm
from candour.cases.models import LegalHold
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Kind
from candour.cases.steps import Step, step_page
from candour.ui.wording import instant


@require_safe
@case_page(Kind.DISCLOSURE)
def holds(request: HttpRequest, access: Access) -> HttpResponse:
    """Every legal hold there is or was on the case."""
    may = bool(access.may_write(Kind.DISCLOSURE))
    add = {"text": "Place a legal hold", "href": _address(access, "place_hold")}
    context = {
        "heading": "Legal hold",
        "caption": access.case.reference,
        "lead": "While a hold is in force, nothing of this case is disposed of, whatever else says "
        "that it may be.",
        "breadcrumbs": crumbs(access),
        "columns": ["Asked for by", "Why", "Placed", "Lifted"],
        "rows": [_row(access, each, may) for each in legal_hold.legal_holds_of(access)],
        "empty": {
            "text": "No legal hold has been placed.",
            **({"action": add["text"], "href": add["href"]} if may else {}),
        },
        "add": add if may else None,
    }
    return render(request, "pages/list.html", context)


def _row(access: Access, hold: LegalHold, may: bool) -> list[str | dict[str, str]]:
    placed = f"{instant(hold.recorded_at)}, {hold.placed_by.name}"
    lifted: str | dict[str, str] = "In force"
    if hold.lifted_at and hold.lifted_by:
        lifted = f"{instant(hold.lifted_at)}, {hold.lifted_by.name}. {hold.lifted_why}"
    elif may:
        kwargs = {"reference": access.case.reference, "legal_hold_id": hold.pk}
        where = reverse("cases:lift_hold", kwargs=kwargs)
        lifted = {"text": f"In force. Lift the hold of {hold.asked_by}", "href": where}
    return [hold.asked_by, hold.reasons, placed, lifted]


@case_page(Kind.DISCLOSURE)
def place(request: HttpRequest, access: Access) -> HttpResponse:
    """Place a hold."""
    access.may_write(Kind.DISCLOSURE).require()
    form = LegalHoldForm(request.POST or None)

    def act() -> None:
        told = form.cleaned_data
        legal_hold.place_legal_hold(
            access=access, asked_by=told["asked_by"], reasons=told["reasons"]
        )

    return step_page(
        request, access, form, _step(access, "Place a legal hold", "Place the hold"), act
    )


@case_page(Kind.DISCLOSURE)
def lift(request: HttpRequest, access: Access, legal_hold_id: uuid.UUID) -> HttpResponse:
    """Lift a hold, with the reason."""
    access.may_write(Kind.DISCLOSURE).require()
    hold = legal_hold.legal_hold_of(access, str(legal_hold_id))
    form = LiftHoldForm(request.POST or None)

    def act() -> None:
        reasons = form.cleaned_data["reasons"]
        legal_hold.lift_legal_hold(access=access, hold=hold, reasons=reasons)

    heading = f"Lift the legal hold asked for by {hold.asked_by}"
    return step_page(request, access, form, _step(access, heading, "Lift the hold"), act)


def _step(access: Access, heading: str, submit: str) -> Step:
    back = _address(access, "legal_holds")
    return Step(heading, submit, back, way=(("Legal hold", back),))


def _address(access: Access, page: str) -> str:
    return reverse(f"cases:{page}", kwargs={"reference": access.case.reference})
