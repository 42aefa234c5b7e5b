"""Which steps the words of an entry speak of: proposals, for a person to confirm one by one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from candour.engines.contacts.standards import Step

_CHILD = r"(?:child|children|baby|boy|girl|pupil|he|she|they|[A-Z][\w’'-]+)"
_NOT = re.compile(
    r"\b(?:no|not|without|never|cancelled|postponed|should|consider(?:ed|ing)?|declined|plan(?:ned)?"
    r"|to be|will be|due|arrange[d]?|request(?:ed|s)?|awaiting)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(
    r"^[^.;]{0,12}\b(?:to be|not held|cancelled|postponed|will be|did not)\b", re.IGNORECASE
)
_PATTERNS = {
    Step.REFERRAL: (
        r"\breferral\b[^.;]{0,40}\b(?:received|made|sent|to (?:children|social|csc|mash))"
        r"|\breferred (?:\w+ ){0,4}to (?:children|social|csc|mash)"
        r"|\b(?:multi-agency|mash) referral\b"
    ),
    Step.REFERRAL_DECISION: (
        r"\b(?:decision|outcome)\b[^.;]{0,30}\breferral\b|\breferral\b[^.;]{0,40}\b(?:accepted|closed"
        r"|no further action|nfa|threshold)\b|\bno further action\b[^.;]{0,30}\breferral\b"
    ),
    Step.STRATEGY_DISCUSSION: r"\bstrategy (?:discussion|meeting)\b",
    Step.INITIAL_CONFERENCE: r"\binitial (?:child protection )?(?:case )?conference\b|\bicpc\b",
    Step.CORE_GROUP: r"\bcore group\b",
    Step.REVIEW_CONFERENCE: (
        r"\breview (?:child protection )?(?:case )?conference\b|\b(?:rcpc|rcpcc)\b"
    ),
    Step.VISIT: r"\b(?:home|statutory|unannounced|announced|joint|child protection) visit\b",
    Step.CHILD_SEEN_ALONE: rf"\b{_CHILD} (?:was |were )?(?:seen|spoken to|interviewed) alone\b",
    Step.CHILD_NOT_SEEN: (
        rf"\b{_CHILD} (?:was |were )?not (?:seen|at home|presented|brought)\b|\bdid not see\b"
        r"|\bno(?:t| sight) (?:of )?(?:the )?child(?:ren)? (?:not )?seen\b|\bwas not brought\b"
    ),
    Step.CHILD_SEEN: (
        r"\b(?:[Ss]aw|[Ss]een)\b[^.;]{0,20}\b(?:child|children|baby)\b"
        rf"|\b{_CHILD} (?:was |were )?seen\b"
    ),
    Step.CHILD_HEARD: (
        r"\b(?:child|boy|girl|pupil|he|she|they|[A-Z][\w’'-]+) (?:said|told|disclosed|drew|wrote)\b"
    ),
}
_FOLDED = frozenset(Step) - {
    Step.CHILD_HEARD,
    Step.CHILD_SEEN,
    Step.CHILD_SEEN_ALONE,
    Step.CHILD_NOT_SEEN,
}
_COMPILED = {
    step: re.compile(pattern, re.IGNORECASE if step in _FOLDED else 0)
    for step, pattern in _PATTERNS.items()
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A step that words seem to speak of, and the words themselves."""

    step: Step
    quoted: str


def steps_spoken_of(words: str) -> Iterator[Spoken]:
    """Yield each step once, with the passage. A step refused, planned or put off is left out."""
    for step, pattern in _COMPILED.items():
        for found in pattern.finditer(words):
            if step is Step.CHILD_NOT_SEEN or not _put_off(words, found):
                yield Spoken(step, found[0])
                break


def _put_off(words: str, found: re.Match[str]) -> bool:
    before, after = words[: found.start()][-60:], words[found.end() :][:40]
    return bool(_NOT.search(before) or _PUT_OFF.match(after))
