"""Pages of a person's messages, reminders, calendar and cover."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from candour.cases.pages import actor_of, once
from candour.kernel.actor import Actor
from candour.kernel.errors import RuleBroken
from candour.people.signed_in import user_of
from candour.platform.config import config
from candour.platform.mail import mark_all_read, notifications_of
from candour.ui.forms import Form
from candour.worklist import presenters, selectors, services
from candour.worklist.calendar_feed import calendar
from candour.worklist.forms import CoverForm, RhythmForm, SureForm
from candour.worklist.models import Rhythm

_A_PAGE = 50


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """What this person was told, newest first."""
    page = Paginator(notifications_of(user_of(request).pk), _A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "rows": presenters.message_rows(page.object_list),
        "page": page,
        "unread": notifications_of(user_of(request).pk).filter(read_at__isnull=True).count(),
    }
    return render(request, "worklist/messages.html", context)


@require_POST
def messages_seen(request: HttpRequest) -> HttpResponse:
    """Everything in the list has been seen."""
    mark_all_read(user_of(request).pk)
    return redirect("worklist:messages")


@require_safe
def reminders(request: HttpRequest) -> HttpResponse:
    """How this person hears of what is owed."""
    actor = actor_of(request)
    cover = selectors.cover_of(actor)
    context = {
        "often": selectors.rhythm_of(actor.id).label,
        "feed": selectors.feed_of(actor),
        "cover": cover,
        "covering": selectors.covering_for(actor),
        "mail_server": bool(config().smtp_url),
    }
    return render(request, "worklist/reminders.html", context)


def rhythm(request: HttpRequest) -> HttpResponse:
    """Choose how often e-mail comes."""
    actor = actor_of(request)
    form = RhythmForm(request.POST or None, initial={"often": selectors.rhythm_of(actor.id).value})

    def act() -> None:
        services.choose_rhythm(by=actor, often=Rhythm.Often(form.cleaned_data["often"]))

    return _page(request, "Reminders by e-mail", form, "Save", act)


def feed(request: HttpRequest) -> HttpResponse:
    """Make a private calendar address; it is shown once."""
    actor = actor_of(request)
    form = SureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _hand_over(request, actor)
    context = {
        "heading": "Make a private calendar address",
        "lead": "Whoever has the address sees references of your cases and days, and nothing "
        "else. An earlier address stops working. You can revoke it at any time.",
        "form": form,
        "submit": "Make the address",
        "cancel": reverse("worklist:reminders"),
    }
    return render(request, "pages/form.html", context)


def _hand_over(request: HttpRequest, actor: Actor) -> HttpResponse:
    token = services.make_feed(by=actor)
    address = config().workspace_url.rstrip("/") + reverse("worklist:calendar", args=[token])
    return render(request, "worklist/feed_made.html", {"address": address})


def revoke(request: HttpRequest) -> HttpResponse:
    """Revoke the calendar address."""
    actor = actor_of(request)
    form = SureForm(request.POST or None)
    heading = "Revoke the calendar address"
    return _page(request, heading, form, "Revoke it", lambda: services.revoke_feed(by=actor))


def cover(request: HttpRequest) -> HttpResponse:
    """Arrange who is reminded while this person is away."""
    actor = actor_of(request)
    people = selectors.people_who_could_cover(actor)
    form = CoverForm(request.POST or None).offer(people)

    def act() -> None:
        told = form.cleaned_data
        services.arrange_cover(
            by=actor,
            covered_by=next(each for each in people if str(each.pk) == told["covered_by"]),
            starts_on=told["starts_on"],
            ends_on=told["ends_on"],
        )

    return _page(request, "Cover while you are away", form, "Arrange cover", act)


def cover_ended(request: HttpRequest) -> HttpResponse:
    """Come back early."""
    actor = actor_of(request)
    form = SureForm(request.POST or None)
    return _page(request, "End the cover", form, "End it", lambda: services.end_cover(by=actor))


@require_safe
@login_not_required
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar for whoever holds the private address."""
    return HttpResponse(calendar(token), content_type="text/calendar; charset=utf-8")


def _page(
    request: HttpRequest, heading: str, form: Form, submit: str, act: Callable[[], object]
) -> HttpResponse:
    back, status = reverse("worklist:reminders"), 200
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _done(act, back))
        except RuleBroken as refusal:
            form.refuse(refusal)
            status = 422
    context = {"heading": heading, "form": form, "submit": submit, "cancel": back}
    return render(request, "pages/form.html", context, status=status)


def _done(act: Callable[[], object], back: str) -> str:
    act()
    return back
