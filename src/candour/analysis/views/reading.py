"""The page of something written: its words, prompts to look at them again, what it rests on."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.analysis import presenters, selectors
from candour.analysis.forms import SetAsideForm
from candour.analysis.models import Episode, Finding
from candour.analysis.presenters import EvidenceShown, Written, address, address_of
from candour.analysis.services.writing import set_aside
from candour.analysis.views.writing import Page, room_crumbs, writing_page
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.naming import Showing, may_see_names, showing
from candour.chronology.selectors import chronology, lines_among
from candour.ui.forms import Form

Row = TypeVar("Row", Episode, Finding)


def detail_page(
    request: HttpRequest,
    access: Access,
    found: Episode | Finding,
    template: str,
    more: dict[str, object],
) -> HttpResponse:
    """An episode or finding with the evidence it rests on, and ways to add and withdraw some."""
    wanted = presenters.entries_rested_on([found])
    lines = lines_among(access, chronology(access), wanted) if wanted else []
    show = EvidenceShown(access, lines, page_showing(request, access))
    noun = type(found).__name__.lower()
    context = {
        **written_context(request, access, found),
        "evidence": [show(one) for one in selectors.rests_on(found)],
        "withdraw_forms": [Form(auto_id=False) for _ in selectors.rests_on(found)],
        "add_addresses": {
            page: address(access, f"{noun}_{page}", resting_id=found.pk)
            for page in ("entries", "account", "citation")
        },
        **more,
    }
    return render(request, template, context)


def written_context(request: HttpRequest, access: Access, found: Written) -> dict[str, object]:
    """What every page of something written shows."""
    return {
        "reference": access.case.reference,
        "breadcrumbs": room_crumbs(access),
        "heading": presenters.name_of(found),
        "written": found,
        "rows": presenters.rows_of(found),
        "prompts": presenters.prompts(presenters.texts_of(found)),
        "may_write": bool(access.may_write(Kind.ANALYSIS)),
        "edit_address": address_of(access, found, "edit"),
        "set_aside_address": address_of(access, found, "set_aside"),
        "shows_names": request.GET.get("names") == "shown",
        "may_see_names": may_see_names(access),
        "other_naming": "?" if request.GET.get("names") == "shown" else "?names=shown",
    }


def page_showing(request: HttpRequest, access: Access) -> Showing:
    """Pseudonyms, or names where the address asks for them."""
    return showing(access, names=request.GET.get("names") == "shown")


def set_aside_page(request: HttpRequest, access: Access, found: Written) -> HttpResponse:
    """Take something out of the analysis, with the reason."""
    access.may_write(Kind.ANALYSIS).require()
    form = SetAsideForm(request.POST or None, version=found.version)

    def act() -> str:
        told = form.cleaned_data
        set_aside(access=access, written=found, seen_version=told["version"], why=told["why"])
        return address(access, "overview")

    lead = "It leaves every page and the report. It is kept, with your reason."
    page = Page(
        f"Set aside: {presenters.name_of(found)}", "Set aside", address_of(access, found), lead
    )
    return writing_page(request, access, form, page, act, lambda: presenters.saved_rows(found))


def told(form: Form, names: tuple[str, ...]) -> dict[str, Any]:
    """What the form says of these fields."""
    return {name: form.cleaned_data[name] for name in names}


def now_saved(found: Written, names: tuple[str, ...]) -> dict[str, object]:
    """What stands saved in these fields."""
    return {name: getattr(found, name) for name in names}


def chosen(form: Form, name: str, rows: Sequence[Row]) -> list[Row]:
    """The rows whose ids were chosen."""
    return [row for row in rows if str(row.pk) in form.cleaned_data[name]]
