"""Words of a withdrawn review are sought in every answer that the public site can give.

The addresses are those of the site's own configuration, so that a page added later is sought too;
the words stand in everything that can be said of a review, and are found before the withdrawal.
"""

import gzip
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docs.addresses import addresses
from tests.integration.archive.deposited import body, paragraphs_of, record

from candour.archive import fixity, indexing, storage
from candour.archive.deposits import DepositDescription, DepositSummary, deposit, withdraw
from candour.archive.generations import present_index
from candour.archive.indexing import index_pending, read_for_meaning
from candour.archive.models import (
    Announcement,
    Learning,
    Publisher,
    ReasonClass,
    RecommendedBefore,
    RelatedDocument,
    ReviewRecord,
    StatusReport,
    TombstoneKind,
)
from candour.archive.purging import purge_pending
from candour.archive.theme_pages import Sentence, publish_theme_page
from candour.archive.vocabularies import load_vocabularies
from candour.engines.search.vectors import vector_ids
from candour.kernel import clock
from candour.platform.config import config

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

# One word for each place where something is said, so that a finding names the place.
WORDS = {
    "text": "quokkaberry",
    "earlier text": "zebrafinch",
    "title": "Marmosetwood",
    "label": "Child Axolotlby",
    "abstract": "wombathouse",
    "account": "narwhalgate",
    "summary": "okapiford",
    "what changed": "pangolinton",
    "learning": "lemurstead",
    "status": "tapirworth",
    "announcement": "ocelotham",
    "theme page": "civetdale",
    "related": "kinkajoufield",
    "file": "%PDF-1.7 aardvarkley",
    "author": "Dugongsby",
}
QUESTIONS = ("quokkaberry", "quokkabery", "quok*", "Marmosetwood", "year:2015", "lemurstead")


@pytest.fixture
def goes(monkeypatch: pytest.MonkeyPatch) -> ReviewRecord:
    """A review of which everything is said, beside one that stays and is tied to it."""
    with_meaning = config().model_copy(update={"archive_vectors": True})
    monkeypatch.setattr(indexing, "config", lambda: with_meaning)
    load_vocabularies()
    first = paragraphs_of(f"The {WORDS['earlier text']} came.")
    told = {
        "label": WORDS["label"],
        "title": f"Review of {WORDS['title']}",
        "authors": (WORDS["author"],),
        "abstract": f"In short: {WORDS['abstract']}.",
        "summaries": (DepositSummary("cy", "Cymraeg", f"Am {WORDS['summary']}"),),
        "description": DepositDescription(
            incident=WORDS["account"], subjects=(("theme", "safe-sleep"),)
        ),
    }
    goes = deposit(record("d-gone", paragraphs=first, html=body(first), files=(), **told))
    texts = paragraphs_of(
        f"The {WORDS['text']} orchard stood behind the house.",
        f"The Board should plant the {WORDS['learning']} every fortnight.",
    )
    file = record("d-gone-2").files[0]
    deposit(
        record(
            "d-gone-2",
            new_version_of=goes.pk,
            paragraphs=texts,
            html=body(texts),
            what_changed=f"The {WORDS['what changed']}.",
            files=(type(file)("pdf", "application/pdf", WORDS["file"].encode()),),
            **told,
        )
    )
    goes.refresh_from_db()
    _tie(goes, deposit(record("d-stays", label="Child Stays")))
    index_pending()
    while read_for_meaning():
        pass
    fixity.sign_root()
    return goes


def _tie(goes: ReviewRecord, stays: ReviewRecord) -> None:
    """Everything by which one review leads to another."""
    latest = goes.versions.get(number=2)
    said = [
        Learning.objects.create(
            record=version.record,
            version=version,
            kind="recommendation",
            anchor=anchor,
            text=version.paragraphs.get(anchor=anchor).text,
            confirmed_on=clock.today(),
        )
        for version, anchor in ((latest, "p-2"), (stays.versions.get(), "p-1"))
    ]
    RecommendedBefore.objects.create(later=said[1], earlier=said[0], confirmed_on=clock.today())
    StatusReport.objects.create(
        learning=said[0], status="done", as_at=clock.today(), source=WORDS["status"]
    )
    Announcement.objects.create(
        record=goes, status="published", announced_text="2015", source=WORDS["announcement"]
    )
    for record_, other in ((goes, stays), (stays, goes)):
        RelatedDocument.objects.create(
            record=record_, kind="other_review", title=WORDS["related"], other=other
        )
    publish_theme_page(
        slug="trees",
        title="Trees",
        signed_by="A. Writer",
        signed_on=clock.today(),
        theme="safe-sleep",
        sentences=[Sentence(f"A {WORDS['theme page']}.", goes.pk, 2, "p-1")],
    )


