"""What every page of the desk does first and last."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.cases.pages import once
from candour.kernel.actor import Actor
from candour.kernel.errors import EditedElsewhere, RuleBroken
from candour.library.selectors import require_librarian
from candour.people.confirmation import Given, Page, recently_confirmed
from candour.people.signed_in import actor_of
from candour.ui.forms import Form

Way = list[dict[str, str]]


def librarian(request: HttpRequest) -> Actor:
    """The signed-in librarian; for everybody else this page does not exist."""
    actor = actor_of(request)
    require_librarian(actor)
    return actor


def after_password(page: Page[Given]) -> Page[Given]:
    """A page for librarians who have just shown password or code; for others it does not exist."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        librarian(request)
        return recently_confirmed(page)(request, *args, **kwargs)

    return cast(Page[Given], guarded)


def way(*further: tuple[str, str]) -> Way:
    """The way back to the desk."""
    steps = (("The librarian's desk", reverse("library:desk")), *further)
    return [{"text": text, "href": href} for text, href in steps]


def form_step(
    request: HttpRequest,
    heading: str,
    form: Form,
    submit: str,
    act: Callable[[], str],
    *,
    lead: str = "",
    back: str = "",
    template: str = "pages/form.html",
    more: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Show a form; sent whole, act once and go where `act` says. What was typed stays."""
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, act)
        except EditedElsewhere as refusal:
            form.refuse(refusal)
            status = 409
        except RuleBroken as refusal:
            form.refuse(refusal)
            status = 422
    context = {
        **(more or {}),
        "heading": heading,
        "lead": lead,
        "form": form,
        "submit": submit,
        "cancel": back or reverse("library:desk"),
        "breadcrumbs": way(),
    }
    return render(request, template, context, status=status)
