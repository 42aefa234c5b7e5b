"""What was held by a day of the things that an analysis leans on: a prompt, never a gate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from candour.cases.access import Access
from candour.chronology.models import Grouping, HeldStatement
from candour.chronology.order import Place, place_of
from candour.chronology.selectors.entries import Chronology
from candour.chronology.selectors.knowledge import Interval, confirmed
from candour.engines.knowledge import held_for_certain


@dataclass(frozen=True)
class HeldThen:
    """One entry: from when its own agency held it, and which agencies' records held it by the day.

    `by_then` are names, in their order, of agencies whose own rows or confirmed statements show
    that they held the same fact for certain; whoever is not named may have known.
    """

    entry: UUID
    agency: str
    own_from: Interval
    own_by_then: bool
    by_then: tuple[str, ...]


def held_then(
    access: Access, whole: Chronology, entries: Iterable[UUID], on: date
) -> list[HeldThen]:
    """What the files submitted show of each entry at the end of a day, in the order given."""
    wanted = list(entries)
    groups = _fellows(access, wanted)
    near = {fellow for fellows in groups.values() for fellow in fellows} | set(wanted)
    places = {place.entry: place for place in map(place_of, whole.standing(near))}
    said = _said(access, near)
    return [
        _held(
            places[entry], [places[f] for f in groups.get(entry, [entry]) if f in places], said, on
        )
        for entry in wanted
        if entry in places
    ]


def _fellows(access: Access, entries: list[UUID]) -> dict[UUID, list[UUID]]:
    """Entry to all entries of the same event, itself among them."""
    open_groupings = Grouping.objects.filter(case=access.case, ended_at__isnull=True)
    of_event: dict[UUID, list[UUID]] = {}
    events = open_groupings.filter(entry_id__in=entries).values("event_id")
    rows = open_groupings.filter(event_id__in=events).order_by("pk")
    for event, entry in rows.values_list("event_id", "entry_id"):
        of_event.setdefault(event, []).append(entry)
    return {entry: fellows for fellows in of_event.values() for entry in fellows}


def _said(access: Access, entries: set[UUID]) -> dict[UUID, list[HeldStatement]]:
    """Confirmed statements of receipt by the entries of the fact that they are of."""
    received = confirmed(access).filter(status=HeldStatement.Status.RECORDED)
    found: dict[UUID, list[HeldStatement]] = {}
    for one in received.filter(entry_id__in=entries):
        if one.entry_id:
            found.setdefault(one.entry_id, []).append(one)
    groupings = Grouping.objects.filter(case=access.case, ended_at__isnull=True)
    events = groupings.filter(entry_id__in=entries).values("event_id")
    grouped = received.filter(event_id__in=events)
    for one in grouped.prefetch_related("event__groupings"):
        for grouping in one.event.groupings.all() if one.event else ():
            found.setdefault(grouping.entry_id, []).append(one)
    return found


def _held(
    place: Place, fellows: list[Place], said: dict[UUID, list[HeldStatement]], on: date
) -> HeldThen:
    windows: dict[UUID, tuple[str, Interval]] = {}
    for fellow in fellows:
        window = (fellow.earliest, fellow.latest)
        known = windows.get(fellow.agency)
        if known is None or _sooner(window, known[1]):
            windows[fellow.agency] = fellow.agency_name, window
    for one in said.get(place.entry, []):
        windows[one.agency_id] = one.agency.name, (one.earliest, one.latest)
    own = windows[place.agency][1]
    held = [name for name, window in windows.values() if held_for_certain(window[1], on)]
    return HeldThen(
        place.entry, place.agency_name, own, held_for_certain(own[1], on), tuple(sorted(held))
    )


def _sooner(window: Interval, other: Interval) -> bool:
    return (window[1] or date.max) < (other[1] or date.max)
