"""Working on the chronology in a real browser: several people, the keyboard, names, paper."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from django.urls import reverse
from playwright.sync_api import Browser, Page
from tests import world
from tests.browser.people import meets_accessibility_baseline

from candour.cases.access import Access
from candour.contributions.models import EntryQuery
from candour.contributions.sender import sender_for
from candour.contributions.services.checking import confirm_headings, release
from candour.people.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(databases=["default", "archive"])]

POLICE = b"""Date,Event
03/03/2014,Sam Fictional seen in the street
05/03/2014,Officer spoke with the neighbour
01/06/2014,Learned that the family had moved
"""
HEALTH = b"Date,Event\n04/03/2014,Sam seen by the health visitor\n"
SCHOOL = b"Date,Event\nsome time in spring,Sam late for school\n"
_SHEET = re.compile(rb"/MediaBox \[\s*0 0 ([0-9.]+) ([0-9.]+)")
A3_LANDSCAPE = (1191, 842)
Opened = Callable[[Access], Page]


@pytest.fixture
def server(db: None) -> Iterator[str]:
    """The workspace in a thread that shares the test's own connection: the test's transaction takes
    all back at its end, as the audit's rows cannot be deleted."""
    shared = {connection.alias: connection for connection in connections.all()}
    thread = LiveServerThread("localhost", StaticFilesHandler, connections_override=shared)
    for connection in shared.values():
        connection.inc_thread_sharing()
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    yield f"http://{thread.host}:{thread.port}"
    # Sharing stays allowed: a thread that answered the browser may still be closing.
    thread.terminate()


@pytest.fixture
def opened(chromium: Browser, server: str) -> Iterator[Opened]:
    """A browser of somebody's own, signed in, at the chronology of their case."""

    contexts = []

    def page_of(access: Access) -> Page:
        context = chromium.new_context(locale="en-GB", base_url=server)
        contexts.append(context)
        cookies = world.a_browser(access).cookies.items()
        context.add_cookies(
            [{"name": name, "value": kept.value, "url": server} for name, kept in cookies]
        )
        page = context.new_page()
        page.goto(f"/cases/{access.case.reference}/chronology/")
        return page

    yield page_of
    for context in contexts:
        context.close()


def test_a_day_at_the_chronology(opened: Opened) -> None:
    manager = world.an_incident(name="Sam Fictional")
    for name, rows in (("Testshire Police", POLICE), ("Testshire Health", HEALTH)):
        world.an_agency_with_entries(manager, name, rows)
    first, second = (world.a_member(manager, Role.LEAD_REVIEWER) for _ in range(2))
    page, other = opened(first), opened(second)

    when_entries_are_tagged_by_keyboard_and_it_is_undone(page)
    when_names_are_shown_and_hidden_with_one_click(page)
    then_the_list_prints_on_a3(page)
    when_two_entries_are_grouped_and_one_is_taken_out(page)
    then_nothing_is_overwritten_when_two_rename_the_event(page, other)
    then_no_later_word_stands_among_records_held_on_a_day(page)


def when_entries_are_tagged_by_keyboard_and_it_is_undone(page: Page) -> None:
    page.locator("input[name=entry]").first.focus()
    for key in ("Space", "Shift+ArrowDown"):
        page.keyboard.press(key)
    assert "2 of 4 on this page chosen" in page.inner_text("main")
    page.get_by_role("button", name="Tag the chosen entries").first.press("Enter")
    page.get_by_label("Name of the tag").fill("street")
    page.get_by_role("button", name="Tag these entries").press("Enter")
    page.wait_for_selector("text=Done for 2 entries")
    assert page.locator("text=Tags: street").count() == 2
    meets_accessibility_baseline(page)
    page.get_by_role("button", name="Undo").press("Enter")
    page.wait_for_selector("text=Done for 2 entries", state="detached")
    assert page.locator("text=Tags: street").count() == 0


def when_names_are_shown_and_hidden_with_one_click(page: Page) -> None:
    assert "Sam Fictional" not in page.inner_text("main")
    page.get_by_role("link", name="Show names").click()
    page.wait_for_selector("text=Sam Fictional seen in the street")
    page.get_by_role("link", name="Show pseudonyms").click()
    page.wait_for_selector("text=Show names")
    assert "Sam Fictional" not in page.inner_text("main")


def then_the_list_prints_on_a3(page: Page) -> None:
    printed = _SHEET.search(page.pdf(prefer_css_page_size=True))
    assert printed
    assert tuple(round(float(side)) for side in printed.groups()) == A3_LANDSCAPE


def when_two_entries_are_grouped_and_one_is_taken_out(page: Page) -> None:
    for box in (0, 1):
        page.locator("input[name=entry]").nth(box).check()
    page.get_by_role("button", name="Group the chosen entries").first.click()
    page.get_by_label("Title of the event").fill("Seen in the street")
    page.get_by_role("button", name="Group these entries").click()
    page.wait_for_selector("h1:has-text('Seen in the street')")
    assert page.get_by_role("button", name="Take out").count() == 2
    meets_accessibility_baseline(page)
    page.get_by_role("button", name="Take out").first.click()
    page.wait_for_function("document.querySelectorAll('main td form').length < 2")
    assert page.get_by_role("button", name="Take out").count() == 1


def then_nothing_is_overwritten_when_two_rename_the_event(page: Page, other: Page) -> None:
    other.goto(page.url)
    for each in (page, other):
        each.get_by_role("link", name="Rename").click()
    page.get_by_label("Title of the event").fill("What I call it")
    other.get_by_label("Title of the event").fill("What the other calls it")
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector("h1:has-text('What I call it')")
    other.get_by_role("button", name="Save").click()
    other.wait_for_selector("text=Somebody else saved this")
    assert "What I call it" in other.inner_text("main")
    assert other.get_by_label("Title of the event").input_value() == "What the other calls it"


def then_no_later_word_stands_among_records_held_on_a_day(page: Page) -> None:
    page.get_by_role("link", name="Integrated chronology").click()
    page.get_by_role("link", name="Records held on a day").click()
    page.get_by_label("Agency").select_option(label="Testshire Police")
    for part, written in (("Day", "4"), ("Month", "3"), ("Year", "2014")):
        page.get_by_label(part, exact=True).fill(written)
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_selector("text=seen in the street")
    held = page.inner_text("main")
    assert "neighbour" not in held and "moved" not in held


def test_an_agency_settles_an_unclear_date_on_the_page_of_its_file(opened: Opened) -> None:
    manager = world.an_incident(name="Sam Fictional")
    request = world.an_asked_agency(manager, "Testshire School")
    signer = world.a_signer(manager, request)
    sender, sent = sender_for(signer, request), world.a_return(signer, request, SCHOOL)
    read = confirm_headings(sender=sender, submission=sent, roles=sent.roles)
    release(sender=sender, held=read.held_back.all(), reason="Part of our record")
    page = opened(signer)

    query = EntryQuery.objects.get(entry__submission=read)
    parts = {"request_id": request.pk, "submission_id": read.pk, "query_id": query.pk}
    page.goto(reverse("contributions:query", kwargs=parts | {"reference": manager.case.reference}))
    meets_accessibility_baseline(page)
    page.get_by_label("I can give the date").check()
    page.get_by_label("The date", exact=True).fill("someday")
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector("text=There is a problem")
    assert page.get_by_label("The date", exact=True).input_value() == "someday"
    page.get_by_label("The date", exact=True).fill("03/04/2014")
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector("text=There is a problem", state="detached")
    query.refresh_from_db()
    assert (query.state, str(query.earliest)) == (EntryQuery.State.ANSWERED, "2014-04-03")
