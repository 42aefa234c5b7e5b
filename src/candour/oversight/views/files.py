"""A file to keep, never to be run in the browser."""

from django.http import HttpResponse

from candour.reports.downloads import WorkingCopy


def attachment(copy: WorkingCopy) -> HttpResponse:
    """The file under its neutral name."""
    response = HttpResponse(copy.content, content_type=copy.media_type)
    response["Content-Disposition"] = f'attachment; filename="{copy.name}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
