"""The chronology as a file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page
from candour.cases.permissions import Kind
from candour.chronology import exports
from candour.chronology.forms import FilterForm
from candour.chronology.selectors.working import tag_names


@require_safe
@case_page(Kind.CHRONOLOGY)
def export(request: HttpRequest, access: Access, file_format: str) -> HttpResponse:
    """The chronology as filtered on the page, as a file; an event says who took it."""
    form = FilterForm(request.GET or None)
    form.offer({agency: agency for agency in request.GET.getlist("agency")}, tag_names(access))
    made = exports.export(
        access=access,
        file_format=exports.Format(file_format),
        filters=form.filters(),
        names=request.GET.get("names") == "shown",
    )
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
