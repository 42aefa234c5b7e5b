"""Nobody makes an administrator alone; an e-mail address changes when the new one answers."""

import re
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from tests.integration.people.people_who_joined import MakePerson, Person, SignIn

from candour.kernel.errors import Invalid, NotPermitted, WrongState
from candour.people.models import AdministratorProposal, Partnership, User
from candour.people.roles import Role
from candour.people.selectors import holds, proposals_waiting
from candour.people.services import appoint, first_administrator_link
from candour.people.services.administrators import (
    decide_on_administrator,
    propose_administrator,
)
from candour.people.services.emails import ask_new_email, change_email_for, confirm_new_email
from candour.platform.config import config
from candour.platform.keys import open_with_service
from candour.platform.models import Mail, Notification


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config(), "smtp_url", "smtp://mail.example:25")


def proposed(by: Person, who: Person, partnership: Partnership) -> AdministratorProposal:
    return propose_administrator(by=by.actor, user=who.user, partnership=partnership)


def words_to(address: str) -> str:
    return "\n".join(
        open_with_service(bytes(each.text_sealed)).decode()
        for each in Mail.objects.filter(to=address)
    )


# Administrators


def test_one_administrator_cannot_appoint_another(
    administrator: Person, person: MakePerson, partnership: Partnership
) -> None:
    ada = person()
    with pytest.raises(NotPermitted) as refusal:
        appoint(
            by=administrator.actor,
            user=ada.user,
            partnership=partnership,
            role=Role.ADMINISTRATOR,
        )
    assert refusal.value.code == "two_people"


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.BUSINESS_MANAGER, Role.CHAIR])
def test_a_second_person_who_stands_there_confirms(
    administrator: Person, person: MakePerson, partnership: Partnership, role: Role
) -> None:
    ada, second = person(), person("Ben Stone", role)
    proposal = proposed(administrator, ada, partnership)
    assert not holds(ada.actor, Role.ADMINISTRATOR)
    assert list(proposals_waiting(second.actor)) == [proposal]

    decide_on_administrator(by=second.actor, proposal=proposal, confirmed=True)

    assert holds(ada.actor, Role.ADMINISTRATOR)


def test_an_identity_that_the_proposer_put_in_office_is_no_second_person(
    administrator: Person, person: MakePerson, partnership: Partnership
) -> None:
    ada, invented = person(), person("Made Up")
    appoint(
        by=administrator.actor,
        user=invented.user,
        partnership=partnership,
        role=Role.BUSINESS_MANAGER,
    )
    proposal = proposed(administrator, ada, partnership)

    for who in (administrator, ada, invented):
        with pytest.raises(NotPermitted):
            decide_on_administrator(by=who.actor, proposal=proposal, confirmed=True)


def test_a_refused_proposal_appoints_nobody_and_is_decided_once(
    administrator: Person,
    second_administrator: Person,
    person: MakePerson,
    partnership: Partnership,
) -> None:
    ada = person()
    proposal = proposed(administrator, ada, partnership)
    decide_on_administrator(by=second_administrator.actor, proposal=proposal, confirmed=False)

    assert not holds(ada.actor, Role.ADMINISTRATOR)
    with pytest.raises(WrongState):
        decide_on_administrator(by=second_administrator.actor, proposal=proposal, confirmed=True)


def test_whoever_runs_the_installation_invites_the_second_administrator(
    administrator: Person, partnership: Partnership
) -> None:
    given = {"email": "second@example.org", "name": "Second", "partnership": partnership}
    with pytest.raises(WrongState):
        first_administrator_link(**given)  # type: ignore[arg-type]

    made = first_administrator_link(**given, another=True)  # type: ignore[arg-type]

    assert holds(_actor(made.user), Role.ADMINISTRATOR)


def _actor(user: User) -> object:
    from candour.kernel.actor import Actor

    return Actor(id=str(user.pk))


def test_no_appointment_is_made_unseen(
    administrator: Person, person: MakePerson, partnership: Partnership
) -> None:
    chair, ada = person("Cora Dale", Role.CHAIR), person()
    appoint(by=administrator.actor, user=ada.user, partnership=partnership, role=Role.SUB_GROUP)

    told = Notification.objects.filter(recipient_id=chair.user.pk)
    assert [each.subject_reference for each in told] == ["new-appointment"]


