"""How one fact spread over the agencies and time, and how long each telling took."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.models import Availability, HeldStatement
from candour.chronology.order import Numbered, Place
from candour.chronology.selectors.entries import Chronology, Line, lines_of
from candour.chronology.selectors.facts import FactOf
from candour.chronology.selectors.knowledge import Interval, confirmed
from candour.engines.knowledge import WORDING, Status
from candour.kernel.errors import Hidden
from candour.people.models import Agency
from candour.reviews.selectors import agencies_in_scope


@dataclass(frozen=True)
class Spread:
    """One agency and one fact: what the files submitted show, in the words every page uses."""

    agency: Agency
    wording: str
    window: Interval
    how: str
    line: Line | None
    statement: HeldStatement | None


def spread_of(access: Access, whole: Chronology, fact: FactOf) -> list[Spread]:
    """Every agency of the review and what the files submitted show of its hold on a fact.

    In the order of the days from which it was held, then of the agencies' names. Never a ranking.
    """
    said = {one.agency_id: one for one in held_of(access, fact)}
    own: dict[UUID, Line] = {}
    for line in fact.lines:
        own.setdefault(line.place.agency, line)
    lines = {
        line.entry.pk: line
        for line in lines_of(access, _places_of(whole, [one.evidence_id for one in said.values()]))
    }
    found = [
        _spread(scoped.agency, said.get(scoped.agency_id), own.get(scoped.agency_id), lines)
        for scoped in agencies_in_scope(access)
    ]
    return sorted(found, key=lambda one: (*_first_day(one.window), one.agency.name))


def held_of(access: Access, fact: FactOf) -> QuerySet[HeldStatement]:
    """The confirmed statements of a fact, those of its entries alone included; recorded last, so
    that an agency's own record outweighs what others say."""
    entries = [line.entry.pk for line in fact.lines]
    of_fact = confirmed(access).filter(entry_id__in=entries)
    if fact.event:
        of_fact = of_fact | confirmed(access).filter(event=fact.event)
    return of_fact.order_by("-status", "-earliest", "pk")


def _places_of(whole: Chronology, entries: list[UUID]) -> list[Numbered | Place]:
    return whole.standing(entries)


def _spread(
    agency: Agency,
    statement: HeldStatement | None,
    own: Line | None,
    lines: Mapping[UUID, Line],
) -> Spread:
    if statement and (statement.status == HeldStatement.Status.RECORDED or own is None):
        wording = WORDING[Status(statement.status)]
        window = (statement.earliest, statement.latest)
        line = lines.get(statement.evidence_id)
        return Spread(agency, wording, window, statement.get_how_display(), line, statement)
    if own:
        window = (own.place.earliest, own.place.latest)
        return Spread(agency, "recorded in its own row", window, "", own, None)
    return Spread(agency, WORDING[Status.NO_RECORD], (None, None), "", None, None)


def _first_day(window: Interval) -> tuple[date, date]:
    return window[0] or window[1] or date.max, window[1] or date.max


@dataclass(frozen=True)
class Delay:
    """One sharing: both rows, and the fewest and most days that may lie between them."""

    sender: Line
    receiver: Line
    statement: HeldStatement
    fewest: int | None
    most: int | None


def delays_of(access: Access, whole: Chronology, fact: FactOf) -> list[Delay]:
    """Each recorded sharing of a fact singly, from the sender's row to the receiver's."""
    senders: dict[UUID, Line] = {}
    for line in fact.lines:
        senders.setdefault(line.place.agency, line)
    told = [
        one
        for one in held_of(access, fact)
        if one.status == HeldStatement.Status.RECORDED and one.from_agency_id in senders
    ]
    places = _places_of(whole, [one.evidence_id for one in told])
    receivers = {line.entry.pk: line for line in lines_of(access, places)}
    return [
        _delay(senders[one.from_agency_id], receivers[one.evidence_id], one)
        for one in told
        if one.from_agency_id and one.evidence_id in receivers
    ]


def _delay(sender: Line, receiver: Line, statement: HeldStatement) -> Delay:
    sent, got = sender.place, statement
    fewest = (got.earliest - sent.latest).days if got.earliest and sent.latest else None
    most = (got.latest - sent.earliest).days if got.latest and sent.earliest else None
    return Delay(sender, receiver, statement, fewest, most)


def availabilities_of(access: Access, fact: FactOf) -> QuerySet[Availability]:
    """What reviewers noted as open to agencies under the procedure then in force."""
    if not access.may_read(Kind.CHRONOLOGY):
        raise Hidden
    entries = [line.entry.pk for line in fact.lines]
    of_fact = Availability.objects.filter(case=access.case, entry_id__in=entries)
    if fact.event:
        of_fact = of_fact | Availability.objects.filter(case=access.case, event=fact.event)
    return of_fact.select_related("agency", "by").order_by("available_on", "recorded_at", "pk")
