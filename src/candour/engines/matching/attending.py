"""Who a row of a meeting says was there, and who it says was not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from candour.engines.matching.case import PART_OF
from candour.engines.matching.reading import Read
from candour.engines.matching.words import plain, tokens

_PIECE = re.compile(r"[.;,:]| and | but ")
_AWAY = re.compile(
    r"\b(?:absent|apologies|did not (?:attend|join|come)|not (?:present|there|invited)|"
    r"invited but|non-attendance|no health visitor)\b",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"\b(?:present|attended|joined|with|by (?:tele)?phone|by video|took part|there)\b",
    re.IGNORECASE,
)
_PARENTS: Final = frozenset(("mother", "father", "partner"))

Attendance = tuple[frozenset[str], frozenset[str]]


def attendance(one: Read, given: Mapping[str, str]) -> Attendance:
    """Those said to be there, and those said not to be: parents, and agencies by code.

    Only what the words say plainly counts; whoever is not mentioned is neither.
    """
    there: set[str] = set()
    away: set[str] = set()
    for sentence in re.split(r"[.;]", plain(one.account.event)):
        for piece in _PIECE.split(sentence):
            who = _who(piece, one, given)
            if _AWAY.search(piece):
                away |= who or _who(sentence, one, given)
            elif _THERE.search(sentence):
                there |= who
    return frozenset(there - away), frozenset(away)


def _who(text: str, one: Read, given: Mapping[str, str]) -> set[str]:
    words = tokens(text)
    parents = {part for word in words if (part := PART_OF.get(word) or given.get(word)) in _PARENTS}
    found = {part for part in parents if part}
    place = " ".join(words)
    found |= {code for code, said in one.agency_words.items() if said in place}
    return found
