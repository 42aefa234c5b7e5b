"""Words that are not names, so that they are not taken for names; and some that are both."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files


@cache
def english_words() -> frozenset[str]:
    """Common English words in lower case, British spelling; proper names are not among them."""
    return frozenset(gzip.decompress(_read("words.txt.gz")).decode("ascii").split())


@cache
def words_of_the_field() -> frozenset[str]:
    """Words of social care and health, in lower case, that the dictionary does not have."""
    return _words("of_the_field.txt")


@cache
def abbreviations() -> frozenset[str]:
    """Capitals that stand for a body, a role or a thing; other capitals may be initials."""
    return _words("abbreviations.txt")


@cache
def names_that_are_words() -> frozenset[str]:
    """Given names and surnames, in lower case, that are also ordinary words."""
    return _words("names_that_are_words.txt")


def _words(name: str) -> frozenset[str]:
    return frozenset(_read(name).decode("ascii").split())


def _read(name: str) -> bytes:
    return (files("candour.engines.anonymise.english") / name).read_bytes()
