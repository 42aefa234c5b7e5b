"""Contacts by month, gaps between them, and silences that an agency itself declares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from candour.cases.access import Access
from candour.chronology.order import Numbered
from candour.chronology.selectors.entries import Chronology
from candour.chronology.selectors.lanes import family_of, people_named
from candour.contributions.models import AgencyRequest
from candour.contributions.selectors import requests_of
from candour.engines.contacts import Gap, Told, gaps_between
from candour.engines.contacts.frequency import Frequency, per_month


@dataclass(frozen=True, slots=True)
class GapOf:
    """A gap in what one agency recorded; `person` is the child it is asked about, or empty."""

    agency: str
    person: str
    gap: Gap


def frequencies(whole: Chronology) -> dict[str, Frequency]:
    """Agency id to its entries by month; entries of no certain month are counted apart."""
    windows: dict[str, list[Numbered]] = {agency: [] for agency in whole.agencies}
    for one in whole.dated:
        windows[str(one.place.agency)].append(one)
    return {
        agency: per_month((one.place.earliest, one.place.latest) for one in found)
        for agency, found in windows.items()
    }


def gaps_of(access: Access, whole: Chronology, at_least: int, person: str = "") -> list[GapOf]:
    """Gaps in each agency's record that surely lasted `at_least` days, the agencies in order.

    With `person` (an identity's id) only entries that name them count as contacts. An agency with
    fewer than two dated entries has no gap that could be told: it is left out.
    """
    named = people_named(access) if person else dict[UUID, tuple[str, ...]]()
    name = family_of(access).get(person, "") if person else ""
    return [
        GapOf(agency_name, name, gap)
        for agency, agency_name in whole.agencies.items()
        for gap in gaps_between(_told(whole.dated, agency, person, named), at_least)
    ]


def _told(
    dated: Sequence[Numbered], agency: str, person: str, named: Mapping[UUID, tuple[str, ...]]
) -> list[Told]:
    return [
        Told(
            one.number,
            one.place.earliest,
            one.place.latest,
            one.place.ends_earliest,
            one.place.ends_latest,
        )
        for one in dated
        if one.place.earliest
        and one.place.latest
        and str(one.place.agency) == agency
        and (not person or person in named.get(one.place.entry, ()))
    ]


def declared_silences(access: Access) -> list[tuple[str, str]]:
    """Agencies that declare that they hold nothing, each with its own words."""
    declared = requests_of(access).filter(state=AgencyRequest.State.NOTHING_HELD)
    return list(declared.values_list("agency__name", "declaration"))
