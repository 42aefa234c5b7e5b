"""Sessions end in time, and at once when somebody says so."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from tests.integration.people.people_who_joined import MakePerson, Person, SignIn

from candour.people.services import deactivate
from candour.people.services.accounts import forget_ended_sessions
from candour.platform.acting import acting

IDLE = timedelta(minutes=15)


@pytest.fixture
def ada(person: MakePerson) -> Person:
    return person()


@pytest.fixture
def browser(ada: Person, sign_in: SignIn, the_clock: time_machine.Traveller) -> Client:
    the_clock.shift(timedelta(minutes=1))
    return sign_in(ada)


def _open(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_session_lives_up_to_fifteen_idle_minutes(
    browser: Client, the_clock: time_machine.Traveller
) -> None:
    the_clock.shift(IDLE - timedelta(seconds=1))
    assert _open(browser)


def test_a_session_ends_after_fifteen_idle_minutes(
    browser: Client, the_clock: time_machine.Traveller
) -> None:
    the_clock.shift(IDLE)
    answer = browser.get("/account/")
    assert answer["Location"].startswith("/accounts/login/?next=%2Faccount%2F&ended=idle")
    assert "_auth_user_id" not in browser.session


def test_using_a_session_keeps_it_alive_but_never_beyond_eight_hours(
    browser: Client, the_clock: time_machine.Traveller
) -> None:
    for _ in range(47):
        the_clock.shift(timedelta(minutes=10))
        assert _open(browser)
    the_clock.shift(timedelta(minutes=10))
    assert "ended=whole" in browser.get("/account/")["Location"]


def test_the_page_says_how_long_is_left_for_the_warning_two_minutes_before(
    browser: Client, the_clock: time_machine.Traveller
) -> None:
    assert 'data-idle-seconds="900"' in browser.get("/account/").content.decode()
    the_clock.shift(timedelta(seconds=10))
    # Not yet worth a write: the page tells the truth about the mark that stands.
    assert 'data-idle-seconds="890"' in browser.get("/account/").content.decode()


def test_somebody_who_answers_the_warning_stays(
    browser: Client, the_clock: time_machine.Traveller
) -> None:
    the_clock.shift(timedelta(minutes=14))
    assert browser.post("/account/stay/").status_code == 204
    the_clock.shift(timedelta(minutes=14))
    assert _open(browser)


def test_deactivation_ends_every_session_at_the_next_request(
    ada: Person, browser: Client, administrator: Person, the_clock: time_machine.Traveller
) -> None:
    assert _open(browser)
    the_clock.shift(timedelta(seconds=1))
    with acting(administrator.actor):
        deactivate(by=administrator.actor, user=ada.user)
    assert not _open(browser)


def test_a_deactivated_person_cannot_sign_in(
    ada: Person, browser: Client, administrator: Person
) -> None:
    with acting(administrator.actor):
        deactivate(by=administrator.actor, user=ada.user)
    client = Client()
    given = {"login": ada.user.email, "password": "three plain words here"}
    client.post("/accounts/login/", given)
    assert "_auth_user_id" not in client.session


def test_one_session_is_ended_from_another(
    ada: Person, browser: Client, sign_in: SignIn, the_clock: time_machine.Traveller
) -> None:
    the_clock.shift(timedelta(minutes=1))
    other = sign_in(ada)
    assert "This session" in other.get("/account/sessions/").content.decode()
    first = UserSession.objects.get(session_key=browser.session.session_key)
    other.post(f"/account/sessions/{first.pk}/end/")
    assert not _open(browser)
    assert _open(other)


def test_nobody_ends_the_session_of_another_person(
    browser: Client, person: MakePerson, sign_in: SignIn, the_clock: time_machine.Traveller
) -> None:
    eve = person("Eve Moss")
    the_clock.shift(timedelta(minutes=1))
    ada_session = UserSession.objects.get(session_key=browser.session.session_key)
    sign_in(eve).post(f"/account/sessions/{ada_session.pk}/end/")
    assert _open(browser)


def test_signing_out_everywhere_else_leaves_this_session(
    ada: Person, browser: Client, sign_in: SignIn, the_clock: time_machine.Traveller
) -> None:
    the_clock.shift(timedelta(minutes=1))
    other = sign_in(ada)
    other.post("/account/sessions/")
    assert not _open(browser)
    assert _open(other)


def test_the_worker_clears_away_sessions_that_are_over_and_no_others(
    ada: Person, browser: Client, sign_in: SignIn, the_clock: time_machine.Traveller
) -> None:
    the_clock.shift(timedelta(days=14))
    other = sign_in(ada)
    forget_ended_sessions()
    assert [one.session_key for one in UserSession.objects.all()] == [other.session.session_key]
    assert [one.session_key for one in Session.objects.all()] == [other.session.session_key]
    assert _open(other)


def test_signing_out_ends_the_session(browser: Client) -> None:
    browser.post("/accounts/logout/")
    assert not _open(browser)


def test_a_new_password_ends_the_other_sessions(
    ada: Person, browser: Client, sign_in: SignIn, the_clock: time_machine.Traveller
) -> None:
    the_clock.shift(timedelta(minutes=1))
    other = sign_in(ada)
    new = "four quite different words"
    given = {"oldpassword": "three plain words here", "password1": new, "password2": new}
    assert other.post("/account/password/", given)["Location"] == "/account/"
    assert _open(other)
    assert not _open(browser)
