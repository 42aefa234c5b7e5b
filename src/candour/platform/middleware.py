"""What happens around every page of the workspace."""

import secrets
import time
from collections.abc import Callable

from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from candour.kernel.actor import Actor
from candour.kernel.errors import EditedElsewhere, Hidden, NotPermitted, RuleBroken
from candour.platform.acting import acting
from candour.platform.logs import log, request_id
from candour.ui.errors import not_found

GetResponse = Callable[[HttpRequest], HttpResponse]
_NUL = "\0"


class RequestLogMiddleware:
    """One log line for each request: its route, never its address, query or content.

    The request's reference goes back in a header, so that an error page can name it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(secrets.token_hex(8))
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            log.info(
                "request.answered",
                method=request.method,
                route=request.resolver_match.route if request.resolver_match else None,
                status=response.status_code,
                milliseconds=round(1000 * (time.perf_counter() - started)),
            )
            return response
        finally:
            request_id.reset(token)


class NoNulMiddleware:
    """A NUL in an address, which no page of ours writes and PostgreSQL takes in no text.

    A path that holds one leads nowhere; from what is asked for after the question mark it is
    dropped. What forms send says so beside the field.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _NUL in request.path_info:
            raise Http404
        if any(
            _NUL in value for values in request.GET.lists() for value in (values[0], *values[1])
        ):
            asked = QueryDict(mutable=True)
            for name, values in request.GET.lists():
                asked.setlist(name.replace(_NUL, ""), [each.replace(_NUL, "") for each in values])
            request.GET = asked  # type: ignore[assignment]
        return self.get_response(request)


class PrivateResponseMiddleware:
    """Nothing of the workspace may be kept by a browser, a proxy or a search engine."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response


class ActorMiddleware:
    """Run the page as the person signed in; a page that fails leaves nothing half written."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        with acting(Actor(id=str(request.user.pk))):
            response = self.get_response(request)
            if response.status_code >= 500 and connection.in_atomic_block:
                transaction.set_rollback(True)
            return response


class RuleBrokenMiddleware:
    """A refusal that no page caught becomes a page that says what happened and what to do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Hidden):
            # The very page of an address that leads nowhere: nobody learns whether it exists.
            return not_found(request)
        if not isinstance(error, RuleBroken):
            return None
        status = 409 if isinstance(error, EditedElsewhere) else 403
        if not isinstance(error, NotPermitted | EditedElsewhere):
            status = 422
        return render(request, "errors/refused.html", {"refusal": error}, status=status)
