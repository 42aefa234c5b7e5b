"""Searching the archive. The index only proposes; the database row decides what is shown.

Every hit, snippet and count is checked against the row at the moment of serving. The question is
neither stored nor logged.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from candour.archive import facets, standing
from candour.archive.asked import Asked
from candour.archive.generations import present_index
from candour.archive.indexing import PARAGRAPH, REVIEW, paragraph_id
from candour.archive.models import Paragraph, ReviewRecord, Status
from candour.engines.search.asking import LONGEST, parse
from candour.engines.search.fusing import by_both
from candour.engines.search.marks import Snippet, snippet
from candour.engines.search.meaning import minilm
from candour.engines.search.query import (
    Query,
    QueryRefused,
    either,
    has_several_words,
    in_words,
)
from candour.engines.search.searching import Found, Sort, Within, count, search, telling_words
from candour.engines.search.synonyms import spelled_out, with_synonyms
from candour.engines.search.vectors import has_vectors
from candour.kernel.errors import Hidden, RuleBroken

PAGE = 20
_MOST_REVIEWS = 5
_DEEPEST = 500
_BY_MEANING = 200
_LONGEST_WHOLE = 2_000
_T = TypeVar("_T")


class SearchNotReady(RuleBroken):
    """There is no index yet; the catalogue and the reports can be read all the same."""


@dataclass(frozen=True, slots=True)
class ParagraphFound:
    """A paragraph that meets the question, with the part of it to show."""

    record: ReviewRecord
    paragraph: Paragraph
    snippet: Snippet

    @property
    def place(self) -> str:
        """Review, version and anchor, as the reader's list names it."""
        number = self.paragraph.version.number
        return paragraph_id(self.record.pk, number, self.paragraph.anchor)


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found. `some_words` says that no paragraph has all the words asked for."""

    total: int
    found: tuple[ParagraphFound, ...]
    reviews: tuple[ReviewRecord, ...]
    query: Query
    some_words: bool
    page: int
    by_meaning: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader must know of how the question was read."""
        return self.query.notes

    @property
    def read_as(self) -> str:
        """The question as it was understood, before other names were added to it."""
        return in_words(self.query.root)


def find(asked: Asked, *, page_size: int = PAGE) -> Results:
    """Paragraphs that meet the question, in the order asked for, and reviews whose title does.

    Raises:
        QueryRefused: when the question asks for something that the search cannot do.
        SearchNotReady: when nothing has been indexed yet.
        Hidden: when the paragraph to start from is not here.
    """
    asked = replace(asked, page=max(1, min(asked.page, _DEEPEST // page_size)))
    query, within = understood(asked), bounds(asked)
    found, used = _all_or_some(asked, query, within, page_size)
    by_meaning = asked.meaning and can_compare_meaning()
    if by_meaning:
        found = _with_meaning(asked, used, within, found, page_size)
    shown = _confirmed(found, used, asked.like)
    unconfirmed = len(found.hits) - len(shown)
    alone = asked.review or asked.page > 1 or asked.like
    return Results(
        total=max(found.total - unconfirmed, 0),
        found=shown,
        reviews=() if alone else _reviews(within, query),
        query=used,
        some_words=used is not query,
        page=asked.page,
        by_meaning=by_meaning,
    )


def understood(asked: Asked) -> Query:
    """The question as the search takes it, with other names where they were not switched off.

    Raises:
        QueryRefused: when the question asks for something that the search cannot do.
    """
    if asked.like:
        text = _text_to_start_from(asked.like)
        return in_index(lambda index: telling_words(index, text))
    query = parse(asked.whole_question(), facets.facts(), longest=_LONGEST_WHOLE)
    if len(asked.typed) > LONGEST:
        raise QueryRefused("query_too_long", f"Use fewer than {LONGEST} characters.")
    return with_synonyms(query) if asked.other_names else query


def count_in(asked: Asked, record_id: str) -> int:
    """How many paragraphs of one review meet the question.

    Raises:
        QueryRefused, SearchNotReady: as `find`.
    """
    query, within = understood(asked), replace(bounds(asked), group=record_id)
    return in_index(lambda index: count(index, query, within=within))


def reachable(results: Results) -> int:
    """How many of the paragraphs found can be paged to."""
    most = _BY_MEANING if results.by_meaning else _DEEPEST
    return min(results.total, most)


def is_ready() -> bool:
    """Whether there is an index to search."""
    return present_index() is not None


def can_compare_meaning() -> bool:
    """Whether this archive was indexed by meaning too."""
    index = present_index()
    return index is not None and has_vectors(index)


def bounds(asked: Asked) -> Within:
    """Where the question looks: never in what was withdrawn, whatever the index still holds."""
    return Within(
        group=asked.review,
        kind=PARAGRAPH,
        not_groups=standing.withdrawn_ids(),
        any_tags=tuple(
            tuple(f"{name}:{value}" for value in values) for name, values in asked.chosen.items()
        ),
    )


def _all_or_some(asked: Asked, query: Query, within: Within, size: int) -> tuple[Found, Query]:
    found = _page_of(asked, query, within, size)
    if found.total or not has_several_words(query):
        return found, query
    some = either(query)
    return _page_of(asked, some, within, size), some


def _page_of(asked: Asked, query: Query, within: Within, size: int) -> Found:
    offset = (asked.page - 1) * size
    return in_index(
        lambda index: search(
            index, query, within=within, limit=size, offset=offset, sort=asked.sort
        )
    )


def _with_meaning(asked: Asked, query: Query, within: Within, words: Found, size: int) -> Found:
    """The best by words and by meaning; the order asked for holds among those."""
    text = spelled_out(asked.typed) if asked.typed else _text_to_start_from(asked.like)
    hits = in_index(
        lambda index: by_both(index, query, text, minilm(), within=within, limit=_BY_MEANING)
    )
    total = max(words.total, len(hits))
    if asked.sort is not Sort.BEST:
        return words
    first = (asked.page - 1) * size
    return Found(total, hits[first : first + size])


def in_index(ask: Callable[[Path], _T]) -> _T:
    """Ask the index in use.

    Raises:
        SearchNotReady: when there is none.
    """
    # An index may be replaced between finding its folder and opening it; the new one answers.
    for _ in range(2):
        index = present_index()
        if index is None:
            break
        with suppress(FileNotFoundError):
            return ask(index)
    raise SearchNotReady(
        "search_not_ready",
        "The search is being prepared. Use the list of reviews, or try again in some minutes.",
    )


def _confirmed(found: Found, query: Query, like: str) -> tuple[ParagraphFound, ...]:
    rows = standing.standing_rows([hit.id for hit in found.hits if hit.id != like])
    return tuple(
        ParagraphFound(row.version.record, row, snippet(row.text, query))
        for hit in found.hits
        if (row := rows.get(hit.id)) is not None
    )


def _text_to_start_from(place: str) -> str:
    rows = standing.paragraphs_at((place,))
    if not rows:
        raise Hidden()
    return rows[0].text


def _reviews(within: Within, query: Query) -> tuple[ReviewRecord, ...]:
    titles = replace(within, kind=REVIEW)
    hits = in_index(lambda index: search(index, query, within=titles, limit=_MOST_REVIEWS)).hits
    if not hits:
        return ()
    rows = (
        ReviewRecord.objects.exclude(status=Status.WITHDRAWN)
        .prefetch_related("publishers")
        .in_bulk([hit.id for hit in hits])
    )
    return tuple(rows[hit.id] for hit in hits if hit.id in rows)
