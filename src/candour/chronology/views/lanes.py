"""Seeing the chronology: lanes, how often contacts were recorded, gaps between them."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page
from candour.cases.permissions import Kind
from candour.chronology import selectors
from candour.chronology.forms.lanes import GapForm, LaneForm
from candour.chronology.naming import Showing, showing
from candour.chronology.order import Numbered
from candour.chronology.presenters import lanes as presenters
from candour.chronology.presenters import query_without
from candour.chronology.presenters.places import room_address, room_crumbs
from candour.chronology.presenters.switching import naming_context
from candour.chronology.selectors import contacts
from candour.chronology.selectors import lanes as found_lanes
from candour.chronology.selectors.lanes import Lanes
from candour.chronology.selectors.working import tag_names
from candour.kernel.errors import Hidden


@require_safe
@case_page(Kind.CHRONOLOGY)
def lanes(request: HttpRequest, access: Access) -> HttpResponse:
    """The page of the lanes, with the same facts as tables and lists."""
    whole = selectors.chronology(access)
    form = _form(request, access, whole.agencies)
    counted = contacts.frequencies(whole)
    columns, rows = presenters.years_table(whole.agencies, counted)
    context = {
        "reference": access.case.reference,
        "breadcrumbs": room_crumbs(access),
        "form": form,
        "whole": whole,
        "columns": columns,
        "rows": rows,
        "strip": presenters.strip(whole.agencies, counted),
        "query": query_without(request.GET),
        "reads_all": bool(access.may_read(Kind.CHRONOLOGY)),
        **naming_context(request, access, showing(access, request.GET.get("names") == "shown")),
        "wanted": _wanted(access, whole, form),
    }
    return render(request, "chronology/lanes.html", context)


def _form(request: HttpRequest, access: Access, agencies: dict[str, str]) -> LaneForm:
    form = LaneForm(request.GET or None)
    form.offer(agencies, tag_names(access))
    if not access.may_read(Kind.CHRONOLOGY):
        del form.fields["by"]
    return form


def _wanted(access: Access, whole: selectors.Chronology, form: LaneForm) -> Sequence[Numbered]:
    return selectors.chosen(access, whole, form.filters(), Showing(access))


@require_safe
@case_page(Kind.CHRONOLOGY)
def lanes_data(request: HttpRequest, access: Access) -> HttpResponse:
    """What the lanes are drawn from; with `number`, one entry in a few words."""
    whole = selectors.chronology(access)
    asked = request.GET.get("number", "")
    if asked:
        shown = showing(access, names=request.GET.get("names") == "shown")
        return JsonResponse(_brief(access, whole, asked, shown))
    form = _form(request, access, whole.agencies)
    return JsonResponse(presenters.payload(_lanes(access, whole, form)))


def _lanes(access: Access, whole: selectors.Chronology, form: LaneForm) -> Lanes:
    wanted = _wanted(access, whole, form)
    if form.by_person:
        return found_lanes.lanes_by_person(access, wanted)
    return found_lanes.lanes_by_agency(access, whole, wanted)


def _brief(
    access: Access, whole: selectors.Chronology, asked: str, shown: Showing
) -> dict[str, str]:
    found = whole.at(int(asked)) if asked.isdecimal() else None
    if found is None:
        raise Hidden
    (line,) = selectors.lines_of(access, [found])
    return presenters.brief(line, shown)


@require_safe
@case_page(Kind.CHRONOLOGY)
def gaps(request: HttpRequest, access: Access) -> HttpResponse:
    """Stretches without a recorded contact, by agency and, if asked, about one child."""
    whole = selectors.chronology(access)
    people = found_lanes.family_of(access) if access.may_read(Kind.CHRONOLOGY) else {}
    form = GapForm(request.GET or None).offer(people)
    found = contacts.gaps_of(access, whole, form.at_least, form.about)
    context = {
        "reference": access.case.reference,
        "breadcrumbs": room_crumbs(access, ("Lanes", room_address("lanes", access))),
        "form": form,
        "whole": whole,
        "rows": presenters.gap_rows(found),
        "at_least": form.at_least,
        "silences": contacts.declared_silences(access),
    }
    return render(request, "chronology/gaps.html", context)
