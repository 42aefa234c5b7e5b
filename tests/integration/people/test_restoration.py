"""A lost second factor is restored by two people, and by the password of its owner."""

from datetime import timedelta
from typing import TypeAlias
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client
from tests.integration.people.people_who_joined import PASSWORD, Join, MakePerson, Person, SignIn

from candour.audit.models import Event
from candour.kernel.actor import SYSTEM
from candour.kernel.errors import Invalid, NotPermitted, WrongState
from candour.people.models import Partnership, SecondFactorRestoration
from candour.people.roles import Role
from candour.people.selectors import restorations_waiting
from candour.people.services import (
    Invited,
    appoint,
    ask_restoration,
    confirm_restoration,
    renew_invitation,
)
from candour.platform.acting import acting

Asked: TypeAlias = tuple[Person, SecondFactorRestoration]


@pytest.fixture
def asked(administrator: Person, person: MakePerson) -> Asked:
    """An administrator has asked for Ada's second factor to be restored."""
    ada = person("Ada Hart", Role.CHAIR)
    with acting(administrator.actor):
        restoration = ask_restoration(
            by=administrator.actor, user=ada.user, reason="New telephone; called back."
        )
    return ada, restoration


def _confirm(who: Person, restoration: SecondFactorRestoration) -> Invited:
    with acting(who.actor):
        return confirm_restoration(by=who.actor, restoration=restoration)


def test_who_asked_cannot_confirm(administrator: Person, asked: Asked) -> None:
    ada, restoration = asked
    with pytest.raises(NotPermitted) as refusal:
        _confirm(administrator, restoration)
    assert refusal.value.code == "two_people"
    assert Authenticator.objects.filter(user=ada.user).exists()


def test_who_lost_it_cannot_confirm(second_administrator: Person, administrator: Person) -> None:
    with acting(administrator.actor):
        restoration = ask_restoration(
            by=administrator.actor, user=second_administrator.user, reason="Lost."
        )
    with pytest.raises(NotPermitted):
        _confirm(second_administrator, restoration)


def test_the_database_itself_refuses_one_person_as_both(asked: Asked) -> None:
    _, restoration = asked
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondFactorRestoration.objects.filter(pk=restoration.pk).update(
            confirmed_by=restoration.asked_by
        )


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.BUSINESS_MANAGER])
def test_another_administrator_or_the_business_manager_confirms(
    asked: Asked, person: MakePerson, role: Role
) -> None:
    ada, restoration = asked
    given = _confirm(person("Second Person", role), restoration)
    assert given.user == ada.user
    assert not Authenticator.objects.filter(user=ada.user).exists()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.BUSINESS_MANAGER])
def test_nobody_of_another_partnership_confirms_or_learns_of_it(
    asked: Asked, person: MakePerson, role: Role
) -> None:
    _, restoration = asked
    stranger = person("Elsewhere Person")
    elsewhere = Partnership.objects.create(name="Elsewhere Partnership", short_name="EP")
    with acting(SYSTEM):
        appoint(by=SYSTEM, user=stranger.user, partnership=elsewhere, role=role)

    assert not restorations_waiting(stranger.actor).exists()
    with pytest.raises(NotPermitted):
        _confirm(stranger, restoration)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.LIBRARIAN, None])
def test_nobody_else_confirms(asked: Asked, person: MakePerson, role: Role) -> None:
    _, restoration = asked
    with pytest.raises(NotPermitted):
        _confirm(person("Second Person", role), restoration)


def test_it_is_confirmed_once(asked: Asked, second_administrator: Person) -> None:
    _, restoration = asked
    _confirm(second_administrator, restoration)
    with pytest.raises(WrongState):
        _confirm(second_administrator, restoration)


def test_a_reason_must_be_given(administrator: Person, person: MakePerson) -> None:
    ada = person()
    with pytest.raises(Invalid):
        ask_restoration(by=administrator.actor, user=ada.user, reason="  ")


def test_confirming_ends_every_session_of_the_person(
    asked: Asked, second_administrator: Person, sign_in: SignIn, the_clock: time_machine.Traveller
) -> None:
    ada, restoration = asked
    the_clock.shift(timedelta(minutes=1))
    browser = sign_in(ada)
    assert browser.get("/account/").status_code == 200
    the_clock.shift(timedelta(minutes=1))
    _confirm(second_administrator, restoration)
    assert browser.get("/account/").status_code == 302


def test_the_link_needs_the_password_and_leads_to_a_new_second_factor(
    asked: Asked, second_administrator: Person, join: Join, client: Client
) -> None:
    ada, restoration = asked
    given = _confirm(second_administrator, restoration)
    path = urlsplit(given.address).path
    assert "not your password" in client.post(path, {"password": "wrong"}).content.decode()
    assert "_auth_user_id" not in client.session
    again = join(client, given.address)
    assert again.user == ada.user
    assert again.secret != ada.secret


def test_five_wrong_passwords_kill_the_link(
    asked: Asked, second_administrator: Person, client: Client
) -> None:
    _, restoration = asked
    path = urlsplit(_confirm(second_administrator, restoration).address).path
    for _ in range(5):
        client.post(path, {"password": "wrong"})
    assert client.post(path, {"password": PASSWORD}).status_code == 410


def test_one_administrator_cannot_go_round_it_with_an_invitation(
    asked: Asked, administrator: Person, second_administrator: Person
) -> None:
    ada, restoration = asked
    _confirm(second_administrator, restoration)
    ada.user.refresh_from_db()
    with pytest.raises(WrongState):
        renew_invitation(by=administrator.actor, user=ada.user)


def test_both_people_stand_in_the_audit(
    asked: Asked, administrator: Person, second_administrator: Person
) -> None:
    _, restoration = asked
    _confirm(second_administrator, restoration)
    events = dict(Event.objects.filter(subject=str(restoration.pk)).values_list("name", "actor"))
    assert events == {
        "people.restoration_asked": administrator.actor.reference,
        "people.restoration_confirmed": second_administrator.actor.reference,
    }


def test_both_steps_are_done_on_pages(
    administrator: Person,
    second_administrator: Person,
    person: MakePerson,
    sign_in: SignIn,
    the_clock: time_machine.Traveller,
) -> None:
    ada = person()
    the_clock.shift(timedelta(minutes=1))
    asks, confirms = sign_in(administrator), sign_in(second_administrator)
    asks.post(f"/people/{ada.user.pk}/second-factor/", {"reason": "Lost; I know her voice."})
    restoration = SecondFactorRestoration.objects.get()
    path = f"/people/second-factors/{restoration.pk}/"
    assert str(path) in confirms.get("/people/second-factors/").content.decode()
    assert "Ask another" in asks.post(path, {"submission": ""} | _sure(asks, path)).content.decode()
    assert "The link is ready" in confirms.post(path, _sure(confirms, path)).content.decode()


def _sure(client: Client, path: str) -> dict[str, str]:
    page = client.get(path).content.decode()
    return {"submission": page.split('name="submission" value="')[1].split('"')[0]}
