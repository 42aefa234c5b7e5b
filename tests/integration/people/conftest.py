"""People who joined as people do: by a link, a password and an authenticator app."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from tests.integration.people.people_who_joined import (
    PASSWORD,
    Codes,
    Invite,
    Join,
    MakePerson,
    Person,
    SignIn,
)

from candour.kernel.actor import SYSTEM
from candour.people.models import Partnership, User
from candour.people.roles import Role
from candour.people.services import Invited, appoint, find_link, invite
from candour.people.services.accounts import enrolled, set_password
from candour.platform.acting import acting

STARTED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def the_clock() -> Iterator[time_machine.Traveller]:
    """Time stands still until a test moves it: codes and limits do not depend on its speed."""
    with time_machine.travel(STARTED, tick=False) as traveller:
        yield traveller


@pytest.fixture
def partnership(db: None) -> Partnership:
    return Partnership.objects.create(name="Ashmere Safeguarding Partnership", short_name="ASP")


@pytest.fixture
def invited(partnership: Partnership) -> Invite:
    """Invite somebody, and appoint them if a role is named."""

    def make(name: str = "Ada Hart", role: Role | None = None) -> Invited:
        with acting(SYSTEM):
            made = invite(by=SYSTEM, email=f"{name.replace(' ', '.')}@example.org", name=name)
            if role:
                appoint(by=SYSTEM, user=made.user, partnership=partnership, role=role)
        return made

    return make


@pytest.fixture
def join(the_clock: time_machine.Traveller) -> Join:
    """Follow an invitation to its end in this browser."""

    def follow(client: Client, address: str) -> Person:
        client.post(urlsplit(address).path, {"password": PASSWORD}, follow=True)
        page = client.get("/account/second-factor/")
        secret = re.search(r"<code>([A-Z2-7=]+)</code>", page.content.decode())
        assert secret, page.content.decode()
        user = User.objects.get(pk=client.session["_auth_user_id"])
        person = Person(user, secret.group(1))
        assert client.post("/account/second-factor/", {"code": person.code()}).status_code == 302
        assert client.get("/account/recovery-codes/").status_code == 200
        user.refresh_from_db()
        return person

    return follow


@pytest.fixture
def person(invited: Invite) -> MakePerson:
    """Somebody who has joined, by the services behind the pages (the pages: `join`)."""

    def make(name: str = "Ada Hart", role: Role | None = None) -> Person:
        token = invited(name, role).address.rstrip("/").rpartition("/")[2]
        user = set_password(link=find_link(token=token), password=PASSWORD)
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        RecoveryCodes.activate(user)
        made = Person(user, secret)
        with acting(made.actor):
            enrolled(by=made.actor)
        user.refresh_from_db()
        return made

    return make


@pytest.fixture
def sign_in() -> SignIn:
    """A browser in which this person signs in, with both factors."""

    def enter(who: Person, client: Client | None = None, goes_to: str = "/account/") -> Client:
        browser = client or Client()
        given = {"login": who.user.email, "password": PASSWORD}
        browser.post(f"/accounts/login/?next={goes_to}", given)
        answer = browser.post("/accounts/login/code/", {"code": who.code()})
        assert answer.status_code == 302, answer.content.decode()
        return browser

    return enter


@pytest.fixture
def administrator(person: MakePerson) -> Person:
    return person("Ingrid Vale", Role.ADMINISTRATOR)


@pytest.fixture
def second_administrator(person: MakePerson) -> Person:
    return person("Tomas Reed", Role.ADMINISTRATOR)


@pytest.fixture
def recovery_codes() -> Codes:
    """What stands on the paper this person keeps."""

    def read(user: User) -> list[str]:
        codes = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
        return list(codes.wrap().get_unused_codes())

    return read
