"""How many: for each facet, for one question again, and the word that was probably meant."""

from contextlib import suppress
from dataclasses import replace
from functools import partial

from candour.archive import facets
from candour.archive.asked import Asked
from candour.archive.finding import SearchNotReady, bounds, in_index, understood
from candour.engines.search.asking import parse
from candour.engines.search.query import Query, QueryRefused
from candour.engines.search.searching import count, counts_by_tag, unknown_words
from candour.engines.search.spelling import nearest


def how_many(asked: Asked) -> int:
    """How many paragraphs meet the question; the same number as long as the archive is the same.

    Raises:
        QueryRefused, SearchNotReady: as `find`.
    """
    query = understood(asked)
    return in_index(lambda index: count(index, query, within=bounds(asked)))


def counts_of(asked: Asked, query: Query) -> dict[str, dict[str, int]]:
    """For each facet the number of paragraphs for each value, by how often it stands.

    A facet's own choice does not narrow its own counts, so that another value can be chosen too.
    """
    together = _split(in_index(lambda index: counts_by_tag(index, query, within=bounds(asked))))
    for name in asked.chosen:
        others = {key: values for key, values in asked.chosen.items() if key != name}
        within = bounds(replace(asked, chosen=others))
        alone = in_index(partial(counts_by_tag, query=query, within=within))
        together[name] = _split(alone).get(name, {})
    return together


def did_you_mean(asked: Asked) -> str:
    """The question with words that stand nowhere replaced by the nearest in use, or nothing."""
    corrected = asked.typed
    with suppress(QueryRefused, SearchNotReady):
        query = parse(asked.typed, facets.facts())
        for word in in_index(lambda index: unknown_words(index, query)):
            near = in_index(partial(nearest, typed=word))
            if near:
                corrected = corrected.replace(word, near)
    return "" if corrected == asked.typed else corrected


def _split(counts: dict[str, int]) -> dict[str, dict[str, int]]:
    split: dict[str, dict[str, int]] = {}
    for tag, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        name, _, value = tag.partition(":")
        split.setdefault(name, {})[value] = number
    return split
