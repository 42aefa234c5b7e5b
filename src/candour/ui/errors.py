"""Pages for what went wrong: in our layout, with a reference, never asking the database.

They are rendered without the request, so that no context processor can fail or reveal anything.
"""

import logging
import sys
from pathlib import Path

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from candour.kernel.references import new_reference
from candour.ui.national_lines import NATIONAL_LINES

_LAST_RESORT = Path(__file__).parent / "templates" / "errors" / "last_resort.html"
_log = logging.getLogger("candour.errors")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 where the browser sent more than one page may send."""
    if isinstance(exception, RequestDataTooBig):
        return error_page(request, 413)
    return error_page(request, 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, also for what a person may not see: nobody learns whether it exists."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database did not answer and trying again may help."""
    down = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    return error_page(request, 503 if down else 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: closed for work, or a part that the page needs does not answer."""
    return error_page(request, 503)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the page was opened too long ago, or under another sign-in; nothing was saved."""
    return error_page(request, 403, "errors/csrf.html")


def error_page(request: HttpRequest, status: int, template: str = "") -> HttpResponse:
    """The page for this status, with a reference that also stands in the log."""
    reference = getattr(request, "reference", None) or new_reference("E")
    level = logging.ERROR if status >= 500 else logging.INFO
    _log.log(level, "error page shown", extra={"status": status, "reference": reference})
    page = _rendered(template or f"errors/{status}.html", reference)
    response = HttpResponse(page, status=status)
    if status == 503:
        response["Retry-After"] = "120"
    return response


def _rendered(template: str, reference: str) -> str:
    context = {"site": site(), "reference": reference, "help_lines": NATIONAL_LINES}
    try:
        return render_to_string(template, context)
    except Exception:
        # Whatever broke the page must not also break its error page.
        _log.exception("error page failed", extra={"reference": reference})
        return _LAST_RESORT.read_text(encoding="utf-8")


def site() -> str:
    """Which site this process serves: "workspace" or "archive"."""
    return str(settings.SITE)
