"""Choosing entries for the report's chronology, and giving them the report's words."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs, once
from candour.cases.permissions import Kind
from candour.cases.steps import Step, step_page
from candour.chronology.naming import Showing
from candour.chronology.presenters import shown_lines
from candour.chronology.selectors import chronology, colours, lines_of
from candour.reports import presenters, selectors, services
from candour.reports.forms import ChooseForm, WordingForm
from candour.reports.presenters import address

PAGE = 100


@case_page(Kind.DRAFT)
def choose(request: HttpRequest, access: Access) -> HttpResponse:
    """The integrated chronology with a box for each entry that is to stand in the report."""
    access.may_write(Kind.DRAFT).require()
    access.may_read(Kind.CHRONOLOGY).require()
    report = selectors.report_of(access)
    form = ChooseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return once(request, lambda: _choose(request, access))
    page = Paginator(chronology(access).dated, PAGE).get_page(request.GET.get("page"))
    lines = lines_of(access, page)
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access, ("Report", address(access, "draft"))),
        "report": report,
        "form": form,
        "page": page,
        "chosen": selectors.chosen_ids(access),
        "lines": shown_lines(access, lines, colours(access), Showing(access)),
    }
    return render(request, "reports/choose.html", context)


def _choose(request: HttpRequest, access: Access) -> str:
    services.choose_entries(
        access=access,
        report=selectors.report_of(access),
        offered=request.POST.getlist("offered"),
        chosen=request.POST.getlist("entry"),
    )
    return f"{address(access, 'choose')}?{request.GET.urlencode()}"


@require_safe
@case_page(Kind.DRAFT)
def chosen(request: HttpRequest, access: Access) -> HttpResponse:
    """The chosen entries in order."""
    report = selectors.report_of(access)
    rows = selectors.chosen_of(access)
    context = {
        "heading": "Chronology of the report",
        "caption": access.case.reference,
        "lead": "The entries that stand in the report. Names are replaced and dates given by "
        f"{report.chronology_grain} when it is built.",
        "breadcrumbs": crumbs(access, ("Report", address(access, "draft"))),
        "columns": ["When", "Recorded by", "Words", "Change"],
        "rows": presenters.wording_rows(access, rows, report.chronology_grain),
        "empty": {"text": "No entry has been chosen yet."},
        "add": {"text": "Choose entries", "href": address(access, "choose")},
    }
    if not rows:
        context["empty"] = {
            "text": "No entry has been chosen yet.",
            "action": "Choose entries",
            "href": address(access, "choose"),
        }
    return render(request, "pages/list.html", context)


@case_page(Kind.DRAFT)
def wording(request: HttpRequest, access: Access, row_id: uuid.UUID) -> HttpResponse:
    """The report's wording beside the entry's own."""
    access.may_write(Kind.DRAFT).require()
    row = selectors.row_of(access, str(row_id))
    form = WordingForm(request.POST or None, initial={"wording": row.wording})
    showing = Showing(access)
    back = address(access, "chosen")
    step = Step(
        "Wording in the report",
        "Save the wording",
        back,
        way=(("Report", address(access, "draft")), ("Chronology", back)),
        lead="The entry itself is never altered.",
        rows=[
            {"key": "Agency", "value": row.entry.agency.name},
            {"key": "Date as written", "value": showing(row.entry.date_raw)},
            {"key": "The entry's own words", "value": showing(row.entry.what)},
        ],
    )

    def act() -> None:
        services.reword(access=access, row=row, wording=form.cleaned_data["wording"])

    return step_page(request, access, form, step, act)
