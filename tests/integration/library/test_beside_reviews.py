"""What librarians say beside reviews and across them, on the desk's own pages."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.integration.archive.deposited import record
from tests.integration.archive.public_site import public_site

from candour.archive.deposits import deposit
from candour.archive.models import (
    Course,
    Publisher,
    PublisherKind,
    RelatedDocument,
    ReviewRecord,
    ThemePage,
    UnannouncedTotal,
)
from candour.archive.theme_pages import sentences_in
from candour.kernel.actor import Actor
from candour.kernel.errors import Invalid
from candour.library.services import relate

pytestmark = pytest.mark.django_db(databases=["default", "archive"])


@pytest.fixture
def review() -> ReviewRecord:
    return deposit(record(is_demonstration=False))


def send(browser: Client, page: str, *args: object, **told: Any) -> int:
    """Fill in a page of the desk and send it."""
    told["submission"] = str(uuid.uuid4())
    return browser.post(reverse(f"library:{page}", args=args), told).status_code


def public(path: str) -> str:
    """A page of the public site."""
    with public_site() as visitor:
        answer = visitor.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_document_that_belongs_to_a_review_is_led_to_and_taken_away_again(
    browser: Client, review: ReviewRecord
) -> None:
    other = deposit(record("d-2", title="Another review", is_demonstration=False))
    told = {"kind": "response", "title": "The board’s response"}
    assert send(browser, "related", review.pk, **told, address="https://x.example/r.pdf") == 302
    assert (
        send(browser, "related", review.pk, kind="other_review", title="X", other=other.pk) == 302
    )
    page = public(f"/review/{review.pk}")
    assert "Response of the board or partnership" in page and "https://x.example/r.pdf" in page
    assert f"/review/{other.pk}" in page

    first = RelatedDocument.objects.get(kind="response")
    assert send(browser, "unrelated", review.pk, first.pk) == 302
    assert "r.pdf" not in public(f"/review/{review.pk}")
    assert send(browser, "unrelated", other.pk, first.pk) == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "javascript:alert(1)"},
        {"address": "https://x.example/a b"},
        {"other": "R-2222-2222"},
        {"dated_text": "soon"},
    ],
)
def test_a_document_that_leads_nowhere_is_refused_and_what_was_typed_stays(
    browser: Client, review: ReviewRecord, wrong: dict[str, str]
) -> None:
    told = {"kind": "briefing", "title": "Seven minutes", "submission": str(uuid.uuid4()), **wrong}
    answer = browser.post(reverse("library:related", args=[review.pk]), told)
    assert answer.status_code == 422
    assert "Seven minutes" in answer.content.decode()
    assert not RelatedDocument.objects.exists()


def test_a_review_that_is_in_the_archive_is_described_and_described_anew(
    browser: Client, review: ReviewRecord
) -> None:
    told = {
        "abstract": "An infant died.",
        "incident": "Found in the morning.",
        "questions": "Who asks where the infant sleeps?",
        "methodology": "SILP",
        "subjects": ["theme:safe-sleep"],
    }
    assert send(browser, "account", review.pk, **told) == 302
    page = public(f"/review/{review.pk}")
    for words in ("An infant died.", "Found in the morning.", "Who asks where", "Safe sleep"):
        assert words in page
    form = browser.get(reverse("library:account", args=[review.pk])).content.decode()
    assert "Found in the morning." in form and "checked" in form
    assert send(browser, "account", review.pk, abstract="Otherwise.") == 302
    assert "Found in the morning." not in public(f"/review/{review.pk}")


def test_a_joint_review_stands_under_each_of_its_bodies_and_is_one_review(
    browser: Client, review: ReviewRecord, librarian: Actor
) -> None:
    board = review.publishers.get()
    relate.add_body(by=librarian, name="Southmere Board", kind=PublisherKind.BOARD)
    names = f"{board.name}\nSouthmere Board\n"
    assert send(browser, "publishers", review.pk, names=names) == 302
    for body in Publisher.objects.all():
        assert public(f"/publisher/{body.slug}").count(f'href="/review/{review.pk}"') == 1
    assert send(browser, "publishers", review.pk, names="Misspelt Board") == 422
    assert send(browser, "publishers", review.pk, names="") == 422
    assert review.publishers.count() == 2


def test_a_body_leads_to_what_took_its_place_and_none_takes_its_own(
    browser: Client, review: ReviewRecord
) -> None:
    board = review.publishers.get()
    assert send(browser, "add_body", name="Mere Partnership", kind="partnership") == 302
    assert send(browser, "add_body", name="mere partnership", kind="partnership") == 422
    after = Publisher.objects.get(name="Mere Partnership")
    assert send(browser, "successors", board.slug, names=after.name) == 302
    assert f"/publisher/{after.slug}" in public(f"/publisher/{board.slug}")
    assert f"/publisher/{board.slug}" in public(f"/publisher/{after.slug}")
    for circle in (board.name, after.name):
        assert send(browser, "successors", after.slug, names=circle) == 422
    assert not after.successors.exists()


def test_how_long_a_review_took_is_a_month_with_its_source(
    browser: Client, review: ReviewRecord
) -> None:
    told = {"incident": "2012-03", "reason": "criminal", "source": "Paragraph 1.2"}
    assert send(browser, "course", review.pk, **told) == 302
    assert send(browser, "course", review.pk, **told | {"incident": "2012-03-04"}) == 200
    assert send(browser, "course", review.pk, **told | {"incident": "2099-01"}) == 422
    assert Course.objects.get().incident_month.month == 3
    assert "March 2012" in browser.get(reverse("library:review", args=[review.pk])).content.decode()


def test_reviews_not_announced_are_totals_of_ten_or_more_of_a_year(browser: Client) -> None:
    assert send(browser, "totals", year=2015, count=9, source="National panel") == 422
    assert send(browser, "totals", year=2015, count=12, source=" ") == 200
    assert not UnannouncedTotal.objects.exists()
    assert send(browser, "totals", year=2015, count=12, source="National panel") == 302
    assert send(browser, "totals", year=2015, count=14, source="National panel") == 302
    page = public("/look/unannounced")
    assert "14" in page and "National panel" in page


def test_a_theme_page_is_shown_beside_its_paragraphs_before_it_is_signed(
    browser: Client, review: ReviewRecord
) -> None:
    version = review.versions.get()
    row = version.paragraphs.order_by("order")[0]
    place = f"https://archive.example/review/{review.pk}/v1/at/{row.anchor}"
    told = {"title": "Safe sleep", "signed_by": "A. Writer", "sentences": f"They slept. {place}"}

    unread = browser.post(
        reverse("library:write_theme"), {**told, "submission": str(uuid.uuid4())}
    ).content.decode()
    assert row.text in unread and not ThemePage.objects.exists()

    assert send(browser, "write_theme", **told, looked="on") == 302
    page = public("/themes/safe-sleep")
    assert "They slept." in page and f"/review/{review.pk}/v1/at/{row.anchor}" in page
    again = browser.get(reverse("library:rewrite_theme", args=["safe-sleep"])).content.decode()
    assert f"They slept. {review.pk}/v1#{row.anchor}" in again

    nowhere = told | {"sentences": f"They slept. {review.pk}/v1#none", "looked": "on"}
    assert send(browser, "write_theme", **nowhere) == 422
    assert send(browser, "write_theme", **told | {"sentences": "No place."}, looked="on") == 422
    assert send(browser, "take_down_theme", "safe-sleep") == 302
    assert not ThemePage.objects.exists()


def test_a_line_without_a_paragraph_is_named() -> None:
    with pytest.raises(Invalid, match="Sentence 2"):
        sentences_in("One. R-7KQ2-MW9F/v1#p1\n\nTwo.")


def test_a_review_is_found_at_the_desk_by_any_of_its_words(
    browser: Client, review: ReviewRecord
) -> None:
    deposit(record("d-2", title="Different", label="Child Q", is_demonstration=False))
    found = browser.get(reverse("library:reviews"), {"q": "different child"}).content.decode()
    assert "Different" in found and review.pk not in found
