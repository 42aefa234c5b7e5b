"""Somebody with an account, as the tests of this folder know them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from candour.kernel.actor import Actor
from candour.people.models import User
from candour.people.services import Invited

PASSWORD = "three plain words here"


@dataclass
class Person:
    """Somebody with an account, and what they carry: password and authenticator app."""

    user: User
    secret: str

    @property
    def actor(self) -> Actor:
        return Actor(id=str(self.user.pk))

    def code(self) -> str:
        """What their authenticator app shows now."""
        return format_hotp_value(hotp_value(self.secret, int(time.time()) // 30))


Invite: TypeAlias = Callable[..., Invited]
Join: TypeAlias = Callable[[Client, str], Person]
MakePerson: TypeAlias = Callable[..., Person]
SignIn: TypeAlias = Callable[..., Client]
Codes: TypeAlias = Callable[[User], list[str]]
