"""One click signs in on this machine's own demonstration, through both factors, nowhere else."""

import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from demo import sign_in
from demo.sign_in import Person, allowed_here, cast, keep_cast
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from tests import world

from candour.audit.models import Event
from candour.people import second_factor
from candour.people.models import User
from candour.platform.config import Config, Environment, config

pytestmark = pytest.mark.django_db

PASSWORD = "seven quiet herons wading"
DEMO = Config(env=Environment.DEMO, demo=True)
LOCAL = ["localhost", "localhost:8001", "127.0.0.1", "127.0.0.1:8001", "[::1]", "[::1]:8001"]
ELSEWHERE = [
    "",
    "demo.example.org",
    "demo.example.org:8001",
    "localhost.example.org",
    "localhost.example.org:8001",
    "example.org:localhost",
    "localhost:8001:8001",
    "localhost:x",
    "localhost@example.org",
    "127.0.0.1.example.org",
    "127.0.0.2",
    "[::1].example.org",
    "[::1",
    "::1",
    "[::ffff:203.0.113.9]:8001",
    "192.168.0.4:8001",
]
FORWARDING = [
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_REAL_IP",
    "HTTP_X_ORIGINAL_HOST",
    "HTTP_X_ORIGINAL_FOR",
    "HTTP_X_CLIENT_IP",
    "HTTP_X_CLUSTER_CLIENT_IP",
    "HTTP_TRUE_CLIENT_IP",
    "HTTP_CF_CONNECTING_IP",
    "HTTP_CLIENT_IP",
]


def allowed(settings: Config = DEMO, **headers: str) -> bool:
    asked = RequestFactory().get("/demo/", **{"HTTP_HOST": "localhost:8001", **headers})
    return allowed_here(asked, settings)


@pytest.mark.parametrize("host", LOCAL)
def test_this_machine_is_known_by_every_name_it_has_for_itself(host: str) -> None:
    assert allowed(HTTP_HOST=host)


@pytest.mark.parametrize("host", ELSEWHERE)
def test_a_page_asked_for_under_any_other_name_is_not_found(host: str) -> None:
    assert not allowed(HTTP_HOST=host)


@pytest.mark.parametrize("header", FORWARDING)
def test_a_request_that_something_forwarded_is_not_found(header: str) -> None:
    assert not allowed(**{header: "127.0.0.1"})


@pytest.mark.parametrize("address", ["192.168.0.4", "203.0.113.9", "::ffff:203.0.113.9", ""])
def test_a_request_from_another_machine_is_not_found_whatever_host_it_names(address: str) -> None:
    assert not allowed(REMOTE_ADDR=address)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "127.0.0.9"])
def test_a_request_from_this_machine_is_served(address: str) -> None:
    assert allowed(REMOTE_ADDR=address)


@pytest.mark.parametrize("env", [Environment.PRODUCTION, Environment.DEVELOPMENT])
def test_only_a_demonstration_signs_in_with_one_click(env: Environment) -> None:
    assert not allowed(Config(env=env, demo=True))


def test_without_the_marker_there_is_no_such_page() -> None:
    assert not allowed(Config(env=Environment.DEMO, demo=False))


@pytest.fixture
def one_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[User]:
    """A demonstration with one person who has joined with both factors."""
    user = world.a_user("Ruth Example")
    user.set_password(PASSWORD)
    user.save()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    keep_cast([Person(user.email, user.name, "Manages", PASSWORD, secret)], tmp_path)
    for name, value in (("demo", True), ("env", Environment.DEMO), ("data_dir", tmp_path)):
        monkeypatch.setattr(config(), name, value)
    with override_settings(ROOT_URLCONF="demo.urls", TEMPLATES=_templates()):
        yield user


def _templates() -> list[dict[str, object]]:
    from demo import settings

    return list(settings.TEMPLATES)


def click(browser: Client, person: User, **headers: str) -> HttpResponse:
    sent = {"HTTP_HOST": "localhost:8001", **headers}
    return browser.post("/demo/", {"person": person.email}, **sent)


def test_the_click_shows_both_factors_and_leaves_a_session_that_has_shown_them(
    one_person: User,
) -> None:
    browser = Client()
    answer = click(browser, one_person)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert browser.session["_auth_user_id"] == str(one_person.pk)
    assert second_factor.is_confirmed(browser.session, one_person)
    assert browser.get("/account/", HTTP_HOST="localhost:8001").status_code == 200
    assert Event.objects.filter(name="people.signed_in", subject=str(one_person.pk)).exists()


def test_a_click_takes_no_session_over_that_was_there_before(one_person: User) -> None:
    browser = Client()
    browser.get("/accounts/login/", HTTP_HOST="localhost:8001")
    browser.cookies["candour"] = "chosen-by-somebody-else"
    click(browser, one_person)

    assert browser.cookies["candour"].value != "chosen-by-somebody-else"


def test_with_the_wrong_secret_nobody_is_signed_in(one_person: User, tmp_path: Path) -> None:
    kept = cast()[0]
    wrong = Person(kept.email, kept.name, kept.does, kept.password, generate_totp_secret())
    keep_cast([wrong], tmp_path)
    browser = Client()

    assert click(browser, one_person).status_code == 409
    assert "_auth_user_id" not in browser.session


def test_a_code_used_once_asks_to_wait_and_signs_nobody_in(
    one_person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    monkeypatch.setattr(sign_in, "time", SimpleNamespace(time=lambda: now))
    answers = [click(Client(), one_person) for _ in range(4)]

    assert 409 in {answer.status_code for answer in answers}
    assert "has just used" in answers[-1].content.decode()


def test_only_the_cast_can_be_chosen(one_person: User) -> None:
    browser, stranger = Client(), world.a_user("Not Cast")
    assert click(browser, stranger).status_code == 200
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize(
    "headers",
    [{"HTTP_HOST": "127.0.0.1:8001", "HTTP_VIA": "1.1 proxy"}, {"REMOTE_ADDR": "10.0.0.7"}],
)
def test_neither_the_list_nor_the_click_answers_where_a_guard_fails(
    one_person: User, headers: dict[str, str]
) -> None:
    browser = Client()
    sent = {"HTTP_HOST": "localhost:8001", **headers}
    assert browser.get("/demo/", **sent).status_code == 404
    assert click(browser, one_person, **headers).status_code == 404
    assert "_auth_user_id" not in browser.session


def test_a_click_from_another_site_is_refused(one_person: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert click(browser, one_person).status_code == 403
    assert "_auth_user_id" not in browser.session


def test_what_the_cast_sign_in_with_is_for_this_machine_s_owner_alone(
    one_person: User, tmp_path: Path
) -> None:
    assert (tmp_path / "cast.json").stat().st_mode & 0o777 == 0o600


def test_the_workspace_itself_has_no_such_page(one_person: User) -> None:
    with override_settings(ROOT_URLCONF="candour.sites.workspace.urls"):
        answer = Client().get("/demo/", HTTP_HOST="localhost:8001")
    assert answer.status_code == 404 or answer["Location"].startswith("/accounts/login/")
