"""Words of a row as matching compares them: cut to their stems, without the commonest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from candour.engines.matching.lexicon import words_of

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.:/]\d+)*%?")
_POSSESSIVE = re.compile(r"['’]s?$")
_CURLY = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-"})

COMMON: Final = words_of("common")
"""Words too common in chronologies to say that two rows tell of one thing."""

_SUFFIXES = (
    ("ations", "at"), ("ation", "at"), ("ings", ""), ("ing", ""), ("ments", "ment"),
    ("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ions", ""), ("ion", ""), ("ers", "er"),
    ("ed", ""), ("es", ""), ("ly", ""), ("s", ""), ("e", ""),
)  # fmt: skip


def plain(text: str) -> str:
    """The text with straight quotes and plain hyphens."""
    return text if text.isascii() else text.translate(_CURLY)


def tokens(text: str) -> list[str]:
    """The words and figures of a text in lower case, possessives cut off."""
    return as_written(text.lower())


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without its ending, so that "bruises" and "bruised" compare equal."""
    if len(word) <= 3 or not word.isalpha():
        return word
    for suffix, instead in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= (4 if suffix in ("ly", "e") else 3):
            cut = word[: len(word) - len(suffix)] + instead
            doubled = len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "aeiouls"
            return cut[:-1] if doubled else cut
    return word


def as_written(text: str) -> list[str]:
    """The same words in the letters they were written in."""
    found = _WORD.findall(text)
    if "'" not in text and "’" not in text:
        return found
    return [_POSSESSIVE.sub("", word) for word in found]


def telling(found: Iterable[str]) -> dict[str, str]:
    """Those words that could tell one event from another: each by its stem, as it was written."""
    return {
        stem(word): word
        for word in found
        if len(word) > 2 and word not in COMMON and word.isalpha()
    }
