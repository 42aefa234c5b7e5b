"""Findings and recommendations proposed from a report's paragraphs, by rule."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from candour.engines.search.words import stems

_HEADINGS = (
    ("recommendation", re.compile(r"\brecommendations?\b", re.I)),
    ("question", re.compile(r"\b(questions?|considerations?) for the (board|partnership)", re.I)),
    ("finding", re.compile(r"\b(findings?|learning points?|lessons?)\b", re.I)),
)
_OPENINGS = (
    ("recommendation", re.compile(r"^\W*recommendation\s+(\d{1,2}[a-z]?)\b[\s:.–-]*", re.I)),
    ("finding", re.compile(r"^\W*(?:finding|learning point)\s+(\d{1,2}[a-z]?)\b[\s:.–-]*", re.I)),
    ("question", re.compile(r"^\W*question\s+(\d{1,2})\b[\s:.–-]*", re.I)),
)
_ACTS = re.compile(
    r"\b(should|must|to (?:ensure|review|consider|assure|develop|seek)|needs? to|is asked)\b", re.I
)
_SHORTEST, _LONGEST = 30, 1_500
SIMILAR = 8.0
MOST_SHOWN = 5
_SMALL_WORDS = frozenset(
    stems(
        "the of and to a in for that is be are should must will on with by as at or it its this "
        "which who all any each their they them from not no than have has had was were where when "
        "how what if there those these do does into about an also"
    )
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paragraph that may be a finding, recommendation or question, and why it is proposed."""

    anchor: str
    kind: str
    number: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with the headings above it."""

    anchor: str
    headings: Sequence[str]
    text: str


def candidates(passages: Iterable[Passage]) -> list[Candidate]:
    """What may be a finding, a recommendation or a question, in the report's order.

    A paragraph is proposed when it calls itself one, or stands under a heading that does; under a
    heading of recommendations only one that asks for something. Proposals, never facts.
    """
    found = []
    for passage in passages:
        candidate = _called_so(passage) or _under_heading(passage)
        if candidate and _SHORTEST <= len(passage.text) <= _LONGEST:
            found.append(candidate)
    return found


def _called_so(passage: Passage) -> Candidate | None:
    for kind, opening in _OPENINGS:
        match = opening.match(passage.text)
        if match:
            return Candidate(passage.anchor, kind, match.group(1), passage.text, "calls itself so")
    return None


def _under_heading(passage: Passage) -> Candidate | None:
    nearest = passage.headings[-1] if passage.headings else ""
    for kind, heading in _HEADINGS:
        if heading.search(nearest):
            if kind == "recommendation" and not _ACTS.search(passage.text):
                return None
            return Candidate(passage.anchor, kind, "", passage.text, f"stands under “{nearest}”")
    return None


class Wording:
    """How alike passages are in their words, each weighed by how few of all passages have it.

    "The Board should ensure" is then worth little and "co-sleeping" much. The measured rule is to
    show the `MOST_SHOWN` most alike of at least `SIMILAR` and have a person decide: words alone do
    not tell the same recommendation from another on its theme (docs/measured.md).
    """

    def __init__(self, passages: Iterable[str]) -> None:
        words = [set(stems(passage)) for passage in passages]
        self._passages = len(words)
        self._having = Counter(word for each in words for word in each)

    def likeness(self, one: str, other: str) -> float:
        """From 0 to 100; order makes no difference, nor does the length of either."""
        return _shared(self._weights(one), self._weights(other))

    def most_alike(self, one: str, others: Sequence[str]) -> list[tuple[int, float]]:
        """Places among `others` and likenesses of those worth a person's look, best first."""
        mine = self._weights(one)
        scored = [(n, _shared(mine, self._weights(other))) for n, other in enumerate(others)]
        worth = [pair for pair in scored if pair[1] >= SIMILAR]
        return sorted(worth, key=lambda pair: -pair[1])[:MOST_SHOWN]

    def _weights(self, passage: str) -> dict[str, float]:
        return {word: self._weight(word) for word in set(stems(passage)) - _SMALL_WORDS}

    def _weight(self, word: str) -> float:
        return math.log((self._passages + 1) / (self._having[word] + 0.5))


def _shared(mine: dict[str, float], theirs: dict[str, float]) -> float:
    shared = sum(weight * theirs[word] for word, weight in mine.items() if word in theirs)
    size = math.hypot(*mine.values()) * math.hypot(*theirs.values())
    return 100 * shared / size if size else 0.0
