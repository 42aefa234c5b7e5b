"""The pages of alerts: the only ones of the public site that take a form."""

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from candour.archive import alerts
from candour.archive.asked import Asked
from candour.kernel.errors import RuleBroken

_LONGEST_QUERY = 2_000


@csrf_exempt
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to be told. There are no accounts and no cookies, so nobody's name can be borrowed."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = Asked.from_query(QueryDict(sent.get("search", "")[:_LONGEST_QUERY]))
    if request.method != "POST":
        asked = Asked.from_query(request.GET)
    context: dict[str, object] = {
        "asked": asked,
        "search": asked.query(history=(), kept=()),
        "email": "",
        "refusal": "",
    }
    if request.method != "POST":
        return render(request, "archive/alert_ask.html", context)
    email = request.POST.get("email", "").strip()
    try:
        alerts.ask(email, str(context["search"]))
    except RuleBroken as refusal:
        context |= {"email": email, "refusal": refusal.reason}
        return render(request, "archive/alert_ask.html", context, status=422)
    return render(request, "archive/alert_asked.html", {})


@csrf_exempt
def alert(request: HttpRequest, token: str) -> HttpResponse:
    """What is told, and the buttons that confirm and stop it; opening a link does neither."""
    found = alerts.alert(token)
    if request.method == "POST":
        return _done(request, token)
    asked = Asked.from_query(QueryDict(found.query))
    context = {"alert": found, "asked": asked, "search": found.query}
    return render(request, "archive/alert.html", context)


@csrf_exempt
def stop_at_once(request: HttpRequest, token: str) -> HttpResponse:
    """Where a mail program posts when its reader presses “unsubscribe” (RFC 8058).

    Opening the address stops nothing, for programs that look for harm open every link: it leads to
    the page with the button. Stopping twice, or what never was, is answered alike.
    """
    if request.method != "POST":
        alerts.alert(token)
        return HttpResponseRedirect(reverse("looking:alert", args=[token]))
    alerts.stop(token)
    return render(request, "archive/alert_done.html", {"stopped": True})


def _done(request: HttpRequest, token: str) -> HttpResponse:
    act = request.POST.get("act", "")
    if act == "confirm":
        alerts.confirm(token)
    elif act == "stop":
        alerts.stop(token)
    else:
        return HttpResponseNotAllowed(["GET"])
    return render(request, "archive/alert_done.html", {"stopped": act == "stop"})
