"""Which agencies a row speaks of: by their work ("the health visitor"), or by their own name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from candour.engines.matching.case import Case
from candour.engines.matching.lexicon import listed, words_of
from candour.engines.matching.words import plain, tokens

# An agency that does the one kind of work often does the other under the same roof.
_UNDER_ONE_ROOF: Final = (
    ("health visiting", "school nursing"),
    ("hospital", "midwifery"),
    ("school", "nursery"),
)
OF_A_STREET: Final = words_of("of a street")
NOT_A_NAME: Final = words_of("not an agency's own name")


def _lexicon() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, phrases in listed("agencies").items():
        for phrase in phrases:
            words = tuple(tokens(phrase))
            found.setdefault(words[0], []).append((words, kind))
    for phrases_of in found.values():
        phrases_of.sort(key=lambda one: -len(one[0]))
    return found


_PHRASES: Final = _lexicon()


@dataclass(frozen=True)
class Directory:
    """The agencies of a review by their kinds of work and by the words of their own names."""

    by_kind: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_name: Mapping[str, str] = field(default_factory=dict)
    kinds_of: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def mentions(self, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Each agency named in a list of words: its place, the place after it, and its code."""
        place = 0
        while place < len(words):
            if words[place] not in _PHRASES and words[place] not in self.by_name:
                place += 1
                continue
            end, codes = self._at(words, place)
            for code in codes:
                yield place, end, code
            place = max(end, place + 1)

    def _at(self, words: Sequence[str], place: int) -> tuple[int, tuple[str, ...]]:
        word = words[place]
        follows = words[place + 1] if place + 1 < len(words) else ""
        if word in self.by_name and follows not in OF_A_STREET:
            return place + 1, (self.by_name[word],)
        for phrase, _ in _PHRASES.get(word, ()):
            end = place + len(phrase)
            if tuple(words[place:end]) == phrase:
                kinds = [kind for other, kind in _PHRASES[word] if other == phrase]
                codes = {code for kind in kinds for code in self.by_kind.get(kind, ())}
                return end, tuple(sorted(codes))
        return place, ()


def directory_of(case: Case) -> Directory:
    """What the agencies do, read from their names; a code is enough where it is telling."""
    kinds = {agency.code: _kinds(agency.code, agency.name) for agency in case.agencies}
    by_kind: dict[str, list[str]] = {}
    for code, mine in kinds.items():
        for kind in sorted(mine):
            by_kind.setdefault(kind, []).append(code)
    for one, other in _UNDER_ONE_ROOF:
        by_kind.setdefault(one, by_kind.get(other, []))
        by_kind.setdefault(other, by_kind[one])
    return Directory(
        by_kind={kind: tuple(codes) for kind, codes in by_kind.items()},
        by_name=_own_names(case),
        kinds_of={code: frozenset(mine) for code, mine in kinds.items()},
    )


def _kinds(code: str, name: str) -> set[str]:
    words = tokens(plain(f"{name} . {code}"))
    found: set[str] = set()
    place = 0
    while place < len(words):
        fitting = [
            (len(phrase), kind)
            for phrase, kind in _PHRASES.get(words[place], ())
            if tuple(words[place : place + len(phrase)]) == phrase
        ]
        longest = max((length for length, _ in fitting), default=0)
        found |= {kind for length, kind in fitting if length == longest}
        place += longest or 1
    return found


def _own_names(case: Case) -> dict[str, str]:
    """The words that name one agency and no other: neither what it does nor a member's name."""
    owners: dict[str, set[str]] = {}
    family = {word for person in case.people for word in person.names}
    for agency in case.agencies:
        for word in tokens(plain(agency.name)):
            if len(word) > 3 and word not in NOT_A_NAME and word not in family:
                owners.setdefault(word, set()).add(agency.code)
    return {word: min(codes) for word, codes in owners.items() if len(codes) == 1}
