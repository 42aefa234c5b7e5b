"""Choosing what an episode or a finding rests on."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from candour.analysis import presenters, selectors
from candour.analysis.accounts import account_choices, account_named
from candour.analysis.forms import AccountForm, CitationForm, EntriesForm, offer
from candour.analysis.models import Episode, Evidence, Finding
from candour.analysis.presenters import address_of
from candour.analysis.services import evidence as services
from candour.analysis.views.reading import page_showing
from candour.analysis.views.writing import Page, writing_page
from candour.cases.access import Access
from candour.cases.pages import case_page, once
from candour.cases.permissions import Kind
from candour.chronology.forms import FilterForm
from candour.chronology.order import Numbered, Place, entry_of
from candour.chronology.presenters import query_without, shown_lines
from candour.chronology.selectors import (
    chosen,
    chosen_undated,
    chronology,
    colours,
    lines_among,
    lines_of,
)

_PAGE = 50


def _resting(access: Access, noun: str, resting_id: UUID) -> Episode | Finding:
    access.may_write(Kind.ANALYSIS).require()
    if noun == "episode":
        return selectors.episode_of(access, resting_id)
    return selectors.finding_of(access, resting_id)


@case_page(Kind.ANALYSIS)
def entries(request: HttpRequest, access: Access, noun: str, resting_id: UUID) -> HttpResponse:
    """Search the chronology and choose entries."""
    resting, whole = _resting(access, noun, resting_id), chronology(access)
    form = EntriesForm(request.POST or None)

    def act() -> str:
        lines = lines_among(access, whole, form.cleaned_data["entry"])
        services.rest_on_entries(
            access=access,
            resting=resting,
            entries=[line.entry for line in lines],
            note=form.cleaned_data["note"],
        )
        return address_of(access, resting)

    page = Page(
        "Rest it on entries",
        "Rest it on the chosen entries",
        address_of(access, resting),
        lead=presenters.name_of(resting),
        template="analysis/entries.html",
    )
    more = _search(request, access, resting)
    return writing_page(request, access, form, page, act, None, **more)


def _search(request: HttpRequest, access: Access, resting: Episode | Finding) -> dict[str, object]:
    whole, shown = chronology(access), page_showing(request, access)
    form = FilterForm(request.GET or None).offer(whole.agencies)
    present = presenters.entries_rested_on([resting])
    found: list[Numbered | Place] = [
        *chosen(access, whole, form.filters(), shown),
        *chosen_undated(access, whole, form.filters(), shown),
    ]
    new = [one for one in found if str(entry_of(one)) not in present]
    results = Paginator(new, _PAGE).get_page(request.GET.get("page"))
    return {
        "filter_form": form,
        "results": results,
        "lines": shown_lines(access, lines_of(access, list(results)), colours(access), shown),
        "query": query_without(request.GET, "page"),
        "ticked": set(request.POST.getlist("entry")),
    }


@case_page(Kind.ANALYSIS)
def account(request: HttpRequest, access: Access, noun: str, resting_id: UUID) -> HttpResponse:
    """Choose what a practitioner or a family member told the review and agreed."""
    resting, form = _resting(access, noun, resting_id), AccountForm(request.POST or None)
    choices = account_choices(access)
    offer(form, "account", choices)

    def act() -> str:
        told = form.cleaned_data
        services.rest_on_account(
            access=access,
            resting=resting,
            account=account_named(access, told["account"]),
            note=told["note"],
        )
        return address_of(access, resting)

    lead = (
        "" if choices else "Nobody has agreed an account yet that you may read. Hear people first."
    )
    page = Page(
        "Rest it on an account", "Rest it on this account", address_of(access, resting), lead
    )
    return writing_page(request, access, form, page, act)


@case_page(Kind.ANALYSIS)
def citation(request: HttpRequest, access: Access, noun: str, resting_id: UUID) -> HttpResponse:
    """Cite an agency report, a policy of the day, research or an earlier review."""
    resting, form = _resting(access, noun, resting_id), CitationForm(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        services.cite(
            access=access,
            resting=resting,
            kind=Evidence.Kind(told["kind"]),
            citation=told["citation"],
            address=told["address"],
            note=told["note"],
        )
        return address_of(access, resting)

    page = Page("Cite something", "Cite it", address_of(access, resting))
    return writing_page(request, access, form, page, act)


@require_POST
@case_page(Kind.ANALYSIS)
def withdraw(request: HttpRequest, access: Access, evidence_id: UUID) -> HttpResponse:
    """Let an episode or finding no longer rest on this."""

    def act() -> str:
        found = selectors.evidence_of(access, evidence_id)
        services.withdraw_evidence(access=access, evidence=found)
        return address_of(access, selectors.resting_on(found))

    return once(request, act)
