"""What a row states that another row of the same event could state otherwise.

Only statements that exclude each other are read: how many, who brought the child, what was found,
what was decided. A difference is never an error of one agency; a person says what stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from candour.engines.matching.case import KIN, PART_OF
from candour.engines.matching.lexicon import listed, matters, words_of
from candour.engines.matching.words import plain, stem, tokens

_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        (
            "no",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        )
    )
} | {"both": 2, "none": 0, "single": 1}
_NOT_COUNTED: Final = words_of("not counted")
_SCALE = re.compile(r"\b([A-Z]{3,5})(?: score)?(?: of| was|:)? (\d{1,3})\b(?![/.:]\d)")
_COUNT = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(_NUMBERS)}) (?!of\b|to\b|or\b)([a-z]{{3,}})", re.IGNORECASE
)
_SCORE = re.compile(r"\bscor(?:e|ed|es|ing)(?: of| was|:)? (\d{1,3})\b", re.IGNORECASE)
_VOTES = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(_NUMBERS)}) (?:agenc(?:y|ies) )?(?:voted )?for(?! the\b)\b",
    re.IGNORECASE,
)
_COUNTED_AS_NONE: Final = frozenset(("children", "adult"))
_MARK = r"(?:bruise|mark|scratch|cut|graze|burn|lump|fracture)"
_ANY_MARK = re.compile(_MARK)
_MARKS: Final = (
    (re.compile(rf"\b({_MARK})(?:s|es)?\b[^.;]{{0,50}}? x ?(\d)", re.I), None),
    (
        re.compile(rf"\b(two|three|four|five|six|\d) (?:\w+ ){{0,2}}({_MARK})(?:s|es)\b", re.I),
        "counted",
    ),
    (
        re.compile(
            rf"\b(?:a|an|one|single|small|slight|faint) (?:\w+ ){{0,2}}?({_MARK})\b(?!s)", re.I
        ),
        "one",
    ),
)


def counts(text: str) -> dict[str, set[int]]:
    """How many of what the words give: by the thing, or the name of a scale."""
    found: dict[str, set[int]] = {}
    words = plain(text)
    for number, noun in _COUNT.findall(words):
        thing = _thing(noun.lower())
        some = number.lower() not in ("no", "none") or thing in _COUNTED_AS_NONE
        if some and not {thing, noun.lower()} & _NOT_COUNTED:
            found.setdefault(thing, set()).add(_number(number))
    for scale, number in _SCALE.findall(words):
        found.setdefault(scale, set()).add(int(number))
    for number in _SCORE.findall(words):
        found.setdefault("score", set()).add(int(number))
    for number in _VOTES.findall(words):
        found.setdefault("votes for", set()).add(_number(number))
    return found


def _thing(noun: str) -> str:
    """One name for the things counted, whether of one or of several."""
    if noun in ("child", "children", "kid", "kids"):
        return "children"
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def marks(text: str) -> dict[str, int]:
    """How many marks of each kind the words give, where they say so."""
    found: dict[str, int] = {}
    words = plain(text)
    for pattern, how in _MARKS if _ANY_MARK.search(words.lower()) else ():
        for match in pattern.finditer(words):
            if how is None:
                found.setdefault(stem(match[1].lower()), int(match[2]))
            elif how == "one":
                found.setdefault(stem(match[1].lower()), 1)
            else:
                found.setdefault(stem(match[2].lower()), _number(match[1]))
    return found


_WHO = r"(?P<who>(?:[\w']+(?: and | & |, )?){1,6}?)"
_BROUGHT: Final = (
    re.compile(
        r"\b(?:brought(?: in| up| to \w+)?|accompanied|carried in|presented)"
        r" by (?P<who>[^.;:(]{3,60})",
        re.I,
    ),
    re.compile(r"\battended (?:\w+ ){0,2}with (?P<who>[^.;:(]{3,60})", re.I),
    re.compile(
        r"(?P<who>(?:\b[\w']+ ){1,3})brought "
        r"(?:him|her|them|the child|the baby|baby|[A-Z]\w+)(?! by)",
        re.I,
    ),
)


def brought_by(text: str, given: Mapping[str, str]) -> frozenset[str]:
    """The parts in the family of those who came with the child; `given` is part by name."""
    for pattern in _BROUGHT:
        match = pattern.search(plain(text))
        if match:
            found = parts_in(match["who"], given)
            if found:
                return found
    return frozenset()


def parts_in(text: str, given: Mapping[str, str]) -> frozenset[str]:
    """The parts in the family that words stand for ("mother's partner" is the partner alone)."""
    lowered = plain(text).lower()
    found = set()
    for words, part in KIN.items():
        if words in lowered:
            found.add(part)
            lowered = lowered.replace(words, " ")
    for word in tokens(lowered):
        named = PART_OF.get(word) or given.get(word)
        if named:
            found.add(named)
    return frozenset(found)


_MATTERS: Final = matters()
_ONLY_AT: Final = {"the sex of the baby": "birth"}


def values_stated(text: str, kinds: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Each matter that the words decide: the type of difference, the matter, and the value."""
    words = plain(text).lower()
    for type_, matter, values in _MATTERS:
        needed = _ONLY_AT.get(matter)
        if needed and needed not in kinds:
            continue
        stated = [value for value, pattern in values if pattern.search(words)]
        if stated and (
            len(stated) == 1
            or matter == "how an injury came about"
            or matter == "contact that was agreed"
        ):
            yield type_, matter, stated[0]


NOTHING = re.compile(
    r"\bnothing (?:specific|of concern|untoward|to report|significant)\b"
    r"|\bno (?:specific|particular) (?:concerns?|details?)\b"
    r"|\bno details\b|\bno concerns? (?:raised|noted|were|was|expressed|about)\b"
    r"|\bno (?:marks|bruising|bruises|injuries|visible injur\w+)\b",
    re.IGNORECASE,
)
CONCERNS: Final = frozenset(listed("concerns")["concerns"])


class Stated:
    """What one row states, each kind of statement read once and only when it is asked for."""

    def __init__(self, text: str, kinds: frozenset[str]) -> None:
        self._text = text
        self._kinds = kinds

    @cached_property
    def counts(self) -> dict[str, set[int]]:
        """How many, by the thing counted."""
        return counts(self._text)

    @cached_property
    def marks(self) -> dict[str, int]:
        """How many marks of each kind."""
        return marks(self._text)

    @cached_property
    def values(self) -> dict[str, tuple[str, str]]:
        """Each matter with the type of its difference and the value stated."""
        stated = values_stated(self._text, self._kinds)
        return {matter: (type_, value) for type_, matter, value in stated}
