"""People with browsers, already signed in with both factors, on either site."""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from tests.integration.people.people_who_joined import PASSWORD, Person

from candour.kernel import clock
from candour.people.models import User
from candour.people.second_factor import confirm
from candour.people.session_limits import begin

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Browser:
    """One person's browser. Nothing that it asks for stays done: each request is undone."""

    def __init__(self, user: User | None, *, second_factor: bool = True) -> None:
        self._client = Client(raise_request_exception=True)
        if user is not None:
            self._client.force_login(user, backend=_BACKEND)
            if second_factor:
                session = self._client.session
                _just_shown(session, user)
                confirm(session, user)
                begin(session)
                session.save()
        self.cookies = self._client.cookies.output(header="").replace("\r\n", "; ")

    def get(self, address: str) -> HttpResponse:
        """The answer to opening an address."""
        with self._undone(address):
            return self._client.get(address)

    def post(self, address: str, typed: dict[str, object] | None = None) -> HttpResponse:
        """The answer to sending a form, empty unless something was typed."""
        with self._undone(address):
            return self._client.post(address, typed or {})

    @contextmanager
    def _undone(self, address: str) -> Iterator[None]:
        self._client.cookies.clear()
        self._client.cookies.load(self.cookies)
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        except Exception as fault:
            fault.add_note(f"at {address}")
            raise


def _just_shown(session: SessionBase, user: User) -> None:
    """The session as signing in leaves it: the password was shown a moment ago."""
    request = HttpRequest()
    request.session = session  # type: ignore[assignment]
    record_authentication(request, user, "password")


def body_of(response: HttpResponse) -> bytes:
    """Everything an answer carries, its headers and a downloaded file included."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.items()).encode()
    streamed = b"".join(response) if response.streaming else response.content
    return headers + b"\n" + streamed


def joined(user: User) -> Person:
    """The person, with a password, an authenticator app and recovery codes, all new."""
    Authenticator.objects.filter(user=user).delete()
    user.set_password(PASSWORD)
    user.joined_at = clock.now()
    user.save()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return Person(user, secret)
