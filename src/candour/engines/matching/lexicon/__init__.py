"""The wordings that matching knows, as text files: of the field, never of one review."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

Matter = tuple[str, str, tuple[tuple[str, re.Pattern[str]], ...]]


@cache
def _lines(name: str) -> tuple[str, ...]:
    text = files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def listed(name: str) -> dict[str, tuple[str, ...]]:
    """A file of `kind: wording | wording` lines."""
    pairs = (line.partition(":") for line in _lines(name))
    return {kind: tuple(map(str.strip, wordings.split("|"))) for kind, _, wordings in pairs}


def words_of(name: str) -> frozenset[str]:
    """One list of the file of word lists. KeyError for a name that it has not."""
    return _word_lists()[name]


@cache
def _word_lists() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    name = ""
    for line in _lines("words"):
        if line.startswith(" "):
            found[name] = found.get(name, frozenset()) | frozenset(line.split())
        else:
            name = line.rstrip(":")
    return found


@cache
def matters() -> tuple[Matter, ...]:
    """Matters with values that exclude each other: type of difference, matter, value, wording.

    The wordings are for text in small letters: to ignore case makes them ten times as slow.
    """
    wordings: dict[tuple[str, str], dict[str, list[str]]] = {}
    value: list[str] = []
    for line in _lines("matters"):
        if line.startswith(" "):
            value.append(line.strip())
        else:
            type_, matter, name = (part.strip() for part in line.split("|"))
            value = wordings.setdefault((type_, matter), {}).setdefault(name, [])
    return tuple(
        (type_, matter, tuple((name, _any_of(words)) for name, words in values.items()))
        for (type_, matter), values in wordings.items()
    )


def _any_of(wordings: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(wordings))
