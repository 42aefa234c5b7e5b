"""Accounts begin by invitation: a link that is shown once, used once, and dies in seven days."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import NoReverseMatch, reverse
from tests.integration.people.people_who_joined import (
    PASSWORD,
    Codes,
    Invite,
    Join,
    MakePerson,
    Person,
    SignIn,
)

from candour.audit.models import Event
from candour.kernel.actor import SYSTEM
from candour.kernel.errors import Invalid, NotPermitted, WrongState
from candour.people.models import OneUseLink, Partnership, User
from candour.people.roles import Role
from candour.people.services import Invited, first_administrator_link, invite, renew_invitation
from candour.platform.acting import acting


def test_an_invited_person_sets_a_password_enrols_and_arrives_with_recovery_codes(
    client: Client, invited: Invite, join: Join
) -> None:
    made = invited()
    join(client, made.address)
    user = User.objects.get(pk=made.user.pk)
    assert user.joined_at
    assert client.get("/account/").status_code == 200


def test_recovery_codes_are_shown_once(
    client: Client, invited: Invite, join: Join, recovery_codes: Codes
) -> None:
    made = invited()
    join(client, made.address)
    codes = recovery_codes(made.user)
    client.post("/accounts/confirm/?next=/account/recovery-codes/", {"password": PASSWORD})
    again = client.get("/account/recovery-codes/").content.decode()
    assert "were shown once" in again
    assert not any(code in again for code in codes)


def test_a_link_works_once(client: Client, invited: Invite, join: Join) -> None:
    made = invited()
    join(client, made.address)
    answer = Client().get(urlsplit(made.address).path)
    assert answer.status_code == 410
    assert "has been used already" in answer.content.decode()


def test_a_link_dies_after_seven_days(
    client: Client, invited: Invite, the_clock: time_machine.Traveller
) -> None:
    made = invited()
    the_clock.shift(timedelta(days=7) - timedelta(seconds=1))
    assert client.get(urlsplit(made.address).path).status_code == 200
    the_clock.shift(timedelta(seconds=1))
    assert client.get(urlsplit(made.address).path).status_code == 410


def test_a_new_link_kills_the_old_one(client: Client, invited: Invite) -> None:
    made = invited()
    with acting(SYSTEM):
        renewed = renew_invitation(by=SYSTEM, user=made.user)
    assert client.get(urlsplit(made.address).path).status_code == 410
    assert client.get(urlsplit(renewed.address).path).status_code == 200


def test_a_short_password_is_refused_and_the_link_lives_on(client: Client, invited: Invite) -> None:
    path = urlsplit(invited().address).path
    answer = client.post(path, {"password": "only14letters."})
    assert "at least 15 characters" in answer.content.decode()
    assert client.get(path).status_code == 200


def test_no_token_is_kept_in_the_database(invited: Invite) -> None:
    token = invited().address.rstrip("/").rpartition("/")[2]
    row = OneUseLink.objects.values().get()
    assert token not in str(row)


def test_an_address_with_an_account_is_not_invited_again(invited: Invite) -> None:
    invited("Ada Hart")
    with acting(SYSTEM), pytest.raises(Invalid) as refusal:
        invite(by=SYSTEM, email="ADA.hart@example.org ", name="Another")
    assert (refusal.value.code, refusal.value.field) == ("already_invited", "email")


def test_only_administrators_invite(person: MakePerson) -> None:
    chair = person("Maud Lyle", Role.CHAIR)
    with pytest.raises(NotPermitted):
        invite(by=chair.actor, email="x@example.org", name="X")
    assert not User.objects.filter(email="x@example.org").exists()


def test_there_is_no_address_for_signing_oneself_up() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_events_about_people_hold_no_name_and_no_address(
    client: Client, invited: Invite, join: Join
) -> None:
    join(client, invited("Ada Hart").address)
    written = str(list(Event.objects.values_list("subject", "payload", "actor")))
    assert "people.invited" in set(Event.objects.values_list("name", flat=True))
    assert "Ada" not in written
    assert "example.org" not in written


def test_the_first_administrator_gets_a_new_link_until_they_have_joined(
    client: Client, partnership: Partnership, join: Join
) -> None:
    def ask() -> Invited:
        with acting(SYSTEM):
            return first_administrator_link(
                email="first@example.org", name="First", partnership=partnership
            )

    first, second = ask(), ask()
    assert first.user == second.user
    join(client, second.address)
    with pytest.raises(WrongState):
        ask()


def test_an_administrator_invites_on_the_page_and_is_shown_the_link(
    administrator: Person, sign_in: SignIn, the_clock: time_machine.Traveller
) -> None:
    the_clock.shift(timedelta(minutes=1))
    client = sign_in(administrator)
    given = {"name": "New Person", "email": "new@example.org", "job_title": "", "telephone": ""}
    page = client.post("/people/invite/", given).content.decode()
    assert "The link is ready" in page
    address = page.split("<code>")[1].split("</code>")[0]
    assert Client().get(urlsplit(address).path).status_code == 200
