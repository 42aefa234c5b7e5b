"""The facts of a case: an event that a person has grouped, or an entry that stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.models import Event, Grouping
from candour.chronology.order import Place
from candour.chronology.selectors.entries import Chronology, Line, accounts_of, lines_among
from candour.contributions.models import Entry, EntryQuery
from candour.engines.dates import read_date
from candour.engines.knowledge import Account
from candour.engines.telling import Agency, Directory, columns_for_telling
from candour.identities.selectors import sealed_register
from candour.kernel.errors import Hidden
from candour.reviews.selectors import agencies_in_scope


@dataclass(frozen=True)
class FactOf:
    """One fact of a case, with its entries in force in order."""

    event: Event | None
    entry: Entry | None
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        """What reviewers call it; an entry alone has no title of its own."""
        return self.event.title if self.event else "One entry"

    @property
    def keys(self) -> dict[str, object]:
        """The fields by which records hang on this fact."""
        return {"event": self.event, "entry": self.entry}


def fact_of_event(access: Access, event: Event) -> FactOf:
    """An event as a fact."""
    return FactOf(event, None, tuple(accounts_of(access, event)))


def fact_of_entry(access: Access, whole: Chronology, entry_id: UUID) -> FactOf:
    """An entry as a fact: its event where it is grouped. Hidden if nobody here may see it."""
    if not access.may_read(Kind.CHRONOLOGY):
        raise Hidden
    found = lines_among(access, whole, [str(entry_id)])
    if not found:
        raise Hidden
    if found[0].event:
        return fact_of_event(access, found[0].event)
    return FactOf(None, found[0].entry, tuple(found))


def groups_of(access: Access) -> dict[UUID, list[UUID]]:
    """Event id to the entries in force that a person has grouped into it."""
    found: dict[UUID, list[UUID]] = {}
    open_groupings = Grouping.objects.filter(
        case=access.case, ended_at__isnull=True, entry__in_force=True
    )
    for event, entry in open_groupings.order_by("pk").values_list("event_id", "entry_id"):
        found.setdefault(event, []).append(entry)
    return found


def accounts_in(case: Access, places: Iterable[Place]) -> Iterator[Account]:
    """The entries at these places as accounts, with the days that the agencies' answers supply."""
    by_entry = {place.entry: place for place in places}
    slipped = _left_as_slips(case)
    rows = Entry.objects.filter(case=case.case, in_force=True).order_by("pk")
    for entry in rows.iterator(chunk_size=2_000):
        place = by_entry.get(entry.pk)
        if place is not None:
            yield account_at(place, entry, meant=slipped.get(entry.pk))


def account_at(place: Place, entry: Entry, meant: date | None = None) -> Account:
    """One entry as an account: its own words, without what was added for the review."""
    columns = columns_for_telling(entry.text, entry.roles)
    return Account(
        ref=place.entry,
        agency=str(place.agency),
        earliest=place.earliest,
        latest=place.latest,
        event=entry.what,
        response=_under(entry, "response"),
        source=columns["source"],
        told=columns["told"],
        told_by=columns["told_by"],
        recorded_on=_recorded_on(entry),
        typed=entry.date_raw,
        meant=meant,
    )


def _under(entry: Entry, role: str) -> str:
    return "\n".join(
        text for heading, text in entry.text.items() if text and entry.roles.get(heading) == role
    )


def _recorded_on(entry: Entry) -> date | None:
    words = _under(entry, "recorded_on")
    found = read_date(words) if words else None
    return found.earliest if found and found.earliest == found.latest else None


def _left_as_slips(access: Access) -> dict[UUID, date]:
    """Entries whose January year was asked about and left: the later year is the safe one."""
    left = EntryQuery.objects.filter(
        case=access.case, kind="january_year_slip", state=EntryQuery.State.LEFT
    ).values_list("entry_id", "entry__earliest")
    return {entry: day.replace(year=day.year + 1) for entry, day in left if day}


def directory_of(access: Access, accounts: Sequence[Account]) -> Directory:
    """How the agencies of the review are named in each other's rows."""
    agencies = [
        Agency(str(scoped.agency_id), scoped.agency.name) for scoped in agencies_in_scope(access)
    ]
    known = {agency.code for agency in agencies}
    texts: dict[str, list[str]] = {}
    for account in accounts:
        if account.agency in known:
            texts.setdefault(account.agency, []).append(account.words)
    family = [form for form, who in sealed_register(access.case).forms() if who.kind == "person"]
    return Directory(agencies, texts, family)
