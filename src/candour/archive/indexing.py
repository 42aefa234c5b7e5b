"""The search index beside the database: built from published rows alone, by one writer at a time.

Every build is a folder of its own (a generation); `present.json` names the one in use and the last
line of the publication log it contains. A withdrawn text leaves by a new generation built without
it, never by a mark in the old one: see docs/adr/0008.
"""

import fcntl
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from candour.archive import publication_log, storage
from candour.archive.citing import record_citations
from candour.archive.facets import tags_of
from candour.archive.models import Paragraph, PublicationLog, ReviewRecord, Status
from candour.archive.titles import publisher_words, shown_title
from candour.engines.search.documents import Document
from candour.engines.search.index import extend, index
from candour.engines.search.meaning import minilm
from candour.engines.search.vectors import add_vectors, take_over
from candour.platform.config import config

PARAGRAPH = "paragraph"
REVIEW = "review"


@dataclass(frozen=True, slots=True)
class _Present:
    """The generation in use; `whole` is false while it is being extended.

    `replaced` counts reviews whose earlier words still stand in it, though they are not found;
    `unread` names those whose paragraphs are not yet comparable by meaning.
    """

    generation: str
    sequence: int
    whole: bool = True
    replaced: int = 0
    unread: tuple[str, ...] = ()


def present_index() -> Path | None:
    """The folder to search in, or none while nothing has been indexed."""
    present = _present()
    return _generation(present.generation) if present else None


def index_pending() -> int:
    """Index what came since the last time; return how many lines of the log were taken in.

    Called by the worker. A withdrawal makes the index be built anew; a new version or a changed
    catalogue entry takes the place of what was there.
    """
    with writing():
        present = _present()
        if present is None or not present.whole:
            return _build()
        news = list(PublicationLog.objects.filter(sequence__gt=present.sequence))
        if any(line.operation == PublicationLog.Operation.WITHDRAWN for line in news):
            return _build()
        if news:
            _extend(present, {line.record_id for line in news}, news[-1].sequence)
        return len(news)


def rebuild_if_replaced() -> int:
    """Build anew an index in which replaced words still stand; return how many documents it holds.

    Called by the worker once a day.
    """
    with writing():
        present = _present()
        return _build() if present and present.replaced else 0


def rebuild_index() -> int:
    """Build the index from the database alone; return how many documents it holds."""
    with writing():
        return _build()


def read_for_meaning() -> int:
    """Make one more review comparable by meaning; return how many paragraphs were added.

    Called by the worker. One review at a time: what somebody waits for must not wait for this.
    """
    with writing():
        present = _present()
        if present is None or not present.unread:
            return 0
        record, *rest = present.unread
        added = add_vectors(_paragraphs({record}), _generation(present.generation), minilm())
        _set_present(replace(present, unread=tuple(rest)))
        return added


@contextmanager
def writing() -> Iterator[None]:
    """Be the only writer of the index on this machine; others wait."""
    folder = storage.index_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def build_without_withdrawn() -> Path:
    """A new generation in place of all others; to be called while `writing()`."""
    _build()
    present = present_index()
    if present is None:
        raise FileNotFoundError(f"no search index in {storage.index_folder()}")
    return present


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


def _build() -> int:
    # The log is read first: what is deposited during the build is indexed again, never missed.
    sequence = publication_log.last_sequence()
    number = max((int(p.name[1:]) for p in _generations()), default=0) + 1
    generation = f"g{number}"
    before = present_index()
    count = index(documents(), _generation(generation))
    record_citations(ReviewRecord.objects.values_list("pk", flat=True))
    unread: set[str] = set()
    if config().archive_vectors:
        unread = take_over(_paragraphs(), _generation(generation), before)
    _set_present(_Present(generation, sequence, unread=tuple(sorted(unread))))
    for old in _generations():
        if old.name != generation:
            shutil.rmtree(old)
    return count


def _extend(present: _Present, records: set[str], sequence: int) -> None:
    folder = _generation(present.generation)
    earlier = PublicationLog.objects.filter(record__in=records, sequence__lte=present.sequence)
    known = set(earlier.values_list("record_id", flat=True))
    replaced = present.replaced + len(known)
    _set_present(replace(present, whole=False))
    extend(documents(records), folder, replacing=sorted(known))
    record_citations(records)
    unread = tuple(sorted({*present.unread, *records})) if config().archive_vectors else ()
    _set_present(_Present(present.generation, sequence, replaced=replaced, unread=unread))


def _generations() -> list[Path]:
    return sorted(storage.index_folder().glob("g[0-9]*"))


def _generation(name: str) -> Path:
    return storage.index_folder() / name


def _present() -> _Present | None:
    path = storage.index_folder() / "present.json"
    if not path.exists():
        return None
    given = json.loads(path.read_text(encoding="utf-8"))
    present = _Present(**{**given, "unread": tuple(given.get("unread", ()))})
    return present if _generation(present.generation).is_dir() else None


def _set_present(present: _Present) -> None:
    path = storage.index_folder() / "present.json"
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(asdict(present)), encoding="utf-8")
    temporary.replace(path)
