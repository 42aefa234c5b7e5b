"""The lanes in a real browser: drawn, zoomed and read by keyboard alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route
from tests import world
from tests.browser.people import meets_accessibility_baseline

from candour.people.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

ADDRESS = "http://candour.test"
AGENCIES, ROWS = 2, 12
_SHEET = re.compile(rb"/MediaBox \[\s*0 0 ([0-9.]+) ([0-9.]+)")
A3_LANDSCAPE = (1191, 842)


@pytest.fixture
def answers(db: None) -> dict[str, HttpResponse]:
    """What the workspace answers its lead reviewer, by address. Asked before the browser opens:
    the browser's own loop would ask from another database connection."""
    manager = world.an_incident(name="Sam Fictional")
    for number in range(AGENCIES):
        rows = world.a_made_up_chronology(ROWS, number)
        world.an_agency_with_entries(manager, f"Agency {number}", rows)
    client = world.a_browser(world.a_member(manager, Role.LEAD_REVIEWER))
    reference = {"reference": manager.case.reference}
    data = reverse("chronology:lanes_data", kwargs=reference)
    drawn = client.get(data).json()["events"]
    wanted = [
        reverse("chronology:lanes", kwargs=reference),
        data,
        reverse("chronology:integrated", kwargs=reference) + "?page=1",
        *(f"{data}?number={event[3]}" for event in drawn),
    ]
    return {address: client.get(address) for address in wanted}


@pytest.fixture
def page(chromium: Browser, answers: dict[str, HttpResponse], tmp_path: Path) -> Iterator[Page]:
    def serve(route: Route) -> None:
        asked = route.request.url.removeprefix(ADDRESS).partition("#")[0]
        if asked.startswith("/static/"):
            found = finders.find(asked.removeprefix("/static/"))
            route.fulfill(path=str(found)) if found else route.fulfill(status=404)
            return
        answer = answers[asked]
        route.fulfill(status=200, headers=dict(answer.headers.items()), body=answer.content)

    context = chromium.new_context(locale="en-GB", viewport={"width": 1200, "height": 1200})
    shown = context.new_page()
    shown.route("**/*", serve)
    shown.goto(ADDRESS + next(iter(answers)))
    shown.wait_for_selector("[data-drawn]")
    yield shown
    context.close()


def redrawn(page: Page) -> bytes:
    page.evaluate("() => new Promise(requestAnimationFrame)")
    return page.locator("canvas").screenshot()


def test_lanes_are_drawn_zoomed_read_and_left_by_keyboard_alone(page: Page) -> None:
    said = page.locator(".candour-lanes__said")
    drawn = page.locator("[data-drawn]").get_attribute("data-drawn")
    assert page.locator("[data-lanes-count]").inner_text().startswith(f"{drawn} dated")
    meets_accessibility_baseline(page)

    page.locator("h1").click()
    whole = redrawn(page)
    page.get_by_role("button", name="Zoom in").press("Enter")
    assert redrawn(page) != whole
    page.get_by_role("button", name="Whole period").press("Enter")
    assert redrawn(page) == whole

    printed = page.pdf(prefer_css_page_size=True)
    width, height = map(float, _SHEET.search(printed).groups())
    assert (round(width), round(height)) == A3_LANDSCAPE

    page.locator("canvas").focus()
    page.keyboard.press("Home")
    page.wait_for_selector("text=Entry 1,")
    assert "Agency" in said.inner_text()
    page.keyboard.press("End")
    page.wait_for_selector(f"text=Entry {drawn},")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chronology/?page=*")
    assert page.locator(f"#number-{drawn}").count() == 1
