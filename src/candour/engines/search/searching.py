"""Finding documents: BM25 over their text, with words of the title or heading counted twice."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import tantivy

from candour.engines.search.index import opened
from candour.engines.search.query import Query, Wanted

_TITLE_BOOST = 2.0


@dataclass(frozen=True, slots=True)
class Within:
    """Where to look: in one group, in one kind, under all of these tags, never in these groups."""

    group: str = ""
    kind: str = ""
    tags: tuple[str, ...] = ()
    not_groups: frozenset[str] = field(default_factory=frozenset)


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
    folder: Path, query: Query, *, within: Within = EVERYWHERE, limit: int = 20, offset: int = 0
) -> Found:
    """The best documents that meet every element of the query, best first.

    Raises:
        FileNotFoundError: when the folder holds no index.
    """
    made = opened(folder)
    searcher = made.searcher()
    result = searcher.search(
        _asked(made.schema, query, within), limit=limit, offset=offset, count=True
    )
    hits = [
        Hit(str(searcher.doc(address).get_first("id")), float(score))
        for score, address in result.hits
    ]
    hits.sort(key=lambda hit: (-hit.score, hit.id))
    # The library's type description does not know `count`.
    return Found(int(result.count), tuple(hits))  # type: ignore[attr-defined]


def group_size(folder: Path, group: str) -> int:
    """How many documents of a group the index holds.

    Raises:
        FileNotFoundError: when the folder holds no index.
    """
    made = opened(folder)
    query = tantivy.Query.term_query(made.schema, "group", group, index_option="basic")
    return int(made.searcher().search(query, limit=1, count=True).count)  # type: ignore[attr-defined]


def _asked(schema: tantivy.Schema, query: Query, within: Within) -> tantivy.Query:
    must, must_not = tantivy.Occur.Must, tantivy.Occur.MustNot
    clauses = [(must, _any_of(schema, alternatives)) for alternatives in query.all_of]
    clauses += [(must_not, _any_of(schema, [wanted])) for wanted in query.none_of]
    clauses += [(must, condition) for condition in _conditions(schema, within)]
    if within.not_groups:
        excluded = tantivy.Query.term_set_query(schema, "group", sorted(within.not_groups))
        clauses.append((must_not, excluded))
    return tantivy.Query.boolean_query(clauses)


def _conditions(schema: tantivy.Schema, within: Within) -> Iterable[tantivy.Query]:
    exact = [("group", within.group), ("kind", within.kind), *(("tags", t) for t in within.tags)]
    for name, value in exact:
        if value:
            term = tantivy.Query.term_query(schema, name, value, index_option="basic")
            # A condition that every hit meets must not move one hit before another.
            yield tantivy.Query.const_score_query(term, 0.0)


def _any_of(schema: tantivy.Schema, alternatives: Iterable[Wanted]) -> tantivy.Query:
    should = tantivy.Occur.Should
    return tantivy.Query.boolean_query(
        [
            (should, _in_field(schema, name, wanted, boost))
            for wanted in alternatives
            for name, boost in (("text", 1.0), ("title", _TITLE_BOOST))
        ]
    )


def _in_field(schema: tantivy.Schema, name: str, wanted: Wanted, boost: float) -> tantivy.Query:
    if len(wanted.stems) > 1:
        query = tantivy.Query.phrase_query(schema, name, list(wanted.stems))
    else:
        query = tantivy.Query.term_query(schema, name, wanted.stems[0])
    return tantivy.Query.boost_query(query, boost)
