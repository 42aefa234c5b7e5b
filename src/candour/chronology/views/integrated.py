"""Pages of the integrated chronology: the list, an entry's source row, events, exports."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs, once
from candour.cases.permissions import Kind
from candour.chronology import presenters, selectors, services
from candour.chronology.forms import FilterForm, GroupForm, RenameForm
from candour.chronology.forms.working import SaveFilterForm, UndoForm
from candour.chronology.models import Event
from candour.chronology.naming import Showing, showing
from candour.chronology.presenters.beside import with_ages
from candour.chronology.presenters.switching import naming_context
from candour.chronology.presenters.working import done_just_now, filter_query
from candour.chronology.selectors import Chronology, Line
from candour.chronology.selectors.beside import beside
from candour.chronology.selectors.working import comments_on, filters_of, tag_names, tags_on
from candour.kernel.errors import EditedElsewhere, Hidden, RuleBroken
from candour.ui.forms import Form

PAGE = 100


@require_safe
@case_page(Kind.CHRONOLOGY)
def integrated(request: HttpRequest, access: Access) -> HttpResponse:
    """All agencies' entries in one order."""
    shown, whole = _showing(request, access), selectors.chronology(access)
    form = FilterForm(request.GET or None).offer(whole.agencies, tag_names(access))
    wanted = selectors.chosen(access, whole, form.filters(), shown)
    page = Paginator(range(len(wanted)), PAGE).get_page(request.GET.get("page"))
    # One more, from which the days to the first of the page are counted.
    ahead = min(page.start_index() - 1, 1) if wanted else 0
    entries = wanted[max(page.start_index() - 1 - ahead, 0) : page.end_index()]
    lines = selectors.lines_of(access, entries[ahead:])
    before = (entries[0].number, entries[0].place) if ahead else None
    found = beside(access, shown, before, whole, request.GET.get("counted", ""))
    context = _list_context(request, access, whole, lines, shown)
    extra = {
        "lines": with_ages(context["lines"], lines, found),
        "form": form,
        "page": page,
        "filtered": bool(form.filters()),
        "counted_from": found.chosen,
        "not_counting": presenters.query_without(request.GET, "counted"),
    }
    return render(request, "chronology/integrated.html", context | extra | _work(request, access))


def _work(request: HttpRequest, access: Access) -> dict[str, object]:
    """What somebody who works on the list needs beside it."""
    return {
        "saved_filters": filters_of(access),
        "save_form": SaveFilterForm(auto_id="save_%s", initial={"query": filter_query(request)}),
        "undo_form": UndoForm(auto_id="undo_%s"),
        "done": done_just_now(request.GET),
    }


@require_safe
@case_page(Kind.CHRONOLOGY)
def undated(request: HttpRequest, access: Access) -> HttpResponse:
    """Entries whose date could not be read and has not been answered."""
    shown, whole = _showing(request, access), selectors.chronology(access)
    page = Paginator(whole.undated, PAGE).get_page(request.GET.get("page"))
    context = _list_context(request, access, whole, selectors.lines_of(access, page), shown)
    context |= {"page": page, "breadcrumbs": _crumbs(access)}
    return render(request, "chronology/undated.html", context)


def _list_context(
    request: HttpRequest, access: Access, whole: Chronology, lines: list[Line], shown: Showing
) -> dict[str, Any]:
    return {
        "access": access,
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access),
        "lines": presenters.shown_lines(access, lines, selectors.colours(access), shown),
        "tags_on": tags_on(access, [line.entry.pk for line in lines]),
        "whole": whole,
        "may_group": bool(access.may_write(Kind.CHRONOLOGY)),
        "reads_events": bool(access.may_read(Kind.CHRONOLOGY)),
        **naming_context(request, access, shown),
        "query": presenters.query_without(request.GET, "page"),
    }


def _showing(request: HttpRequest, access: Access) -> Showing:
    return showing(access, names=request.GET.get("names") == "shown")


@require_safe
@case_page(Kind.CHRONOLOGY)
def entry(request: HttpRequest, access: Access, entry_id: UUID) -> HttpResponse:
    """One entry with its row in the file it came from."""
    shown, whole = _showing(request, access), selectors.chronology(access)
    found = selectors.lines_among(access, whole, [str(entry_id)])
    if not found:
        raise Hidden
    line = found[0]
    number = line.numbered.number if line.numbered else 0
    near = whole.place_at(number - 1)
    before = (number - 1, near) if near else None
    lines = presenters.shown_lines(access, found, selectors.colours(access), shown)
    context = {
        "access": access,
        "reference": access.case.reference,
        "breadcrumbs": _crumbs(access),
        "line": with_ages(lines, found, beside(access, shown, before, whole))[0],
        "row": presenters.source_row(line, shown),
        "document": selectors.document_to_open(access, line),
        "queries": presenters.shown_queries(selectors.queries_of(line), shown),
        **_remarks(access, entry_id),
        "shown": shown,
        "reads_events": bool(access.may_read(Kind.CHRONOLOGY)),
        "reads_analysis": bool(access.may_read(Kind.ANALYSIS)),
        **naming_context(request, access, shown),
    }
    return render(request, "chronology/entry.html", context)


def _remarks(access: Access, entry_id: UUID) -> dict[str, object]:
    return {
        "may_work": bool(access.may_write(Kind.CHRONOLOGY)),
        "tags": tags_on(access, [entry_id]).get(entry_id, []),
        "comments": comments_on(access, entry_id),
        "mine": access.actor.id,
    }


