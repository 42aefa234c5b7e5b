"""Words that may be a name of the register misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from candour.engines.anonymise.english import english_words
from candour.engines.anonymise.letters import folded
from candour.engines.anonymise.register import Identity, Kind, Register

SHORTEST = 5
"""Letters; the neighbours of a shorter name are mostly other words."""

_LONG = 8
_NAMED_KINDS = (Kind.PERSON, Kind.PLACE, Kind.ORGANISATION)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Near:
    """A word at [start, end) that resembles `form`, a name of the identity."""

    start: int
    end: int
    form: str
    identity: Identity


class NearSpellings:
    """The distinctive words among the names of a register: five letters or more, and not ordinary
    English. One letter may differ, or two in words of eight letters and more; a swap of neighbours
    is one difference."""

    def __init__(self, register: Register) -> None:
        self._names: dict[str, tuple[str, Identity]] = {}
        self._replacements: set[str] = set()
        for form, identity in register.forms():
            if identity.kind in _NAMED_KINDS:
                for name in _WORD.findall(form):
                    self._keep(name, identity)
        for identity in register.identities:
            self._replacements.update(map(_alike, _WORD.findall(identity.pseudonym)))

    def _keep(self, name: str, identity: Identity) -> None:
        alike = _alike(name)
        if len(alike) >= SHORTEST and alike not in english_words():
            self._names.setdefault(alike, (name, identity))

    def near_in(self, text: str) -> Iterator[Near]:
        """Words of the text that are near a name and are not one themselves, in order."""
        places = [(match, _alike(match[0])) for match in _WORD.finditer(text)]
        resembled = self._resembled({alike for _, alike in places})
        for match, alike in places:
            if alike in resembled:
                form, identity = self._names[resembled[alike]]
                yield Near(match.start(), match.end(), form, identity)

    def beginning_with(self, word: str) -> Iterator[tuple[str, Identity]]:
        """Names that go on after these (folded) letters."""
        for name, (form, identity) in self._names.items():
            if name.startswith(word) and name != word:
                yield form, identity

    def _resembled(self, words: set[str]) -> dict[str, str]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        plain = english_words()
        strange = [
            word
            for word in sorted(words)
            if len(word) >= SHORTEST - 1
            and word not in self._names
            and word not in plain
            and word not in self._replacements
        ]
        near: dict[str, str] = {}
        for name in self._names:
            allowed = 2 if len(name) >= _LONG else 1
            found = process.extract_iter(name, strange, scorer=OSA.distance, score_cutoff=allowed)
            near.update((word, name) for word, _, _ in found if word not in near)
        return near


def _alike(word: str) -> str:
    return folded(_POSSESSIVE.sub("", word)).text
