"""Every account shows a second factor, and no setting turns that off."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import time_machine
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.integration.people.people_who_joined import (
    PASSWORD,
    Codes,
    Invite,
    MakePerson,
    SignIn,
)

from candour.people.middleware import ENROLMENT, WITHOUT_SECOND_FACTOR
from candour.platform.config import Config


@pytest.fixture
def by_password_alone(invited: Invite) -> Client:
    """A browser in which somebody who never enrolled has signed in with a password."""
    made = invited()
    Client().post(urlsplit(made.address).path, {"password": PASSWORD})
    client = Client()
    client.post("/accounts/login/", {"login": made.user.email, "password": PASSWORD})
    assert "_auth_user_id" in client.session
    return client


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, path)
        else:
            yield path, pattern


def _address(path: str, pattern: URLPattern) -> str:
    for name, converter in pattern.pattern.converters.items():
        given = {"uuid": str(uuid4()), "int": "1"}
        kind = type(converter).__name__.removesuffix("Converter").lower()
        for written in (f"<{kind}:{name}>", f"<{name}>"):
            path = path.replace(written, given.get(kind, "x"))
    return f"/{path}"


def test_without_a_second_factor_no_private_page_is_reachable_but_sign_out(
    by_password_alone: Client,
) -> None:
    needed = reverse("second_factor_needed")
    reached = set()
    for path, pattern in _patterns(get_resolver()):
        if not getattr(pattern.callback, "login_required", True):
            continue
        answer = by_password_alone.get(_address(path, pattern))
        if not (answer.status_code == 302 and answer["Location"] == needed):
            reached.add(pattern.name)
    assert reached <= WITHOUT_SECOND_FACTOR


def test_a_password_alone_never_lets_anybody_enrol(by_password_alone: Client) -> None:
    answer = by_password_alone.get(reverse(ENROLMENT))
    assert answer["Location"] == reverse("second_factor_needed")


def test_an_invited_person_is_led_to_enrolment_from_wherever_they_go(
    client: Client, invited: Invite
) -> None:
    client.post(urlsplit(invited().address).path, {"password": PASSWORD})
    assert client.get("/account/")["Location"] == reverse(ENROLMENT)
    assert client.get(reverse(ENROLMENT)).status_code == 200


def test_a_session_begun_by_password_stays_shut_after_its_owner_enrols_elsewhere(
    client: Client, invited: Invite
) -> None:
    made = invited()
    client.post(urlsplit(made.address).path, {"password": PASSWORD})
    stolen = Client()
    stolen.post("/accounts/login/", {"login": made.user.email, "password": PASSWORD})
    TOTP.activate(made.user, "JBSWY3DPEHPK3PXP")
    assert stolen.get("/account/")["Location"] == reverse("second_factor_needed")


def test_sign_in_asks_for_the_code_before_anything_is_shown(
    client: Client, person: MakePerson
) -> None:
    who = person()
    given = {"login": who.user.email, "password": PASSWORD}
    assert client.post("/accounts/login/", given)["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_a_code_works_once(
    person: MakePerson, sign_in: SignIn, the_clock: time_machine.Traveller
) -> None:
    who = person()
    the_clock.shift(timedelta(minutes=1))
    sign_in(who)
    second = Client()
    given = {"login": who.user.email, "password": PASSWORD}
    second.post("/accounts/login/", given)
    answer = second.post("/accounts/login/code/", {"code": who.code()})
    assert "Incorrect code" in answer.content.decode()
    assert "_auth_user_id" not in second.session


def test_a_recovery_code_signs_in_once(person: MakePerson, recovery_codes: Codes) -> None:
    who = person()
    code = recovery_codes(who.user)[0]
    given = {"login": who.user.email, "password": PASSWORD}
    for expected in (True, False):
        client = Client()
        client.post("/accounts/login/", given)
        client.post("/accounts/login/code/", {"code": code})
        assert ("_auth_user_id" in client.session) is expected


def test_secrets_of_both_factors_are_sealed_in_the_database(
    person: MakePerson, recovery_codes: Codes
) -> None:
    who = person()
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert who.secret not in kept
    assert not any(code in kept for code in recovery_codes(who.user))


def test_no_setting_turns_the_second_factor_off() -> None:
    words = ("factor", "mfa", "totp", "otp", "2fa", "authenticator")
    assert not [name for name in Config.model_fields if any(word in name for word in words)]
    assert "candour.people.middleware.SecondFactorMiddleware" in settings.MIDDLEWARE
    assert mfa_settings.TRUST_ENABLED is False
    assert mfa_settings.TOTP_INSECURE_BYPASS_CODE is None


def test_there_is_no_address_for_removing_ones_own_second_factor() -> None:
    names = {pattern.name for _, pattern in _patterns(get_resolver())}
    assert not {"mfa_deactivate_totp", "mfa_index", "account_signup", "account_email"} & names
