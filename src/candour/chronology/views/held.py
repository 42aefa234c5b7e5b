"""Pages of records held: what an agency held on a day, and how one fact spread."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page
from candour.cases.permissions import Kind
from candour.chronology import selectors
from candour.chronology.exports_held import export_held
from candour.chronology.forms.knowledge import HeldOnForm
from candour.chronology.naming import Showing, may_see_names, showing
from candour.chronology.presenters import knowledge as presenters
from candour.chronology.presenters import query_without, shown_lines
from candour.chronology.presenters.places import room_address, room_crumbs
from candour.chronology.selectors import knowledge
from candour.chronology.selectors import spread as spreading
from candour.chronology.selectors.facts import FactOf, fact_of_entry, fact_of_event
from candour.kernel.errors import Hidden

PAGE = 100


@require_safe
@case_page(Kind.CHRONOLOGY)
def held_on(request: HttpRequest, access: Access) -> HttpResponse:
    """What one agency's records held on a day, and no later word."""
    whole = selectors.chronology(access)
    form = HeldOnForm(request.GET or None)
    form.offer(whole.agencies, knowledge.roles_named(access))
    shown, asked = asked_showing(request, access), form.asked()
    found = knowledge.held_on(access, whole, asked, shown) if asked else []
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = page_context(request, access, shown) | {
        "breadcrumbs": room_crumbs(access),
        "whole": whole,
        "form": form,
        "asked": asked,
        "agency": whole.agencies.get(asked.agency, "") if asked else "",
        "page": page,
        "rows": presenters.held_rows(access, page, shown),
        "query": query_without(request.GET, "page"),
    }
    return render(request, "chronology/held_on.html", context)


@require_safe
@case_page(Kind.CHRONOLOGY)
def held_on_csv(request: HttpRequest, access: Access) -> HttpResponse:
    """The same rows as a file; an event says who took it."""
    whole = selectors.chronology(access)
    form = HeldOnForm(request.GET or None)
    asked = form.offer(whole.agencies, knowledge.roles_named(access)).asked()
    if asked is None:
        return redirect("chronology:held_on", access.case.reference)
    made = export_held(access=access, asked=asked, names=request.GET.get("names") == "shown")
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@case_page(Kind.CHRONOLOGY)
def spread(request: HttpRequest, access: Access, event_id: UUID) -> HttpResponse:
    """How an event spread over the agencies and time."""
    return _spread_page(
        request, access, fact_of_event(access, selectors.event_of(access, event_id))
    )


@require_safe
@case_page(Kind.CHRONOLOGY)
def spread_of_entry(request: HttpRequest, access: Access, entry_id: UUID) -> HttpResponse:
    """The same of an entry that stands alone."""
    whole = selectors.chronology(access)
    return _spread_page(request, access, fact_of_entry(access, whole, entry_id))


def _spread_page(request: HttpRequest, access: Access, fact: FactOf) -> HttpResponse:
    shown, whole = asked_showing(request, access), selectors.chronology(access)
    colours = selectors.colours(access)
    context = page_context(request, access, shown) | {
        "breadcrumbs": room_crumbs(
            access, ("Records held on a day", room_address("held_on", access))
        ),
        "fact": fact,
        "lines": shown_lines(access, fact.lines, colours, shown),
        "rows": presenters.spread_rows(
            access, spreading.spread_of(access, whole, fact), colours, shown
        ),
        "delays": presenters.delay_rows(access, spreading.delays_of(access, whole, fact), shown),
        "available": presenters.available_rows(spreading.availabilities_of(access, fact), shown),
        "may_write": bool(access.may_write(Kind.CHRONOLOGY)),
        "subject": _subject(fact),
    }
    return render(request, "chronology/spread.html", context)


def _subject(fact: FactOf) -> UUID:
    """Which entry stands for the fact in addresses of what is added to it."""
    if not fact.lines:
        raise Hidden
    return fact.lines[0].entry.pk


def asked_showing(request: HttpRequest, access: Access) -> Showing:
    return showing(access, names=request.GET.get("names") == "shown")


def knowledge_crumbs(access: Access) -> list[dict[str, str]]:
    return room_crumbs(access, ("Records held on a day", room_address("held_on", access)))


def page_context(request: HttpRequest, access: Access, shown: Showing) -> dict[str, object]:
    other = (
        query_without(request.GET, "names")
        if shown.names
        else query_without(request.GET, names="shown")
    )
    return {
        "access": access,
        "reference": access.case.reference,
        "may_decide": bool(access.may_write(Kind.CHRONOLOGY)),
        "shows_names": shown.names,
        "may_see_names": may_see_names(access),
        "other_naming": f"?{other}",
    }
