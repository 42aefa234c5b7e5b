"""Words that judge people by what became known later, or that blame them.

A review seeks to understand practice from the viewpoint of those involved at the time rather than
with hindsight, and does not decide who is culpable (Working Together 2013 and 2015, chapter 4, the
principles for learning and review). A prompt to the author, never a gate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the words do."""

    HINDSIGHT = "hindsight"
    BLAME = "blame"
    CERTAINTY = "certainty"


PROMPTS = {
    Kind.HINDSIGHT: "Whose knowledge is this, and from what day? Say what was seen and known at "
    "the time, and what made the action taken seem right.",
    Kind.BLAME: "Say what was done or not done, by which role, and what in the work around them "
    "made it likely: time, guidance, supervision, information.",
    Kind.CERTAINTY: "Nobody can know what would have happened. Say what a different step might "
    "have made possible at the time.",
}
"""One question for each kind, put to the author beside the words."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """Words at [start, end) of a text, what they do, and the question they raise."""

    start: int
    end: int
    words: str
    kind: Kind
    prompt: str


_DONE = r"(?:been|known|seen|done|made|taken|told|led|understood|thought|sought|given|gone|\w+ed)"
_DEATH = r"(?:death|injur\w+|harm|tragedy|murder|killing|abuse)"
_PHRASES = {
    Kind.CERTAINTY: (
        r"(?:would|could|might) (?:not )?have (?:been )?(?:prevented|averted|avoided|saved|died)",
        r"would (?:still )?be alive",
        rf"(?:led|leading|leads) (?:directly )?to (?:\w+ ){{0,4}}{_DEATH}",
        rf"(?:caused|resulted in) (?:\w+ ){{0,4}}{_DEATH}",
        r"cost (?:\w+ ){1,4}life",
        r"(?:was|were) (?:\w+ )?(?:preventable|avoidable)",
    ),
    Kind.HINDSIGHT: (
        rf"(?:should|ought to|must|could) (?:\w+ )?have (?:\w+ )?{_DONE}",
        r"(?:with |in )?(?:the benefit of )?hindsight",
        r"in retrospect|retrospectively|looking back",
        r"missed (?:\w+ )?opportunit\w+|opportunit\w+ (?:\w+ ){0,3}(?:was|were) missed",
        r"we now know|it is now (?:known|clear)",
        r"(?:was|were) (?:\w+ )?(?:predictable|foreseeable|inevitable)|bound to happen",
        r"warning signs?|red flags?|alarm bells|tell-?tale signs?|if only",
    ),
    Kind.BLAME: (
        r"fail(?:ed|s|ing)? to|failures? (?:of|by|to|in)",
        r"fail(?:ed|ing) (?:the )?(?:child\w*|him|her|them)",
        r"neglected to|omitted to|let down by|turned a blind eye|did(?:n['’]t| not) bother",
        r"(?:is|are|was|were) (?:\w+ )?to blame|blam(?:ed|es|ing)|blame|at fault|culpab\w+",
        r"negligen\w+|incompeten\w+|inexcusabl\w+|unforgivabl\w+|careless\w*|complacen\w+",
        r"ignored|disregarded|poor practice by|sloppy|naive|gullible",
    ),
}
_PATTERNS = tuple(
    (kind, re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE))
    for kind, phrases in _PHRASES.items()
)
_NAMES_BLAME = re.compile(r"blam|fault|culpab|negligen", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:\b(?:not|never|no|nor|without|rather than|instead of|avoids?|nobody|no one)|n['’]t)"
    r"(?: \w+){0,4} $",
    re.IGNORECASE,
)
_QUOTATIONS = re.compile(
    r"“[^”]{1,2000}”|\"[^\"\n]{1,1000}\"|(?<!\w)‘[^’\n](?:[^’\n]|’(?=\w)){0,1000}’(?!\w)|"
    r"(?<!\w)'[^'\n\s](?:[^'\n]|'(?=\w)){1,1000}'(?!\w)|^>.*$",
    re.MULTILINE,
)


def find(text: str) -> tuple[Prompt, ...]:
    """Every stretch of blame or hindsight in the text, in order, none overlapping.

    Words inside quotation marks, and lines set off as quotations by ">", are somebody's own and are
    left alone; so are words that deny blame ("not about who is to blame").
    """
    quoted = [match.span() for match in _QUOTATIONS.finditer(text)]
    prompts: list[Prompt] = []
    for prompt in sorted(_all(text), key=lambda p: (p.start, -p.end)):
        if any(start <= prompt.start < end for start, end in quoted):
            continue
        if not prompts or prompt.start >= prompts[-1].end:
            prompts.append(prompt)
    return tuple(prompts)


def _all(text: str) -> Iterator[Prompt]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not _is_denied(text, match):
                yield Prompt(match.start(), match.end(), match[0], kind, PROMPTS[kind])


def _is_denied(text: str, match: re.Match[str]) -> bool:
    """Whether the words say that nobody is blamed; "never asked and failed to" denies nothing."""
    before = max(0, match.start() - 60)
    return bool(_NAMES_BLAME.search(match[0]) and _DENIED.search(text, before, match.start()))
