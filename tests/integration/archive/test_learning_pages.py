"""What was learned is shown in the reports' words, side by side, with what is known of its fate."""

from datetime import date

import pytest
from django.test import Client
from tests.integration.archive.deposited import body, paragraphs_of, record

from candour.archive.deposits import deposit, withdraw
from candour.archive.models import (
    Learning,
    ReasonClass,
    RecommendedBefore,
    ReviewRecord,
    StatusReport,
    TombstoneKind,
)

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

EARLY = "Recommendation 1: Ask where every infant sleeps at night."
LATE = "Recommendation 4: Every infant's place of sleep at night should be asked for."


def _learning(deposit_id: str, text: str, year: str) -> Learning:
    parts = paragraphs_of(text)
    review = deposit(record(deposit_id, year_text=year, paragraphs=parts, html=body(parts)))
    return Learning.objects.create(
        record=review,
        version=review.versions.get(),
        kind="recommendation",
        number="1",
        anchor="p-1",
        text=text,
        confirmed_on=date(2026, 1, 1),
    )


@pytest.fixture
def pair() -> tuple[Learning, Learning]:
    """A recommendation of 2011 and one of 2015, confirmed to say the same."""
    earlier, later = _learning("d-early", EARLY, "2011"), _learning("d-late", LATE, "2015")
    RecommendedBefore.objects.create(later=later, earlier=earlier, confirmed_on=date(2026, 1, 1))
    return earlier, later


def _page(visitor: Client, address: str) -> str:
    return str(visitor.get(address).content.decode().replace("&#39;", "'"))


def test_both_texts_stand_side_by_side_with_their_years(
    visitor: Client, pair: tuple[Learning, Learning]
) -> None:
    earlier, later = pair
    page = _page(visitor, f"/learning/{later.pk}")
    assert EARLY in page
    assert LATE in page
    assert "2011" in page
    assert LATE in _page(visitor, f"/learning/{earlier.pk}").partition("Said again")[2]
    at = visitor.get(f"/review/{later.record_id}/v1/at/p-1")
    assert at["Location"].endswith("#p-1")


def test_a_fate_that_nobody_reported_is_not_known_and_a_reported_one_names_its_source(
    visitor: Client, pair: tuple[Learning, Learning]
) -> None:
    earlier, later = pair
    StatusReport.objects.create(
        learning=later, status="done", as_at=date(2016, 3, 1), source="Annual report 2016"
    )
    assert "Not known" in _page(visitor, f"/learning/{earlier.pk}")
    told = _page(visitor, f"/learning/{later.pk}")
    assert "Done, with evidence, according to Annual report 2016" in told


def test_what_a_withdrawn_review_recommended_is_gone_from_both_pages(
    visitor: Client, pair: tuple[Learning, Learning]
) -> None:
    earlier, later = pair
    withdraw(
        earlier.record_id, tombstone=TombstoneKind.FULL, reason_class=ReasonClass.PUBLISHER_REQUEST
    )
    assert visitor.get(f"/learning/{earlier.pk}").status_code == 404
    assert EARLY not in _page(visitor, f"/learning/{later.pk}")
    assert EARLY not in _page(visitor, "/learning")
    assert ReviewRecord.objects.count() == 2


def test_the_list_is_by_kind_and_never_counts_by_board(
    visitor: Client, pair: tuple[Learning, Learning]
) -> None:
    assert LATE in _page(visitor, "/learning?kind=recommendation")
    assert LATE not in _page(visitor, "/learning?kind=finding")
    assert "not counted by board" in _page(visitor, "/learning")


@pytest.mark.parametrize(
    "address",
    ["/learning", "/publishers", "/terms", "/guidance", "/data", "/contact", "/proof"],
)
def test_every_page_round_the_catalogue_says_what_it_is_when_the_archive_is_empty(
    visitor: Client, address: str
) -> None:
    page = visitor.get(address)
    assert page.status_code == 200
    assert "<h1" in page.content.decode()


def test_guidance_shows_what_was_in_force_on_a_day(visitor: Client) -> None:
    told = _page(visitor, "/guidance?on=2014-05-01")
    assert "Working Together to Safeguard Children 2013" in told
    assert "Working Together to Safeguard Children 2018" not in told
    assert visitor.get("/guidance?on=in+2014").status_code == 422
