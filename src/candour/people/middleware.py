"""Sessions end in time, nothing typed is lost by it, and nobody passes without a second factor."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from candour.people import second_factor, session_limits
from candour.people.keeping import is_public, keep_typed, owner_cookie, remember_owner
from candour.people.models import KeptForm
from candour.people.session_limits import Ended

GetResponse = Callable[[HttpRequest], HttpResponse]

# Besides pages that need no sign-in at all.
WITHOUT_SECOND_FACTOR = frozenset({"account_logout", "second_factor_needed"})
ENROLMENT = "mfa_activate_totp"


class SessionLimitMiddleware:
    """End sessions that were idle or have lasted too long; seal and keep a form sent too late."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self._too_late(request, None) or self._answer(request)
        why = session_limits.ended(request.session, request.user)
        late = self._too_late(request, why) if why else None
        return late or self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            session_limits.mark_used(request.session)
        response = self.get_response(request)
        if request.user.is_authenticated:
            session_limits.mark_used(request.session)
            remember_owner(request, response)
        return response

    def _too_late(self, request: HttpRequest, why: Ended | None) -> HttpResponse | None:
        owner = owner_cookie(request)
        if request.user.is_authenticated:
            owner = str(request.user.pk)
            logout(request)
        if is_public(request.path_info):
            return None
        kept = keep_typed(request, owner) if owner else None
        if why is None and kept is None:
            return None
        return _to_sign_in(_afterwards(request, kept), why or Ended.IDLE)


class SecondFactorMiddleware:
    """Without a second factor nothing is reachable but enrolment and sign-out.

    There is no setting that turns this off.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if second_factor.is_confirmed(request.session, request.user):
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        enrolling = second_factor.may_enrol(request.session, request.user)
        if name in WITHOUT_SECOND_FACTOR or (name == ENROLMENT and enrolling):
            return None
        return redirect(ENROLMENT if enrolling else "second_factor_needed")


def _afterwards(request: HttpRequest, kept: KeptForm | None) -> str:
    if kept:
        return reverse("resume", args=[kept.pk])
    return request.get_full_path() if request.method == "GET" else "/"


def _to_sign_in(goes_to: str, why: Ended) -> HttpResponse:
    query = urlencode({"next": goes_to, "ended": why.value})
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{query}")
