"""Finding documents: BM25 over their text, with words of the title or heading counted twice."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import log
from pathlib import Path

import tantivy

from candour.engines.search.index import groups_in, opened
from candour.engines.search.query import (
    HEADING,
    All,
    Either,
    Part,
    Query,
    Tagged,
    Wanted,
    Without,
)
from candour.engines.search.words import stems

_TITLE_BOOST = 2.0
_MOST_GROUPS = 65_000
_TELLING = 4
"""Letters; the little words that join others tell nothing."""
_MUST, _NOT, _MAY = tantivy.Occur.Must, tantivy.Occur.MustNot, tantivy.Occur.Should


class Sort(StrEnum):
    """In which order hits come."""

    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Within:
    """Where to look: in one group, in one kind, never in some groups, and by tags.

    `tags` must all be there; of each set in `any_tags` one is enough. `ids` limits the search to
    these documents.
    """

    group: str = ""
    kind: str = ""
    tags: tuple[str, ...] = ()
    not_groups: frozenset[str] = field(default_factory=frozenset)
    any_tags: tuple[tuple[str, ...], ...] = ()
    ids: tuple[str, ...] = ()


EVERYWHERE = Within()


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found; the higher the score, the better, comparable within one search only."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The hits asked for, and how many there are in all."""

    total: int
    hits: tuple[Hit, ...]


def search(
    folder: Path,
    query: Query,
    *,
    within: Within = EVERYWHERE,
    limit: int = 20,
    offset: int = 0,
    sort: Sort = Sort.BEST,
) -> Found:
    """The documents that meet the query, in the order asked for.

    Raises:
        FileNotFoundError: when the folder holds no index.
    """
    made = opened(folder)
    searcher = made.searcher()
    order = tantivy.Order.Asc if sort is Sort.OLDEST else tantivy.Order.Desc
    result = searcher.search(
        _asked(made.schema, query.root, _without_absent(folder, within)),
        limit=limit,
        offset=offset,
        count=True,
        order_by_field=None if sort is Sort.BEST else "order",
        order=order,
    )
    hits = [
        Hit(str(searcher.doc(address).get_first("id")), float(score))
        for score, address in result.hits
    ]
    hits.sort(key=lambda hit: (hit.score if sort is Sort.OLDEST else -hit.score, hit.id))
    # The library's type description does not know `count`.
    return Found(int(result.count), tuple(hits))  # type: ignore[attr-defined]


def counts_by_tag(folder: Path, query: Query, *, within: Within = EVERYWHERE) -> dict[str, int]:
    """How many documents that meet the query carry each tag.

    Raises:
        FileNotFoundError: when the folder holds no index.
    """
    made = opened(folder)
    wanted = {"groups": {"terms": {"field": "group", "size": _MOST_GROUPS}}}
    # What is shut out is left out of the sums, which is quicker than to let the index do it.
    asked = _asked(made.schema, query.root, replace(within, not_groups=frozenset()))
    answer = made.searcher().aggregate(asked, wanted)
    return groups_in(folder).sums(
        (bucket["key"], int(bucket["doc_count"]))
        for bucket in answer["groups"]["buckets"]
        if bucket["key"] not in within.not_groups
    )


def count(folder: Path, query: Query, *, within: Within = EVERYWHERE) -> int:
    """How many documents meet the query.

    Raises:
        FileNotFoundError: when the folder holds no index.
    """
    made = opened(folder)
    asked = _asked(made.schema, query.root, _without_absent(folder, within))
    result = made.searcher().search(asked, limit=1, count=True)
    return int(result.count)  # type: ignore[attr-defined]


def group_size(folder: Path, group: str) -> int:
    """How many documents of a group the index holds.

    Raises:
        FileNotFoundError: when the folder holds no index.
    """
    made = opened(folder)
    query = tantivy.Query.term_query(made.schema, "group", group, index_option="basic")
    return int(made.searcher().search(query, limit=1, count=True).count)  # type: ignore[attr-defined]


