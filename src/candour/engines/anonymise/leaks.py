"""The leak check: what of the register still stands in bytes about to be published, and where.

It fails closed: whatever could not be read is listed as not checked. It never says "safe"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from candour.engines.anonymise.channels.contents import NotChecked, Passage
from candour.engines.anonymise.channels.opening import contents_of
from candour.engines.anonymise.disguises import undisguised
from candour.engines.anonymise.letters import folded, squashed
from candour.engines.anonymise.names_in_text import Names
from candour.engines.anonymise.near_spellings import NearSpellings
from candour.engines.anonymise.patterns import shaped_like_identifiers
from candour.engines.anonymise.register import Register

MatchKind = Literal["exact", "near", "pattern"]

_AROUND = 40
_LONG_ENOUGH_FOR_RAW = 6
_LONG_ENOUGH_TOGETHER = 9


@dataclass(frozen=True, slots=True)
class Match:
    """One leak. `form` is the register's form, or what kind of identifier a pattern took it for;
    `identity` is empty for patterns; `near` ones may be chance and need a person's eye."""

    form: str
    identity: str
    channel: str
    place: str
    excerpt: str
    kind: MatchKind


@dataclass(frozen=True, slots=True)
class LeakReport:
    """What was found, which channels were read, and which were not, with the reason."""

    matches: tuple[Match, ...]
    checked: tuple[str, ...]
    not_checked: tuple[NotChecked, ...]


def check(data: bytes, name: str, register: Register) -> LeakReport:
    """Search every channel of a file, its name among them, for every form of the register.

    `exact` is a form of the register, however its case, quotes, dashes, spaces, accents or wrapping
    differ; `near` a distinctive name misspelt or run together; `pattern` a string shaped like an
    identifier that nobody listed. A match is listed once for each channel and place.
    """
    contents = contents_of(data, name)
    search = _Search(register)
    seen: set[tuple[str, str, str]] = set()
    matches: dict[tuple[str, str, str, str], Match] = {}
    # Interpreted channels first: bytes count only for what no reading of the same part has found
    for passage in sorted(contents.passages, key=lambda passage: passage.raw):
        for match in search.matches_in(passage):
            leak = (match.identity, squashed(folded(match.form).text), match.place)
            if not (passage.raw and leak in seen):
                matches.setdefault((*leak, match.channel), match)
            seen.add(leak)
    checked = dict.fromkeys(f"{p.place}: {_broadly(p.channel)}" for p in contents.passages)
    return LeakReport(tuple(matches.values()), tuple(checked), tuple(contents.not_checked))


class _Search:
    """A register made ready for passage after passage."""

    def __init__(self, register: Register) -> None:
        self._names = Names(register)
        self._near = NearSpellings(register)
        self._together = {
            together: (form, identity.id)
            for form, identity in register.forms()
            if len(together := squashed(folded(form).text)) >= _LONG_ENOUGH_TOGETHER
        }

    def matches_in(self, passage: Passage) -> Iterator[Match]:
        """Matches in the passage as it stands, then in what its wrappings hide."""
        yield from self._matches(passage, passage.text, passage.channel)
        for wrapping, text in undisguised(passage.text):
            yield from self._matches(passage, text, f"{passage.channel} ({wrapping})")

    def _matches(self, passage: Passage, text: str, channel: str) -> Iterator[Match]:
        taken: list[tuple[int, int]] = []
        for found in self._names.found_in(text, _LONG_ENOUGH_FOR_RAW if passage.raw else 0):
            taken.append((found.start, found.end))
            excerpt = _excerpt(text, found.start, found.end)
            for identity in found.identities:
                yield Match(found.form, identity.id, channel, passage.place, excerpt, "exact")
        yield from self._run_together(passage, text, channel, taken)
        if not passage.raw:
            yield from self._resembling(passage, text, channel, taken)

    def _run_together(
        self, passage: Passage, text: str, channel: str, taken: list[tuple[int, int]]
    ) -> Iterator[Match]:
        """Long names with nothing, or too much, between their words: file names, addresses."""
        rest = "\n".join(squashed(folded(piece).text) for piece in _between(text, taken))
        for together, (form, identity) in self._together.items():
            if together in rest:
                place = rest.index(together)
                excerpt = rest[max(0, place - _AROUND) : place + len(together) + _AROUND]
                yield Match(form, identity, channel, passage.place, excerpt, "near")

    def _resembling(
        self, passage: Passage, text: str, channel: str, taken: list[tuple[int, int]]
    ) -> Iterator[Match]:
        """Misspelt names; and identifiers by shape, but not among attributes: a colour looks like a
        postcode."""
        rest = _blanked(text, taken)
        for near in self._near.near_in(rest):
            excerpt = _excerpt(text, near.start, near.end)
            yield Match(near.form, near.identity.id, channel, passage.place, excerpt, "near")
        if "attribute " in channel:
            return
        for shaped in shaped_like_identifiers(rest):
            excerpt = _excerpt(text, shaped.start, shaped.end)
            yield Match(shaped.pattern.name, "", channel, passage.place, excerpt, "pattern")


def _broadly(channel: str) -> str:
    """The channel without the single attribute: a list of what was checked is read by people."""
    return re.sub(r"attribute .*", "attributes", channel)


def _between(text: str, taken: list[tuple[int, int]]) -> Iterator[str]:
    """What is left of the text between the places found already."""
    starts = [0, *(end for _, end in taken)]
    ends = [*(start for start, _ in taken), len(text)]
    return (text[start:end] for start, end in zip(starts, ends, strict=True))


def _blanked(text: str, taken: list[tuple[int, int]]) -> str:
    """The text with what was found already blanked, every other character in its place."""
    for start, end in taken:
        text = text[:start] + "\x00" * (end - start) + text[end:]
    return text


def _excerpt(text: str, start: int, end: int) -> str:
    around = text[max(0, start - _AROUND) : end + _AROUND]
    return re.sub(r"\s+", " ", around).strip()
