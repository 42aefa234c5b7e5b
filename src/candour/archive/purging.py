"""Taking a withdrawn text out of the index, proving that it is gone, then out of the database.

Withdrawal itself has committed before: no page serves the text while a purge is pending.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from django.db import connections, transaction

from candour.archive import storage
from candour.archive.generations import writing
from candour.archive.indexing import documents, index_without_withdrawn, meanwhile
from candour.archive.keeping import keep_before_purge
from candour.archive.models import (
    Citation,
    Course,
    Description,
    IndexPurge,
    Learning,
    PublishedFile,
    ReviewRecord,
    ReviewType,
    ThemeSentence,
    TombstoneKind,
    Version,
)
from candour.engines.search.index import words_of
from candour.engines.search.searching import group_size
from candour.engines.search.words import stems
from candour.kernel import clock
from candour.platform.databases import ARCHIVE

_SHORTEST_TELLING_WORD = 5
_SLICE = 40
_MOST_SOUGHT = 200
_FACTS = (
    *("label", "title", "kind", "author", "year_text", "published_text", "adopted_text"),
    *("report_dated_text", "uploaded_text", "publisher_address", "source_address", "rule_set"),
    *("licence", "licence_evidence"),
)


def purge_pending() -> int:
    """Purge every withdrawn review still owed; return how many remain pending.

    Called by the worker. A purge is finished only when nothing of the text is found in the words of
    the index or in any byte of its folder; otherwise `last_finding` says what was found, and the
    next call tries again.
    """
    with writing():
        owed = list(IndexPurge.objects.filter(finished_at=None).select_related("record__tombstone"))
        if not owed:
            return 0
        # Where an earlier try found something, the index is not trusted but built once more.
        index = index_without_withdrawn(anew=any(purge.last_finding for purge in owed))
        for purge in owed:
            _purge(purge, index)
    return IndexPurge.objects.filter(finished_at=None).count()


def what_is_left(record: ReviewRecord, index: Path) -> str:
    """What of a withdrawn review the index folder still holds, in words; empty when nothing."""
    standing = group_size(index, record.pk)
    if standing:
        return f"{standing} paragraphs in the index"
    texts = _texts_of(record)
    own_words = _words_nobody_else_uses(texts)
    listed = words_of(index)
    words = [word for word in own_words if set(stems(word)) & listed]
    if words:
        return f"{len(words)} words in the word list of the index"
    found = _bytes_found([record.pk, *own_words, *_slices(texts)], storage.index_folder())
    return f"{found} strings in the bytes of the index folder" if found else ""


def _purge(purge: IndexPurge, index: Path) -> None:
    purge.last_finding = what_is_left(purge.record, index)
    if purge.last_finding:
        purge.save(update_fields=["last_finding"])
        return
    keep_before_purge(purge.record)
    digests = _remove_from_database(purge)
    for digest in digests:
        if not PublishedFile.objects.filter(sha256=digest).exists():
            storage.forget(digest)


def _remove_from_database(purge: IndexPurge) -> list[str]:
    record = purge.record
    _overwrite_what_is_deleted()
    with transaction.atomic(using=ARCHIVE):
        files = PublishedFile.objects.filter(version__record=record)
        digests = list(files.values_list("sha256", flat=True))
        files.delete()
        for version in record.versions.all():
            version.paragraphs.all().delete()
            version.summaries.all().delete()
        _remove_accounts(record)
        Version.objects.filter(record=record).update(body_html="", purged_at=clock.now())
        if record.tombstone.kind != TombstoneKind.FULL:
            _remove_facts(record)
        purge.finished_at = clock.now()
        purge.save(update_fields=["finished_at", "last_finding"])
    return digests


def _remove_accounts(record: ReviewRecord) -> None:
    """What tells the story in other words goes with the story, whatever the tombstone."""
    Description.objects.filter(record=record).delete()
    Learning.objects.filter(record=record).delete()
    ThemeSentence.objects.filter(record=record).delete()
    Citation.objects.filter(version__record=record).delete()
    Course.objects.filter(record=record).delete()
    Version.objects.filter(record=record).update(what_changed="")
    ReviewRecord.objects.filter(pk=record.pk).update(abstract="")
    record.abstract = ""


def _remove_facts(record: ReviewRecord) -> None:
    record.publishers.clear()
    record.subjects.clear()
    record.announcements.all().delete()
    record.related.all().delete()
    record.related_from.all().delete()
    for name in _FACTS:
        setattr(record, name, "")
    record.year_from = record.year_to = record.published_from = None
    record.review_type = ReviewType.NOT_STATED
    record.save()


def _overwrite_what_is_deleted() -> None:
    # SQLite leaves deleted text in free pages unless told to overwrite it.
    connection = connections[ARCHIVE]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _texts_of(record: ReviewRecord) -> list[str]:
    texts = [record.title, record.label, record.abstract]
    for version in record.versions.all():
        for text, path in version.paragraphs.values_list("text", "heading_path"):
            texts += [text, *path]
    return [text for text in texts if text]


def _words_nobody_else_uses(texts: Iterable[str]) -> list[str]:
    """Words of the withdrawn text whose stem no visible text has, longest first."""
    by_stem = {stem: word for text in texts for word in _words(text) for stem in stems(word)}
    for document in meanwhile(documents()):
        for stem in stems(f"{document.title} {document.text}"):
            by_stem.pop(stem, None)
        if not by_stem:
            break
    return sorted(set(by_stem.values()), key=lambda word: (-len(word), word))[:_MOST_SOUGHT]


def _words(text: str) -> Iterator[str]:
    for word in re.findall(r"[^\W_]+", text):
        if len(word) >= _SHORTEST_TELLING_WORD:
            yield word


def _slices(texts: Iterable[str]) -> list[str]:
    return [text[:_SLICE] for text in texts if len(text) >= _SLICE][:_MOST_SOUGHT]


def _bytes_found(strings: Iterable[str], folder: Path) -> int:
    forms = {form.encode() for string in strings for form in (string, string.casefold())}
    found: set[bytes] = set()
    for path in meanwhile(folder.rglob("*")):
        # A part of the index may have been joined with others since it was listed.
        with suppress(FileNotFoundError):
            content = path.read_bytes() if path.is_file() else b""
            found |= {form for form in forms if form in content}
    return len(found)
