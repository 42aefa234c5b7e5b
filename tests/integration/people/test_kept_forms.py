"""Nothing typed is lost when a session ends, and only its owner gets it back."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.integration.people.people_who_joined import Person, SignIn

from candour.people.models import KeptForm, User
from candour.people.services.kept_forms import forget_old

TYPED = {
    "name": "Nell <Ward> & co",
    "email": "nell@example.org",
    "job_title": "Named nurse",
    "telephone": "",
    "submission": "5d5c2c0e-7c3c-4f5e-8f0e-0c3ac1f0a111",
}


@pytest.fixture
def browser(administrator: Person, sign_in: SignIn, the_clock: time_machine.Traveller) -> Client:
    """An administrator has opened the invitation form and gone to make tea."""
    the_clock.shift(timedelta(minutes=1))
    client = sign_in(administrator)
    assert client.get("/people/invite/").status_code == 200
    return client


def _resume(answer: HttpResponse) -> str:
    assert answer.status_code == 302
    found = re.search(r"next=(%2Fresume%2F[0-9a-f-]+%2F)", answer["Location"])
    assert found, answer["Location"]
    return found.group(1).replace("%2F", "/")


def test_a_form_sent_too_late_comes_back_after_sign_in_and_goes_on_as_typed(
    browser: Client, administrator: Person, sign_in: SignIn, the_clock: time_machine.Traveller
) -> None:
    the_clock.shift(timedelta(minutes=20))
    resume = _resume(browser.post("/people/invite/", TYPED))
    assert not User.objects.filter(email="nell@example.org").exists()
    sign_in(administrator, browser, goes_to=resume)
    page = browser.get(resume).content.decode()
    assert "What you typed has been kept" in page
    sent = {name: unescape(value) for name, value in _hidden_inputs(page)}
    assert {name: sent[name] for name in TYPED} == TYPED
    assert "The link is ready" in browser.post("/people/invite/", sent).content.decode()
    assert User.objects.get(email="nell@example.org").name == "Nell <Ward> & co"


def _hidden_inputs(page: str) -> list[tuple[str, str]]:
    form = page.split('action="/people/invite/"')[1].split("</form>")[0]
    return re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)


def test_the_sign_in_page_says_that_it_is_kept(
    browser: Client, the_clock: time_machine.Traveller
) -> None:
    the_clock.shift(timedelta(minutes=20))
    page = browser.post("/people/invite/", TYPED, follow=True).content.decode()
    assert "What you typed has been kept" in page


def test_it_is_kept_although_another_window_ended_the_session_first(
    browser: Client, the_clock: time_machine.Traveller
) -> None:
    the_clock.shift(timedelta(minutes=20))
    browser.get("/account/")
    assert "_auth_user_id" not in browser.session
    _resume(browser.post("/people/invite/", TYPED))


def test_it_is_kept_although_the_session_is_gone_since_yesterday(
    browser: Client, the_clock: time_machine.Traveller
) -> None:
    browser.cookies.pop("candour")
    the_clock.shift(timedelta(hours=20))
    _resume(browser.post("/people/invite/", TYPED))


def test_nobody_else_gets_it(
    browser: Client,
    second_administrator: Person,
    sign_in: SignIn,
    the_clock: time_machine.Traveller,
) -> None:
    the_clock.shift(timedelta(minutes=20))
    resume = _resume(browser.post("/people/invite/", TYPED))
    sign_in(second_administrator, browser)
    answer = browser.get(resume)
    assert answer.status_code == 404
    assert "Nell" not in answer.content.decode()
    browser.post(f"{resume}discard/")
    assert KeptForm.objects.count() == 1


def test_it_is_sealed_where_it_waits(browser: Client, the_clock: time_machine.Traveller) -> None:
    the_clock.shift(timedelta(minutes=20))
    browser.post("/people/invite/", TYPED)
    kept = bytes(KeptForm.objects.get().sealed)
    assert b"Nell" not in kept
    assert b"people/invite" not in kept


def test_it_is_gone_after_a_day(
    browser: Client, administrator: Person, sign_in: SignIn, the_clock: time_machine.Traveller
) -> None:
    the_clock.shift(timedelta(minutes=20))
    resume = _resume(browser.post("/people/invite/", TYPED))
    the_clock.shift(timedelta(hours=24))
    sign_in(administrator, browser)
    assert browser.get(resume).status_code == 404
    assert forget_old() == 1
    assert not KeptForm.objects.exists()


def test_its_owner_can_throw_it_away(
    browser: Client, administrator: Person, sign_in: SignIn, the_clock: time_machine.Traveller
) -> None:
    the_clock.shift(timedelta(minutes=20))
    resume = _resume(browser.post("/people/invite/", TYPED))
    sign_in(administrator, browser)
    assert resume in browser.get("/account/").content.decode()
    browser.post(f"{resume}discard/")
    assert not KeptForm.objects.exists()


def test_passwords_are_never_kept(browser: Client, the_clock: time_machine.Traveller) -> None:
    the_clock.shift(timedelta(minutes=20))
    given = {"oldpassword": "three plain words here", "password1": "x", "password2": "x"}
    browser.post("/account/password/", given)
    browser.post("/accounts/login/", {"login": "a@example.org", "password": "x"})
    assert not KeptForm.objects.exists()


def test_files_are_left_out_and_the_page_says_so(
    browser: Client, administrator: Person, sign_in: SignIn, the_clock: time_machine.Traveller
) -> None:
    the_clock.shift(timedelta(minutes=20))
    file = SimpleUploadedFile("chronology.docx", b"secret bytes")
    resume = _resume(browser.post("/people/invite/", {**TYPED, "file": file}))
    sign_in(administrator, browser)
    page = browser.get(resume).content.decode()
    assert "Choose the file again" in page
    assert "Named nurse" in page


def test_a_forged_form_is_not_kept(browser: Client, the_clock: time_machine.Traveller) -> None:
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = browser.cookies
    the_clock.shift(timedelta(minutes=20))
    forged.post("/people/invite/", TYPED)
    assert not KeptForm.objects.exists()


def test_a_stranger_without_the_cookie_keeps_nothing(browser: Client) -> None:
    Client().post("/people/invite/", TYPED)
    assert not KeptForm.objects.exists()


def test_nobody_fills_the_disk_with_kept_forms(
    browser: Client, the_clock: time_machine.Traveller
) -> None:
    the_clock.shift(timedelta(minutes=20))
    for _ in range(52):
        browser.post("/people/invite/", TYPED)
    assert KeptForm.objects.count() == 50


def test_a_page_older_than_the_present_sign_in_is_given_back_not_refused(
    administrator: Person, sign_in: SignIn, the_clock: time_machine.Traveller
) -> None:
    the_clock.shift(timedelta(minutes=1))
    browser = sign_in(administrator)
    browser.handler.enforce_csrf_checks = True
    old = {**TYPED, "csrfmiddlewaretoken": "x" * 64}
    own = {"headers": {"Sec-Fetch-Site": "same-origin"}}
    answer = browser.post("/people/invite/", old, **own)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/resume/")
    assert not User.objects.filter(email="nell@example.org").exists()


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}])
def test_a_form_from_another_site_is_refused_and_not_kept(
    browser: Client, headers: dict[str, str]
) -> None:
    browser.handler.enforce_csrf_checks = True
    assert browser.post("/people/invite/", TYPED, headers=headers).status_code == 403
    assert not KeptForm.objects.exists()
