"""Pages are kept until the archive changes, and never longer; searches are never kept."""

from typing import Any

import pytest
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from tests.integration.archive.deposited import record

from candour.archive.deposits import deposit, withdraw
from candour.archive.models import ReasonClass, ReviewRecord, TombstoneKind
from candour.sites.archive import kept_pages
from candour.sites.archive.kept_pages import KeptPagesMiddleware

pytestmark = pytest.mark.django_db(databases=["default", "archive"])


class Site:
    """A site of pages as large as asked, which counts how often each was made."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.layer = KeptPagesMiddleware(self.make)

    def make(self, request: HttpRequest) -> HttpResponse:
        self.made.append(request.get_full_path())
        response = HttpResponse("x" * int(request.GET.get("size", "1")))
        if "cookie" in request.path:
            response.set_cookie("who", "me")
        if "vary" in request.path:
            response["Vary"] = "Cookie"
        return response

    def get(self, address: str, **headers: str) -> HttpResponse:
        answer = self.layer(RequestFactory().get(address, headers=headers))
        assert isinstance(answer, HttpResponse)
        return answer


@pytest.fixture(autouse=True)
def kept(nothing_kept: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here pages are kept as they are for visitors."""
    monkeypatch.setattr(kept_pages, "_SECONDS", 10.0)
    monkeypatch.setattr(kept_pages, "_SECONDS_TEXT", 10.0)


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def review() -> ReviewRecord:
    return deposit(record())


def test_a_page_asked_for_again_costs_one_question(
    visitor: Client, review: ReviewRecord, django_assert_max_num_queries: Any
) -> None:
    address = f"/review/{review.pk}/v1"
    first = visitor.get(address)
    with django_assert_max_num_queries(1, connection=connections["archive"]):
        again = visitor.get(address)
    assert again.content == first.content
    for name in ("ETag", "Content-Security-Policy", "Content-Type"):
        assert again[name] == first[name], name
    assert again["Cache-Control"] == "no-cache"
    assert visitor.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_what_is_withdrawn_is_gone_from_what_was_kept_at_once(
    visitor: Client, review: ReviewRecord
) -> None:
    address = f"/review/{review.pk}/v1"
    for accepts in ("", "gzip"):
        assert visitor.get(address, headers={"Accept-Encoding": accepts}).status_code == 200
    withdraw(review.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.COURT_ORDER)
    for accepts in ("", "gzip"):
        assert visitor.get(address, headers={"Accept-Encoding": accepts}).status_code == 410


def test_a_text_is_kept_while_other_reviews_change_and_goes_with_a_line_of_its_own(
    site: Site, review: ReviewRecord
) -> None:
    text, other = f"/review/{review.pk}/v1", f"/review/{review.pk}"
    for address in (text, f"{text}/chapter/2", other):
        site.get(address)
    deposit(record("another"))
    for address in (text, f"{text}/chapter/2", other):
        site.get(address)
    assert site.made[3:] == [other]
    deposit(record("later", new_version_of=review.pk))
    site.get(text)
    assert site.made[4:] == [text]


def test_a_log_that_went_back_or_far_ahead_lets_go_of_every_text(
    site: Site, review: ReviewRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"/review/{review.pk}/v1"
    for line in (5, 3, 3 + 1_000):
        monkeypatch.setattr(kept_pages, "_last_line", lambda line=line: line)
        site.get(text)
        site.get(text)
    assert site.made == [text] * 3


@pytest.mark.parametrize(
    "address",
    [
        *("/search?q=infant", "/search", "/list?s=x", "/alerts/x", "/health"),
        *("/review/x/v1?q=infant", "/cookie", "/vary", f"/?page={'1' * 400}"),
    ],
)
def test_what_somebody_asked_or_depends_on_who_asks_is_never_kept(site: Site, address: str) -> None:
    site.get(address)
    site.get(address)
    assert len(site.made) == 2


def test_another_encoding_or_format_is_another_page(site: Site) -> None:
    for headers in ({}, {"Accept-Encoding": "gzip"}, {"Accept": "application/ld+json"}):
        site.get("/review/x", **headers)
        site.get("/review/x", **headers)
    assert len(site.made) == 3


def test_a_page_is_made_anew_after_its_seconds(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.get("/")
    monkeypatch.setattr(kept_pages, "monotonic", lambda: 1e12)
    site.get("/")
    assert site.made == ["/", "/"]


def test_no_more_than_the_limit_is_kept_and_the_oldest_goes_first(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_pages, "_MOST_BYTES", 250)
    for address in ("/a?size=100", "/b?size=100", "/c?size=100"):
        site.get(address)
    site.get("/c?size=100")
    site.get("/a?size=100")
    assert site.made == ["/a?size=100", "/b?size=100", "/c?size=100", "/a?size=100"]
