"""Capitalised words of English social-care files that name nobody."""

from __future__ import annotations

import re

from candour.engines.anonymise.english import (
    abbreviations,
    english_words,
    names_that_are_words,
    words_of_the_field,
)

_CALENDAR = re.compile(
    "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|"
    "mar|apr|jun|jul|aug|sept?|oct|nov|dec|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    "mon|tues?|wed|thurs?|thu|fri|sat|sun|christmas|easter|xmas|halloween|ramadan|eid|diwali|yr"
)
_ENDINGS = ("s", "es", "ed", "ing", "er", "or", "ly")
_BEGINNING = re.compile(r"^(?:re|un|pre|post|ante|anti|non|mis|over|under|out)(?=\w{4})")
_PARTS_OF_WORDS = ("e", "re", "pre", "post", "non", "co", "ex", "un")
_POSSESSIVE = re.compile(r"['’]s?$")


def names_nobody(word: str) -> bool:
    """Whether a capitalised word is ordinary English, of the calendar or of the field; a word with
    hyphens when all its parts are."""
    bare = _POSSESSIVE.sub("", word)
    return bare in abbreviations() or all(_is_ordinary(part) for part in bare.lower().split("-"))


def _is_ordinary(part: str) -> bool:
    if part in words_of_the_field() or _CALENDAR.fullmatch(part):
        return True
    if part in _PARTS_OF_WORDS:
        return True
    whole = (part, _BEGINNING.sub("", part))
    stems = (w.removesuffix(ending) for w in whole for ending in _ENDINGS if w.endswith(ending))
    return any(word in english_words() for word in (*whole, *stems))


def may_be_a_name(word: str) -> bool:
    """Whether an ordinary word is also somebody's name; beside another name it is taken for one."""
    return word.lower() in names_that_are_words()