def test_the_pages_of_a_second_person(
    administrator: Person,
    second_administrator: Person,
    person: MakePerson,
    partnership: Partnership,
    sign_in: SignIn,
) -> None:
    ada = person()
    browser = sign_in(administrator)
    path = f"/people/{ada.user.pk}/appoint/"
    browser.post(path, {"role": "administrator", "partnership": str(partnership.pk)})
    proposal = AdministratorProposal.objects.get()

    second = sign_in(second_administrator)
    shown = second.get("/people/standing/").content.decode()
    assert "proposed by Ingrid Vale" in shown
    answer = second.post(f"/people/administrators/{proposal.pk}/", {"confirmed": "yes"})

    assert answer.status_code == 302
    assert holds(ada.actor, Role.ADMINISTRATOR)
    assert sign_in(ada).get("/people/standing/").status_code == 200
    assert sign_in(person("Nobody Else")).get("/people/standing/").status_code == 404


def test_those_who_look_after_a_partnership_say_in_which_region_it_works(
    administrator: Person, person: MakePerson, partnership: Partnership, sign_in: SignIn
) -> None:
    path = f"/people/partnerships/{partnership.pk}/region/"
    browser = sign_in(administrator)
    assert "not said yet" in browser.get("/people/standing/").content.decode()
    assert browser.post(path, {"region": "the moon"}).status_code == 200
    assert browser.post(path, {"region": "south_west"}).status_code == 302
    partnership.refresh_from_db()
    assert partnership.region == "south_west"
    assert "South West" in browser.get("/people/standing/").content.decode()
    assert sign_in(person("Nobody Else")).post(path, {"region": "london"}).status_code == 404


# E-mail


def test_a_new_address_is_used_once_it_has_answered(
    server: None, person: MakePerson, sign_in: SignIn
) -> None:
    ada = person()
    browser = sign_in(ada)
    old = ada.user.email
    assert browser.post("/account/e-mail/", {"email": "new@example.org"}).status_code == 200
    assert User.objects.get(pk=ada.user.pk).email == old
    assert "being changed" in words_to(old)

    link = re.search(r"http\S+", words_to("new@example.org"))
    assert link
    path = urlsplit(link.group(0)).path
    assert Client().get(path).status_code == 302
    sure = {"submission": str(uuid4())}
    assert browser.post(path, sure).status_code == 302
    assert User.objects.get(pk=ada.user.pk).email == "new@example.org"
    assert browser.post(path, sure).status_code == 410


def test_a_link_to_a_new_address_is_its_owners_alone(server: None, person: MakePerson) -> None:
    ada, ben = person(), person("Ben Stone")
    ask_new_email(by=ada.actor, email="new@example.org")
    token = _token("new@example.org")

    with pytest.raises(NotPermitted):
        confirm_new_email(by=ben.actor, token=token)
    assert confirm_new_email(by=ada.actor, token=token).email == "new@example.org"


def _token(address: str) -> str:
    link = re.search(r"http\S+", words_to(address))
    assert link
    return link.group(0).rstrip("/").rpartition("/")[2]


def test_an_address_that_is_somebody_elses_is_refused(server: None, person: MakePerson) -> None:
    ada, ben = person(), person("Ben Stone")

    for wrong in (ben.user.email.upper(), "no address"):
        with pytest.raises(Invalid):
            ask_new_email(by=ada.actor, email=wrong)


def test_without_a_mail_server_an_administrator_changes_it(
    administrator: Person, person: MakePerson
) -> None:
    ada = person()
    with pytest.raises(WrongState, match="no_mail_server"):
        ask_new_email(by=ada.actor, email="new@example.org")

    change_email_for(by=administrator.actor, user=ada.user, email="new@example.org")

    changed = User.objects.get(pk=ada.user.pk)
    assert changed.email == "new@example.org"
    assert changed.sessions_ended_at is not None
    with pytest.raises(NotPermitted):
        change_email_for(by=administrator.actor, user=administrator.user, email="a@example.org")
