"""Pages of the desk of a national body: what it received, its letters, its figures."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.cases.pages import actor_of, once
from candour.kernel.actor import Actor
from candour.kernel.errors import Hidden, RuleBroken
from candour.oversight import presenters, selectors, statistics
from candour.oversight.forms import DeskLetterForm
from candour.oversight.models import DeskLetter, NationalBody, Notified
from candour.oversight.policies import desks_of, may_advise
from candour.oversight.services.advising import write_to_partnership
from candour.people.roles import Region
from candour.ui.wording import day

_A_PAGE = 50


@require_safe
def desks(request: HttpRequest) -> HttpResponse:
    """The desks this person works at."""
    mine = desks_of(actor_of(request))
    if not mine:
        raise Hidden
    if len(mine) == 1:
        return redirect("oversight:desk", mine[0].pk)
    context = {
        "heading": "Desks of national bodies",
        "columns": ["Body", "From", "Until"],
        "rows": [
            [
                {"text": each.name, "href": reverse("oversight:desk", args=[each.pk])},
                day(each.began_on),
                day(each.ended_on) or "Now",
            ]
            for each in mine
        ],
    }
    return render(request, "pages/list.html", context)


@require_safe
def desk(request: HttpRequest, desk_id: uuid.UUID) -> HttpResponse:
    """What the desk received, latest first, with what waits."""
    found = selectors.desk_of(actor_of(request), desk_id)
    sought = selectors.Sought(
        show=request.GET.get("show", "all"),
        words=request.GET.get("words", ""),
        region=request.GET.get("region", ""),
        year=request.GET.get("year", ""),
    )
    page = Paginator(selectors.notified_at(found, sought), _A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "desk": found,
        "sought": sought,
        "shown": selectors.SHOWN,
        "regions": Region.choices,
        "waiting": selectors.waiting_at(found),
        "columns": ["Case", "Nature", "Notified", "Decision", "Standing", "Owed"],
        "rows": presenters.notified_rows(found, page.object_list),
        "page": page,
        "query": urlencode(
            {"show": sought.show, "words": sought.words, "region": sought.region,
             "year": sought.year}
        ),
    }  # fmt: skip
    return render(request, "oversight/desk.html", context)


@require_safe
def notified(request: HttpRequest, desk_id: uuid.UUID, notified_id: uuid.UUID) -> HttpResponse:
    """One incident: what is known, the papers, the letters."""
    actor = actor_of(request)
    found = selectors.desk_of(actor, desk_id)
    row = selectors.notified_of(found, notified_id)
    papers, letters = list(selectors.papers_of(row)), list(selectors.letters_about(row))
    context = {
        "desk": found,
        "row": row,
        "breadcrumbs": _way(found),
        "lines": presenters.notified_lines(row),
        "happenings": presenters.happenings(papers, letters),
        "papers": [(paper, presenters.sections_of(paper)) for paper in papers],
        "may_write": bool(may_advise(actor, found)),
    }
    return render(request, "oversight/notified.html", context)


def write(request: HttpRequest, desk_id: uuid.UUID, notified_id: uuid.UUID) -> HttpResponse:
    """Write a letter to the partnership."""
    actor = actor_of(request)
    found = selectors.desk_of(actor, desk_id)
    row = selectors.notified_of(found, notified_id)
    form = DeskLetterForm(request.POST or None)
    back = reverse("oversight:notified", args=[found.pk, row.pk])

    def act() -> str:
        _send(actor, row, form.cleaned_data)
        return back

    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, act)
        except Hidden:
            raise
        except RuleBroken as refusal:
            form.refuse(refusal)
            status = 422
    return render(request, "pages/form.html", _letter_page(row, form, back), status=status)


def _send(actor: Actor, row: Notified, told: dict[str, Any]) -> None:
    write_to_partnership(
        by=actor,
        notified=row,
        outcome=DeskLetter.Outcome(told["outcome"]),
        text=told["text"],
        quality=told["quality"],
        reply_due_on=told["reply_due_on"],
        non_publication=told["non_publication"],
    )


def _letter_page(row: Notified, form: DeskLetterForm, back: str) -> dict[str, object]:
    return {
        "heading": f"Letter about {row.case_reference}",
        "caption": row.desk.name,
        "lead": "A letter is advice. The decision stays the partnership’s.",
        "form": form,
        "submit": "Send the letter",
        "cancel": back,
        "breadcrumbs": [*_way(row.desk), {"text": row.case_reference, "href": back}],
    }


@require_safe
def figures(request: HttpRequest, desk_id: uuid.UUID) -> HttpResponse:
    """The figures of one reporting year, with their definitions."""
    found = selectors.desk_of(actor_of(request), desk_id)
    years = statistics.years_of(found)
    chosen = next(
        (each for each in years if each.isoformat() == request.GET.get("year")),
        years[0] if years else None,
    )
    year = statistics.year(found, chosen) if chosen else None
    context = {
        "desk": found,
        "breadcrumbs": _way(found),
        "years": [(each.isoformat(), statistics.year_label(each)) for each in years],
        "year": year,
        "notified": presenters.in_words(year.notified) if year else "",
        "tables": [
            (each, presenters.figure_columns(each), presenters.figure_rows(each))
            for each in (year.tables if year else ())
        ],
        "durations": presenters.duration_rows(year.durations) if year else [],
        "fewest": statistics.FEWEST,
    }
    return render(request, "oversight/figures.html", context)


def _way(found: NationalBody) -> list[dict[str, str]]:
    return [{"text": found.name, "href": reverse("oversight:desk", args=[found.pk])}]
