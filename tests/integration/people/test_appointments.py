"""Administrators look after accounts and appointments, of others only, and see no case."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from tests.integration.people.people_who_joined import MakePerson, Person, SignIn

from candour.kernel.errors import Invalid, NotPermitted, WrongState
from candour.people.models import Agency, Appointment, Partnership, User
from candour.people.roles import PartnerBody, Role
from candour.people.selectors import holds
from candour.people.services import appoint, deactivate, end_appointment, reactivate
from candour.platform.acting import acting


@pytest.fixture
def elsewhere(db: None) -> Partnership:
    return Partnership.objects.create(name="Another Partnership", short_name="AP")


def test_an_appointment_holds_until_the_instant_it_is_ended(
    administrator: Person, person: MakePerson, partnership: Partnership
) -> None:
    ada = person()
    by = administrator.actor
    one = appoint(by=by, user=ada.user, partnership=partnership, role=Role.CHAIR)
    assert holds(ada.actor, Role.CHAIR)
    end_appointment(by=by, appointment=one)
    assert not holds(ada.actor, Role.CHAIR)
    with pytest.raises(WrongState):
        end_appointment(by=by, appointment=one)


def test_appointing_twice_is_one_act(
    administrator: Person, person: MakePerson, partnership: Partnership
) -> None:
    ada = person()
    for _ in range(2):
        appoint(by=administrator.actor, user=ada.user, partnership=partnership, role=Role.CHAIR)
    assert Appointment.objects.filter(user=ada.user).count() == 1


def test_nobody_appoints_themselves(administrator: Person, partnership: Partnership) -> None:
    with pytest.raises(NotPermitted) as refusal:
        appoint(
            by=administrator.actor,
            user=administrator.user,
            partnership=partnership,
            role=Role.CHAIR,
        )
    assert refusal.value.code == "own_appointment"


def test_an_administrator_appoints_only_in_their_own_partnership(
    administrator: Person, person: MakePerson, elsewhere: Partnership
) -> None:
    with pytest.raises(NotPermitted):
        appoint(by=administrator.actor, user=person().user, partnership=elsewhere, role=Role.CHAIR)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_no_other_role_appoints(person: MakePerson, partnership: Partnership, role: Role) -> None:
    body = PartnerBody.POLICE if "partner" in role else None
    agency = Agency.objects.create(partnership=partnership, name="A", short_name="A", kind="gp")
    ada, ben = person("Ada Hart"), person("Ben Moor")
    Appointment.objects.create(
        user=ada.user, partnership=partnership, role=role, agency=agency, partner_body=body or ""
    )
    with pytest.raises(NotPermitted):
        appoint(by=ada.actor, user=ben.user, partnership=partnership, role=Role.CHAIR)


@pytest.mark.parametrize("role", [Role.AGENCY_AUTHOR, Role.SIGNING_OFF_MANAGER])
def test_an_agencys_people_name_their_agency(
    administrator: Person,
    person: MakePerson,
    partnership: Partnership,
    elsewhere: Partnership,
    role: Role,
) -> None:
    ada = person()
    with pytest.raises(Invalid) as refusal:
        appoint(by=administrator.actor, user=ada.user, partnership=partnership, role=role)
    assert refusal.value.field == "agency"
    other = Agency.objects.create(partnership=elsewhere, name="B", short_name="B", kind="gp")
    with pytest.raises(Invalid) as refusal:
        appoint(
            by=administrator.actor,
            user=ada.user,
            partnership=partnership,
            role=role,
            agency=other,
        )
    assert refusal.value.code == "agency_elsewhere"


def test_a_partner_names_one_of_the_three_bodies(
    administrator: Person, person: MakePerson, partnership: Partnership
) -> None:
    with pytest.raises(Invalid) as refusal:
        appoint(
            by=administrator.actor,
            user=person().user,
            partnership=partnership,
            role=Role.LEAD_PARTNER,
        )
    assert refusal.value.field == "partner_body"


def test_nobody_deactivates_themselves(administrator: Person) -> None:
    with pytest.raises(NotPermitted):
        deactivate(by=administrator.actor, user=administrator.user)


def test_a_deactivated_person_holds_no_role_and_a_reactivated_one_does(
    administrator: Person, person: MakePerson
) -> None:
    ada = person("Ada Hart", Role.CHAIR)
    with acting(administrator.actor):
        deactivate(by=administrator.actor, user=ada.user)
        assert not holds(ada.actor, Role.CHAIR)
        reactivate(by=administrator.actor, user=ada.user)
        assert holds(ada.actor, Role.CHAIR)


def test_the_list_of_people_ends_at_the_partnership(
    administrator: Person,
    person: MakePerson,
    elsewhere: Partnership,
    sign_in: SignIn,
    the_clock: time_machine.Traveller,
) -> None:
    other = person("Otto Far")
    Appointment.objects.create(user=other.user, partnership=elsewhere, role=Role.CHAIR)
    near = person("Nora Near", Role.CHAIR)
    the_clock.shift(timedelta(minutes=1))
    browser = sign_in(administrator)
    page = browser.get("/people/").content.decode()
    assert "Nora Near" in page
    assert "Otto Far" not in page
    assert browser.get(f"/people/{near.user.pk}/").status_code == 200
    assert browser.get(f"/people/{other.user.pk}/").status_code == 404


def test_for_everybody_else_the_administrators_pages_do_not_exist(
    person: MakePerson, sign_in: SignIn, the_clock: time_machine.Traveller
) -> None:
    manager = person("Bea Lark", Role.BUSINESS_MANAGER)
    the_clock.shift(timedelta(minutes=1))
    browser = sign_in(manager)
    one = f"/people/{manager.user.pk}"
    pages = [
        "/people/",
        "/people/invite/",
        *(f"{one}/{page}" for page in ("", "link/", "appoint/")),
    ]
    assert {browser.get(page.replace("//", "/")).status_code for page in pages} == {404}


def test_the_pages_appoint_end_deactivate_and_open_again(
    administrator: Person,
    person: MakePerson,
    partnership: Partnership,
    sign_in: SignIn,
    the_clock: time_machine.Traveller,
) -> None:
    ada = person()
    the_clock.shift(timedelta(minutes=1))
    browser = sign_in(administrator)
    one = f"/people/{ada.user.pk}/"
    given = {"role": "chair", "partnership": str(partnership.pk), "agency": "", "partner_body": ""}
    assert browser.post(f"{one}appoint/", given)["Location"] == one
    appointment = Appointment.objects.get(user=ada.user)
    _press(browser, f"/people/appointments/{appointment.pk}/end/")
    assert not holds(ada.actor, Role.CHAIR)
    appoint(by=administrator.actor, user=ada.user, partnership=partnership, role=Role.CHAIR)
    _press(browser, f"{one}deactivate/")
    assert not User.objects.get(pk=ada.user.pk).is_active
    assert "Open the account again" in browser.get(one).content.decode()
    _press(browser, f"{one}reactivate/")
    assert User.objects.get(pk=ada.user.pk).is_active


def _press(browser: Client, path: str) -> None:
    page = browser.get(path).content.decode()
    token = page.split('name="submission" value="')[1].split('"')[0]
    assert browser.post(path, {"submission": token}).status_code == 302


def test_risky_pages_ask_again_who_is_there_after_five_minutes(
    administrator: Person, sign_in: SignIn, the_clock: time_machine.Traveller
) -> None:
    the_clock.shift(timedelta(minutes=1))
    browser = sign_in(administrator)
    assert browser.get("/people/invite/").status_code == 200
    the_clock.shift(timedelta(minutes=5))
    asked = browser.get("/people/invite/")["Location"]
    assert asked == "/accounts/confirm/?next=%2Fpeople%2Finvite%2F"
    browser.post(asked, {"password": "wrong"})
    assert browser.get("/people/invite/").status_code == 302
    assert (
        browser.post(asked, {"password": "three plain words here"})["Location"] == "/people/invite/"
    )
    assert browser.get("/people/invite/").status_code == 200


def test_a_form_sent_after_five_minutes_is_kept_while_the_person_confirms(
    administrator: Person, sign_in: SignIn, the_clock: time_machine.Traveller
) -> None:
    the_clock.shift(timedelta(minutes=1))
    browser = sign_in(administrator)
    the_clock.shift(timedelta(minutes=6))
    given = {"name": "Nell Ward", "email": "nell@example.org", "job_title": "", "telephone": ""}
    asked = browser.post("/people/invite/", given)["Location"]
    resumed = browser.post(asked, {"password": "three plain words here"})["Location"]
    assert resumed.startswith("/resume/")
    assert "Nell Ward" in browser.get(resumed).content.decode()
