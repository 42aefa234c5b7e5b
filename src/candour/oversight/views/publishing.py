"""Figures and the draft of the annual report, to take away."""

import uuid
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from candour.cases.pages import actor_of
from candour.kernel.errors import Hidden
from candour.oversight import selectors, statistics
from candour.oversight.annual_report import annual_report
from candour.oversight.figure_files import FIGURE_FORMATS, figure_file
from candour.oversight.views.files import attachment


@require_safe
def figures_file(
    request: HttpRequest, desk_id: uuid.UUID, begins: str, file_format: str
) -> HttpResponse:
    """The figures of one year as Excel, or as CSV with their definitions."""
    year = _year(request, desk_id, begins)
    if file_format not in FIGURE_FORMATS:
        raise Hidden
    return attachment(figure_file(by=actor_of(request), year=year, file_format=file_format))


@require_safe
def report_file(
    request: HttpRequest, desk_id: uuid.UUID, begins: str, file_format: str
) -> HttpResponse:
    """A draft of the annual report as Word or PDF, with charts and their tables."""
    year = _year(request, desk_id, begins)
    if file_format not in ("docx", "pdf"):
        raise Hidden
    return attachment(annual_report(by=actor_of(request), year=year, file_format=file_format))


def _year(request: HttpRequest, desk_id: uuid.UUID, begins: str) -> statistics.Year:
    found = selectors.desk_of(actor_of(request), desk_id)
    try:
        asked = date.fromisoformat(begins)
    except ValueError:
        raise Hidden from None
    if asked not in statistics.years_of(found):
        raise Hidden
    return statistics.year(found, asked)
