"""Pages of the standing bodies of a partnership."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.cases.pages import actor_of, once
from candour.duties import bodies as keeping
from candour.duties.body_forms import BodyMemberForm, BodyTermsForm, EndMemberForm, FoundBodyForm
from candour.duties.body_pages import body_lines, body_rows, member_rows, people_of, place_on
from candour.duties.letter_pages import partnerships_kept
from candour.duties.models import Meeting
from candour.kernel import clock
from candour.kernel.errors import Hidden, NotPermitted, RuleBroken
from candour.ui.forms import Form


@require_safe
def standing_bodies(request: HttpRequest) -> HttpResponse:
    """The bodies of this person's partnerships."""
    actor = actor_of(request)
    found = list(keeping.bodies_seen_by(actor))
    keeps = bool(partnerships_kept(actor))
    add = {"text": "Set up a standing body", "href": reverse("duties:found_body")}
    context = {
        "heading": "Standing bodies",
        "lead": "The sub-group, the review panel, the board: who sits there, and when they may "
        "decide.",
        "columns": ["Body", "Kind", "Partnership", "Quorum"],
        "rows": body_rows(found),
        "empty": {
            "text": "None is set up yet in your partnerships.",
            **({"action": add["text"], "href": add["href"]} if keeps else {}),
        },
        "add": add if keeps else None,
    }
    return render(request, "pages/list.html", context)


@require_safe
def standing_body(request: HttpRequest, body_id: uuid.UUID) -> HttpResponse:
    """One body: terms of reference, members, deputies, interests."""
    actor = actor_of(request)
    body = keeping.body_seen_by(actor, body_id)
    members = list(keeping.members_on(body, clock.today()))
    context = {
        "body": body,
        "breadcrumbs": _way(),
        "lines": body_lines(body, members),
        "members": member_rows(body, members, bool(keeping.may_keep(actor, body.partnership))),
        "may_keep": bool(keeping.may_keep(actor, body.partnership)),
    }
    return render(request, "duties/standing_body.html", context)


def found_body(request: HttpRequest) -> HttpResponse:
    """Set up a standing body."""
    actor = actor_of(request)
    kept = {str(each.pk): each for each in partnerships_kept(actor)}
    if not kept:
        raise Hidden
    form = FoundBodyForm(request.POST or None).offer(kept.values())

    def act() -> str:
        told = form.cleaned_data
        body = keeping.found_body(
            by=actor,
            partnership=kept[told["partnership"]],
            kind=Meeting.Body(told["kind"]),
            name=told["name"],
            quorum=told["quorum"],
        )
        return reverse("duties:standing_body", args=[body.pk])

    back = reverse("duties:standing_bodies")
    return _page(request, "Set up a standing body", form, "Set it up", act, back)


def body_terms(request: HttpRequest, body_id: uuid.UUID) -> HttpResponse:
    """Agree terms of reference; the earlier version is kept."""
    actor = actor_of(request)
    body = keeping.body_seen_by(actor, body_id)
    latest = body.terms.first()
    form = BodyTermsForm(request.POST or None, initial={"text": latest.text if latest else ""})
    back = reverse("duties:standing_body", args=[body.pk])

    def act() -> str:
        told = form.cleaned_data
        keeping.agree_body_terms(
            by=actor, body=body, text=told["text"], agreed_on=told["agreed_on"]
        )
        return back

    return _page(request, f"Terms of reference: {body.name}", form, "Agree them", act, back)


def add_member(request: HttpRequest, body_id: uuid.UUID) -> HttpResponse:
    """Put somebody on the body."""
    actor = actor_of(request)
    body = keeping.body_seen_by(actor, body_id)
    people = {str(each.pk): each for each in people_of(body)}
    members = {str(each.pk): each for each in keeping.members_on(body, clock.today())}
    form = BodyMemberForm(request.POST or None).offer(people.values(), members.values())
    back = reverse("duties:standing_body", args=[body.pk])

    def act() -> str:
        told = form.cleaned_data
        keeping.add_body_member(
            by=actor,
            body=body,
            user=people[told["person"]],
            capacity=told["capacity"],
            starts_on=told["starts_on"],
            deputy_for=members.get(told["deputy_for"]),
            interests=told["interests"],
        )
        return back

    return _page(request, f"Put somebody on {body.name}", form, "Put them on it", act, back)


def end_member(request: HttpRequest, body_id: uuid.UUID, member_id: uuid.UUID) -> HttpResponse:
    """End somebody's place on the body."""
    actor = actor_of(request)
    body = keeping.body_seen_by(actor, body_id)
    member = place_on(body, member_id)
    form = EndMemberForm(request.POST or None)
    back = reverse("duties:standing_body", args=[body.pk])

    def act() -> str:
        keeping.end_body_member(by=actor, member=member, ends_on=form.cleaned_data["ends_on"])
        return back

    return _page(request, f"End the place of {member.user.name}", form, "End it", act, back)


def _page(
    request: HttpRequest, heading: str, form: Form, submit: str, act: Callable[[], str], back: str
) -> HttpResponse:
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, act)
        except NotPermitted:
            raise
        except RuleBroken as refusal:
            form.refuse(refusal)
            status = 422
    context = {
        "heading": heading,
        "form": form,
        "submit": submit,
        "cancel": back,
        "breadcrumbs": _way(),
    }
    return render(request, "pages/form.html", context, status=status)


def _way() -> list[dict[str, str]]:
    return [{"text": "Standing bodies", "href": reverse("duties:standing_bodies")}]
