"""How a search reads on its page: hits, filters with their counts, and the searches before it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.http import urlencode

from candour.archive import counting, facets
from candour.archive.asked import MOST_LINES, Asked
from candour.archive.facets import FACETS
from candour.archive.finding import ParagraphFound, Results, SearchNotReady
from candour.archive.indexing import split_paragraph_id
from candour.archive.models.thesaurus import Vocabulary
from candour.archive.presenters import facts_in_a_line
from candour.archive.titles import shown_title
from candour.engines.search.marks import Place
from candour.engines.search.query import Query, QueryRefused
from candour.kernel.errors import Hidden

_MOST_VALUES = 15


@dataclass(frozen=True, slots=True)
class HitLine:
    """A paragraph found: where it leads, what of it is shown, and its place for the list."""

    href: str
    title: str
    path: str
    text: str
    marks: tuple[Place, ...]
    cut_before: bool
    cut_after: bool
    facts: str
    place: str
    is_kept: bool
    is_demonstration: bool
    like_this: str


@dataclass(frozen=True, slots=True)
class FilterValue:
    """A value of a facet with the number of paragraphs that have it."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet beside the results; `left_out` counts values too rare to be listed."""

    name: str
    heading: str
    values: tuple[FilterValue, ...]
    left_out: int

    @property
    def is_chosen(self) -> bool:
        """Whether any of its values narrows the search."""
        return any(value.is_chosen for value in self.values)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """An earlier question with its number, and how many paragraphs meet it now."""

    number: int
    typed: str
    count: str
    href: str


def hit_lines(asked: Asked, results: Results) -> list[HitLine]:
    """The hits of a page."""
    return [_hit_line(asked, hit) for hit in results.found]


def filters_of(asked: Asked, counts: Mapping[str, Mapping[str, int]]) -> list[Filter]:
    """The facets that can narrow this search, each with its values and their counts."""
    filters = [_filter(asked, facet.name, facet.heading, counts) for facet in FACETS]
    return [
        one
        for one in filters
        if one.is_chosen or len(one.values) > (0 if one.name in Vocabulary.values else 1)
    ]


def history_lines(asked: Asked, total: int | None = None) -> list[HistoryLine]:
    """The questions asked before on this page, each counted again, and the one just asked."""
    lines = [_line(asked, number) for number in range(1, len(asked.history) + 1)]
    if total is not None and asked.typed and asked.typed not in asked.history:
        href = f"{reverse('archive:search')}?{asked.query()}"
        number = min(len(lines) + 1, MOST_LINES)
        lines.append(HistoryLine(number, asked.typed, f"{total:,}", href))
    return lines


def other_names_in_words(query: Query) -> list[dict[str, str]]:
    """Which other names were looked for together with what was typed."""
    return [
        {"typed": added.typed, "names": ", ".join(added.names), "note": added.note}
        for added in query.added
    ]


def like_address(asked: Asked) -> str:
    """Where the paragraph stands from which a search for more like it began."""
    if not asked.like:
        return ""
    record_id, number, anchor = split_paragraph_id(asked.like)
    return reverse("archive:at", args=[record_id, number, anchor])


def _hit_line(asked: Asked, hit: ParagraphFound) -> HitLine:
    version = hit.paragraph.version
    address = reverse("archive:at", args=[hit.record.pk, version.number, hit.paragraph.anchor])
    words = {"q": asked.typed} | ({} if asked.other_names else {"names": "off"})
    like = replace(asked, typed="", like=hit.place, review="", chosen={}, meaning=asked.meaning)
    return HitLine(
        href=f"{address}?{urlencode(words)}" if asked.typed else address,
        title=shown_title(hit.record),
        path=" – ".join(hit.paragraph.heading_path),
        text=hit.snippet.text,
        marks=hit.snippet.marks,
        cut_before=hit.snippet.cut_before,
        cut_after=hit.snippet.cut_after,
        facts=facts_in_a_line(hit.record),
        place=hit.place,
        is_kept=hit.place in asked.kept,
        is_demonstration=hit.record.is_demonstration,
        like_this=f"{reverse('archive:search')}?{like.query()}",
    )


def _filter(
    asked: Asked, name: str, heading: str, counts: Mapping[str, Mapping[str, int]]
) -> Filter:
    chosen = asked.chosen.get(name, ())
    counted = {**dict.fromkeys(chosen, 0), **counts.get(name, {})}
    words = facets.labels(name, counted)
    order = sorted(
        (value for value in counted if value in words),
        key=lambda value: (value not in chosen, -counted[value], words[value]),
    )
    shown = order[: max(_MOST_VALUES, len(chosen))]
    if name == "year":
        shown = sorted(shown, reverse=True)
    values = (FilterValue(v, words[v], counted[v], v in chosen) for v in shown)
    return Filter(name, heading, tuple(values), len(order) - len(shown))


def _line(asked: Asked, number: int) -> HistoryLine:
    typed = asked.history[number - 1]
    alone = replace(asked, typed=typed, history=asked.history[: number - 1], page=1, like="")
    try:
        count = f"{counting.how_many(alone):,}"
    except (QueryRefused, SearchNotReady, Hidden):
        count = "cannot be repeated"
    again = replace(asked, typed=typed, like="")
    return HistoryLine(number, typed, count, f"{reverse('archive:search')}?{again.query()}")
