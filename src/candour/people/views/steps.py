"""The steps an administrator's pages share: who may be here, a form, a confirmation, a link."""

import uuid
from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.actor import Actor
from candour.kernel.errors import Hidden, RuleBroken
from candour.people.confirmation import recently_confirmed
from candour.people.forms import Sure
from candour.people.models import User
from candour.people.policies import may_administer
from candour.people.selectors import people_seen_by
from candour.people.services.invite import Invited
from candour.people.signed_in import actor_of
from candour.ui.forms import Form

FoundT = TypeVar("FoundT", bound=Model)
Rows: TypeAlias = Sequence[tuple[str, str]]


def administrator(request: HttpRequest) -> Actor:
    """The signed-in administrator; for everybody else this page does not exist."""
    actor = actor_of(request)
    may_administer(actor).require(_NoSuchPage)
    return actor


class _NoSuchPage(Hidden):
    def __init__(self, _code: str, _reason: str) -> None:
        super().__init__()


def person_or_hidden(request: HttpRequest, user_id: uuid.UUID) -> User:
    """The person, if the signed-in administrator looks after their account."""
    return or_hidden(people_seen_by(administrator(request)).filter(pk=user_id).first())


def or_hidden(found: FoundT | None) -> FoundT:
    """What was found; Hidden if nothing was."""
    if found is None:
        raise Hidden
    return found


def form_page(
    request: HttpRequest, heading: str, form: Form, submit: str, cancel: str
) -> HttpResponse:
    """One form on a page."""
    context = {"heading": heading, "form": form, "submit": submit, "cancel": cancel}
    return render(request, "pages/form.html", context)


@recently_confirmed
def sure(
    request: HttpRequest, heading: str, rows: Rows, act: Callable[[], object], user: User
) -> HttpResponse:
    """Say what will happen, do it when confirmed, and hand over the link if it made one."""
    form = Sure(request.POST or None)
    back = reverse("person", args=[user.pk])
    if request.method == "POST" and form.is_valid():
        try:
            done = act()
            return hand_over(request, done) if isinstance(done, Invited) else redirect(back)
        except RuleBroken as refusal:
            form.refuse(refusal)
    told = [{"key": key, "value": value} for key, value in rows]
    context = {"heading": heading, "rows": told, "form": form, "cancel": back}
    return render(request, "pages/confirm.html", context)


def hand_over(request: HttpRequest, invited: Invited) -> HttpResponse:
    """Show the link, once, to whoever made it."""
    return render(request, "people/hand_over.html", {"invited": invited})
