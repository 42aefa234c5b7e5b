"""Where django-allauth asks for our rules: no sign-up, sealed secrets, every act an event."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from candour.kernel.actor import Actor
from candour.people import second_factor, session_limits
from candour.people.models import User
from candour.people.services.accounts import record_own_act
from candour.people.services.passwords import send_password_link
from candour.platform.acting import acting
from candour.platform.keys import open_with_service, seal_to_service


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation, and what happens to them is recorded."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see candour.people.services.invite."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not while enrolling: a link began this session a moment ago, with a password."""
        request = self.request
        return not second_factor.may_enrol(request.session, request.user)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Whoever comes through sign-in with an authenticator app registered has shown a code."""
        session_limits.begin(request.session)
        if second_factor.is_enrolled(user):
            second_factor.confirm(request.session, user)
        actor = Actor(id=str(user.pk))
        with acting(actor):
            record_own_act("signed_in", by=actor)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and record who did."""
        if request.user.is_authenticated:
            record_own_act("signed_out", by=Actor(id=str(request.user.pk)))
        super().logout(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account page."""
        return reverse("account")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """No address: the key that allauth made is not used (see send_password_reset_mail)."""
        return ""

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """A one-use link of our own goes out instead of allauth's key."""
        send_password_link(user=user)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say themselves what has happened."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps and recovery codes are sealed to the service key."""

    def encrypt(self, text: str) -> str:
        """Sealed, as base64."""
        return base64.b64encode(seal_to_service(text.encode())).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` sealed; KeyMissing without the service key."""
        return open_with_service(base64.b64decode(encrypted_text)).decode()

    def get_totp_issuer(self) -> str:
        """The name an authenticator app shows."""
        return "Candour"
