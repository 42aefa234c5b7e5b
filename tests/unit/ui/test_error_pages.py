"""Error pages: in our layout, with a reference, on either site, without asking anything else."""

import logging
from collections.abc import Iterator

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from lxml import html

from candour.kernel.errors import WrongState
from candour.ui import errors

SITES = ["workspace", "archive"]
PAGES = ["400", "404", "413", "500", "503", "csrf"]


@pytest.fixture
def request_of_a_page() -> HttpRequest:
    return RequestFactory().get("/somewhere")


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> Iterator[str]:
    with override_settings(SITE=request.param):
        yield str(request.param)


def words(response: HttpResponse) -> str:
    return html.document_fromstring(response.content).text_content()


@pytest.mark.parametrize("name", PAGES)
def test_an_error_page_renders_with_no_context_at_all(name: str) -> None:
    page = html.document_fromstring(render_to_string(f"errors/{name}.html", {}))

    assert len(page.cssselect("h1")) == 1
    assert page.cssselect("a[href='/help']")


@pytest.mark.parametrize("name", PAGES)
def test_an_error_page_wears_the_layout_of_its_site(
    name: str, site: str, request_of_a_page: HttpRequest
) -> None:
    shown = words(errors.error_page(request_of_a_page, 400, f"errors/{name}.html"))

    assert ("OFFICIAL-SENSITIVE" in shown) is (site == "workspace")
    assert ("0800 1111" in shown) is (site == "archive")


def test_the_reference_on_the_page_is_the_one_in_the_log(
    request_of_a_page: HttpRequest, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="candour.errors"):
        response = errors.not_found(request_of_a_page)

    (record,) = caplog.records
    assert response.status_code == 404
    assert record.__dict__["reference"] in words(response)
    assert "/somewhere" not in record.getMessage()


def test_too_large_a_page_is_told_from_one_that_cannot_be_read(
    request_of_a_page: HttpRequest,
) -> None:
    assert errors.bad_request(request_of_a_page, RequestDataTooBig()).status_code == 413
    assert errors.bad_request(request_of_a_page, SuspiciousOperation()).status_code == 400


def test_a_database_that_does_not_answer_asks_to_come_back(
    request_of_a_page: HttpRequest,
) -> None:
    try:
        raise OperationalError
    except OperationalError:
        response = errors.server_error(request_of_a_page)

    assert (response.status_code, response["Retry-After"]) == (503, "120")
    assert errors.server_error(request_of_a_page).status_code == 500


def test_a_page_opened_before_signing_in_again_says_nothing_was_saved(
    request_of_a_page: HttpRequest,
) -> None:
    response = errors.csrf_failure(request_of_a_page, "token")

    assert response.status_code == 403
    assert "Nothing was saved" in words(response)


def test_when_even_the_error_page_fails_a_plain_one_is_shown(
    request_of_a_page: HttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError

    monkeypatch.setattr(errors, "render_to_string", broken)

    response = errors.server_error(request_of_a_page)

    assert response.status_code == 500
    assert "999" in words(response)


def test_a_refusal_shows_its_reason_and_what_to_do_next() -> None:
    refusal = WrongState("closed", "The request was closed on 3 March. Ask for it to be reopened.")

    page = render_to_string("errors/refused.html", {"refusal": refusal, "site": "workspace"})

    assert "Ask for it to be reopened." in page
    assert "Nothing was changed" in page
