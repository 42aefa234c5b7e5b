"""Recommendations, or questions to the board."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.analysis import presenters, selectors
from candour.analysis.forms import RecommendationForm, offer
from candour.analysis.models import Finding
from candour.analysis.presenters import EvidenceShown, address, address_of
from candour.analysis.services import writing
from candour.analysis.services.writing import RecommendationWords
from candour.analysis.views.reading import (
    chosen,
    now_saved,
    page_showing,
    set_aside_page,
    told,
    written_context,
)
from candour.analysis.views.writing import Page, writing_page
from candour.cases.access import Access
from candour.cases.pages import case_page
from candour.cases.permissions import Kind
from candour.chronology.selectors import chronology, lines_among

_WORDS = ("text", "addressee", "intended_outcome")


@require_safe
@case_page(Kind.ANALYSIS)
def recommendation(request: HttpRequest, access: Access, recommendation_id: UUID) -> HttpResponse:
    """One recommendation or question with the chain it stands on, down to rows of files."""
    found, shown = (
        selectors.recommendation_of(access, recommendation_id),
        page_showing(request, access),
    )
    findings = list(found.findings.all())
    episodes = [episode for one in findings for episode in one.episodes.all()]
    wanted = presenters.entries_rested_on([*findings, *episodes])
    show = EvidenceShown(access, lines_among(access, chronology(access), wanted), shown)
    context = {
        **written_context(request, access, found),
        "chain": presenters.chain(access, [found], show)[0],
    }
    return render(request, "analysis/recommendation.html", context)


@case_page(Kind.ANALYSIS)
def recommendation_add(request: HttpRequest, access: Access) -> HttpResponse:
    """Write a new recommendation, or a question where the method asks questions."""
    access.may_write(Kind.ANALYSIS).require()
    findings, form = list(selectors.findings_of(access)), RecommendationForm(request.POST or None)
    offer(form, "findings", _offered(findings))

    def act() -> str:
        words = RecommendationWords(**told(form, _WORDS))
        rows = chosen(form, "findings", findings)
        added = writing.add_recommendation(access=access, words=words, findings=rows)
        return address_of(access, added)

    kind = "Question to the board" if selectors.asks_questions(access) else "Recommendation"
    page = Page(kind, "Save", address(access, "overview"))
    return writing_page(request, access, form, page, act)


@case_page(Kind.ANALYSIS)
def recommendation_edit(
    request: HttpRequest, access: Access, recommendation_id: UUID
) -> HttpResponse:
    """Change a recommendation or question."""
    access.may_write(Kind.ANALYSIS).require()
    found = selectors.recommendation_of(access, recommendation_id)
    findings = list(selectors.findings_of(access))
    initial = now_saved(found, _WORDS) | {"findings": [str(f.pk) for f in found.findings.all()]}
    form = RecommendationForm(request.POST or None, version=found.version, initial=initial)
    offer(form, "findings", _offered(findings))

    def act() -> str:
        writing.edit_recommendation(
            access=access,
            recommendation=found,
            seen_version=form.cleaned_data["version"],
            words=RecommendationWords(**told(form, _WORDS)),
            findings=chosen(form, "findings", findings),
        )
        return address_of(access, found)

    page = Page(presenters.name_of(found), "Save", address_of(access, found))
    return writing_page(request, access, form, page, act, lambda: presenters.saved_rows(found))


@case_page(Kind.ANALYSIS)
def recommendation_set_aside(
    request: HttpRequest, access: Access, recommendation_id: UUID
) -> HttpResponse:
    """Take it out of the analysis."""
    return set_aside_page(request, access, selectors.recommendation_of(access, recommendation_id))


def _offered(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(str(each.pk), f"{presenters.name_of(each)}: {each.statement}") for each in findings]
