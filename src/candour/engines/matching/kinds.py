"""Kinds of contact and of concern, as the agencies of children's services word them.

The list is of the field, not of any review: meetings and steps of Working Together, what health,
police, schools and housing commonly record, each with the abbreviations in use. A phrase is a run
of words; the longest that fits is taken, and "*" at its end stands for any ending.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from candour.engines.matching.lexicon import listed
from candour.engines.matching.words import tokens

INJURY: Final = "critical injury"
"""The injury or death itself, as far as words alone tell."""

MEETINGS: Final = frozenset(
    (
        "strategy discussion", "initial conference", "review conference", "conference",
        "core group", "child in need meeting", "team around the child",
        "multi-agency risk conference",
    )
)  # fmt: skip
"""Kinds of contact at which several agencies meet: each such day is one occasion."""

OCCASIONS: Final = MEETINGS | {
    "child protection medical", "joint visit", "birth", "new birth visit", "no access",
    "initial assessment", "core assessment", "placement", "referral", "critical injury",
    "missed appointment", "development check", "surgery",
}  # fmt: skip
"""Kinds that say what a row is, and not only what it mentions."""

_BROADER: Final = {"initial conference": "conference", "review conference": "conference"}


_FEW: Final = 3


def _read() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, phrases in listed("kinds").items():
        for phrase in phrases:
            words = (*tokens(phrase.rstrip("*")),)
            words = (*words[:-1], words[-1] + "*" * phrase.endswith("*"))
            # A first word of any ending is found by its first letters, a whole one by itself.
            key = words[0][:_FEW].rstrip("*") if words[0].endswith("*") else words[0]
            found.setdefault(key, []).append((words, kind))
    for phrases_of in found.values():
        phrases_of.sort(key=lambda one: -len(one[0]))
    return found


_PHRASES: Final = _read()


def kinds_in(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Each kind named in a list of words: the place of its first word, the place after its last."""
    place = 0
    while place < len(words):
        found = _at(words, place)
        if found is None:
            place += 1
            continue
        yield place, found[0], found[1]
        if found[1] in _BROADER:
            yield place, found[0], _BROADER[found[1]]
        place = found[0]


@lru_cache(maxsize=50_000)
def _beginning_with(word: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The phrases whose first word this one is."""
    near = _PHRASES.get(word[:_FEW], ()) if len(word) > _FEW else ()
    return tuple(one for one in (*_PHRASES.get(word, ()), *near) if _fits(one[0][0], word))


def _at(words: Sequence[str], place: int) -> tuple[int, str] | None:
    for phrase, kind in _beginning_with(words[place]):
        end = place + len(phrase)
        if end <= len(words) and all(map(_fits, phrase[1:], words[place + 1 : end])):
            return end, kind
    return None


def _fits(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
