"""Every page of both sites in a real browser: axe finds nothing, and its outline is sound.

The pages are those of the URL configuration, each for a case that has come as far as a case can,
as its first reader who is served. They are rendered by the sites themselves.
"""

from collections.abc import Iterator

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse
from docs.addresses import Address, addresses
from playwright.sync_api import Browser, Page, Route
from tests.browser.people import contrasts_of, faults_of
from tests.integration.security.browsing import Browser as Desk
from tests.integration.security.built_case import BuiltCase
from tests.integration.security.ways import CASE_PAGES, OTHER_PAGES, archive_parts, ways

from candour.archive.models import ReviewRecord
from candour.sites.archive import settings as archive_site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(databases=["default", "archive"]),
]

ADDRESS = "http://candour.test"


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


def show(page: Page, html: bytes, policy: str) -> None:
    """Put the page before the browser, with style and scripts, under the policy it came with."""

    def serve(route: Route) -> None:
        asked = route.request.url.removeprefix(ADDRESS)
        if asked.startswith("/static/"):
            found = finders.find(asked.removeprefix("/static/"))
            route.fulfill(path=str(found)) if found else route.fulfill(status=404)
        else:
            headers = {"Content-Type": "text/html; charset=utf-8"}
            headers |= {"Content-Security-Policy": policy} if policy else {}
            route.fulfill(body=html, headers=headers)

    page.unroute_all()
    page.route("**/*", serve)
    page.goto(f"{ADDRESS}/page")


def faults_elsewhere(page: Page) -> list[str]:
    """What keeps a page from being read at 400 % zoom, in dark colours, or on paper."""
    page.set_viewport_size({"width": 320, "height": 640})
    width = page.evaluate("document.documentElement.scrollWidth")
    found = [f"{width} px wide where 320 are shown"] if width > 320 else []
    page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(color_scheme="dark")
    found += contrasts_of(page)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    found += ["stays light"] if ground == "rgb(255, 255, 255)" else []
    page.emulate_media(color_scheme="light", media="print")
    found += contrasts_of(page)
    page.emulate_media(media="screen")
    return found


def page_in(answer: HttpResponse) -> tuple[bytes, str] | None:
    """The page and the policy it came with; None for a file to be kept, which is tested as such."""
    kept = answer.streaming or "attachment" in answer.headers.get("Content-Disposition", "")
    if kept or not answer["Content-Type"].startswith("text/html"):
        return None
    return answer.content, answer.headers.get("Content-Security-Policy", "")


def first_page(
    address: Address, own: BuiltCase, browsers: dict[str, Desk]
) -> tuple[bytes, str] | None:
    """The page as the first person whom it serves gets it; None if it is no page of HTML."""
    for way in ways(address, own):
        for desk in browsers.values():
            answer = desk.get(way.path)
            if answer.status_code == 405:  # a form's address: nobody opens it
                return None
            if answer.status_code == 200:
                return page_in(answer)
    return None


@pytest.mark.parametrize("address", CASE_PAGES, ids=lambda address: address.name)
def test_a_page_of_a_case_meets_the_baseline(
    address: Address,
    page: Page,
    own: BuiltCase,
    browsers: dict[str, Desk],
) -> None:
    found = first_page(address, own, browsers)
    if found:
        show(page, *found)
        assert faults_of(page) == []


@pytest.mark.parametrize("address", OTHER_PAGES, ids=lambda address: address.name)
def test_a_page_of_no_case_meets_the_baseline(
    address: Address,
    page: Page,
    own: BuiltCase,
    browsers: dict[str, Desk],
) -> None:
    if any(part != "user_id" for part, _ in address.parts):
        return
    path = reverse(
        address.name, kwargs={part: own.holders[-1].user.pk for part, _ in address.parts}
    )
    for name in ("Administrator", "Business manager", "anonymous"):
        answer = browsers[name].get(path)
        found = page_in(answer) if answer.status_code == 200 else None
        if found:
            show(page, *found)
            assert faults_of(page) == [], name
            return


@pytest.mark.parametrize("address", addresses("archive"), ids=lambda address: address.name)
def test_a_page_of_the_archive_meets_the_baseline(
    address: Address,
    page: Page,
    own: BuiltCase,
) -> None:
    record = ReviewRecord.objects.get()
    parts = archive_parts(record)
    with override_settings(
        ROOT_URLCONF=archive_site.ROOT_URLCONF,
        MIDDLEWARE=archive_site.MIDDLEWARE,
        TEMPLATES=archive_site.TEMPLATES,
    ):
        path = reverse(address.name, kwargs={part: parts[part] for part, _ in address.parts})
        answer = Client().get(path, {"q": "infant"} if "search" in path else {})
    found = page_in(answer) if answer.status_code == 200 else None
    if found:
        show(page, *found)
        assert faults_of(page) == []
        assert faults_elsewhere(page) == []
