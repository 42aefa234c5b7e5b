"""The chronology as a file: at once, or asked for and written by the worker."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, once
from candour.cases.permissions import Kind
from candour.chronology import exports
from candour.chronology.forms.entries import asked_filters
from candour.chronology.forms.exporting import ExportForm
from candour.chronology.models import ExportAsked
from candour.chronology.naming import may_see_names
from candour.chronology.presenters.places import room_address, room_crumbs
from candour.chronology.presenters.working import filter_query
from candour.chronology.selectors.exporting import export_asked, exports_asked
from candour.chronology.services.exporting import ask_for_export, take_export
from candour.kernel.errors import RuleBroken


@require_safe
@case_page(Kind.CHRONOLOGY)
def export(request: HttpRequest, access: Access, file_format: str) -> HttpResponse:
    """The chronology as filtered on the page, as a file; an event says who took it."""
    made = exports.export(
        access=access,
        file_format=exports.Format(file_format),
        filters=asked_filters(access, request.GET),
        names=request.GET.get("names") == "shown",
    )
    return _sent(made)


def _sent(made: exports.Export) -> HttpResponse:
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@case_page(Kind.CHRONOLOGY)
def take_away(request: HttpRequest, access: Access) -> HttpResponse:
    """Choose a format, columns and the grain of the days; the worker writes the file."""
    form = ExportForm(request.POST or None).offer(may_see_names(access))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _ask(request, access, form))
        except RuleBroken as refusal:
            form.refuse(refusal)
    context = {
        "heading": "Take the chronology away",
        "caption": access.case.reference,
        "reference": access.case.reference,
        "form": form,
        "submit": "Make the file",
        "query": filter_query(request),
        "cancel": room_address("integrated", access),
        "breadcrumbs": room_crumbs(access),
        "asked": exports_asked(access),
    }
    return render(request, "chronology/take_away.html", context)


def _ask(request: HttpRequest, access: Access, form: ExportForm) -> str:
    told = form.cleaned_data
    asked = ask_for_export(
        access=access,
        file_format=exports.Format(told["file_format"]),
        columns=told["columns"],
        grain=form.grain,
        names=bool(told.get("names")),
        query=filter_query(request),
    )
    return room_address("export_asked", access, export_id=asked.pk)


@require_safe
@case_page(Kind.CHRONOLOGY)
def asked(request: HttpRequest, access: Access, export_id: UUID) -> HttpResponse:
    """How far a file is that this person asked for."""
    found = export_asked(access, export_id)
    context = {
        "reference": access.case.reference,
        "breadcrumbs": room_crumbs(
            access, ("Take the chronology away", room_address("take_away", access))
        ),
        "asked": found,
        "waiting": found.state == ExportAsked.State.WAITING,
        "ready": found.state == ExportAsked.State.READY,
    }
    return render(request, "chronology/export_asked.html", context)


@require_safe
@case_page(Kind.CHRONOLOGY)
def written(request: HttpRequest, access: Access, export_id: UUID) -> HttpResponse:
    """A file that the worker has written for this person."""
    return _sent(take_export(access=access, asked=export_asked(access, export_id)))
