"""What happens around every page of the public site."""

from collections.abc import Callable
from time import monotonic

from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from candour.archive import nodes
from candour.archive.models import TombstoneKind
from candour.archive.selectors import Withdrawn
from candour.archive.titles import publisher_words, shown_title
from candour.kernel.errors import Hidden
from candour.ui.errors import unavailable

GetResponse = Callable[[HttpRequest], HttpResponse]
_READING = ("GET", "HEAD")
# Asking for alerts and stopping them is all that a visitor can send.
_FORMS = "/alerts"


class PublicResponseMiddleware:
    """Only reading is possible but for alerts, and a copy must be checked before it is shown again.

    `no-cache` lets anybody keep a page, but ask before showing it: a withdrawn review must not live
    on in a cache.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        takes_form = request.method == "POST" and request.path.startswith(_FORMS)
        if request.method not in _READING and not takes_form:
            return HttpResponseNotAllowed(_READING)
        response = self.get_response(request)
        if not request.path.startswith("/static/"):
            response["Cache-Control"] = "no-cache"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response


class NodeMiddleware:
    """A node that does not know what was withdrawn shows nothing; another one answers instead.

    See `candour.archive.nodes`. A copy near enough is not asked for its age again for a second.
    Alerts are written down by the main archive alone; whatever stands in front sends them there.
    """

    def __init__(self, get_response: GetResponse) -> None:
        if not nodes.is_node():
            raise MiddlewareNotUsed
        self.get_response = get_response
        self._known_until = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/health" or request.path.startswith("/static/"):
            return self.get_response(request)
        if request.path.startswith(_FORMS) or not self._may_serve():
            return unavailable(request)
        return self.get_response(request)

    def _may_serve(self) -> bool:
        if monotonic() > self._known_until:
            if not nodes.may_serve():
                return False
            self._known_until = monotonic() + 1.0
        return True


class WithdrawnMiddleware:
    """What is not here answers 404; what was withdrawn answers 410 with what may still be said."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Withdrawn):
            return _tombstone_page(request, error)
        if isinstance(error, Hidden):
            return render(request, "errors/404.html", status=404)
        return None


def _tombstone_page(request: HttpRequest, error: Withdrawn) -> HttpResponse:
    tombstone = error.tombstone
    record = tombstone.record
    context = {
        "tombstone": tombstone,
        "full": tombstone.kind == TombstoneKind.FULL,
        "heading": shown_title(record),
        "publisher": publisher_words(record),
        "reason": tombstone.get_reason_class_display().lower(),
        "demo": record.is_demonstration,
    }
    return render(request, "archive/withdrawn.html", context, status=410)
