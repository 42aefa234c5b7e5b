"""The search index beside the database: built from published rows alone, by one writer at a time.

Every build is a folder of its own (`candour.archive.generations`). A withdrawn text is found no
more as soon as its line in the publication log is read, and leaves by a new generation built
without it: a mark in the old one would keep its words. See docs/adr/0008.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TypeVar

from candour.archive import generations, publication_log
from candour.archive.citing import record_citations
from candour.archive.facets import tags_of
from candour.archive.generations import Present, writing
from candour.archive.models import Paragraph, PublicationLog, ReviewRecord, Status
from candour.archive.nodes import beat, is_node
from candour.archive.titles import publisher_words, shown_title
from candour.engines.search.documents import Document
from candour.engines.search.index import extend, index
from candour.engines.search.meaning import minilm
from candour.engines.search.vectors import add_vectors, take_over
from candour.platform.config import config

PARAGRAPH = "paragraph"
REVIEW = "review"
_LOOK_EVERY = 0.5
"""Seconds of long work after which what is new is taken in, so that nobody waits for its end."""
_T = TypeVar("_T")


def index_pending() -> int:
    """Take in what came since the last time; return how many lines of the log that were.

    Called every second. A withdrawn review is taken out, then the index is built anew; a new
    version or a changed catalogue entry takes the place of what was there.
    """
    with writing():
        return _catch_up()


def rebuild_if_replaced() -> int:
    """Build anew an index in which replaced words still stand; return how many documents it holds.

    Called once a day.
    """
    with writing():
        present = generations.present()
        return _build() if present and present.replaced else 0


def rebuild_index() -> int:
    """Build the index from the database alone; return how many documents it holds."""
    with writing():
        return _build()


def read_for_meaning() -> int:
    """Make one more review comparable by meaning; return how many paragraphs were added.

    Called every other second. One review at a time: what somebody waits for must not wait for this.
    """
    with writing():
        present = generations.present()
        if present is None or not present.unread:
            return 0
        record, *rest = present.unread
        added = add_vectors(_paragraphs({record}), present.folder, minilm())
        generations.note(replace(present, unread=tuple(rest)))
        return added


def index_without_withdrawn(*, anew: bool = False) -> Path:
    """The index with nothing withdrawn in it; to be called while `writing()`.

    `anew` builds it even if it should be clean already.
    """
    _catch_up()
    if anew:
        _build()
    present = generations.present()
    if present is None:
        raise FileNotFoundError("there is no search index")
    return present.folder


def meanwhile(long_work: Iterable[_T]) -> Iterator[_T]:
    """The same, taking in what is published while it passes by; to be used while `writing()`.

    The nodes are told the time too: whoever works does nothing else meanwhile.
    """
    looked = monotonic()
    for each in long_work:
        if monotonic() - looked > _LOOK_EVERY:
            _take_in_news()
            beat()
            looked = monotonic()
        yield each


def documents(records: Iterable[str] | None = None) -> Iterator[Document]:
    """What may be found: each visible review, and each paragraph of a published text.

    `records` limits it to these reviews. Only the latest version of a review is searched.
    """
    visible = ReviewRecord.objects.exclude(status=Status.WITHDRAWN).order_by("pk")
    if records is not None:
        visible = visible.filter(pk__in=records)
    for record in visible.prefetch_related("publishers", "subjects"):
        tags, year = tags_of(record), record.year_to or 0
        yield _review_document(record, tags, year)
        for paragraph in paragraphs_to_search(record):
            yield Document(
                paragraph_id(record.pk, paragraph.version.number, paragraph.anchor),
                " – ".join(paragraph.heading_path),
                paragraph.text,
                record.pk,
                PARAGRAPH,
                tags,
                year,
            )


def _review_document(record: ReviewRecord, tags: tuple[str, ...], year: int) -> Document:
    facts = _facts_in_words(record)
    return Document(record.pk, shown_title(record), facts, record.pk, REVIEW, tags, year)


def _paragraphs(records: set[str] | None = None) -> Iterator[Document]:
    return (document for document in documents(records) if document.kind == PARAGRAPH)


def paragraph_id(record_id: str, version_number: int, anchor: str) -> str:
    """The identifier under which a paragraph is indexed: this text and no later one."""
    return f"{record_id}/v{version_number}#{anchor}"


def split_paragraph_id(given: str) -> tuple[str, int, str]:
    """Review, version and anchor of a `paragraph_id`."""
    place, _, anchor = given.partition("#")
    record_id, _, number = place.rpartition("/v")
    return record_id, int(number), anchor


def paragraphs_to_search(record: ReviewRecord) -> Iterable[Paragraph]:
    """The paragraphs of the latest version, if the report is held and not withdrawn."""
    if record.status != Status.PUBLISHED:
        return ()
    latest = record.versions.order_by("-number").defer("body_html").first()
    if latest is None:
        return ()
    return latest.paragraphs.select_related("version").defer("html", "version__body_html")


def _facts_in_words(record: ReviewRecord) -> str:
    facts = (record.label, publisher_words(record), record.year_text, record.author)
    return " · ".join(fact for fact in (*facts, record.abstract) if fact)


def _catch_up() -> int:
    present = generations.present()
    if present is None or not present.whole:
        _build()
        found = generations.present()
        return found.sequence - (present.sequence if present else 0) if found else 0
    lines = _take_in_news()
    present = generations.present()
    if present and present.owes:
        _build()
    return lines


def _take_in_news() -> int:
    """Extend the index in use by what the log has beyond it; return how many lines that were."""
    present = generations.present()
    if present is None or not present.whole:
        return 0
    news = list(PublicationLog.objects.filter(sequence__gt=present.sequence))
    if news:
        generations.note(replace(present, whole=False))
        generations.note(_extended(present, news))
    return len(news)


def _extended(present: Present, news: list[PublicationLog]) -> Present:
    records = {line.record_id for line in news}
    earlier = PublicationLog.objects.filter(record__in=records, sequence__lte=present.sequence)
    known = set(earlier.values_list("record_id", flat=True))
    extend(documents(records), present.folder, replacing=sorted(known))
    _note_citations(records)
    withdrawn = any(line.operation == PublicationLog.Operation.WITHDRAWN for line in news)
    return replace(
        present,
        sequence=news[-1].sequence,
        owes=present.owes or withdrawn,
        replaced=present.replaced + len(known),
        unread=tuple(sorted({*present.unread, *records})) if config().archive_vectors else (),
    )


def _build() -> int:
    # The log is read first: what is deposited during the build is indexed again, never missed.
    sequence = publication_log.last_sequence()
    before = generations.present()
    made = Present(generations.next_name(before), sequence)
    count = index(meanwhile(documents()), made.folder)
    if before is None or not before.whole:
        _note_citations(ReviewRecord.objects.values_list("pk", flat=True))
    if config().archive_vectors:
        unread = take_over(_paragraphs(), made.folder, before.folder if before else None)
        made = replace(made, unread=tuple(sorted(unread)))
    news = list(PublicationLog.objects.filter(sequence__gt=sequence))
    generations.put_in_place(_extended(made, news) if news else made)
    return count


def _note_citations(records: Iterable[str]) -> None:
    # A node reads a copy of the database, which holds what the main archive noted.
    if not is_node():
        record_citations(records)
