"""Pages that both sites owe, and the menu that leads to a person's work."""

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.urls import include, path
from lxml import html

from candour.ui.national_lines import NATIONAL_LINES
from candour.ui.urls import urlpatterns as standing
from candour.ui.views import about

PAGES = ["help", "accessibility", "privacy", "cookies"]


def text_of(name: str, site: str) -> str:
    context = {"site": site, "help_lines": NATIONAL_LINES}
    page = html.document_fromstring(render_to_string(f"about/{name}.html", context))
    assert len(page.cssselect("h1")) == 1
    return str(page.cssselect("main")[0].text_content())


@pytest.mark.parametrize("name", PAGES)
def test_each_site_has_words_of_its_own(name: str) -> None:
    assert text_of(name, "workspace") != text_of(name, "archive")


def test_the_accessibility_statement_says_what_was_not_tested() -> None:
    for site in ("workspace", "archive"):
        words = text_of("accessibility", site)
        assert "What was not tested" in words
        assert "partially compliant" in words


def test_the_archive_says_that_it_sets_no_cookies() -> None:
    assert "sets no cookies" in text_of("cookies", "archive")
    assert "candour-csrf" in text_of("cookies", "workspace")


def test_standing_pages_can_be_read_without_signing_in() -> None:
    assert {pattern.name for pattern in standing} == set(PAGES)
    assert about.login_required is False


def test_every_footer_leads_to_the_standing_pages() -> None:
    page = html.document_fromstring(render_to_string("about/help.html", {"site": "archive"}))

    addresses = [a.get("href") for a in page.cssselect("footer a")]
    assert sorted(addresses) == sorted(f"/{pattern.pattern}" for pattern in standing)


@pytest.fixture
def with_addresses() -> Iterator[None]:
    def work(_: HttpRequest) -> HttpResponse:
        return HttpResponse()

    mine = path("work", work, name="work"), path("leave", work, name="leave")
    with override_settings(ROOT_URLCONF=(*mine, path("", include(standing)))):
        yield


@pytest.mark.usefixtures("with_addresses")
def test_the_menu_marks_where_one_is_and_signs_out_by_a_form() -> None:
    menu = [
        {"text": "My work", "url_name": "work", "current": True},
        {"text": "Sign out", "url_name": "leave", "method": "post"},
    ]
    source = render_to_string("about/help.html", {"site": "workspace", "navigation": menu})
    page = html.document_fromstring(source)

    assert page.cssselect("nav a[aria-current=page]")[0].get("href") == "/work"
    assert page.cssselect("nav form[method=post]")[0].get("action") == "/leave"


@pytest.mark.usefixtures("with_addresses")
def test_the_view_shows_the_page_of_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []

    def keep(_: HttpRequest, template: str, __: object) -> HttpResponse:
        shown.append(template)
        return HttpResponse()

    monkeypatch.setattr("candour.ui.views.render", keep)
    for name in PAGES:
        about(RequestFactory().get(f"/{name}"), page=name)

    assert shown == [f"about/{name}.html" for name in PAGES]
