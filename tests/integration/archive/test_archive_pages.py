"""What visitors find on the pages of the archive."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from tests.integration.archive.deposited import PARTNERSHIP, body, paragraphs_of, record

from candour.archive.deposits import deposit
from candour.archive.indexing import index_pending
from candour.archive.models import Publisher, ReviewRecord

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

PAGES = ("/", "/reviews", "/search", "/search?q=infant", "/help", "/no-such-page")


def page(visitor: Client, address: str) -> str:
    return str(visitor.get(address).content.decode())


@pytest.fixture
def review() -> ReviewRecord:
    made = deposit(record())
    index_pending()
    return made


def test_every_page_says_whom_to_call(visitor: Client, review: ReviewRecord) -> None:
    for address in (*PAGES, f"/review/{review.pk}", f"/review/{review.pk}/v1"):
        words = page(visitor, address)
        assert 'href="tel:999"' in words, address
        assert "0808 800 5000" in words, address
        assert "0800 1111" in words, address


def test_the_publishers_own_number_stands_only_with_the_day_of_its_check(
    visitor: Client, review: ReviewRecord
) -> None:
    assert "01632 960001" in page(visitor, f"/review/{review.pk}")
    Publisher.objects.update(helpline_checked_on=None)
    assert "01632 960001" not in page(visitor, f"/review/{review.pk}")


def test_no_answer_sets_a_cookie_or_may_be_shown_again_unchecked(
    visitor: Client, review: ReviewRecord
) -> None:
    for address in (*PAGES, "/feed.atom", f"/review/{review.pk}", f"/review/{review.pk}/v1"):
        response = visitor.get(address)
        assert "Set-Cookie" not in response.headers, address
        assert response.headers["Cache-Control"] == "no-cache", address
        assert response.headers["Referrer-Policy"] == "no-referrer", address


def test_an_unchanged_page_is_not_sent_twice(visitor: Client, review: ReviewRecord) -> None:
    for address in ("/", f"/review/{review.pk}/v1", "/feed.atom"):
        first = visitor.get(address)
        again = visitor.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304, address


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_the_archive_can_only_be_read(visitor: Client, method: str) -> None:
    assert getattr(visitor, method)("/").status_code == 405


def test_the_first_page_says_what_a_review_is_not(visitor: Client) -> None:
    words = page(visitor, "/")
    assert "not an inquiry into cause or culpability" in words
    assert "Working Together to Safeguard Children 2015" in words
    assert "26 March 2015" in words
    assert "No reviews yet" in words


def test_each_paragraph_has_its_anchor_on_the_reading_page(
    visitor: Client, review: ReviewRecord
) -> None:
    words = page(visitor, f"/review/{review.pk}/v1")
    assert re.findall(r'id="(p-\d)"', words) == ["p-1", "p-2"]
    assert 'href="#findings"' in words


def test_a_download_has_a_neutral_name_and_its_own_type(
    visitor: Client, review: ReviewRecord
) -> None:
    response = visitor.get(f"/review/{review.pk}/v1/files/review-{review.pk}-v1.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="review-{review.pk}-v1.pdf"'
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_a_file_of_another_review_or_version_is_not_found(
    visitor: Client, review: ReviewRecord
) -> None:
    name = f"review-{review.pk}-v1.pdf"
    other = deposit(record("d-2"))
    assert visitor.get(f"/review/{other.pk}/v1/files/{name}").status_code == 404
    assert visitor.get(f"/review/{review.pk}/v2/files/{name}").status_code == 404


def test_invented_reviews_stand_apart_and_are_marked_on_each_page(
    visitor: Client, review: ReviewRecord
) -> None:
    real = deposit(
        record(
            "d-real",
            is_demonstration=False,
            publishers=(replace(PARTNERSHIP, name="Real Safeguarding Children Board"),),
        )
    )
    home = page(visitor, "/")
    invented, rest = home.split("</section>", 1)
    assert review.pk in invented and real.pk not in invented
    assert real.pk in rest and review.pk not in rest
    for address in (f"/review/{review.pk}", f"/review/{review.pk}/v1"):
        assert "candour-demo" in page(visitor, address)
        assert "candour-demo" not in page(visitor, address.replace(review.pk, real.pk))


def test_a_review_is_recent_since_the_day_its_publisher_set(visitor: Client) -> None:
    old = deposit(record("d-old", published_on=date(2023, 12, 31)))
    new = deposit(record("d-new", published_on=date(2024, 1, 1)))
    recent = page(visitor, "/reviews?collection=recent")
    local = page(visitor, "/reviews?collection=local")
    assert new.pk in recent and old.pk not in recent
    assert old.pk in local and new.pk not in local


def test_reviews_with_one_label_are_told_apart(visitor: Client) -> None:
    reviews = [deposit(record(f"d-{n}", year_text=str(2010 + n))) for n in range(3)]
    words = page(visitor, f"/review/{reviews[0].pk}")
    assert "“Child X” – 3 reviews carry this label" in words
    listed = page(visitor, "/reviews?label=child+x")
    assert all(f"Northmere Safeguarding Children Board, {2010 + n}" in listed for n in range(3))


def test_a_filter_that_means_nothing_is_named(visitor: Client) -> None:
    assert "“last” is not a year" in page(visitor, "/reviews?year=last")
    assert "no such collection" in page(visitor, "/reviews?collection=secret")


def test_a_year_finds_reviews_of_a_span_of_years(visitor: Client) -> None:
    review = deposit(record(year_text="2007-2009"))
    assert review.pk in page(visitor, "/reviews?year=2008")
    assert review.pk not in page(visitor, "/reviews?year=2010")


def test_a_search_marks_the_words_and_opens_at_the_paragraph(
    visitor: Client, review: ReviewRecord
) -> None:
    words = page(visitor, "/search?q=weigh+fortnight")
    assert f'href="/review/{review.pk}/v1/at/p-1?q=weigh+fortnight"' in words
    assert "<mark>weighed</mark>" in words
    assert "1 paragraph<" in words


def test_a_search_can_stay_inside_one_review(visitor: Client, review: ReviewRecord) -> None:
    other = deposit(record("d-2"))
    index_pending()
    words = page(visitor, f"/search?q=infant&review={review.pk}")
    assert f"/review/{review.pk}/v1/at/p-1" in words
    assert f"/review/{other.pk}/v1" not in words


def test_a_question_that_cannot_be_answered_is_explained_and_kept(visitor: Client) -> None:
    response = visitor.get("/search?q=negl*")
    assert response.status_code == 422
    words = response.content.decode()
    assert "Take the * out" in words
    assert 'value="negl*"' in words


def test_where_no_paragraph_has_all_words_the_page_says_so(
    visitor: Client, review: ReviewRecord
) -> None:
    words = page(visitor, "/search?q=infant+zeppelin")
    assert "No paragraph has all of these words" in words
    assert "2 paragraphs with some of these words" in words


def test_markup_in_a_question_or_a_report_is_shown_as_typed(visitor: Client) -> None:
    text = "Ratio 5 &lt; 6 for infants &amp; others."
    paragraphs = paragraphs_of(text)
    plain = (replace(paragraphs[0], text="Ratio 5 < 6 for infants & others."),)
    deposit(record(paragraphs=plain, html=body(paragraphs)))
    index_pending()
    words = page(visitor, "/search?q=ratio+%3Cscript%3E")
    assert "<script>" not in words
    assert "<mark>Ratio</mark> 5 &lt; 6" in words


def test_a_search_before_anything_is_indexed_says_what_to_do(visitor: Client) -> None:
    response = visitor.get("/search?q=infant")
    assert response.status_code == 503
    assert "search is being prepared" in response.content.decode()


def test_only_the_latest_version_of_a_review_is_searched(
    visitor: Client, review: ReviewRecord
) -> None:
    later = paragraphs_of("Corrected words only.")
    deposit(record("d-2", new_version_of=review.pk, paragraphs=later, html=body(later)))
    assert "0 paragraphs" in page(visitor, "/search?q=fortnight")
    index_pending()
    assert f"/review/{review.pk}/v2/at/p-1" in page(visitor, "/search?q=corrected")


def test_feeds_name_reviews_and_paragraphs(visitor: Client, review: ReviewRecord) -> None:
    assert f"http://localhost:8002/review/{review.pk}" in page(visitor, "/feed.atom")
    assert f"/review/{review.pk}/v1#p-2" in page(visitor, "/search.atom?q=slept")


def test_robots_are_kept_from_searches(visitor: Client) -> None:
    assert "Disallow: /search" in page(visitor, "/robots.txt")


def test_the_first_page_is_light(visitor: Client, review: ReviewRecord) -> None:
    for address in PAGES:
        assert len(visitor.get(address).content) < 60_000, address


def test_a_review_of_two_boards_is_joint_wherever_its_catalogue_lists_it(visitor: Client) -> None:
    other = replace(PARTNERSHIP, name="Southmere Safeguarding Children Board")
    review = deposit(record(publishers=(PARTNERSHIP, other)))
    ReviewRecord.objects.update(collection="other")
    assert review.pk in page(visitor, "/reviews?collection=joint")


def test_the_addresses_of_paragraphs_are_shown_on_request(
    visitor: Client, review: ReviewRecord
) -> None:
    address = f"/review/{review.pk}/v1"
    assert 'href="#p-1"' not in page(visitor, address)
    assert 'href="#p-1">#p-1</a>' in page(visitor, f"{address}?addresses")
