"""Pages of what Candour proposes of records held: each decided by a person, one by one."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, once
from candour.cases.permissions import Kind
from candour.chronology import selectors
from candour.chronology.forms.knowledge import (
    AvailableForm,
    ConfirmForm,
    DeclineForm,
    StateHeldForm,
)
from candour.chronology.models import HeldStatement
from candour.chronology.presenters import knowledge as presenters
from candour.chronology.presenters import shown_lines
from candour.chronology.presenters.places import room_address
from candour.chronology.selectors import knowledge
from candour.chronology.selectors.facts import FactOf, fact_of_entry, fact_of_event
from candour.chronology.services.knowledge import (
    confirm_held,
    decline_held,
    note_available,
    propose_held,
    state_held,
)
from candour.chronology.views.held import asked_showing, knowledge_crumbs, page_context
from candour.contributions.models import Entry
from candour.kernel.errors import EditedElsewhere, Hidden, Invalid, RuleBroken
from candour.people.models import Agency
from candour.reviews.selectors import agencies_in_scope
from candour.ui.forms import Form

PAGE = 100


@require_safe
@case_page(Kind.CHRONOLOGY)
def proposals(request: HttpRequest, access: Access) -> HttpResponse:
    """What waits for a decision, each on a page of its own."""
    page = Paginator(knowledge.proposals(access), PAGE).get_page(request.GET.get("page"))
    context = {
        "reference": access.case.reference,
        "breadcrumbs": knowledge_crumbs(access),
        "rows": presenters.proposal_rows(access, page, page.start_index()),
        "page": page,
        "error_rate": presenters.ERROR_RATE,
        "form": Form(),
    }
    return render(request, "chronology/proposals.html", context)


@require_POST
@case_page(Kind.CHRONOLOGY)
def propose(request: HttpRequest, access: Access) -> HttpResponse:
    """Look in all entries for what they show of hearing and telling."""
    access.may_write(Kind.CHRONOLOGY).require()

    def act() -> str:
        propose_held(access=access)
        return room_address("proposals", access)

    return once(request, act)


@case_page(Kind.CHRONOLOGY)
def held(request: HttpRequest, access: Access, statement_id: UUID) -> HttpResponse:
    """One statement with its rows; whoever may write confirms it, as it is or corrected."""
    statement = knowledge.statement_of(access, statement_id)
    agencies = _agencies(access)
    initial = {
        name: getattr(statement, name)
        for name in ("status", "earliest", "latest", "how", "from_other", "role")
    } | {"from_agency": str(statement.from_agency_id or "")}
    form = ConfirmForm(request.POST or None, version=statement.version, initial=initial)
    form.offer(agencies.values())
    if request.method == "POST":
        access.may_write(Kind.CHRONOLOGY).require()
        if form.is_valid():
            try:
                return once(request, lambda: _confirm(access, statement, form, agencies))
            except RuleBroken as refusal:
                form.refuse(refusal)
                return _held_page(request, access, statement, form, _status(refusal))
    return _held_page(request, access, statement, form, 422 if form.errors else 200)


def _confirm(
    access: Access, statement: HeldStatement, form: ConfirmForm, agencies: dict[str, Agency]
) -> str:
    confirm_held(
        access=access,
        statement=statement,
        seen_version=form.cleaned_data["version"],
        details=form.details(agencies),
    )
    return _next(access, statement)


def _next(access: Access, statement: HeldStatement) -> str:
    """The next proposal in line, else the fact that was decided on."""
    waiting = knowledge.proposals(access).exclude(pk=statement.pk).first()
    if waiting:
        return presenters.statement_address(access, waiting)
    return room_address("proposals", access)


def _held_page(
    request: HttpRequest, access: Access, statement: HeldStatement, form: ConfirmForm, status: int
) -> HttpResponse:
    shown, whole = asked_showing(request, access), selectors.chronology(access)
    fact = _fact_of(access, whole, statement)
    colours = selectors.colours(access)
    evidence = selectors.lines_among(access, whole, [str(statement.evidence_id)])
    others = [line for line in fact.lines if line.entry.pk != statement.evidence_id]
    context = page_context(request, access, shown) | {
        "breadcrumbs": knowledge_crumbs(access),
        "statement": statement,
        "facts": presenters.statement_rows(statement, shown),
        "evidence": shown_lines(access, evidence, colours, shown),
        "others": shown_lines(access, others, colours, shown),
        "fact": fact,
        "fact_href": presenters.fact_address(access, fact),
        "form": form,
        "decline_form": DeclineForm(version=statement.version, auto_id="decline_%s"),
        "may_decide": bool(access.may_write(Kind.CHRONOLOGY)),
        "waits": statement.state == HeldStatement.State.PROPOSED,
        "error_rate": presenters.ERROR_RATE,
    }
    return render(request, "chronology/held.html", context, status=status)


def _fact_of(access: Access, whole: selectors.Chronology, statement: HeldStatement) -> FactOf:
    if statement.event:
        return fact_of_event(access, statement.event)
    if statement.entry_id is None:
        raise Hidden
    return fact_of_entry(access, whole, statement.entry_id)


@case_page(Kind.CHRONOLOGY)
def decline(request: HttpRequest, access: Access, statement_id: UUID) -> HttpResponse:
    """Decline a proposal, or take back what was confirmed, with a reason."""
    access.may_write(Kind.CHRONOLOGY).require()
    statement = knowledge.statement_of(access, statement_id)
    form = DeclineForm(request.POST or None, version=statement.version)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _decline(access, statement, form))
        except RuleBroken as refusal:
            form.refuse(refusal)
            status = _status(refusal)
    context = {
        "heading": "The records do not show this",
        "caption": access.case.reference,
        "form": form,
        "submit": "Decline",
        "cancel": presenters.statement_address(access, statement),
        "breadcrumbs": knowledge_crumbs(access),
    }
    return render(request, "pages/form.html", context, status=status)


def _decline(access: Access, statement: HeldStatement, form: DeclineForm) -> str:
    decline_held(
        access=access,
        statement=statement,
        seen_version=form.cleaned_data["version"],
        reason=form.cleaned_data["reason"],
    )
    return _next(access, statement)


@case_page(Kind.CHRONOLOGY)
def state(request: HttpRequest, access: Access, entry_id: UUID) -> HttpResponse:
    """Say by hand what a row shows that an agency held of a fact."""
    access.may_write(Kind.CHRONOLOGY).require()
    whole = selectors.chronology(access)
    fact, agencies = fact_of_entry(access, whole, entry_id), _agencies(access)
    form = StateHeldForm(request.POST or None)
    form.offer(agencies.values())
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _state(access, whole, fact, form, agencies))
        except RuleBroken as refusal:
            form.refuse(refusal)
            status = _status(refusal)
    context = {
        "heading": "Say what an agency’s records show",
        "lead": fact.title,
        "caption": access.case.reference,
        "form": form,
        "submit": "Confirm this",
        "cancel": presenters.fact_address(access, fact),
        "breadcrumbs": knowledge_crumbs(access),
    }
    return render(request, "pages/form.html", context, status=status)


def _state(
    access: Access,
    whole: selectors.Chronology,
    fact: FactOf,
    form: StateHeldForm,
    agencies: dict[str, Agency],
) -> str:
    state_held(
        access=access,
        fact=fact,
        agency=agencies[form.cleaned_data["agency"]],
        evidence=_numbered(access, whole, form.cleaned_data["number"]),
        details=form.details(agencies),
    )
    return presenters.fact_address(access, fact)


def _numbered(access: Access, whole: selectors.Chronology, number: int) -> Entry:
    found = whole.at(number)
    if found is None:
        raise Invalid("no_such_number", "No entry of the chronology has this number.", "number")
    (line,) = selectors.lines_of(access, [found])
    return line.entry


@case_page(Kind.CHRONOLOGY)
def available(request: HttpRequest, access: Access, entry_id: UUID) -> HttpResponse:
    """Note what was open to an agency under the procedure then in force."""
    access.may_write(Kind.CHRONOLOGY).require()
    fact = fact_of_entry(access, selectors.chronology(access), entry_id)
    agencies = _agencies(access)
    form = AvailableForm(request.POST or None).offer(agencies.values())
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _available(access, fact, form, agencies))
        except RuleBroken as refusal:
            form.refuse(refusal)
            status = _status(refusal)
    context = {
        "heading": "What was available under the procedure then in force",
        "lead": fact.title,
        "caption": access.case.reference,
        "form": form,
        "cancel": presenters.fact_address(access, fact),
        "breadcrumbs": knowledge_crumbs(access),
    }
    return render(request, "pages/form.html", context, status=status)


def _available(
    access: Access, fact: FactOf, form: AvailableForm, agencies: dict[str, Agency]
) -> str:
    told = form.cleaned_data
    note_available(
        access=access,
        fact=fact,
        agency=agencies[told["agency"]],
        words=told["words"],
        procedure=told["procedure"],
        day=told["day"],
    )
    return presenters.fact_address(access, fact)


def _status(refusal: RuleBroken) -> int:
    return 409 if isinstance(refusal, EditedElsewhere) else 422


def _agencies(access: Access) -> dict[str, Agency]:
    return {str(scoped.agency_id): scoped.agency for scoped in agencies_in_scope(access)}
