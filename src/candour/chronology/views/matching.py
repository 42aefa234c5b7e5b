"""Pages of proposals that entries tell of one event: each decided by a person, one by one."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, once
from candour.cases.permissions import Kind
from candour.chronology import selectors
from candour.chronology.forms.matching import SameEventForm, WhyForm
from candour.chronology.models import SameEvent
from candour.chronology.presenters import comparing, event_address, shown_lines
from candour.chronology.presenters import matching as presenters
from candour.chronology.presenters.places import room_address, room_crumbs
from candour.chronology.selectors import Line, matching
from candour.chronology.selectors.comparing import standing
from candour.chronology.services.comparing import ask_to_compare
from candour.chronology.services.matching import (
    confirm_same_event,
    decline_same_event,
)
from candour.chronology.views.held import asked_showing, page_context
from candour.kernel.errors import EditedElsewhere, RuleBroken
from candour.ui.forms import Form

PAGE = 50


@require_safe
@case_page(Kind.CHRONOLOGY)
def same_events(request: HttpRequest, access: Access) -> HttpResponse:
    """What may be one event and waits for a decision, each on a page of its own."""
    page = Paginator(matching.same_events(access), PAGE).get_page(request.GET.get("page"))
    context = {
        "reference": access.case.reference,
        "breadcrumbs": room_crumbs(access),
        "rows": presenters.same_event_rows(access, page, _lines_of(access, page)),
        "page": page,
        "rate": presenters.SAME_EVENT_RATE,
        "form": Form(),
        "compared": comparing.shown(standing(access)),
        "differing_waiting": matching.register(access, SameEvent.State.PROPOSED).count(),
        "contacts_waiting": matching.one_sided(access, SameEvent.State.PROPOSED).count(),
        "whole": selectors.chronology(access),
    }
    return render(request, "chronology/same_events.html", context)


def _lines_of(access: Access, page: Page[SameEvent]) -> dict[str, list[Line]]:
    rows = {str(one.pk): matching.entries_in(one) for one in page}
    among = matching.lines_of_rows(access, [row for found in rows.values() for row in found])
    by_entry = {line.entry.pk: line for line in among}
    return {
        proposal: [by_entry[row] for row in found if row in by_entry]
        for proposal, found in rows.items()
    }


@require_POST
@case_page(Kind.CHRONOLOGY)
def look(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask for all entries in force to be compared."""
    access.may_write(Kind.CHRONOLOGY).require()

    def act() -> str:
        ask_to_compare(access=access)
        return room_address("same_events", access)

    return once(request, act)


@case_page(Kind.CHRONOLOGY)
def same_event(request: HttpRequest, access: Access, same_event_id: UUID) -> HttpResponse:
    """One proposal with its rows side by side; whoever may write confirms it for those chosen."""
    proposal = matching.same_event_of(access, same_event_id)
    lines = matching.lines_of_rows(access, matching.entries_in(proposal))
    form = SameEventForm(request.POST or None, version=proposal.version)
    form.offer(selectors.events_of(access))
    if request.method == "POST":
        access.may_write(Kind.CHRONOLOGY).require()
        if form.is_valid():
            try:
                return once(request, lambda: _confirm(request, access, proposal, form, lines))
            except RuleBroken as refusal:
                form.refuse(refusal)
                return _page(request, access, proposal, form, lines, status_of(refusal))
    return _page(request, access, proposal, form, lines, 422 if form.errors else 200)


def _confirm(
    request: HttpRequest,
    access: Access,
    proposal: SameEvent,
    form: SameEventForm,
    lines: list[Line],
) -> str:
    told, chosen = form.cleaned_data, set(request.POST.getlist("entry"))
    standing = selectors.event_of(access, UUID(told["event"])) if told["event"] else None
    event = confirm_same_event(
        access=access,
        proposal=proposal,
        seen_version=told["version"],
        entries=[line.entry for line in lines if str(line.entry.pk) in chosen],
        title=told["title"] or "",
        event=standing,
    )
    waiting = matching.same_events(access).first()
    if waiting:
        return presenters.same_event_address(access, waiting)
    return event_address(access, event)


def _page(
    request: HttpRequest,
    access: Access,
    proposal: SameEvent,
    form: SameEventForm,
    lines: list[Line],
    status: int,
) -> HttpResponse:
    shown = asked_showing(request, access)
    sent = request.method == "POST"
    context = page_context(request, access, shown) | {
        "breadcrumbs": proposal_crumbs(access),
        "proposal": proposal,
        "lines": shown_lines(access, lines, selectors.colours(access), shown),
        "ticked": request.POST.getlist("entry") if sent else [str(one.entry.pk) for one in lines],
        "reasons": [shown(reason) for reason in proposal.reasons],
        "form": form,
        "waits": proposal.state == SameEvent.State.PROPOSED,
        "rate": presenters.SAME_EVENT_RATE,
    }
    return render(request, "chronology/same_event.html", context, status=status)


@case_page(Kind.CHRONOLOGY)
def decline(request: HttpRequest, access: Access, same_event_id: UUID) -> HttpResponse:
    """Say that these entries are not one event, and why."""
    access.may_write(Kind.CHRONOLOGY).require()
    proposal = matching.same_event_of(access, same_event_id)
    form = WhyForm(request.POST or None, version=proposal.version)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _decline(access, proposal, form))
        except RuleBroken as refusal:
            form.refuse(refusal)
            return _decline_page(request, access, proposal, form, status_of(refusal))
    return _decline_page(request, access, proposal, form, 422 if form.errors else 200)


def _decline(access: Access, proposal: SameEvent, form: WhyForm) -> str:
    told = form.cleaned_data
    decline_same_event(
        access=access, proposal=proposal, seen_version=told["version"], why=told["why"]
    )
    return room_address("same_events", access)


def _decline_page(
    request: HttpRequest, access: Access, proposal: SameEvent, form: WhyForm, status: int
) -> HttpResponse:
    context = {
        "heading": "Not one event",
        "caption": access.case.reference,
        "lead": "It is remembered with your reason, and these entries are not proposed again.",
        "form": form,
        "submit": "They are not one event",
        "cancel": presenters.same_event_address(access, proposal),
        "breadcrumbs": proposal_crumbs(access),
    }
    return render(request, "pages/form.html", context, status=status)


def proposal_crumbs(access: Access) -> list[dict[str, str]]:
    """The way back from one proposal to their list."""
    return room_crumbs(access, ("What may be one event", room_address("same_events", access)))


def status_of(refusal: RuleBroken) -> int:
    """The status of a page that shows a refusal."""
    return 409 if isinstance(refusal, EditedElsewhere) else 422