def places(goes: ReviewRecord) -> Iterator[str]:
    """Every address of the site, for the review and for what is tied to it, and every question."""
    stays = ReviewRecord.objects.exclude(pk=goes.pk).get()
    for review in (goes, stays):
        for address in addresses("archive"):
            for number in (1, 2) if ("number", False) in address.parts else (1,):
                yield reverse(address.name, kwargs=_parts(address.parts, review, number))
        yield from (f"/review/{review.pk}.{end}" for end in ("jsonld", "json", "bib", "ris", "txt"))
    yield from (f"/review/{goes.pk}/v2/files/review-{goes.pk}-v2.pdf", "/themes/trees")
    yield from (f"/data/{what}.{end}" for what in ("reviews", "paragraphs") for end in _ENDINGS)
    yield from (f"/learning/{each}" for each in Learning.objects.values_list("pk", flat=True))
    yield from (f"/oai?verb=ListRecords&metadataPrefix={form}" for form in ("oai_dc", "schema_org"))
    places = f"{goes.pk}/v2%23p-1"
    for page in ("/list", "/list.docx", "/list.ris", "/search", "/search.atom"):
        yield f"{page}?kept={places}&list={places}&q=fortnight"
    yield from (f"/publisher/{body.slug}" for body in Publisher.objects.all())
    for question in QUESTIONS:
        yield f"/search?q={question}"
    phrase = "%22stood+behind+the+house%22"
    for more in (f"q={phrase}", f"q=fortnight&review={goes.pk}", "q=fortnight&history=quokkaberry"):
        yield f"/search?{more}"
        yield f"/search.atom?{more}"
    yield "/search?q=fortnight&meaning=on"
    yield f"/search?like={places}&meaning=on"


_ENDINGS = ("csv", "jsonl", "parquet")


def _parts(parts: object, review: ReviewRecord, number: int) -> dict[str, object]:
    known = {
        "record_id": review.pk,
        "number": number,
        "name": f"review-{review.pk}-v{number}.pdf",
        "chapter": 1,
        "anchor": "p-1",
        "learning_id": 1,
        "before": 1,
        "after": 2,
        "kind": "text",
        "token": "none",
        "ending": "csv",
        "slug": "trees",
        "day": "2015-03-26",
    }
    return {part: known[part] for part, _ in parts}  # type: ignore[attr-defined]


def betrayed(visitor: Client, goes: ReviewRecord) -> dict[str, list[str]]:
    """Which words are read where, leaving out those that the visitor typed."""
    found: dict[str, list[str]] = {}
    for place in dict.fromkeys(places(goes)):
        answer = visitor.get(place, HTTP_ACCEPT="*/*")
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        read = unpacked(content) + str(dict(answer.headers)).encode()
        typed = place.replace("+", " ")
        for where, word in WORDS.items():
            if word.encode() in read and word.removeprefix("%") not in typed:
                found.setdefault(where, []).append(place)
    return found


def unpacked(content: bytes) -> bytes:
    """What a reader reads: packages opened."""
    if content[:2] == b"\x1f\x8b":
        return gzip.decompress(content)
    if content[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(content)) as package:
            return b"".join(unpacked(package.read(name)) for name in package.namelist())
    return content


def test_nothing_of_a_withdrawn_review_is_in_any_answer_or_byte(
    visitor: Client, goes: ReviewRecord
) -> None:
    before = betrayed(visitor, goes)
    assert set(WORDS) - set(before) == set(), "each word was there to be found"
    withdraw(goes.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.COURT_ORDER)
    assert betrayed(visitor, goes) == {}, "before the index is purged"

    assert purge_pending() == 0
    folder = storage.archive_folder()
    bytes_ = b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file())
    assert [
        w for w in WORDS.values() if w.encode() in bytes_ or w.casefold().encode() in bytes_
    ] == []
    index = present_index()
    assert index is not None
    assert not [each for each in vector_ids(index) if goes.pk in each]
