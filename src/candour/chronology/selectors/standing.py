"""Where entries stand among all that a person may see: numbers for the entries of one page.

Nothing is worked out for the whole chronology: counting what stands before an entry is one
question to an index, so a page costs the same whether an agency signed off a moment ago or not.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from candour.chronology.order import Numbered, Place
from candour.contributions.models import EntryPlace
from candour.engines.dates.standing import OPEN_END, OPEN_START

IN_ORDER = ("stands", "agency_name", "submission_id", "order", "part")
_OF_A_PLACE = (
    "entry_id",
    "agency_id",
    "agency_name",
    "submission_id",
    "order",
    "part",
    "earliest",
    "latest",
    "time_from",
    "time_to",
    "ends_earliest",
    "ends_latest",
)


def places_of(rows: QuerySet[EntryPlace]) -> list[Place]:
    """The rows of a query as places, in its order."""
    return [Place(*row) for row in rows.values_list(*_OF_A_PLACE)]


def dated_in_order(visible: QuerySet[EntryPlace]) -> QuerySet[EntryPlace]:
    """Those that have a day, in the order of the chronology."""
    return visible.filter(stands__isnull=False).order_by(*IN_ORDER)


def undated_in_order(visible: QuerySet[EntryPlace]) -> QuerySet[EntryPlace]:
    """Those that have none, by agency and place in the file."""
    return visible.filter(stands__isnull=True).order_by(*IN_ORDER[1:])


def numbered_among(
    visible: QuerySet[EntryPlace], places: Sequence[Place], total: int, number: int = 0
) -> list[Numbered]:
    """Dated places in order, with their numbers among all `total` that are visible.

    `number` is that of the first where they follow each other without a gap, else 0.
    """
    if not places:
        return []
    numbers = range(number, number + len(places)) if number else _numbers(visible, places)
    # What has no day happened `NEVER`, so it is in no count, and each count needs its index alone.
    ended = _counts(visible, "last_minute", [place.first_moment for place in places], total)
    begun = _counts(visible, "first_minute", [place.last_moment + 1 for place in places], total)
    return [
        Numbered(place, at, ended[place.first_moment] + 1, begun[place.last_moment + 1])
        for at, place in zip(numbers, places, strict=True)
    ]


def _numbers(visible: QuerySet[EntryPlace], places: Sequence[Place]) -> list[int]:
    """Days before an entry's own are counted whole, its own day entry by entry."""
    per_day = _grouped(visible.filter(starts_on__isnull=False), "starts_on")
    reached = dict(zip(per_day, accumulate(per_day.values(), initial=0), strict=False))
    days = {place.earliest or place.latest for place in places}
    found: dict[UUID, int] = {}
    near = visible.filter(starts_on__in=days).order_by(*IN_ORDER)
    for entry, day in near.values_list("entry_id", "starts_on"):
        reached[day] += 1
        found[entry] = reached[day]
    return [found[place.entry] for place in places]


def _counts(
    visible: QuerySet[EntryPlace], field: str, bounds: Iterable[int], total: int
) -> dict[int, int]:
    """For each bound how many entries have less in a field."""
    found = {bound: total if bound > OPEN_END else 0 for bound in bounds}
    wanted = sorted(bound for bound in found if OPEN_START < bound <= OPEN_END)
    if wanted:
        before = visible.filter(**{f"{field}__lt": wanted[0]}).count()
        between = visible.filter(**{f"{field}__gte": wanted[0], f"{field}__lt": wanted[-1]})
        values = _grouped(between, field)
        sums, ordered = list(accumulate(values.values(), initial=before)), list(values)
        found |= {bound: sums[bisect_left(ordered, bound)] for bound in wanted}
    return found


def _grouped(rows: QuerySet[EntryPlace], field: str) -> dict[Any, int]:
    """How many rows have each value of a field, the values in order."""
    return dict(rows.order_by(field).values_list(field).annotate(rows=Count("*")))
