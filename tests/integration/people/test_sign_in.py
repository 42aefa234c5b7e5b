"""Sign-in tells nobody who has an account, and counts wrong tries."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from tests.integration.people.people_who_joined import PASSWORD, MakePerson, SignIn

from candour.audit.models import Event
from candour.people.models import OneUseLink, User
from candour.people.roles import LinkPurpose
from candour.platform.config import config
from candour.platform.keys import open_with_service
from candour.platform.mail import not_sent

_OWN = re.compile(r'(value="[^"]*"|name="csrfmiddlewaretoken"[^>]*|data-csrf-token="[^"]*")')


def _said(client: Client, path: str, given: dict[str, str]) -> tuple[int, str]:
    answer = client.post(path, given)
    return answer.status_code, _OWN.sub("", answer.content.decode())


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(person: MakePerson) -> None:
    who = person()
    known = _said(Client(), "/accounts/login/", {"login": who.user.email, "password": "wrong"})
    unknown = _said(Client(), "/accounts/login/", {"login": "no@example.org", "password": "wrong"})
    assert known == unknown


def test_a_forgotten_password_gets_the_same_answer_for_known_and_unknown(
    person: MakePerson,
) -> None:
    who = person()
    path = "/accounts/password/forgotten/"
    answers = {
        (answer.status_code, answer["Location"])
        for answer in (
            Client().post(path, {"email": who.user.email}),
            Client().post(path, {"email": "no@example.org"}),
        )
    }
    assert len(answers) == 1
    assert OneUseLink.objects.filter(purpose=LinkPurpose.NEW_PASSWORD).count() == 1


def test_the_mail_holds_a_link_and_nothing_else_and_the_link_sets_a_password(
    person: MakePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = person("Ada Hart")
    monkeypatch.setattr(config(), "smtp_url", "smtp://localhost:25")
    Client().post("/accounts/password/forgotten/", {"email": who.user.email})
    mail = not_sent().get()
    text = open_with_service(bytes(mail.text_sealed)).decode()
    assert mail.to == who.user.email
    assert "Ada" not in text + mail.subject
    address = re.search(r"http\S+", text)
    assert address
    path = urlsplit(address.group()).path
    new = "four quite different words"
    answer = Client().post(path, {"password": new})
    assert answer["Location"] == "/accounts/login/?password=set"
    user = User.objects.get(pk=who.user.pk)
    assert user.check_password(new)
    assert Client().get(path).status_code == 410


def test_a_new_password_alone_does_not_let_anybody_in(
    person: MakePerson, monkeypatch: pytest.MonkeyPatch, the_clock: time_machine.Traveller
) -> None:
    who = person()
    the_clock.shift(timedelta(minutes=1))
    client = Client()
    given = {"login": who.user.email, "password": PASSWORD}
    assert client.post("/accounts/login/", given)["Location"] == "/accounts/login/code/"
    assert client.get("/account/").status_code == 302


def test_wrong_passwords_are_counted_and_then_even_the_right_one_waits(person: MakePerson) -> None:
    who = person()
    for _ in range(10):
        Client().post("/accounts/login/", {"login": who.user.email, "password": "wrong"})
    given = {"login": who.user.email, "password": PASSWORD}
    assert Client().post("/accounts/login/", given).status_code != 302


def test_wrong_codes_are_counted(person: MakePerson, the_clock: time_machine.Traveller) -> None:
    who = person()
    the_clock.shift(timedelta(minutes=1))
    client = Client()
    client.post("/accounts/login/", {"login": who.user.email, "password": PASSWORD})
    for _ in range(10):
        client.post("/accounts/login/code/", {"code": "000000"})
    client.post("/accounts/login/code/", {"code": who.code()})
    assert "_auth_user_id" not in client.session


def test_signing_in_and_out_are_events_of_that_person(
    person: MakePerson, sign_in: SignIn, the_clock: time_machine.Traveller
) -> None:
    who = person()
    the_clock.shift(timedelta(minutes=1))
    sign_in(who).post("/accounts/logout/")
    names = Event.objects.filter(actor=who.actor.reference).values_list("name", flat=True)
    assert {"people.signed_in", "people.signed_out"} <= set(names)


def test_the_session_gets_a_new_key_at_sign_in(
    person: MakePerson, sign_in: SignIn, the_clock: time_machine.Traveller
) -> None:
    who = person()
    the_clock.shift(timedelta(minutes=1))
    client = Client()
    client.post("/accounts/login/", {"login": who.user.email, "password": PASSWORD})
    before = client.session.session_key
    client.post("/accounts/login/code/", {"code": who.code()})
    assert client.session.session_key != before
