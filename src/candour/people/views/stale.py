"""A form whose page is older than the present sign-in: given back instead of refused.

Signing in again in another window makes the tokens of open pages invalid. What such a page sends
comes from our own site all the same, so the person is shown it and asked whether to send it on.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from candour.people.keeping import keep_read, wants_keeping
from candour.ui.errors import csrf_failure


def out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Keep what came from our own pages for the person signed in; refuse everything else."""
    if request.user.is_authenticated and wants_keeping(request) and _from_our_own_page(request):
        kept = keep_read(request, str(request.user.pk), list(request.FILES))
        if kept:
            return redirect("resume", kept.pk)
    return csrf_failure(request, reason)


def _from_our_own_page(request: HttpRequest) -> bool:
    # Browsers send these by themselves; no page of another site can set them.
    if request.headers.get("Sec-Fetch-Site"):
        return request.headers["Sec-Fetch-Site"] == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
