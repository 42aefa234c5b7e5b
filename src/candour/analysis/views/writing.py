"""The page on which something is written: the form, and what somebody else saved meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.analysis.presenters import address
from candour.cases.access import Access
from candour.cases.pages import crumbs, once
from candour.kernel.errors import EditedElsewhere, NotPermitted, RuleBroken
from candour.ui.forms import Form

Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Page:
    """What stands round the form; `cancel` is where it leads when given up."""

    heading: str
    submit: str
    cancel: str
    lead: str = ""
    template: str = "analysis/write.html"


def writing_page(
    request: HttpRequest,
    access: Access,
    form: Form,
    page: Page,
    act: Callable[[], str],
    saved: Callable[[], Rows] | None = None,
    **more: object,
) -> HttpResponse:
    """Show the form; when it is sent whole, act once and go where `act` says.

    A refusal keeps what was typed; when somebody else saved meanwhile the page answers 409 with
    the `saved` text beside it.
    """
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, act)
        except NotPermitted:
            raise
        except RuleBroken as refusal:
            form.refuse(refusal)
            status = 409 if isinstance(refusal, EditedElsewhere) else 422
    context = {
        "heading": page.heading,
        "caption": access.case.reference,
        "lead": page.lead,
        "submit": page.submit,
        "cancel": page.cancel,
        "form": form,
        "saved": saved() if saved and status == 409 else [],
        "breadcrumbs": room_crumbs(access),
        **more,
    }
    return render(request, page.template, context, status=status)


def room_crumbs(access: Access, *further: tuple[str, str]) -> list[dict[str, str]]:
    """The way back from a page of the analysis."""
    return crumbs(access, ("Analysis", address(access, "overview")), *further)
