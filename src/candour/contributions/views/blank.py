"""The empty chronology that an agency may fill in, made for this review."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from candour.contributions.desk import Desk
from candour.engines.tables.blank_forms import About, blank_docx, blank_xlsx

_OFFICE = "application/vnd.openxmlformats-officedocument"


@require_safe
def word_form(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form as a Word file."""
    content = blank_docx(_about(desk))
    return _sent(desk, content, f"{_OFFICE}.wordprocessingml.document", "docx")


@require_safe
def excel_form(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form as an Excel file."""
    return _sent(desk, blank_xlsx(_about(desk)), f"{_OFFICE}.spreadsheetml.sheet", "xlsx")


def _about(desk: Desk) -> About:
    asked = desk.sender.request
    return About(desk.sender.case.reference, asked.agency.name, asked.asked_for)


def _sent(desk: Desk, content: bytes, media_type: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    name = f"{desk.sender.case.reference}-chronology-form.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
