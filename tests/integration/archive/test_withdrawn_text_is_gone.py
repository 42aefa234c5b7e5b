"""From its commit on nothing withdrawn is served; after the purge nothing of it is left."""

import json
from pathlib import Path

import pytest
from django.test import Client
from tests.integration.archive.deposited import body, paragraphs_of, record

from candour.archive import storage
from candour.archive.deposits import deposit, withdraw
from candour.archive.generations import present_index
from candour.archive.indexing import index_pending, rebuild_index
from candour.archive.models import (
    IndexPurge,
    Paragraph,
    PublishedFile,
    ReasonClass,
    ReviewRecord,
    TombstoneKind,
)
from candour.archive.purging import purge_pending, what_is_left
from candour.engines.search.index import words_of

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

SECRET = "The quokkaberry orchard stood behind the house."
TELLING = ("quokkaberry", "orchard", "Child Withdrawn", "%PDF-1.7 fortnight d-gone")


@pytest.fixture
def two_reviews() -> tuple[ReviewRecord, ReviewRecord]:
    """One review that stays and one that is about to be withdrawn, both indexed."""
    texts = paragraphs_of(SECRET, "The health visitor came every fortnight.")
    stays = deposit(record("d-stays"))
    goes = deposit(
        record(
            "d-gone",
            label="Child Withdrawn",
            title="Serious case review: Child Withdrawn",
            paragraphs=texts,
            html=body(texts),
        )
    )
    index_pending()
    return stays, goes


def surfaces(visitor: Client, goes: ReviewRecord, file_name: str) -> dict[str, bytes]:
    """Every public answer in which the text could stand."""
    addresses = (
        "/",
        "/reviews",
        "/reviews?label=Child+Withdrawn",
        "/reviews?year=2015",
        "/search?q=quokkaberry",
        "/search?q=fortnight",
        '/search?q="stood+behind+the+house"',
        "/search?q=Child+Withdrawn",
        f"/search?q=fortnight&review={goes.pk}",
        f"/search.atom?q=quokkaberry&review={goes.pk}",
        "/search.atom?q=fortnight",
        "/feed.atom",
        "/sitemap.xml",
        "/health",
        f"/review/{goes.pk}",
        f"/review/{goes.pk}/read",
        f"/review/{goes.pk}/v1",
        f"/review/{goes.pk}/v1/files/{file_name}",
        "/oai?verb=ListRecords&metadataPrefix=oai_dc",
        "/oai?verb=ListRecords&metadataPrefix=schema_org",
        "/api/v1/reviews",
        f"/api/v1/reviews/{goes.pk}",
        f"/api/v1/reviews/{goes.pk}/paragraphs",
        *(f"/review/{goes.pk}.{ending}" for ending in ("jsonld", "json", "bib", "ris", "txt")),
        *(f"/data/reviews.{ending}" for ending in ("csv", "jsonl")),
        *(f"/data/paragraphs.{ending}" for ending in ("csv", "jsonl")),
        f"/review/{goes.pk}/versions",
        f"/review/{goes.pk}/one-page",
        f"/review/{goes.pk}/v1/text.html",
        f"/review/{goes.pk}/v1/proof/text/certificate",
        f"/review/{goes.pk}/changes/1-1",
        "/publisher/northmere-safeguarding-children-board",
        "/learning",
    )
    return {address: _bytes(visitor, address) for address in addresses}


def _bytes(visitor: Client, address: str) -> bytes:
    response = visitor.get(address)
    return b"".join(response.streaming_content) if response.streaming else response.content


def telling(address: str, answer: bytes) -> list[str]:
    """What an answer betrays, leaving out the words that the visitor typed."""
    own = address.partition("?")[2].replace("+", " ").casefold()
    words = answer.decode("utf-8", "replace")
    return [word for word in TELLING if word in words and word.casefold() not in own]


