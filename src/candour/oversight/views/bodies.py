"""An administrator's pages: national bodies, what came after them, who works at their desks."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.cases.pages import once
from candour.kernel.errors import RuleBroken
from candour.oversight import presenters, selectors
from candour.oversight.forms import BodyForm, PlaceForm, SucceedForm
from candour.oversight.models import NationalBody
from candour.oversight.services.bodies import add_body, end_place, give_place, succeed
from candour.people.confirmation import recently_confirmed
from candour.people.forms import Sure
from candour.people.views.steps import administrator
from candour.ui.forms import Form
from candour.ui.wording import day


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """Every national body, earliest first."""
    administrator(request)
    add = {"text": "Enter a national body", "href": reverse("oversight:add_body")}
    context = {
        "heading": "National bodies",
        "lead": "Bodies to which partnerships answer, each from one day to another.",
        "columns": ["Body", "Kind", "Began", "Ended", "Then came", "Desk here"],
        "rows": presenters.body_rows(selectors.bodies()),
        "empty": {
            "text": "None is entered yet. Enter the national panel first.",
            "action": add["text"],
            "href": add["href"],
        },
        "add": add,
    }
    return render(request, "pages/list.html", context)


@require_safe
def body(request: HttpRequest, body_id: uuid.UUID) -> HttpResponse:
    """One body and who works at its desk."""
    administrator(request)
    found = selectors.body_of(body_id)
    context = {
        "body": found,
        "breadcrumbs": _way(),
        "rows": [
            {"key": "Kind", "value": found.get_kind_display()},
            {"key": "Began", "value": day(found.began_on)},
            {"key": "Ended", "value": day(found.ended_on) or "Still is"},
            {"key": "Then came", "value": found.successor.name if found.successor else "Nobody"},
            {"key": "Desk on this installation", "value": "Yes" if found.has_desk else "No"},
            {
                "key": "Answers within",
                "value": f"{found.reply_working_days} working days (not verified in the sources)",
            },
        ],
        "places": presenters.place_rows(selectors.places_of(found)),
    }
    return render(request, "oversight/body.html", context)


def add(request: HttpRequest) -> HttpResponse:
    """Enter a national body."""
    actor = administrator(request)
    form = BodyForm(
        request.POST or None, initial={"reply_working_days": 15, "year_begins_month": 1}
    )

    def act() -> str:
        told = form.cleaned_data
        add_body(
            by=actor,
            name=told["name"],
            kind=NationalBody.Kind(told["kind"]),
            began_on=told["began_on"],
            has_desk=told["has_desk"] in (True, "yes"),
            reply_working_days=told["reply_working_days"],
            year_begins_month=told["year_begins_month"],
        )
        return reverse("oversight:bodies")

    return _page(request, "Enter a national body", form, "Enter it", act)


def came_after(request: HttpRequest, body_id: uuid.UUID) -> HttpResponse:
    """Say what came after a body."""
    actor = administrator(request)
    found = selectors.body_of(body_id)
    others = list(selectors.bodies().exclude(pk=found.pk))
    form = SucceedForm(request.POST or None).offer(others)

    def act() -> str:
        told = form.cleaned_data
        chosen = next(each for each in others if str(each.pk) == told["successor"])
        succeed(by=actor, body=found, successor=chosen, ended_on=told["ended_on"])
        return reverse("oversight:body", args=[found.pk])

    return _page(request, f"What came after {found.name}", form, "Record it", act)


@recently_confirmed
def place(request: HttpRequest, body_id: uuid.UUID) -> HttpResponse:
    """Let somebody work at a desk."""
    actor = administrator(request)
    found = selectors.body_of(body_id)
    people = list(selectors.people_for_a_desk(actor))
    form = PlaceForm(request.POST or None).offer(people)

    def act() -> str:
        chosen = next(each for each in people if str(each.pk) == form.cleaned_data["person"])
        give_place(by=actor, desk=found, user=chosen)
        return reverse("oversight:body", args=[found.pk])

    return _page(request, f"Give somebody a place at the desk: {found.name}", form, "Give it", act)


@recently_confirmed
def end(request: HttpRequest, member_id: uuid.UUID) -> HttpResponse:
    """End somebody's place at a desk."""
    actor = administrator(request)
    found = selectors.place_of(member_id)
    form = Sure(request.POST or None)

    def act() -> str:
        end_place(by=actor, member=found)
        return reverse("oversight:body", args=[found.desk_id])

    heading = f"End the place of {found.user.name} at the desk"
    return _page(request, heading, form, "End it now", act)


def _page(
    request: HttpRequest, heading: str, form: Form, submit: str, act: Callable[[], str]
) -> HttpResponse:
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, act)
        except RuleBroken as refusal:
            form.refuse(refusal)
            status = 422
    context = {
        "heading": heading,
        "form": form,
        "submit": submit,
        "cancel": reverse("oversight:bodies"),
        "breadcrumbs": _way(),
    }
    return render(request, "pages/form.html", context, status=status)


def _way() -> list[dict[str, str]]:
    return [{"text": "National bodies", "href": reverse("oversight:bodies")}]
