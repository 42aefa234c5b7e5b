"""Which entries a filter wants. Words are looked for in the text as it is shown."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from candour.cases.access import Access
from candour.chronology.models import Tagging
from candour.chronology.naming import Showing
from candour.chronology.order import Numbered, Place
from candour.chronology.selectors.entries import Filters
from candour.contributions.selectors import entries_in_force


def chosen(
    access: Access, found: Sequence[Numbered], filters: Filters, showing: Showing
) -> list[Numbered]:
    """Those dated entries that a filter wants. Words are looked for in the text as it is shown,
    so that nobody can find out a name by searching for it."""
    if not filters:
        return list(found)
    tagged = _tagged(access, filters.tag)
    kept = [
        one
        for one in found
        if _wanted(one.place, filters) and (tagged is None or one.place.entry in tagged)
    ]
    if not filters.words:
        return kept
    with_words = _with_words(access, [one.place for one in kept], filters.words, showing)
    return [one for one in kept if one.place.entry in with_words]


def chosen_undated(
    access: Access, found: Sequence[Place], filters: Filters, showing: Showing
) -> list[Place]:
    """Those undated entries that a filter wants; a period leaves them all in, as none can be told
    to lie outside it."""
    tagged = _tagged(access, filters.tag)
    kept = [
        p
        for p in found
        if (not filters.agencies or str(p.agency) in filters.agencies)
        and (tagged is None or p.entry in tagged)
    ]
    with_words = _with_words(access, kept, filters.words, showing)
    return [place for place in kept if place.entry in with_words]


def _tagged(access: Access, tag: str) -> frozenset[UUID] | None:
    """The entries that have a tag; None where no tag is asked for."""
    if not tag:
        return None
    rows = Tagging.objects.filter(case=access.case, tag_id=UUID(tag), ended_at__isnull=True)
    return frozenset(rows.order_by().values_list("entry_id", flat=True))


def _wanted(place: Place, filters: Filters) -> bool:
    return (
        (not filters.agencies or str(place.agency) in filters.agencies)
        and (filters.since is None or (place.latest or date.max) >= filters.since)
        and (filters.until is None or (place.earliest or date.min) <= filters.until)
    )


def _with_words(access: Access, places: Sequence[Place], words: str, showing: Showing) -> set[UUID]:
    if not words:
        return {place.entry for place in places}
    sought = words.casefold()
    among = {place.entry for place in places}
    added = showing.adds(sought)
    rows = _rows_to_search(access, "" if added else sought)
    texts = ((pk, "\n".join((raw, *text.values()))) for pk, raw, text in rows if pk in among)
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