@pytest.mark.parametrize("kind", [TombstoneKind.BARE, TombstoneKind.NONE])
def test_no_answer_holds_withdrawn_text_even_before_the_index_is_purged(
    visitor: Client, two_reviews: tuple[ReviewRecord, ReviewRecord], kind: TombstoneKind
) -> None:
    _, goes = two_reviews
    name = goes.versions.get().files.get().name
    before = surfaces(visitor, goes, name)
    assert sum(bool(telling(a, b)) for a, b in before.items()) >= 8
    withdraw(goes.pk, tombstone=kind, reason_class=ReasonClass.COURT_ORDER)
    after = surfaces(visitor, goes, name)
    assert {a: telling(a, b) for a, b in after.items() if telling(a, b)} == {}
    assert b"behind" not in after['/search?q="stood+behind+the+house"'].split(b"</form>")[1]


def test_counts_leave_out_what_is_withdrawn_before_the_index_is_purged(
    visitor: Client, two_reviews: tuple[ReviewRecord, ReviewRecord]
) -> None:
    stays, goes = two_reviews
    assert "2 paragraphs" in visitor.get("/search?q=fortnight").content.decode()
    withdraw(goes.pk, tombstone=TombstoneKind.FULL, reason_class=ReasonClass.ERROR)
    page = visitor.get("/search?q=fortnight").content.decode()
    assert "1 paragraph<" in page
    assert f"/review/{stays.pk}/v1/at/p-1" in page
    assert "1 review<" in visitor.get("/reviews").content.decode()


def _as_it_stands(*, anew: bool) -> Path | None:
    return present_index()


