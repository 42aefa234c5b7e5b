"""The analysis at a glance, the chain under each recommendation, the way back from an entry."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.analysis import presenters, selectors
from candour.analysis.presenters import EvidenceShown, Written, address_of, name_of
from candour.analysis.views.reading import page_showing
from candour.analysis.views.writing import room_crumbs
from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Kind
from candour.chronology.naming import may_see_names
from candour.chronology.presenters import shown_lines
from candour.chronology.selectors import chronology, colours, lines_among, lines_of
from candour.kernel.errors import Hidden


@require_safe
@case_page(Kind.ANALYSIS)
def overview(request: HttpRequest, access: Access) -> HttpResponse:
    """Episodes, findings and recommendations, and how many entries are used nowhere."""
    whole = chronology(access)
    findings = [
        (finding, address_of(access, finding), selectors.footing_of(finding))
        for finding in selectors.findings_of(access)
    ]
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access),
        "episodes": _named(access, list(selectors.episodes_of(access))),
        "findings": findings,
        "recommendations": _named(access, list(selectors.recommendations_of(access))),
        "asks_questions": selectors.asks_questions(access),
        "unused": selectors.count_used_nowhere(access, whole),
        "entries": whole.visible.count(),
        "may_write": bool(access.may_write(Kind.ANALYSIS)),
    }
    return render(request, "analysis/overview.html", context)


def _named(access: Access, rows: list[Written]) -> list[tuple[Written, str, str]]:
    return [(row, name_of(row), address_of(access, row)) for row in rows]


@require_safe
@case_page(Kind.ANALYSIS)
def chain(request: HttpRequest, access: Access) -> HttpResponse:
    """Every recommendation down to the rows of the files it stands on."""
    shown, rows = page_showing(request, access), list(selectors.chains_of(access))
    findings = [finding for row in rows for finding in row.findings.all()]
    episodes = [episode for finding in findings for episode in finding.episodes.all()]
    wanted = presenters.entries_rested_on([*findings, *episodes])
    show = EvidenceShown(access, lines_among(access, chronology(access), wanted), shown)
    context = {
        "reference": access.case.reference,
        "breadcrumbs": room_crumbs(access),
        "links": presenters.chain(access, rows, show),
        **_naming(request, access),
    }
    return render(request, "analysis/chain.html", context)


@require_safe
@case_page(Kind.ANALYSIS)
def unused(request: HttpRequest, access: Access) -> HttpResponse:
    """The entries on which nothing rests."""
    shown, found = page_showing(request, access), selectors.used_nowhere(access, chronology(access))
    page = Paginator(found, 100).get_page(request.GET.get("page"))
    lines = lines_of(access, page)
    context = {
        "reference": access.case.reference,
        "breadcrumbs": room_crumbs(access),
        "lines": shown_lines(access, lines, colours(access), shown),
        "page": page,
        "query": "names=shown" if shown.names else "",
        **_naming(request, access),
    }
    return render(request, "analysis/unused.html", context)


@require_safe
@case_page(Kind.ANALYSIS)
def where_used(request: HttpRequest, access: Access, entry_id: UUID) -> HttpResponse:
    """From an entry back up to the recommendations that come of it."""
    shown, lines = (
        page_showing(request, access),
        lines_among(access, chronology(access), [str(entry_id)]),
    )
    if not lines:
        raise Hidden
    uses = selectors.uses_of(access, entry_id)
    context = {
        "reference": access.case.reference,
        "breadcrumbs": room_crumbs(access),
        "lines": shown_lines(access, lines, colours(access), shown),
        "uses": _named(access, [*uses.episodes, *uses.findings, *uses.recommendations]),
        **_naming(request, access),
    }
    return render(request, "analysis/where_used.html", context)


def _naming(request: HttpRequest, access: Access) -> dict[str, object]:
    shows = request.GET.get("names") == "shown"
    return {
        "shows_names": shows,
        "may_see_names": may_see_names(access),
        "other_naming": "?" if shows else "?names=shown",
    }
