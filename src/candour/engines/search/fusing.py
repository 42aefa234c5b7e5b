"""Words and meaning together: two lists of hits made into one by their ranks.

Reciprocal rank fusion (Cormack, Clarke and Buettcher 2009): a document scores the sum over both
lists of 1 / (60 + its rank). Scores of different kinds are never compared with one another.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from candour.engines.search.meaning import Embedder
from candour.engines.search.query import EVERYTHING, Query
from candour.engines.search.searching import EVERYWHERE, Hit, Within, search
from candour.engines.search.vectors import nearest

_STEADY = 60
_MOST_FILTERED = 1_000


def by_meaning(
    folder: Path, text: str, embedder: Embedder, *, within: Within = EVERYWHERE, limit: int
) -> tuple[Hit, ...]:
    """The documents nearest in meaning to the text, nearest first, within the bounds.

    Raises:
        FileNotFoundError: when the index holds no rows to compare.
    """
    row = embedder.embed([text])[0]
    if within == EVERYWHERE:
        return nearest(folder, row, limit=limit)
    hits = nearest(folder, row, limit=_MOST_FILTERED)
    bounds = replace(within, ids=tuple(hit.id for hit in hits))
    inside = search(folder, EVERYTHING, within=bounds, limit=max(1, len(hits))).hits
    allowed = {hit.id for hit in inside}
    return tuple(hit for hit in hits if hit.id in allowed)[:limit]


def by_both(
    folder: Path,
    query: Query,
    text: str,
    embedder: Embedder,
    *,
    within: Within = EVERYWHERE,
    limit: int,
) -> tuple[Hit, ...]:
    """The documents best by words and by meaning, fused by rank.

    Raises:
        FileNotFoundError: when the index holds no rows to compare.
    """
    words = search(folder, query, within=within, limit=limit).hits if query.wanted else ()
    meaning = by_meaning(folder, text, embedder, within=within, limit=limit)
    return fused(words, meaning)[:limit]


def fused(*lists: Sequence[Hit]) -> tuple[Hit, ...]:
    """One list from several, best first; equal ranks come in the order of the identifiers."""
    scores: dict[str, float] = {}
    for hits in lists:
        for rank, hit in enumerate(hits, start=1):
            scores[hit.id] = scores.get(hit.id, 0.0) + 1 / (_STEADY + rank)
    best = sorted(scores, key=lambda id: (-scores[id], id))
    return tuple(Hit(id, scores[id]) for id in best)
