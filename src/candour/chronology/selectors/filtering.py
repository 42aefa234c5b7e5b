"""Which entries a filter wants. Words are looked for in the text as it is shown."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import overload
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from candour.cases.access import Access
from candour.chronology.models import Tagging
from candour.chronology.naming import Showing
from candour.chronology.order import Numbered, Place
from candour.chronology.selectors.entries import Chronology, Filters, ids_among
from candour.chronology.selectors.standing import (
    dated_in_order,
    places_of,
    undated_in_order,
)
from candour.contributions.models import EntryPlace
from candour.contributions.selectors import entries_in_force


class Wanted(Sequence[Numbered]):
    """Dated entries that a filter wants, in order; a slice asks the database for its own alone.

    `rows` are all of them, or the places that are left where words were looked for.
    """

    def __init__(self, whole: Chronology, rows: QuerySet[EntryPlace] | list[Place], all_: bool):
        self._whole, self._rows, self._all = whole, rows, all_

    @cached_property
    def _count(self) -> int:
        if self._all:
            return self._whole.dated_count
        return len(self._rows) if isinstance(self._rows, list) else self._rows.count()

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Numbered: ...
    @overload
    def __getitem__(self, at: slice) -> list[Numbered]: ...
    def __getitem__(self, at: int | slice) -> Numbered | list[Numbered]:
        if isinstance(at, int):
            return self[at : at + 1][0]
        part = self._rows[at]
        places = part if isinstance(part, list) else places_of(part)
        first = (at.start or 0) + 1 if self._all else 0
        return self._whole.numbered(places, first)

    def __iter__(self) -> Iterator[Numbered]:
        if self._all:
            return iter(self._whole.dated)
        rows = self._rows
        found = {p.entry for p in rows} if isinstance(rows, list) else _entries_of(rows)
        return (one for one in self._whole.dated if one.place.entry in found)


def _entries_of(rows: QuerySet[EntryPlace]) -> set[UUID]:
    return set(rows.order_by().values_list("entry_id", flat=True))


def chosen(access: Access, whole: Chronology, filters: Filters, showing: Showing) -> Wanted:
    """Those dated entries that a filter wants. Words are looked for in the text as it is shown,
    so that nobody can find out a name by searching for it."""
    rows = _in_period(_of_agencies_and_tag(access, whole.visible, filters), filters)
    found = dated_in_order(rows)
    if not filters.words:
        return Wanted(whole, found, all_=not filters)
    with_words = _with_words(access, filters.words, showing)
    return Wanted(whole, [p for p in places_of(found) if p.entry in with_words], all_=False)


def chosen_undated(
    access: Access, whole: Chronology, filters: Filters, showing: Showing
) -> list[Place]:
    """Those undated entries that a filter wants; a period leaves them all in, as none can be told
    to lie outside it."""
    found = places_of(undated_in_order(_of_agencies_and_tag(access, whole.visible, filters)))
    if not filters.words or not found:
        return found
    with_words = _with_words(access, filters.words, showing)
    return [place for place in found if place.entry in with_words]


def _of_agencies_and_tag(
    access: Access, rows: QuerySet[EntryPlace], filters: Filters
) -> QuerySet[EntryPlace]:
    if filters.agencies:
        rows = rows.filter(agency__in=list(ids_among(filters.agencies)))
    if filters.tag:
        tagged = Tagging.objects.filter(
            case=access.case, tag_id=UUID(filters.tag), ended_at__isnull=True
        )
        rows = rows.filter(entry__in=tagged.order_by().values("entry"))
    return rows


def _in_period(rows: QuerySet[EntryPlace], filters: Filters) -> QuerySet[EntryPlace]:
    """What can have happened, or lasted, in the period."""
    since, until = filters.since, filters.until
    if since:
        reaches = Q(latest__gte=since) | Q(latest__isnull=True) | Q(ends_latest__gte=since)
        rows = rows.filter(reaches)
    if until:
        rows = rows.filter(Q(earliest__lte=until) | Q(earliest__isnull=True))
    return rows


def _with_words(access: Access, words: str, showing: Showing) -> set[UUID]:
    sought = words.casefold()
    added = showing.adds(sought)
    rows = _rows_to_search(access, "" if added else sought)
    texts = ((pk, "\n".join((raw, *text.values()))) for pk, raw, text in rows)
    return {
        pk
        for pk, text in texts
        if (added or sought in text.casefold()) and sought in showing(text).casefold()
    }


def _rows_to_search(access: Access, sought: str) -> Iterable[tuple[UUID, str, dict[str, str]]]:
    rows = entries_in_force(access).order_by()
    # Plain words look the same in the stored text: the database leaves out what has none of them.
    if sought.isascii() and sought.replace(" ", "").isalnum():
        rows = rows.alias(stored=Cast("text", TextField())).filter(
            Q(stored__icontains=sought) | Q(date_raw__icontains=sought)
        )
    return rows.values_list("pk", "date_raw", "text").iterator(chunk_size=2_000)
