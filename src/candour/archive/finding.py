"""Searching the archive. The index only proposes; the database row decides what is shown.

Every hit, snippet and count is checked against the row at the moment of serving. The question is
neither stored nor logged.
"""

from contextlib import suppress
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from candour.archive.indexing import (
    PARAGRAPH,
    REVIEW,
    paragraph_id,
    present_index,
    split_paragraph_id,
)
from candour.archive.models import Paragraph, ReviewRecord, Status
from candour.archive.selectors import latest_versions
from candour.engines.search.asking import parse
from candour.engines.search.marks import Snippet, snippet
from candour.engines.search.query import Query, either, has_several_words
from candour.engines.search.searching import Found, Within, search
from candour.kernel.errors import RuleBroken

PAGE = 20
_MOST_REVIEWS = 5
_DEEPEST = 500


class SearchNotReady(RuleBroken):
    """There is no index yet; the catalogue and the reports can be read all the same."""


@dataclass(frozen=True, slots=True)
class ParagraphFound:
    """A paragraph that meets the question, with the part of it to show."""

    record: ReviewRecord
    paragraph: Paragraph
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found. `some_words` says that no paragraph has all the words asked for."""

    total: int
    found: tuple[ParagraphFound, ...]
    reviews: tuple[ReviewRecord, ...]
    notes: tuple[str, ...]
    some_words: bool
    page: int


def find(typed: str, *, record_id: str = "", page: int = 1, page_size: int = PAGE) -> Results:
    """Paragraphs that meet the question, best first, and reviews whose title or label does.

    Raises:
        QueryRefused: when the question asks for something that the search cannot do.
        SearchNotReady: when nothing has been indexed yet.
    """
    query = parse(typed)
    page = max(1, min(page, _DEEPEST // page_size))
    where = Within(group=record_id, kind=PARAGRAPH, not_groups=_withdrawn())
    found, asked = _all_or_some(query, where, page_size, (page - 1) * page_size)
    shown = _confirmed(found, asked)
    unconfirmed = len(found.hits) - len(shown)
    return Results(
        total=found.total - unconfirmed,
        found=shown,
        reviews=() if record_id or page > 1 else _reviews(query),
        notes=query.notes,
        some_words=asked is not query,
        page=page,
    )


def reachable(results: Results) -> int:
    """How many of the paragraphs found can be paged to."""
    return min(results.total, _DEEPEST)


def is_ready() -> bool:
    """Whether there is an index to search."""
    return present_index() is not None


def _withdrawn() -> frozenset[str]:
    rows = ReviewRecord.objects.filter(status=Status.WITHDRAWN)
    return frozenset(rows.values_list("pk", flat=True))


def _all_or_some(query: Query, where: Within, limit: int, offset: int) -> tuple[Found, Query]:
    found = _ask(query, where, limit, offset)
    if found.total or not has_several_words(query):
        return found, query
    some = either(query)
    return _ask(some, where, limit, offset), some


def _ask(query: Query, where: Within, limit: int, offset: int) -> Found:
    # An index may be replaced between finding its folder and opening it; the new one answers.
    for _ in range(2):
        index = present_index()
        if index is None:
            break
        with suppress(FileNotFoundError):
            return search(index, query, within=where, limit=limit, offset=offset)
    raise SearchNotReady(
        "search_not_ready",
        "The search is being prepared. Use the list of reviews, or try again in some minutes.",
    )


def _confirmed(found: Found, query: Query) -> tuple[ParagraphFound, ...]:
    standing = _standing_rows([hit.id for hit in found.hits])
    return tuple(
        ParagraphFound(row.version.record, row, snippet(row.text, query))
        for hit in found.hits
        if (row := standing.get(hit.id)) is not None
    )


def _standing_rows(ids: list[str]) -> dict[str, Paragraph]:
    """The rows of those paragraphs that may be shown now: of the latest text of a held review."""
    places = [split_paragraph_id(id) for id in ids]
    latest = latest_versions({record_id for record_id, _, _ in places})
    wanted = [
        Q(version=latest[record_id].pk, anchor=anchor)
        for record_id, number, anchor in places
        if record_id in latest and latest[record_id].number == number
    ]
    if not wanted:
        return {}
    rows = (
        Paragraph.objects.filter(reduce(or_, wanted))
        .select_related("version__record")
        .prefetch_related("version__record__publishers")
        .defer("html", "version__body_html")
    )
    return {
        paragraph_id(row.version.record_id, row.version.number, row.anchor): row for row in rows
    }


def _reviews(query: Query) -> tuple[ReviewRecord, ...]:
    where = Within(kind=REVIEW, not_groups=_withdrawn())
    hits = _ask(query, where, _MOST_REVIEWS, 0).hits
    rows = (
        ReviewRecord.objects.exclude(status=Status.WITHDRAWN)
        .prefetch_related("publishers")
        .in_bulk([hit.id for hit in hits])
    )
    return tuple(rows[hit.id] for hit in hits if hit.id in rows)
