"""Signing in to the demonstration with one click.

The click plays the person's own sign-in against the real pages: password, then the code that their
authenticator app would show. It answers "not found" unless the demonstration's marker is set, this
is not production, the page was asked for as localhost from this machine, and no proxy forwarded
the request.
"""

import json
import re
import time
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.test import Client
from django.urls import reverse

from candour.platform.config import Config, Environment, config

_LOCAL = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?")
# What proxies, balancers and content networks add when they pass a request on.
_FORWARDED = re.compile(
    r"HTTP_(FORWARDED|VIA|X_FORWARDED|X_REAL_IP|X_ORIGINAL|X_(CLUSTER_)?CLIENT_IP|TRUE_CLIENT_IP"
    r"|CF_CONNECTING_IP|CLIENT_IP)"
)
_STEP = 30


@dataclass(frozen=True)
class Person:
    """Somebody of the cast, with what they sign in with."""

    email: str
    name: str
    does: str
    password: str
    secret: str


def keep_cast(people: list[Person], folder: Path) -> None:
    """Write down what the cast sign in with, for this machine's owner alone."""
    path = folder / "cast.json"
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(json.dumps([vars(person) for person in people], indent=1), encoding="utf-8")


def cast() -> list[Person]:
    """The cast as kept when the demonstration was loaded."""
    path = config().data_dir / "cast.json"
    if not path.exists():
        return []
    return [Person(**held) for held in json.loads(path.read_text(encoding="utf-8"))]


def allowed_here(request: HttpRequest, settings: Config) -> bool:
    """Marker set, not production, asked for as localhost from this machine, not forwarded: all."""
    as_local = _LOCAL.fullmatch(request.META.get("HTTP_HOST", "")) is not None
    forwarded = any(_FORWARDED.match(name) for name in request.META)
    demo = settings.demo and settings.env is Environment.DEMO
    return demo and as_local and _from_here(request) and not forwarded


def _from_here(request: HttpRequest) -> bool:
    # Whoever asks chooses the Host header; the address a connection comes from they do not.
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@login_not_required
def choose(request: HttpRequest) -> HttpResponse:
    """Choose whom to be."""
    if not allowed_here(request, config()):
        raise Http404
    people = cast()
    if request.method == "POST":
        for person in people:
            if person.email == request.POST.get("person"):
                return _signed_in(request, person)
    return render(request, "demo/choose.html", {"people": people, "navigation": []})


def _signed_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Walk through the real sign-in on this person's behalf; hand their browser the session."""
    now = int(time.time()) // _STEP
    for step in (now, now - 1, now + 1):
        browser = Client(HTTP_HOST=request.META["HTTP_HOST"], REMOTE_ADDR="127.0.0.1")
        browser.post(reverse("account_login"), {"login": person.email, "password": person.password})
        code = format_hotp_value(hotp_value(person.secret, step))
        answer = browser.post(reverse("mfa_authenticate"), {"code": code})
        if answer.status_code == 302:
            response = HttpResponseRedirect(reverse("home"))
            for name, morsel in browser.cookies.items():
                response.cookies[name] = morsel.value
                response.cookies[name].update({k: v for k, v in morsel.items() if v})
            return response
    return render(
        request,
        "demo/choose.html",
        {"people": cast(), "navigation": [], "busy": person.name},
        status=409,
    )
