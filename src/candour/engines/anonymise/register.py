"""The register of one review: every person, place, organisation, number and date that must not be
published, each with every form in which it was written and the words that stand in its place."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from candour.engines.anonymise.letters import folded
from candour.kernel.errors import Invalid


class Kind(StrEnum):
    """What an identity is; it decides how freely its forms are matched."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    NUMBER = "number"
    DATE = "date"


class RegisterNotReadable(Invalid):
    """The register cannot be used as it stands; the reason says which entry and what to change."""

    def __init__(self, reason: str) -> None:
        super().__init__("register_not_readable", reason)


@dataclass(frozen=True, slots=True)
class Identity:
    """One person, place, organisation, number or date: its forms are surface forms as written
    ("Kim", "Ms Doe", "K. Doe"), its pseudonym is what a reader sees ("Mother").

    Raises:
        RegisterNotReadable: when a form has no letter and no digit, or there is no pseudonym.
    """

    id: str
    kind: Kind
    pseudonym: str
    forms: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.pseudonym.strip():
            raise RegisterNotReadable(f"Identity {self.id} has no pseudonym: give it one.")
        for form in self.forms:
            if not re.search(r"[^\W_]", folded(form).text):
                raise RegisterNotReadable(
                    f"Identity {self.id} has a form without letter or digit, {form!r}: remove it."
                )


@dataclass(frozen=True, slots=True)
class Register:
    """All identities of one review."""

    identities: tuple[Identity, ...]

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for identity in self.identities:
            if identity.id in seen:
                raise RegisterNotReadable(f"Two identities are called {identity.id}: rename one.")
            seen.add(identity.id)

    def forms(self) -> Iterator[tuple[str, Identity]]:
        """Every form with its identity."""
        for identity in self.identities:
            for form in identity.forms:
                yield form, identity


@dataclass(frozen=True, slots=True)
class RegisterDoubt:
    """Something in the register that a person should look at before it is used."""

    code: str
    identity: str
    message: str


def doubts(register: Register) -> tuple[RegisterDoubt, ...]:
    """What may give somebody away or mislead: a form that two identities share, and a pseudonym
    whose letter is the person's own initial."""
    return (*_shared_forms(register), *_initials(register))


def _shared_forms(register: Register) -> Iterator[RegisterDoubt]:
    owners: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for form, identity in register.forms():
        owners[folded(form).text][identity.id] = form
    for named in owners.values():
        for owner, written in named.items() if len(named) > 1 else ():
            others = ", ".join(other for other in named if other != owner)
            yield RegisterDoubt(
                "form_shared", owner, f"“{written}” also stands for {others}: both will be named."
            )


def _initials(register: Register) -> Iterator[RegisterDoubt]:
    for identity in register.identities:
        letter = re.search(r"\b([A-Z])$", identity.pseudonym)
        if identity.kind is not Kind.PERSON or not letter:
            continue
        initials = {word[0].upper() for form in identity.forms for word in re.findall(r"\w+", form)}
        if letter[1] in initials:
            yield RegisterDoubt(
                "initial_in_pseudonym",
                identity.id,
                f"“{identity.pseudonym}” ends in the person's own initial: choose another letter.",
            )


def register_from_json(text: str) -> Register:
    """The register held in `{"identities": [{"id", "kind", "pseudonym", "forms": […]}]}`.

    Raises:
        RegisterNotReadable: when the text is not that JSON, or an identity cannot stand.
    """
    try:
        rows = json.loads(text)["identities"]
        return Register(tuple(_identity(row) for row in rows))
    except (ValueError, KeyError, TypeError) as fault:
        raise RegisterNotReadable(
            f"The register is not readable ({fault!r}). It is a JSON object whose identities each "
            "have id, kind (person, place, organisation, number, date), pseudonym and forms."
        ) from fault


def _identity(row: dict[str, object]) -> Identity:
    forms = row["forms"]
    if not isinstance(forms, list) or not all(isinstance(form, str) for form in forms):
        raise TypeError("forms must be a list of strings")
    return Identity(str(row["id"]), Kind(str(row["kind"])), str(row["pseudonym"]), tuple(forms))
