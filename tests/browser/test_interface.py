"""The interface in a real browser, under the policy the sites send, served without a site."""

import mimetypes
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import override_settings
from django.urls import path
from playwright.sync_api import Browser, Page, Route

import candour.ui
from candour.platform.django_settings import content_security_policy
from candour.ui import fields
from candour.ui.errors import error_page
from candour.ui.forms import Form
from candour.ui.national_lines import NATIONAL_LINES

pytestmark = pytest.mark.browser

ADDRESS = "http://candour.test"
STATIC = Path(candour.ui.__file__).parent / "static"
CHOICES = [("police", "Police"), ("health", "Health"), ("other", "Another body")]


class EveryField(Form):
    name = fields.text("Name of the child", hint="As registered")
    account = fields.long_text("What happened", max_length=50, disclosable=True)
    died_on = fields.day("Day of death")
    password = fields.password()
    decided = fields.yes_no("Is a review to be commissioned?", reveals={"no": "why_not"})
    why_not = fields.long_text("Why not")
    told = fields.choices("Bodies told", choices=CHOICES, reveals={"other": "which"})
    which = fields.text("Which body")
    agency = fields.select("Agency", choices=CHOICES)
    secured = fields.tick("The records have been secured")
    file = fields.file("Chronology")


class Reason(Form):
    reason = fields.long_text("Reason")


ROWS = [[{"text": "CR-7KQ2-MW9F", "href": "/"}, "A long title " * 12, "3 March 2015"]]
PAGES: dict[str, tuple[str, Callable[[], dict[str, object]]]] = {
    "form": ("pages/form.html", lambda: {"form": EveryField(), "lead": "What is known now."}),
    "wrong": ("pages/form.html", lambda: {"form": EveryField({"decided": "no"}), "back": "/"}),
    "confirm": ("pages/confirm.html", lambda: {"form": Reason(), "rows": [], "warning": "Now."}),
    "done": ("pages/done.html", lambda: {"detail": "CR-7KQ2-MW9F", "next_steps": ["Wait."]}),
    "list": ("pages/list.html", lambda: {"rows": ROWS, "columns": ["A", "B", "C"], "empty": {}}),
    "empty": ("pages/list.html", lambda: {"rows": [], "columns": [], "empty": {"text": "None."}}),
}


