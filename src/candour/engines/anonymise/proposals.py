"""Names proposed to the register. A proposal is never applied: a person confirms it first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from candour.engines.anonymise.letters import folded
from candour.engines.anonymise.name_shapes import shapes_of_names
from candour.engines.anonymise.names_in_text import Names
from candour.engines.anonymise.near_spellings import NearSpellings
from candour.engines.anonymise.ordinary_words import names_nobody
from candour.engines.anonymise.patterns import shaped_like_identifiers
from candour.engines.anonymise.register import Kind, Register

_WORD = re.compile(r"[A-Z][^\W\d_]+")
_SHORTEST_NICKNAME = 3


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text and where it came from, such as file, row and column."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A string that may identify somebody: why, every place it stands in, and the identity of the
    register that it resembles, empty where it resembles none."""

    string: str
    kind: Kind
    where: tuple[str, ...]
    why: str
    resembles: str = ""


@dataclass(frozen=True, slots=True)
class _Sighting:
    string: str
    kind: Kind
    why: str
    resembles: str = ""


def propose_names(texts: Iterable[SourceText], known: Register) -> tuple[Proposal, ...]:
    """What in the texts may identify somebody and is not yet in the register, one proposal for each
    string, in order of first sight.

    Rules, not a trained model: strings shaped like identifiers, misspellings and short forms of
    known names, titles with names, runs of unusual capitalised words, organisations, initials.
    """
    names, near = Names(known), NearSpellings(known)
    first: dict[str, _Sighting] = {}
    places: dict[str, dict[str, None]] = {}
    for source in texts:
        for sighting in _sightings(_without_known(source.text, names), near):
            key = folded(sighting.string).text
            first.setdefault(key, sighting)
            places.setdefault(key, {})[source.where] = None
    return tuple(
        Proposal(seen.string, seen.kind, tuple(places[key]), seen.why, seen.resembles)
        for key, seen in first.items()
    )


def _sightings(text: str, near: NearSpellings) -> Iterator[_Sighting]:
    for shaped in shaped_like_identifiers(text):
        yield _Sighting(shaped.text, shaped.pattern.kind, f"looks like: {shaped.pattern.name}")
        text = text.replace(shaped.text, "\x00" * len(shaped.text))
    resembling = [*_misspelt(text, near), *_shortened(text, near)]
    yield from resembling
    explained = {sighting.string for sighting in resembling}
    for shape in shapes_of_names(text):
        string = text[shape.start : shape.end]
        if string not in explained:
            yield _Sighting(string, shape.kind, shape.why)


def _misspelt(text: str, near: NearSpellings) -> Iterator[_Sighting]:
    for found in near.near_in(text):
        identity = found.identity
        why = f"spelt much like “{found.form}”"
        yield _Sighting(text[found.start : found.end], identity.kind, why, identity.id)


def _shortened(text: str, near: NearSpellings) -> Iterator[_Sighting]:
    """A capitalised word that begins a known name: Alex for Alexandra, Alexs for the same."""
    for match in _WORD.finditer(text):
        word = folded(match[0]).text
        if len(word) < _SHORTEST_NICKNAME or names_nobody(match[0]):
            continue
        for form, identity in near.beginning_with(word.removesuffix("s")):
            yield _Sighting(match[0], identity.kind, f"the beginning of “{form}”", identity.id)
            break


def _without_known(text: str, names: Names) -> str:
    """The text with what the register holds already blanked, every other character in place."""
    for found in names.found_in(text):
        text = text[: found.start] + "\x00" * (found.end - found.start) + text[found.end :]
    return text
