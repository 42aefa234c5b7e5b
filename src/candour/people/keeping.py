"""Keeping what somebody typed when their session ended before they sent it.

A signed cookie says whose browser this is for as long as a form may be kept; it opens nothing by
itself. What was typed is sealed at once, given back to that person only, and gone after 24 hours.
Passwords are never kept, nor are files: the page that gives the form back says to choose them
again.
"""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import Resolver404, resolve

from candour.people.models import KEPT_FOR, KeptForm
from candour.people.services.kept_forms import Typed, keep
from candour.people.session_limits import WHOLE

COOKIE = "__Host-candour-typed" if settings.SESSION_COOKIE_SECURE else "candour-typed"
_LIFETIME = KEPT_FOR + WHOLE
_signer = TimestampSigner(salt="candour.people.keeping")


def remember_owner(request: HttpRequest, response: HttpResponse) -> None:
    """Let the browser say later whose it was, should the session be gone by then."""
    owner = str(request.user.pk)
    if owner_cookie(request) != owner:
        response.set_cookie(
            COOKIE,
            _signer.sign(owner),
            max_age=_LIFETIME,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def owner_cookie(request: HttpRequest) -> str | None:
    """The id of the person who last used this browser, if the cookie is ours and not too old."""
    try:
        return _signer.unsign(request.COOKIES.get(COOKIE, ""), max_age=_LIFETIME)
    except BadSignature:
        return None


def keep_typed(request: HttpRequest, owner: str) -> KeptForm | None:
    """Keep the form this request sends to a private page; None where there is nothing to keep.

    None also for a form without a valid token: it was not sent from one of our pages.
    """
    if not wants_keeping(request):
        return None
    if hasattr(request, "_files"):
        files = list(request.FILES)
    else:
        left_out = _FilesLeftOut(request)
        request.upload_handlers = [left_out]
        files = left_out.names
    if CsrfViewMiddleware(_unreached).process_view(request, _unreached, (), {}) is not None:
        return None
    return keep_read(request, owner, files)


def wants_keeping(request: HttpRequest) -> bool:
    """Is this a form sent to a page one has to be signed in for?"""
    return request.method == "POST" and not is_public(request.path_info)


def keep_read(request: HttpRequest, owner: str, files: list[str]) -> KeptForm | None:
    """Keep the fields of a form known to come from one of our pages; None if it has none."""
    fields = {name: request.POST.getlist(name) for name in request.POST if _is_kept(name)}
    if not fields:
        return None
    return keep(user_id=owner, typed=Typed(request.get_full_path(), fields, files))


def is_public(path: str) -> bool:
    """Is this a page for which nobody needs to be signed in, or part of signing in itself?"""
    try:
        view = resolve(path).func
    except Resolver404:
        return True
    return not getattr(view, "login_required", True) or view.__module__.startswith("allauth.")


def _is_kept(name: str) -> bool:
    return "password" not in name and name != "csrfmiddlewaretoken"


def _unreached(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class _FilesLeftOut(FileUploadHandler):
    """Takes no byte of any file, and remembers which fields held one."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.names: list[str] = []

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        self.names.append(field_name)
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None
