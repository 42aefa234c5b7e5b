"""Asking again for the password before a risky act, however the session began."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from candour.kernel import clock
from candour.people.keeping import keep_typed

RECENT = timedelta(minutes=5)

Given = ParamSpec("Given")
Page = Callable[Concatenate[HttpRequest, Given], HttpResponse]


def recently_confirmed(page: Page[Given]) -> Page[Given]:
    """A page for which the person must have shown who they are within the last five minutes.

    Otherwise they are asked for their password or a code and come back; a form they had sent is
    sealed and given back as after a session that ended.
    """

    @wraps(page)
    def guarded(request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        if is_recent(request):
            return page(request, *args, **kwargs)
        kept = keep_typed(request, str(request.user.pk))
        goes_to = reverse("resume", args=[kept.pk]) if kept else request.get_full_path()
        query = urlencode({"next": goes_to})
        return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{query}")

    return cast(Page[Given], guarded)


def is_recent(request: HttpRequest) -> bool:
    """Has the person shown password or code within the last five minutes?"""
    shown = [record["at"] for record in get_authentication_records(request, request.user)]
    return bool(shown) and clock.now().timestamp() - max(shown) < RECENT.total_seconds()
