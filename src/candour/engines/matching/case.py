"""What is known of a case before its chronologies are read: its family and its agencies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from candour.engines.matching.words import plain, tokens
from candour.engines.telling import Agency, agencies_of

_CHILD = re.compile(r"\b(child|sibling|brother|sister|baby|unborn|subject|index|twin)\b", re.I)
_OF = re.compile(r"\b(of|to)\b", re.I)

# Words that mean one member of the family by the part they play in it.
PARTS: Final = {
    "mother": ("mother", "mum", "mummy", "mam", "mom", "mo"),
    "father": ("father", "dad", "daddy", "fa"),
    "partner": ("partner", "boyfriend", "stepfather", "stepdad", "mp"),
    "grandmother": (
        "grandmother",
        "mgm",
        "pgm",
        "nan",
        "nana",
        "gran",
        "grandma",
        "nanny",
        "granny",
    ),
    "grandfather": ("grandfather", "mgf", "pgf", "grandad", "granddad", "grandpa"),
    "aunt": ("aunt", "auntie", "aunty"),
    "uncle": ("uncle",),
}
PART_OF: Final = {word: part for part, words in PARTS.items() for word in words}
KIN: Final = {
    "mother's partner": "partner",
    "mothers partner": "partner",
    "mum's partner": "partner",
    "mum's boyfriend": "partner",
    "maternal grandmother": "grandmother",
    "paternal grandmother": "grandmother",
}


@dataclass(frozen=True)
class Person:
    """A member of the family: an id, the words they are known by, and their part in it."""

    id: str
    names: frozenset[str]
    all_names: frozenset[str]
    part: str
    is_child: bool


@dataclass(frozen=True)
class Case:
    """The family and the agencies. Either may be empty; then fewer reasons can be given."""

    people: tuple[Person, ...] = ()
    agencies: tuple[Agency, ...] = ()

    @property
    def children(self) -> frozenset[str]:
        """The ids of the children of the household."""
        return frozenset(person.id for person in self.people if person.is_child)


def case_of(described: Mapping[str, object] | None) -> Case:
    """The case as case.json describes it (`people` and `agencies`); empty for None."""
    listed = described or {}
    surnames = _shared_names(_dicts(listed.get("people")))
    people = [
        _person(place, one, surnames) for place, one in enumerate(_dicts(listed.get("people")))
    ]
    return Case(tuple(people), agencies_of(listed))


def _dicts(value: object) -> list[Mapping[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _shared_names(people: Iterable[Mapping[str, object]]) -> frozenset[str]:
    counted: dict[str, int] = {}
    for one in people:
        for word in set(tokens(plain(str(one.get("name", ""))))):
            counted[word] = counted.get(word, 0) + 1
    return frozenset(word for word, times in counted.items() if times > 1)


def _person(place: int, one: Mapping[str, object], shared: frozenset[str]) -> Person:
    """A person; a word that several people bear, such as a surname, names none of them."""
    relationship = plain(str(one.get("relationship", "") or one.get("role", "")))
    also = one.get("nicknames") or one.get("aliases")
    written = [str(one.get("name", "")), *map(str, also if isinstance(also, list) else [])]
    words = {word for name in written for word in tokens(plain(name)) if len(word) > 2}
    return Person(
        id=str(one.get("id") or place),
        names=frozenset(words - shared),
        all_names=frozenset(words),
        part=part_of(relationship),
        is_child=bool(_CHILD.search(_OF.split(relationship)[0])),
    )


def part_of(relationship: str) -> str:
    """The part a relationship means ("mother's partner" is partner), or an empty string."""
    lowered = relationship.lower()
    for words, part in KIN.items():
        if words in lowered:
            return part
    found = [PART_OF[word] for word in tokens(_OF.split(lowered)[0]) if word in PART_OF]
    return found[-1] if found else ""
