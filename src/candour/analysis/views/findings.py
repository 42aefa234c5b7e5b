"""Findings about the system."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from candour.analysis import presenters, selectors
from candour.analysis.forms import FindingForm, offer
from candour.analysis.presenters import address, address_of
from candour.analysis.services import writing
from candour.analysis.services.writing import FindingWords
from candour.analysis.views.reading import (
    chosen,
    detail_page,
    now_saved,
    set_aside_page,
    told,
)
from candour.analysis.views.writing import Page, writing_page
from candour.cases.access import Access
from candour.cases.pages import case_page
from candour.cases.permissions import Kind

_WORDS = ("statement", "how_it_showed", "why_underlying", "how_widespread", "implications")


@require_safe
@case_page(Kind.ANALYSIS)
def finding(request: HttpRequest, access: Access, finding_id: UUID) -> HttpResponse:
    """One finding, with the episodes in which it showed and what it rests on."""
    found = selectors.finding_of(access, finding_id)
    episodes = [(presenters.name_of(e), address_of(access, e)) for e in found.episodes.all()]
    more: dict[str, object] = {"episodes": episodes, "footing": selectors.footing_of(found)}
    return detail_page(request, access, found, "analysis/finding.html", more)


@case_page(Kind.ANALYSIS)
def finding_add(request: HttpRequest, access: Access) -> HttpResponse:
    """Write a new finding."""
    access.may_write(Kind.ANALYSIS).require()
    episodes, form = list(selectors.episodes_of(access)), FindingForm(request.POST or None)
    offer(form, "episodes", [(str(e.pk), presenters.name_of(e)) for e in episodes])

    def act() -> str:
        words, rows = FindingWords(**told(form, _WORDS)), chosen(form, "episodes", episodes)
        added = writing.add_finding(access=access, words=words, episodes=rows)
        return address_of(access, added)

    page = Page("Finding", "Save the finding", address(access, "overview"))
    return writing_page(request, access, form, page, act)


@case_page(Kind.ANALYSIS)
def finding_edit(request: HttpRequest, access: Access, finding_id: UUID) -> HttpResponse:
    """Change a finding."""
    access.may_write(Kind.ANALYSIS).require()
    found, episodes = selectors.finding_of(access, finding_id), list(selectors.episodes_of(access))
    initial = now_saved(found, _WORDS) | {"episodes": [str(e.pk) for e in found.episodes.all()]}
    form = FindingForm(request.POST or None, version=found.version, initial=initial)
    offer(form, "episodes", [(str(e.pk), presenters.name_of(e)) for e in episodes])

    def act() -> str:
        writing.edit_finding(
            access=access,
            finding=found,
            seen_version=form.cleaned_data["version"],
            words=FindingWords(**told(form, _WORDS)),
            episodes=chosen(form, "episodes", episodes),
        )
        return address_of(access, found)

    page = Page("Finding", "Save the finding", address_of(access, found))
    return writing_page(request, access, form, page, act, lambda: presenters.saved_rows(found))


@case_page(Kind.ANALYSIS)
def finding_set_aside(request: HttpRequest, access: Access, finding_id: UUID) -> HttpResponse:
    """Take it out of the analysis."""
    return set_aside_page(request, access, selectors.finding_of(access, finding_id))