def test_an_index_that_still_holds_the_text_keeps_the_purge_pending(
    two_reviews: tuple[ReviewRecord, ReviewRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, goes = two_reviews
    withdraw(goes.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.COURT_ORDER)
    with monkeypatch.context() as broken:
        broken.setattr("candour.archive.purging.index_without_withdrawn", _as_it_stands)
        assert purge_pending() == 1
    assert "paragraphs in the index" in IndexPurge.objects.get().last_finding
    assert Paragraph.objects.filter(version__record=goes).exists()


def test_a_stray_file_with_the_text_keeps_the_purge_pending(
    two_reviews: tuple[ReviewRecord, ReviewRecord],
) -> None:
    _, goes = two_reviews
    withdraw(goes.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.COURT_ORDER)
    stray = storage.index_folder() / "left-by-a-crash"
    stray.write_bytes(b"\x00\x01" + SECRET.encode() + b"\x02")
    assert purge_pending() == 1
    stray.unlink()
    assert purge_pending() == 0


def test_after_the_purge_no_byte_of_the_archive_folder_and_no_row_holds_the_text(
    two_reviews: tuple[ReviewRecord, ReviewRecord], archive_folder: Path
) -> None:
    _, goes = two_reviews
    digest = goes.versions.get().files.get().sha256
    withdraw(goes.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.COURT_ORDER)
    assert purge_pending() == 0
    everything = b"".join(p.read_bytes() for p in archive_folder.rglob("*") if p.is_file())
    assert not [word for word in (*TELLING, SECRET) if word.encode() in everything]
    assert not storage.path_of(digest).exists()
    index = present_index()
    assert index is not None
    assert not {"quokkaberri", "orchard"} & words_of(index)
    goes.refresh_from_db()
    assert (goes.title, goes.label) == ("", "")
    assert not Paragraph.objects.filter(version__record=goes).exists()
    assert goes.versions.get().body_html == ""


def test_the_purge_leaves_the_other_reviews_to_be_found(
    visitor: Client, two_reviews: tuple[ReviewRecord, ReviewRecord]
) -> None:
    stays, goes = two_reviews
    withdraw(goes.pk, tombstone=TombstoneKind.FULL, reason_class=ReasonClass.ERROR)
    purge_pending()
    assert f"/review/{stays.pk}/v1/at/p-1" in visitor.get("/search?q=fortnight").content.decode()
    assert PublishedFile.objects.filter(version__record=stays).exists()


def test_a_full_tombstone_keeps_its_title_after_the_purge(
    visitor: Client, two_reviews: tuple[ReviewRecord, ReviewRecord]
) -> None:
    _, goes = two_reviews
    withdraw(goes.pk, tombstone=TombstoneKind.FULL, reason_class=ReasonClass.ERROR)
    purge_pending()
    page = visitor.get(f"/review/{goes.pk}")
    assert page.status_code == 410
    assert "Child Withdrawn" in page.content.decode()


def test_a_file_that_another_review_also_offers_is_kept(
    two_reviews: tuple[ReviewRecord, ReviewRecord],
) -> None:
    stays, _ = two_reviews
    same = stays.versions.get().files.get()
    twin = deposit(record("d-twin", files=(record("d-stays").files[0],)))
    withdraw(twin.pk, tombstone=TombstoneKind.NONE, reason_class=ReasonClass.ERROR)
    assert purge_pending() == 0
    assert storage.path_of(same.sha256).exists()


def test_a_rebuilt_index_equals_one_that_grew(
    visitor: Client, two_reviews: tuple[ReviewRecord, ReviewRecord]
) -> None:
    grown = visitor.get("/search?q=fortnight").content
    assert rebuild_index() == 6
    assert visitor.get("/search?q=fortnight").content == grown


def test_an_index_left_half_extended_by_a_crash_is_built_anew(
    two_reviews: tuple[ReviewRecord, ReviewRecord],
) -> None:
    present = storage.index_folder() / "present.json"
    facts = json.loads(present.read_text())
    present.write_text(json.dumps({**facts, "whole": False}))
    index_pending()
    after = json.loads(present.read_text())
    assert (after["whole"], after["generation"]) == (True, "g2")


def test_feeds_tell_other_archives_to_let_go_unless_the_order_forbids_it(
    visitor: Client, two_reviews: tuple[ReviewRecord, ReviewRecord]
) -> None:
    _, goes = two_reviews
    withdraw(goes.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.ERROR)
    assert f'deleted-entry ref="http://localhost:8002/review/{goes.pk}"' in _feed(visitor)
    withdraw(goes.pk, tombstone=TombstoneKind.NONE, reason_class=ReasonClass.COURT_ORDER)
    assert goes.pk not in _feed(visitor)


def _feed(visitor: Client) -> str:
    return str(visitor.get("/feed.atom").content.decode())


def test_what_is_left_names_the_words_when_only_the_word_list_betrays(
    two_reviews: tuple[ReviewRecord, ReviewRecord],
) -> None:
    stays, goes = two_reviews
    index = present_index()
    assert index is not None
    withdraw(goes.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.ERROR)
    # As if every entry had been deleted but its segment kept: the group is gone, its words are not.
    goes.versions.get().paragraphs.all().delete()
    goes.pk = stays.pk
    assert what_is_left(goes, index) != ""


def test_a_count_beyond_the_page_leaves_out_what_is_withdrawn(
    visitor: Client, two_reviews: tuple[ReviewRecord, ReviewRecord]
) -> None:
    texts = paragraphs_of(*(f"Each fortnight, number {number}." for number in range(50)))
    long = deposit(record("d-long", paragraphs=texts, html=body(texts)))
    index_pending()
    assert "52 paragraphs" in visitor.get("/search?q=fortnight").content.decode()
    withdraw(long.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.ERROR)
    assert ">2 paragraphs<" in visitor.get("/search?q=fortnight").content.decode()


def test_the_row_alone_is_enough_to_keep_a_hit_from_being_shown(
    visitor: Client,
    two_reviews: tuple[ReviewRecord, ReviewRecord],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, goes = two_reviews
    withdraw(goes.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.ERROR)
    monkeypatch.setattr("candour.archive.standing.withdrawn_ids", frozenset)
    page = visitor.get("/search?q=fortnight").content.decode()
    assert goes.pk not in page
    assert "1 paragraph<" in page
