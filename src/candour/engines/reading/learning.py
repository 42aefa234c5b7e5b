"""Findings and recommendations proposed from a report's paragraphs, by rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

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
SIMILAR = 72.0


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


def likeness(one: str, other: str) -> float:
    """How alike two passages are in their words, from 0 to 100; order makes no difference."""
    return float(fuzz.token_set_ratio(one.casefold(), other.casefold()))
