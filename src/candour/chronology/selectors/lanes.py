"""The chronology as lanes: one for each agency, or for each member of the family that is named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.order import Numbered
from candour.chronology.selectors.entries import Chronology, colours
from candour.chronology.selectors.kept import Kept, mark_of_entries, mark_of_names
from candour.contributions.selectors import entries_in_force
from candour.engines.anonymise.names_in_text import Names
from candour.identities.models import Identity
from candour.identities.selectors import sealed_register

_LAST_COLOUR = 12


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: its name (of a person the pseudonym) and the colour of its agency."""

    name: str
    colour: int


@dataclass(frozen=True, slots=True)
class Lanes:
    """Lanes in order, and for each entry the places of the lanes that it stands in."""

    lanes: tuple[Lane, ...]
    places: tuple[tuple[int, Numbered], ...]


def lanes_by_agency(access: Access, whole: Chronology, wanted: Iterable[Numbered]) -> Lanes:
    """A lane for each agency that wrote entries, in the order of their names."""
    number = colours(access)
    place = {agency: at for at, agency in enumerate(whole.agencies)}
    lanes = (Lane(name, number.get(key, _LAST_COLOUR)) for key, name in whole.agencies.items())
    return Lanes(tuple(lanes), tuple((place[str(one.place.agency)], one) for one in wanted))


def lanes_by_person(access: Access, wanted: Iterable[Numbered]) -> Lanes:
    """A lane for each member of the family whom an entry names, subject children first.

    Professionals have none: what single workers did is not counted or laid out by name.
    """
    people = family_of(access)
    place = {key: at for at, key in enumerate(people)}
    named = people_named(access)
    found = (
        (place[person], one)
        for one in wanted
        for person in named.get(one.place.entry, ())
        if person in place
    )
    lanes = (Lane(name, at % _LAST_COLOUR + 1) for at, name in enumerate(people.values()))
    return Lanes(tuple(lanes), tuple(found))


def family_of(access: Access) -> dict[str, str]:
    """Identity id to pseudonym of the family and those around it, subject children first."""
    people = Identity.objects.filter(case=access.case, kind=Identity.Kind.PERSON).exclude(
        relationship__in=(
            Identity.Relationship.PROFESSIONAL,
            Identity.Relationship.NOT_A_PERSON,
        )
    )
    order = list(Identity.Relationship)
    rows = sorted(
        people.values_list("relationship", "pseudonym", "pk"),
        key=lambda row: (order.index(Identity.Relationship(row[0])), row[1]),
    )
    return {str(pk): pseudonym for _, pseudonym, pk in rows}


_NAMED = Kept()


def people_named(access: Access) -> Mapping[UUID, tuple[str, ...]]:
    """Which identities of the register each entry names, by whole words; a shared form names all
    of them, since none may be guessed."""
    if not access.may_read(Kind.CHRONOLOGY):
        return _people_named(access)
    mark = (*mark_of_entries(access), *mark_of_names(access))
    return _NAMED.get(access.case.pk, mark, lambda: _people_named(access))


def _people_named(access: Access) -> dict[UUID, tuple[str, ...]]:
    names = Names(sealed_register(access.case))
    rows = entries_in_force(access).order_by().values_list("pk", "text")
    return {
        pk: tuple(
            dict.fromkeys(
                identity.id
                for found in names.found_in("\n".join(text.values()))
                for identity in found.identities
            )
        )
        for pk, text in rows.iterator(chunk_size=2_000)
    }
