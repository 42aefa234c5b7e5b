"""By which facts paragraphs are narrowed and counted, and how those facts are written in a search.

Each fact of a review is an exact label in the index (`theme:safe-sleep`); the same names are what a
reader types before a colon and what the filters beside the results send.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.db.models import Q
from django.utils.text import slugify

from candour.archive.models import Publisher, ReviewRecord, ReviewType, Status
from candour.archive.models.thesaurus import Term, Vocabulary
from candour.archive.shelf import shelf
from candour.engines.search.query import QueryRefused

_EARLIEST, _LATEST = 1940, 2100
_SPAN = re.compile(r"(\d{4})(?:\s*(?:-|\.\.|to)\s*(\d{4}))?")
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Facet:
    """A kind of fact: its name in addresses and questions, and its heading on the page."""

    name: str
    heading: str


FACETS = (
    Facet("board", "Board or partnership"),
    Facet("year", "Year"),
    Facet("type", "Type of review"),
    Facet(Vocabulary.THEME.value, "Theme"),
    Facet(Vocabulary.AGE.value, "Age of the child"),
    Facet(Vocabulary.AGENCY.value, "Agency"),
    Facet("status", "What is held"),
)
NAMES = tuple(facet.name for facet in FACETS)
_VOCABULARIES = (Vocabulary.THEME, Vocabulary.AGE, Vocabulary.AGENCY)


def tags_of(record: ReviewRecord) -> tuple[str, ...]:
    """The labels under which every paragraph of a review is counted."""
    facts = [("type", slugify(record.review_type)), ("status", record.status)]
    facts += [("board", publisher.slug) for publisher in record.publishers.all()]
    facts += [("year", str(year)) for year in years_of(record)]
    facts += [
        (term.vocabulary, term.code)
        for term in record.subjects.all()
        if term.vocabulary in _VOCABULARIES
    ]
    return tuple(f"{name}:{value}" for name, value in facts)


def years_of(record: ReviewRecord) -> range:
    """Every year that the review names."""
    if record.year_from is None or record.year_to is None:
        return range(0)
    return range(record.year_from, min(record.year_to, record.year_from + 20) + 1)


def labels(name: str, values: Iterable[str]) -> dict[str, str]:
    """How the values of a facet are read; a value that nobody knows any more is left out."""
    wanted = set(values)
    if not wanted:
        return {}
    if name == "board" or name in Vocabulary.values:
        names = shelf().names(name)
        return {value: names[value] for value in wanted if value in names}
    known = _FIXED.get(name)
    return {value: known.get(value, value) if known else value for value in wanted}


def facts() -> dict[str, Callable[[str], tuple[str, ...]]]:
    """How the words after `board:`, `year:` and the others become labels of the index."""
    vocabularies = {name.value: partial(_term, name) for name in _VOCABULARIES}
    return {"board": _board, "year": _years, "type": _type, **vocabularies}


def _years(words: str) -> tuple[str, ...]:
    span = _SPAN.fullmatch(words)
    first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
    if not _EARLIEST <= first <= last <= _LATEST:
        raise QueryRefused(
            "no_such_year",
            f"“{words}” is not a year. Write year:2015, or year:2012-2015 for several years.",
        )
    return tuple(f"year:{year}" for year in range(first, last + 1))


def _type(words: str) -> tuple[str, ...]:
    given = slugify(words)
    for choice in ReviewType:
        if given in (slugify(choice.value), slugify(choice.label)):
            return (f"type:{slugify(choice.value)}",)
    known = ", ".join(str(choice.value) for choice in ReviewType)
    raise QueryRefused("no_such_type", f"“{words}” is not a type of review. Types are: {known}.")


def _board(words: str) -> tuple[str, ...]:
    found = Publisher.objects.filter(name__icontains=words).values_list("slug", flat=True)
    slugs = list(found.order_by("name"))
    if not slugs:
        raise QueryRefused(
            "no_such_board",
            f"No board or partnership here has “{words}” in its name. Look in the list of reviews, "
            "under board or partnership, for the name it goes by.",
        )
    return tuple(f"board:{slug}" for slug in slugs)


def _term(vocabulary: Vocabulary, words: str) -> tuple[str, ...]:
    terms = Term.objects.filter(vocabulary=vocabulary)
    meant = Q(label__icontains=words) | Q(names__words__iexact=words) | Q(code=slugify(words))
    codes = sorted(set(terms.filter(meant).values_list("code", flat=True)))
    if not codes:
        some = ", ".join(terms.values_list("label", flat=True)[:_MOST_NAMED]) or "none yet"
        raise QueryRefused(
            "no_such_term",
            f"“{words}” is not in the list of {vocabulary.label.lower()}. The list begins: {some}.",
        )
    return tuple(f"{vocabulary.value}:{code}" for code in codes)


_FIXED = {
    "type": {slugify(choice.value): str(choice.label) for choice in ReviewType},
    "status": {choice.value: str(choice.label) for choice in Status},
}