def telling_words(folder: Path, text: str, *, most: int = 20) -> Query:
    """A question for texts like this one: its words that are frequent here and rare elsewhere.

    Raises:
        FileNotFoundError: when the folder holds no index.
    """
    searcher = opened(folder).searcher()
    forms = list(stems(text))
    weights = {
        form: forms.count(form) * log(searcher.num_docs / frequency)
        for form in set(forms)
        if len(form) >= _TELLING and (frequency := searcher.doc_freq("text", form)) > 1
    }
    best = sorted(weights, key=lambda form: (-weights[form], form))[:most]
    return Query(Either(tuple(Wanted((form,), form) for form in best)))


def unknown_words(folder: Path, query: Query) -> tuple[str, ...]:
    """The single words typed that stand in no document.

    Raises:
        FileNotFoundError: when the folder holds no index.
    """
    searcher = opened(folder).searcher()
    return tuple(
        wanted.typed
        for wanted in query.wanted
        if wanted.weight == 1.0
        and len(wanted.stems) == 1
        and not any(searcher.doc_freq(name, wanted.stems[0]) for name in ("text", "title"))
    )


def _without_absent(folder: Path, within: Within) -> Within:
    """The same bounds, shutting out only groups that the index can hold: each costs time."""
    held = groups_in(folder).places.keys()
    return replace(within, not_groups=within.not_groups & held) if held else within


def _asked(schema: tantivy.Schema, root: Part, within: Within) -> tantivy.Query:
    clauses = [(_MUST, _part(schema, root))]
    clauses += [(_MUST, condition) for condition in _conditions(schema, within)]
    if within.not_groups:
        excluded = tantivy.Query.term_set_query(schema, "group", sorted(within.not_groups))
        clauses.append((_NOT, excluded))
    return tantivy.Query.boolean_query(clauses)


def _part(schema: tantivy.Schema, part: Part) -> tantivy.Query:
    if isinstance(part, Wanted):
        return _words(schema, part)
    if isinstance(part, Tagged):
        return _unscored(tantivy.Query.term_set_query(schema, "tags", list(part.tags)))
    if isinstance(part, Without):
        everything = tantivy.Query.all_query()
        return tantivy.Query.boolean_query([(_MUST, everything), (_NOT, _part(schema, part.part))])
    if isinstance(part, Either):
        inner = [_part(schema, one) for one in part.parts]
        if part.same:
            return tantivy.Query.disjunction_max_query(inner)
        return tantivy.Query.boolean_query([(_MAY, one) for one in inner])
    return _all(schema, part)


def _all(schema: tantivy.Schema, part: All) -> tantivy.Query:
    if not part.parts:
        return tantivy.Query.all_query()
    clauses = [
        (_NOT, _part(schema, one.part)) if isinstance(one, Without) else (_MUST, _part(schema, one))
        for one in part.parts
    ]
    return tantivy.Query.boolean_query(clauses)


def _words(schema: tantivy.Schema, wanted: Wanted) -> tantivy.Query:
    places = [("title", _TITLE_BOOST)]
    if wanted.place != HEADING:
        places.insert(0, ("text", 1.0))
    return tantivy.Query.boolean_query(
        [(_MAY, _in_field(schema, name, wanted, boost * wanted.weight)) for name, boost in places]
    )


def _in_field(schema: tantivy.Schema, name: str, wanted: Wanted, boost: float) -> tantivy.Query:
    if len(wanted.stems) > 1:
        words: Sequence[str] = list(wanted.stems)
        query = tantivy.Query.phrase_query(schema, name, list(words), slop=wanted.slop)
    else:
        query = tantivy.Query.term_query(schema, name, wanted.stems[0])
    return tantivy.Query.boost_query(query, boost)


def _conditions(schema: tantivy.Schema, within: Within) -> Iterator[tantivy.Query]:
    exact = [("group", within.group), ("kind", within.kind), *(("tags", t) for t in within.tags)]
    for name, value in exact:
        if value:
            term = tantivy.Query.term_query(schema, name, value, index_option="basic")
            yield _unscored(term)
    for values in within.any_tags:
        yield _unscored(_set(schema, "tags", values))
    if within.ids:
        yield _unscored(_set(schema, "id", within.ids))


def _set(schema: tantivy.Schema, name: str, values: Iterable[str]) -> tantivy.Query:
    return tantivy.Query.term_set_query(schema, name, list(values))


def _unscored(query: tantivy.Query) -> tantivy.Query:
    # A condition that every hit meets must not move one hit before another.
    return tantivy.Query.const_score_query(query, 0.0)
