"""Whose age a date cell speaks of: "when she was six months old" needs a birth date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

_SUBJECT = re.compile(r"\b(subject|index)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Person:
    """A member of the family as the case file names them."""

    names: frozenset[str]
    born: date
    is_subject: bool


def people_of(case: Mapping[str, object] | None) -> tuple[Person, ...]:
    """Return the people of a case file whose birth date is known, the subject child first."""
    listed = case.get("people") if case else None
    found = [
        person
        for about in (listed if isinstance(listed, list) else [])
        if isinstance(about, dict) and (person := _person(about))
    ]
    return tuple(sorted(found, key=lambda person: not person.is_subject))


def _person(about: Mapping[str, object]) -> Person | None:
    try:
        born = date.fromisoformat(str(about.get("born", "")))
    except ValueError:
        return None
    names = [str(about.get("name", "")), *_strings(about.get("nicknames"))]
    given = frozenset(_WORD.findall(" ".join(name.partition(" ")[0] for name in names).casefold()))
    return Person(given, born, bool(_SUBJECT.search(str(about.get("relationship", "")))))


def _strings(value: object) -> Iterable[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def whose_age(people: tuple[Person, ...], *texts: str) -> date | None:
    """Return the birth date of the first person named in the texts, in the order given.

    Where nobody is named, the subject child is meant. None where the case names no such child.
    """
    for text in texts:
        words = set(_WORD.findall(text.casefold()))
        named = [person for person in people if person.names & words]
        if len(named) == 1:
            return named[0].born
    return people[0].born if people and people[0].is_subject else None
