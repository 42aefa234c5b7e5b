"""The door into the archive: what may pass it, once, and how it is taken back."""

from dataclasses import replace

import pytest
from django.test import Client
from tests.integration.archive.deposited import PARTNERSHIP, body, paragraphs_of, record

from candour.archive import storage
from candour.archive.deposits import DepositFile, deposit, withdraw
from candour.archive.models import (
    PublicationLog,
    ReasonClass,
    ReviewRecord,
    Status,
    TombstoneKind,
    Version,
)
from candour.kernel.errors import Invalid, WrongState

pytestmark = pytest.mark.django_db(databases=["default", "archive"])


def test_the_same_deposit_twice_makes_one_review_and_one_line_of_the_log() -> None:
    first = deposit(record("d-1"))
    assert deposit(record("d-1")) == first
    assert (Version.objects.count(), PublicationLog.objects.count()) == (1, 1)


def test_a_file_is_named_by_the_archive_and_lies_under_its_digest() -> None:
    review = deposit(record("d-1"))
    held = review.versions.get().files.get()
    assert held.name == f"review-{review.pk}-v1.pdf"
    assert storage.path_of(held.sha256).read_bytes() == b"%PDF-1.7 fortnight d-1"


@pytest.mark.parametrize(
    "markup",
    [
        '<p id="p-1" onclick="x()">Text</p>',
        '<p id="p-1">Text</p><script>x()</script>',
        '<p id="p-1" style="color:red">Text</p>',
        '<p id="p-1"><a href="javascript:x()">Text</a></p>',
        '<p id="p-1"><img src="https://example.org/pixel" alt=""></p>',
        '<p id="p-1">Text<!-- a name --></p>',
        '<p id="p-1">Text</p><form action="/x"></form>',
    ],
)
def test_markup_that_can_harm_a_reader_or_hide_words_is_refused_whole(markup: str) -> None:
    with pytest.raises(Invalid, match="markup_not_accepted"):
        deposit(record(paragraphs=paragraphs_of("Text"), html=markup))
    assert not ReviewRecord.objects.exists()


def test_a_paragraph_without_its_anchor_in_the_report_is_refused() -> None:
    with pytest.raises(Invalid, match="p-2"):
        deposit(record(paragraphs=paragraphs_of("One", "Two"), html='<p id="p-1">One</p>'))


def test_an_anchor_that_stands_twice_is_refused() -> None:
    with pytest.raises(Invalid, match="p-1"):
        deposit(
            record(paragraphs=paragraphs_of("One"), html='<p id="p-1">One</p><p id="p-1">Two</p>')
        )


def test_a_file_of_another_kind_is_refused() -> None:
    with pytest.raises(Invalid, match="file_not_accepted"):
        deposit(record(files=(DepositFile("exe", "application/octet-stream", b"MZ"),)))


def test_a_real_review_cannot_stand_under_the_publisher_of_invented_ones() -> None:
    deposit(record("d-1"))
    with pytest.raises(Invalid, match="demonstration_and_real_mixed"):
        deposit(record("d-2", is_demonstration=False))


def test_a_later_text_is_a_new_version_of_the_same_review() -> None:
    first = deposit(record("d-1"))
    second = deposit(record("d-2", new_version_of=first.pk, title="Corrected title"))
    assert second.pk == first.pk
    assert [v.number for v in second.versions.all()] == [1, 2]


def test_a_withdrawn_review_takes_no_new_version() -> None:
    first = deposit(record("d-1"))
    withdraw(first.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.COURT_ORDER)
    with pytest.raises(WrongState):
        deposit(record("d-2", new_version_of=first.pk))


def test_withdrawing_what_is_not_there_is_refused() -> None:
    with pytest.raises(Invalid, match="no_such_review"):
        withdraw("R-0000-0000", tombstone=TombstoneKind.FULL, reason_class=ReasonClass.ERROR)


def test_a_later_order_may_narrow_the_tombstone() -> None:
    review = deposit(record())
    for kind in (TombstoneKind.FULL, TombstoneKind.NONE):
        withdraw(
            review.pk, tombstone=kind, reason_class=ReasonClass.ERROR, public_text="A mistake."
        )
    review.refresh_from_db()
    assert (review.status, review.tombstone.kind) == (Status.WITHDRAWN, TombstoneKind.NONE)
    assert review.tombstone.public_text == ""


@pytest.mark.parametrize(
    ("kind", "status", "shown", "hidden"),
    [
        (TombstoneKind.FULL, 410, ["Child X", "Northmere", "A mistake."], []),
        (TombstoneKind.BARE, 410, ["has been withdrawn"], ["Child X", "Northmere", "A mistake."]),
        (TombstoneKind.NONE, 404, ["Page not found"], ["Child X", "Northmere", "A mistake."]),
    ],
)
def test_a_tombstone_says_what_the_order_allows_and_no_more(
    visitor: Client, kind: TombstoneKind, status: int, shown: list[str], hidden: list[str]
) -> None:
    review = deposit(record())
    held = review.versions.get().files.get()
    withdraw(review.pk, tombstone=kind, reason_class=ReasonClass.ERROR, public_text="A mistake.")
    for address in ("", "/v1", "/read", f"/v1/files/{held.name}"):
        response = visitor.get(f"/review/{review.pk}{address}")
        page = response.content.decode()
        assert response.status_code == status
        assert all(words in page for words in shown)
        assert not any(words in page for words in hidden)


def test_a_joint_review_stands_under_each_publisher_once(visitor: Client) -> None:
    other = replace(PARTNERSHIP, name="Southmere Safeguarding Children Board")
    review = deposit(record(publishers=(PARTNERSHIP, other)))
    for slug in ("northmere", "southmere"):
        page = visitor.get(
            f"/reviews?publisher={slug}-safeguarding-children-board"
        ).content.decode()
        assert page.count(f'href="/review/{review.pk}"') == 1


def test_the_text_of_an_earlier_version_keeps_its_address(visitor: Client) -> None:
    first = deposit(record("d-1"))
    later = paragraphs_of("Corrected words.")
    deposit(record("d-2", new_version_of=first.pk, paragraphs=later, html=body(later)))
    assert "fortnight" in visitor.get(f"/review/{first.pk}/v1").content.decode()
    assert visitor.get(f"/review/{first.pk}/read").headers["Location"].endswith("/v2")
