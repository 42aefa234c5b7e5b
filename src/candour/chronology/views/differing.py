"""Pages of the register of differing accounts, and of contacts recorded by one agency only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, once
from candour.cases.permissions import Kind
from candour.chronology import selectors
from candour.chronology.exports_register import RegisterFormat, export_register
from candour.chronology.forms.matching import (
    AddDifferenceForm,
    DispositionForm,
    FoundOutForm,
    WhyForm,
)
from candour.chronology.models import DifferingAccount, Event, OneSidedContact
from candour.chronology.models.matching import Decided
from candour.chronology.presenters import event_address, shown_lines
from candour.chronology.presenters import matching as presenters
from candour.chronology.presenters.places import room_address, room_crumbs
from candour.chronology.selectors import Line, matching
from candour.chronology.services.differing import (
    add_difference,
    confirm_one_sided,
    decline_difference,
    decline_one_sided,
    settle_difference,
)
from candour.chronology.views.held import asked_showing, page_context
from candour.chronology.views.matching import status_of
from candour.kernel.errors import Hidden, RuleBroken
from candour.ui.forms import Form

PAGE = 100
State = Decided.State


@require_safe
@case_page(Kind.CHRONOLOGY)
def register(request: HttpRequest, access: Access) -> HttpResponse:
    """The register of differing accounts, and apart from it what waits to be decided."""
    shown = asked_showing(request, access)
    page = Paginator(matching.register(access), PAGE).get_page(request.GET.get("page"))
    decides = access.may_write(Kind.CHRONOLOGY)
    waiting = matching.register(access, State.PROPOSED)[:PAGE] if decides else []
    context = page_context(request, access, shown) | {
        "breadcrumbs": room_crumbs(access),
        "rows": presenters.difference_rows(access, page, shown),
        "waiting": presenters.difference_rows(access, waiting, shown),
        "page": page,
        "rate": presenters.DIFFERING_RATE,
    }
    return render(request, "chronology/differing.html", context)


@case_page(Kind.CHRONOLOGY)
def difference(request: HttpRequest, access: Access, difference_id: UUID) -> HttpResponse:
    """One difference with its accounts; whoever may write gives its disposition."""
    found = matching.differing_of(access, difference_id)
    lines = matching.lines_of_rows(access, matching.entries_in(found))
    initial = {
        "disposition": found.disposition,
        "relied_on": str(found.relied_on_id or ""),
        "why": found.why,
    }
    form = DispositionForm(request.POST or None, version=found.version, initial=initial)
    form.offer(presenters.named_accounts(lines))
    status = _sent(request, access, form, lambda: _settle(access, found, form, lines))
    if isinstance(status, HttpResponse):
        return status
    shown = asked_showing(request, access)
    context = page_context(request, access, shown) | {
        "breadcrumbs": _register_crumbs(access),
        "difference": found,
        "facts": presenters.difference_facts(found, shown),
        "lines": shown_lines(access, lines, selectors.colours(access), shown),
        "event_href": event_address(access, found.event),
        "form": form,
        "waits": found.state == State.PROPOSED,
        "declined": found.state == State.DECLINED,
        "rate": presenters.DIFFERING_RATE,
    }
    return render(request, "chronology/difference.html", context, status=status)


def _sent(
    request: HttpRequest, access: Access, form: Form, act: Callable[[], str]
) -> HttpResponse | int:
    """Do what was sent; else the status of the page that shows the form."""
    if request.method != "POST":
        return 200
    access.may_write(Kind.CHRONOLOGY).require()
    if not form.is_valid():
        return 422
    try:
        return once(request, act)
    except RuleBroken as refusal:
        form.refuse(refusal)
        return status_of(refusal)


def _settle(
    access: Access, found: DifferingAccount, form: DispositionForm, lines: list[Line]
) -> str:
    told = form.cleaned_data
    entries = {str(line.entry.pk): line.entry for line in lines}
    settle_difference(
        access=access,
        difference=found,
        seen_version=told["version"],
        disposition=told["disposition"],
        relied_on=entries.get(told["relied_on"] or ""),
        why=told["why"],
    )
    return room_address("differing", access)


@case_page(Kind.CHRONOLOGY)
def decline(request: HttpRequest, access: Access, difference_id: UUID) -> HttpResponse:
    """Say that the accounts do not differ in this, and why."""
    access.may_write(Kind.CHRONOLOGY).require()
    found = matching.differing_of(access, difference_id)
    form = WhyForm(request.POST or None, version=found.version)

    def act() -> str:
        told = form.cleaned_data
        decline_difference(
            access=access, difference=found, seen_version=told["version"], why=told["why"]
        )
        return room_address("differing", access)

    context = {
        "heading": "No difference",
        "submit": "The accounts do not differ in this",
        "cancel": presenters.difference_address(access, found),
        "breadcrumbs": _register_crumbs(access),
    }
    return _form_page(request, access, form, act, context)


@case_page(Kind.CHRONOLOGY)
def add(request: HttpRequest, access: Access, event_id: UUID) -> HttpResponse:
    """Put down a difference that a reviewer sees between the accounts of an event."""
    access.may_write(Kind.CHRONOLOGY).require()
    event = selectors.event_of(access, event_id)
    lines = selectors.accounts_of(access, event)
    form = AddDifferenceForm(request.POST or None).offer(presenters.named_accounts(lines))
    context = {
        "heading": "Put down differing accounts",
        "lead": event.title,
        "submit": "Put it down",
        "cancel": event_address(access, event),
        "breadcrumbs": _register_crumbs(access),
    }
    return _form_page(request, access, form, lambda: _add(access, event, form, lines), context)


def _add(access: Access, event: Event, form: AddDifferenceForm, lines: list[Line]) -> str:
    told = form.cleaned_data
    made = add_difference(
        access=access,
        event=event,
        type_=told["type"],
        words=told["words"],
        entries=[line.entry for line in lines if str(line.entry.pk) in told["entry"]],
    )
    return presenters.difference_address(access, made)


def _form_page(
    request: HttpRequest,
    access: Access,
    form: Form,
    act: Callable[[], str],
    context: Mapping[str, object],
) -> HttpResponse:
    status = _sent(request, access, form, act)
    if isinstance(status, HttpResponse):
        return status
    more = {"form": form, "caption": access.case.reference}
    return render(request, "pages/form.html", {**context, **more}, status=status)


@require_safe
@case_page(Kind.CHRONOLOGY)
def one_agency(request: HttpRequest, access: Access) -> HttpResponse:
    """Contacts recorded by one agency only, and apart from them what waits to be decided."""
    shown = asked_showing(request, access)
    page = Paginator(matching.one_sided(access), PAGE).get_page(request.GET.get("page"))
    decides = access.may_write(Kind.CHRONOLOGY)
    waiting = matching.one_sided(access, State.PROPOSED)[:PAGE] if decides else []
    context = page_context(request, access, shown) | {
        "breadcrumbs": room_crumbs(access),
        "rows": presenters.contact_rows(access, page, shown),
        "waiting": presenters.contact_rows(access, waiting, shown),
        "page": page,
        "rate": presenters.ONE_SIDED_RATE,
    }
    return render(request, "chronology/one_agency.html", context)


@case_page(Kind.CHRONOLOGY)
def one_sided(request: HttpRequest, access: Access, contact_id: UUID) -> HttpResponse:
    """One contact with the row it stands in; whoever may write confirms it."""
    found = matching.one_sided_of(access, contact_id)
    form = FoundOutForm(request.POST or None, version=found.version, initial={"why": found.why})
    status = _sent(request, access, form, lambda: _confirm(access, found, form))
    if isinstance(status, HttpResponse):
        return status
    shown = asked_showing(request, access)
    lines = matching.lines_of_rows(access, [found.entry_id])
    context = page_context(request, access, shown) | {
        "breadcrumbs": _contact_crumbs(access),
        "contact": found,
        "facts": presenters.contact_facts(found, shown),
        "lines": shown_lines(access, lines, selectors.colours(access), shown),
        "form": form,
        "waits": found.state == State.PROPOSED,
        "declined": found.state == State.DECLINED,
        "rate": presenters.ONE_SIDED_RATE,
    }
    return render(request, "chronology/one_sided.html", context, status=status)


def _confirm(access: Access, found: OneSidedContact, form: FoundOutForm) -> str:
    told = form.cleaned_data
    confirm_one_sided(
        access=access, contact=found, seen_version=told["version"], why=told["why"] or ""
    )
    return room_address("one_agency", access)


@case_page(Kind.CHRONOLOGY)
def decline_contact(request: HttpRequest, access: Access, contact_id: UUID) -> HttpResponse:
    """Say that the other agency does record it, or that there was no such contact."""
    access.may_write(Kind.CHRONOLOGY).require()
    found = matching.one_sided_of(access, contact_id)
    form = WhyForm(request.POST or None, version=found.version)

    def act() -> str:
        told = form.cleaned_data
        decline_one_sided(
            access=access, contact=found, seen_version=told["version"], why=told["why"]
        )
        return room_address("one_agency", access)

    context = {
        "heading": "Recorded by both, or no contact",
        "submit": "It is not recorded by one agency only",
        "cancel": presenters.contact_address(access, found),
        "breadcrumbs": _contact_crumbs(access),
    }
    return _form_page(request, access, form, act, context)


@require_safe
@case_page(Kind.CHRONOLOGY)
def take_register(request: HttpRequest, access: Access, register_format: str) -> HttpResponse:
    """What has been decided, as a file; an event says who took it."""
    if not access.may_read(Kind.CHRONOLOGY):
        raise Hidden
    made = export_register(
        access=access,
        file_format=RegisterFormat(register_format),
        names=request.GET.get("names") == "shown",
    )
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _register_crumbs(access: Access) -> list[dict[str, str]]:
    return room_crumbs(access, ("Differing accounts", room_address("differing", access)))


def _contact_crumbs(access: Access) -> list[dict[str, str]]:
    return room_crumbs(
        access, ("Contacts recorded by one agency only", room_address("one_agency", access))
    )
