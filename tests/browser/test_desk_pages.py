"""The desk of a national body in a real browser: axe finds nothing, and its outline is sound."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page
from tests import world
from tests.browser.people import faults_of
from tests.browser.test_every_page import page_in, show
from tests.integration.oversight.notifications import fill_desk

from candour.duties.models import Meeting
from candour.kernel import clock
from candour.oversight.models import DeskMember, NationalBody, Notified
from candour.people.second_factor import confirm
from candour.people.session_limits import begin

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


def test_every_page_of_a_desk_meets_the_baseline(page: Page) -> None:
    desk = NationalBody.objects.create(
        name="The national panel", kind="panel", began_on=date(2018, 6, 29), has_desk=True
    )
    fill_desk(desk, 60, first=2022, years=1)
    user = world.a_user()
    DeskMember.objects.create(desk=desk, user=user)
    row = Notified.objects.filter(desk=desk).first()
    assert row is not None
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    confirm(session, user)
    begin(session)
    session.save()

    for path in (
        reverse("home"),
        reverse("oversight:desk", args=[desk.pk]),
        reverse("oversight:notified", args=[desk.pk, row.pk]),
        reverse("oversight:write", args=[desk.pk, row.pk]),
        reverse("oversight:figures", args=[desk.pk]) + "?year=2022-01-01",
    ):
        found = page_in(client.get(path))
        assert found
        show(page, *found)
        assert faults_of(page) == [], path


def test_the_pages_of_a_partnership_meet_the_baseline(page: Page) -> None:
    from candour.duties.bodies import add_body_member, found_body
    from candour.duties.meetings import convene
    from candour.oversight.services.register import Profile, add_past_review, enter_reviewer

    manager = world.an_incident()
    home, by = manager.case.lead_partnership, manager.actor
    body = found_body(
        by=by, partnership=home, kind=Meeting.Body.SUB_GROUP, name="Sub-group", quorum=1
    )
    for name in ("One Example", "Two Example"):
        add_body_member(
            by=by,
            body=body,
            user=world.a_user(name),
            capacity="Police",
            starts_on=clock.today(),
        )
    reviewer = enter_reviewer(by=by, partnership=home, profile=Profile("Robin Example"))
    add_past_review(by=by, reviewer=reviewer, title="Child T", board="A board", year=2015)
    meeting = convene(
        access=manager,
        body=Meeting.Body.SUB_GROUP,
        title="Screening",
        held_on=clock.today(),
        agenda="",
        standing_body=body,
    )
    browser, case = world.a_browser(manager), manager.case.reference

    for path in (
        reverse("home"),
        reverse("duties:standing_bodies"),
        reverse("duties:standing_body", args=[body.pk]),
        reverse("duties:meeting", args=[case, meeting.pk]),
        reverse("duties:register", args=[case, meeting.pk]),
        reverse("oversight:reviewers"),
        reverse("oversight:reviewer", args=[reviewer.pk]),
        reverse("oversight:feedback", args=[reviewer.pk]),
        reverse("duties:templates"),
        reverse("duties:template", args=[home.pk, "family"]),
        reverse("duties:letter_file_in", args=[case]),
        reverse("oversight:letter_begin", args=[case]),
        reverse("oversight:send", args=[case]),
        reverse("worklist:reminders"),
        reverse("worklist:cover"),
        reverse("standing"),
    ):
        found = page_in(browser.get(path))
        assert found, path
        show(page, *found)
        assert faults_of(page) == [], path