def policy() -> str:
    directives = content_security_policy()["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def stay(_: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204)


def rendered(name: str) -> str:
    template, specific = PAGES[name.removeprefix("archive-")]
    layout = "public_layout.html" if name.startswith("archive-") else "layout.html"
    context = {"heading": "A page", "layout": layout, "csrf_input": "", "demo": True}
    context |= {"help_lines": NATIONAL_LINES, "idle_seconds": 900}
    with override_settings(ROOT_URLCONF=(path("account/stay/", stay, name="stay"),)):
        return render_to_string(template, context | specific())


def serve(route: Route) -> None:
    asked = route.request.url.removeprefix(ADDRESS).lstrip("/")
    headers = {"Content-Security-Policy": policy(), "Content-Type": "text/html; charset=utf-8"}
    if asked.startswith("static/"):
        file = STATIC / asked.removeprefix("static/")
        headers["Content-Type"] = mimetypes.guess_type(file.name)[0] or "text/plain"
        route.fulfill(headers=headers, body=file.read_bytes())
    elif asked.startswith("error-"):
        page = error_page(HttpRequest(), int(asked.removeprefix("error-")))
        route.fulfill(headers=headers, body=page.content)
    else:
        route.fulfill(headers=headers, body=rendered(asked))


def opened(chromium: Browser, *, scripts: bool = True, width: int = 1280) -> Page:
    """A page that fails the test when the browser refuses or misses anything."""
    size = {"width": width, "height": 900}
    page = chromium.new_context(java_script_enabled=scripts, viewport=size).new_page()  # type: ignore[arg-type]
    page.route("**/*", serve)
    return page


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = opened(chromium)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.context.close()
    assert complaints == []


SHOWN = [*PAGES, *(f"archive-{name}" for name in PAGES), "error-404", "error-500"]


@pytest.mark.parametrize("name", SHOWN)
def test_axe_finds_nothing(name: str, page: Page) -> None:
    page.goto(f"{ADDRESS}/{name}")

    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("name", ["wrong", "confirm", "list", "archive-list", "error-404"])
def test_a_page_fits_a_screen_of_320_pixels(name: str, chromium: Browser) -> None:
    page = opened(chromium, width=320)
    page.goto(f"{ADDRESS}/{name}")

    wide = page.evaluate("document.documentElement.scrollWidth")
    page.context.close()
    assert wide <= 320


def test_every_link_of_the_error_summary_focuses_its_field(page: Page) -> None:
    page.goto(f"{ADDRESS}/wrong")

    links = page.locator(".govuk-error-summary a")
    assert links.count() == 9
    for at in range(links.count()):
        links.nth(at).click()
        focused = page.evaluate("document.activeElement.id")
        assert f"#{focused}" == links.nth(at).get_attribute("href")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_field_under_a_radio_shows_when_it_is_chosen(scripts: bool, chromium: Browser) -> None:
    page = opened(chromium, scripts=scripts)
    page.goto(f"{ADDRESS}/form")
    seen = [page.locator("#id_why_not").is_visible()]
    for option in ("No", "Yes"):
        page.get_by_label(option, exact=True).check()
        seen.append(page.locator("#id_why_not").is_visible())
    page.context.close()

    assert seen == [False, True, False]


def test_without_scripts_every_field_under_a_checkbox_can_be_reached(chromium: Browser) -> None:
    page = opened(chromium, scripts=False)
    page.goto(f"{ADDRESS}/form")
    visible = page.locator("#id_which").is_visible()
    page.context.close()

    assert visible


def test_two_minutes_before_the_session_ends_the_page_warns_and_a_press_goes_on(
    page: Page,
) -> None:
    page.clock.install()
    page.goto(f"{ADDRESS}/form")
    page.fill("#id_name", "half a name")

    page.clock.run_for(778_000)
    assert not page.locator("dialog").is_visible()
    page.clock.run_for(4_000)
    page.route("**/account/stay/", lambda route: route.fulfill(status=204))
    page.get_by_role("button", name="Stay signed in").click()

    page.locator("dialog").wait_for(state="hidden")
    assert page.input_value("#id_name") == "half a name"


def test_a_locked_page_sends_what_was_typed_on_so_that_it_is_given_back(page: Page) -> None:
    page.clock.install()
    page.goto(f"{ADDRESS}/form")
    page.fill("#id_name", "half a name")

    page.clock.run_for(902_000)
    page.keyboard.press("Escape")
    assert page.get_by_role("heading", name="This page is locked").is_visible()
    ended = {"status": 302, "headers": {"location": "/form"}}
    page.route("**/account/stay/", lambda route: route.fulfill(**ended))  # type: ignore[arg-type]
    with page.expect_request(lambda sent: sent.url == f"{ADDRESS}/form") as sent:
        page.get_by_role("button", name="Sign in again").click()

    assert sent.value.method == "POST"
    assert "half a name" in (sent.value.post_data or "")


def test_without_an_answer_a_locked_page_sends_nothing_and_keeps_the_words(
    chromium: Browser,
) -> None:
    page = opened(chromium)
    page.clock.install()
    page.goto(f"{ADDRESS}/form")
    page.fill("#id_name", "half a name")
    page.clock.run_for(902_000)
    page.route("**/account/stay/", lambda route: route.abort())
    page.get_by_role("button", name="Sign in again").click()
    page.get_by_role("button", name="Try again").wait_for()
    kept = page.input_value("#id_name")
    page.context.close()

    assert kept == "half a name"