@require_POST
@case_page(Kind.CHRONOLOGY)
def group(request: HttpRequest, access: Access) -> HttpResponse:
    """Say that the entries chosen on the list tell of one event."""
    access.may_write(Kind.CHRONOLOGY).require()
    whole, chosen = selectors.chronology(access), request.POST.getlist("entry")
    lines = selectors.lines_among(access, whole, chosen)
    # The list sends its choice alone; the form that follows sends the title too.
    sent = request.POST if "title" in request.POST else None
    form = GroupForm(sent, initial={"entry": chosen}).offer(selectors.events_of(access))
    if sent is not None and form.is_valid():
        try:
            return once(request, lambda: _group(access, form, lines))
        except RuleBroken as refusal:
            form.refuse(refusal)
    return _group_page(request, access, form, lines)


def _group_page(
    request: HttpRequest, access: Access, form: GroupForm, lines: list[Line]
) -> HttpResponse:
    colours = selectors.colours(access)
    context = {
        "heading": "Group entries into an event",
        "caption": access.case.reference,
        "form": form,
        "submit": "Group these entries",
        "cancel": _address("integrated", access),
        "breadcrumbs": _crumbs(access),
        "lines": presenters.shown_lines(access, lines, colours, Showing(access)),
    }
    return render(request, "chronology/group.html", context)


def _group(access: Access, form: GroupForm, lines: list[Line]) -> str:
    told = form.cleaned_data
    standing = selectors.event_of(access, UUID(told["event"])) if told["event"] else None
    event = services.group(
        access=access,
        entries=[line.entry for line in lines],
        title=told["title"] or "",
        event=standing,
    )
    return _event_address("event", access, event)


@require_safe
@case_page(Kind.CHRONOLOGY)
def events(request: HttpRequest, access: Access) -> HttpResponse:
    """Every event with the number of its accounts."""
    page = Paginator(selectors.counted_events(access), PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": "Events",
        "caption": access.case.reference,
        "lead": "What several entries tell of, grouped by a person’s hand.",
        "breadcrumbs": _crumbs(access),
        "columns": ["Event", "Entries", "Agencies"],
        "rows": presenters.event_rows(access, page),
        "empty": {
            "text": "No entries have been grouped yet. Choose entries in the chronology.",
            "action": "Integrated chronology",
            "href": _address("integrated", access),
        },
        "page": page,
    }
    return render(request, "pages/list.html", context)


@require_safe
@case_page(Kind.CHRONOLOGY)
def event(request: HttpRequest, access: Access, event_id: UUID) -> HttpResponse:
    """The accounts of one event side by side."""
    found, shown = selectors.event_of(access, event_id), _showing(request, access)
    lines = selectors.accounts_of(access, found)
    context = {
        "reference": access.case.reference,
        "breadcrumbs": _crumbs(access, ("Events", _address("events", access))),
        "event": found,
        "accounts": presenters.shown_lines(access, lines, selectors.colours(access), shown),
        "rows": [presenters.row_reference(line) for line in lines],
        "differences": presenters.differences(lines),
        "replaced": selectors.replaced_in(found, lines),
        "may_group": bool(access.may_write(Kind.CHRONOLOGY)),
        "take_out_forms": [Form(auto_id=False) for _ in lines],
        **naming_context(request, access, shown),
    }
    return render(request, "chronology/event.html", context)


@case_page(Kind.CHRONOLOGY)
def rename(request: HttpRequest, access: Access, event_id: UUID) -> HttpResponse:
    """Give an event another title."""
    access.may_write(Kind.CHRONOLOGY).require()
    found = selectors.event_of(access, event_id)
    form = RenameForm(request.POST or None, version=found.version, initial={"title": found.title})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _rename(access, found, form))
        except RuleBroken as refusal:
            form.refuse(refusal)
            status = 409 if isinstance(refusal, EditedElsewhere) else 422
    return _rename_page(request, access, found, form, status)


def _rename_page(
    request: HttpRequest, access: Access, found: Event, form: RenameForm, status: int
) -> HttpResponse:
    context = {
        "heading": "Rename the event",
        "caption": access.case.reference,
        "form": form,
        "saved": found.title if status == 409 else "",
        "cancel": _event_address("event", access, found),
        "breadcrumbs": _crumbs(access, (found.title, _event_address("event", access, found))),
    }
    return render(request, "chronology/rename.html", context, status=status)


def _rename(access: Access, found: Event, form: RenameForm) -> str:
    services.rename_event(
        access=access,
        event=found,
        seen_version=form.cleaned_data["version"],
        title=form.cleaned_data["title"],
    )
    return _event_address("event", access, found)


@require_POST
@case_page(Kind.CHRONOLOGY)
def take_out(request: HttpRequest, access: Access, event_id: UUID, entry_id: UUID) -> HttpResponse:
    """Take an entry out of an event; both stay."""
    found = selectors.event_of(access, event_id)

    def act() -> str:
        services.ungroup(access=access, event=found, entry_id=entry_id)
        return _event_address("event", access, found)

    return once(request, act)


def _crumbs(access: Access, *further: tuple[str, str]) -> list[dict[str, str]]:
    return crumbs(access, ("Integrated chronology", _address("integrated", access)), *further)


def _address(page: str, access: Access) -> str:
    return reverse(f"chronology:{page}", kwargs={"reference": access.case.reference})


def _event_address(page: str, access: Access, event: Event) -> str:
    address = {"reference": access.case.reference, "event_id": event.pk}
    return reverse(f"chronology:{page}", kwargs=address)
