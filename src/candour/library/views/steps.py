"""What every page of the desk does first and last."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.cases.pages import once
from candour.kernel.actor import Actor
from candour.kernel.errors import EditedElsewhere, RuleBroken
from candour.library.selectors import require_librarian
from candour.people.signed_in import actor_of
from candour.ui.forms import Form

Way = list[dict[str, str]]


def librarian(request: HttpRequest) -> Actor:
    """The signed-in librarian; for everybody else this page does not exist."""
    actor = actor_of(request)
    require_librarian(actor)
    return actor


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
        "heading": heading,
        "lead": lead,
        "form": form,
        "submit": submit,
        "cancel": back or reverse("library:desk"),
        "breadcrumbs": way(),
    }
    return render(request, "pages/form.html", context, status=status)
