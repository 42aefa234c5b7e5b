"""Where the forms of a register stand in a text: whole words, the longest first, in one pass."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from candour.engines.anonymise.dates_of_birth import spellings
from candour.engines.anonymise.english import english_words
from candour.engines.anonymise.letters import folded, squashed
from candour.engines.anonymise.register import Identity, Kind, Register

_WORD = re.compile(r"[^\W_]+")
_TITLE_BEFORE = re.compile(
    r"(?<![^\W_])(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|pc|dc|ps|ds|di|sgt|insp|rev|cllr)"
    r"\.?[\s_]+$"
)
_PIECE = re.compile(r"([^\W_]+)|([\W_]+)")
_LONGEST_TITLE = 14
_SHORT = 3
_LONG_NUMBER = 7


@dataclass(frozen=True, slots=True)
class Found:
    """A form standing at [start, end) of the text; more than one identity when they share it."""

    start: int
    end: int
    form: str
    identities: tuple[Identity, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    written: str
    pattern: re.Pattern[str]
    identities: tuple[Identity, ...]
    size: int

    @property
    def is_person(self) -> bool:
        return all(identity.kind is Kind.PERSON for identity in self.identities)


class Names:
    """A register made ready to be looked up; make it once and use it for every text."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._by_first_word: defaultdict[str, list[_Form]] = defaultdict(list)
        for form in sorted(_forms(register), key=lambda form: -len(form.written)):
            for first in _first_words(form.written):
                self._by_first_word[first].append(form)

    def found_in(self, text: str, shortest: int = 0) -> Iterator[Found]:
        """Every form in the text, in order, none overlapping; at one place the longest wins. Forms
        of fewer letters and digits than `shortest` are passed over."""
        alike = folded(text)
        reached = 0
        for word in _WORD.finditer(alike.text):
            if word.start() < reached:
                continue
            for form in self.candidates(word[0], shortest):
                match = form.pattern.match(alike.text, word.start())
                if match is None:
                    continue
                start, end = alike.origin(match.start()), alike.origin(match.end())
                if not _case_fits(form.written, text[start:end]):
                    continue
                if form.is_person:
                    start = alike.origin(_with_title(alike.text, reached, match.start()))
                yield Found(start, end, form.written, form.identities)
                reached = match.end()
                break

    def candidates(self, word: str, shortest: int = 0) -> Iterator[_Form]:
        """The forms that may begin with a folded word, the longest first; no other is tried."""
        return (form for form in self._by_first_word.get(word, ()) if form.size >= shortest)


def _first_words(form: str) -> set[str]:
    """How the first word may read: "o" or "obrien" for O'Brien, "xk" or "xk70417" for XK-70417;
    in a long number the marks may fall anywhere, so it may be any beginning of it."""
    text = folded(form).text
    words = _WORD.findall(text)
    together = "".join(words)
    if _is_long_number(together):
        return {together[:length] for length in range(1, len(together) + 1)}
    return {words[0], next(filter(None, map(squashed, text.split()))), together}


def _is_long_number(together: str) -> bool:
    return together.isdigit() and len(together) >= _LONG_NUMBER


def _forms(register: Register) -> Iterator[_Form]:
    """Forms that read alike are one; those of several identities keep them all."""
    owners: dict[tuple[str, str], dict[str, Identity]] = {}
    written: dict[tuple[str, str], str] = {}
    for form, identity in _with_spellings(register):
        pattern = _pattern(form, identity.kind)
        case = form if len(form) <= _SHORT else ""
        owners.setdefault((pattern, case), {})[identity.id] = identity
        written.setdefault((pattern, case), form)
    for key, identities in owners.items():
        size = len(squashed(folded(written[key]).text))
        whole_word = rf"(?<![^\W_]){key[0]}(?![^\W_])"
        yield _Form(written[key], re.compile(whole_word), tuple(identities.values()), size)


def _with_spellings(register: Register) -> Iterator[tuple[str, Identity]]:
    for form, identity in register.forms():
        yield form, identity
        if identity.kind is Kind.DATE:
            yield from ((spelling, identity) for spelling in spellings(form))


def _pattern(form: str, kind: Kind) -> str:
    """The form as an expression over folded text: spaces, dots after initials and the marks between
    parts of a number may differ from how the register has them."""
    text = folded(form).text
    parts = _WORD.findall(text)
    digits = "".join(parts)
    if kind is Kind.NUMBER and _is_long_number(digits):
        return r"[\s.\-]{0,2}".join(digits)
    if kind in (Kind.NUMBER, Kind.DATE):
        return _numbered(parts)
    first, *_, last = (*_WORD.finditer(text),) * 2
    pieces = _PIECE.findall(text, first.start(), last.end())
    return "".join(re.escape(word) if word else _between(marks) for word, marks in pieces)


def _numbered(parts: list[str]) -> str:
    """The parts of a reference or a date with any marks between them; two groups of figures must be
    held apart, or "2/9/09" would be found in every 2909."""
    pattern = re.escape(parts[0])
    for before, after in pairwise(parts):
        apart = 1 if before[-1].isdigit() and after[0].isdigit() else 0
        pattern += rf"[\W_]{{{apart},3}}{re.escape(after)}"
    return pattern


def _between(marks: str) -> str:
    """What may stand between two words of a form where the register has these marks."""
    match marks.strip(" \t\n_"):
        case "":
            return r"[\s_]+"
        case "." | ",":
            return rf"{re.escape(marks.strip())}?[\s_]*"
        case "'":
            return "'?"
        case "-":
            return r"[\s_-]?"
        case "&":
            return r"[\s_]*(?:&|and)[\s_]*"
        case other:
            return rf"[\s_]*{re.escape(other)}[\s_]*"


def _case_fits(form: str, written: str) -> bool:
    """Initials and very short names must be written as they are; longer names in any case, but all
    in lower case only where the word means nothing else ("declan", not "grace")."""
    letters = [character for character in form if character.isalpha()]
    if len(letters) <= _SHORT and not any(character.isdigit() for character in form):
        return [character for character in written if character.isalpha()] == letters
    if not written.islower() or form.islower() or len(_WORD.findall(form)) > 1:
        return True
    return folded(form).text not in english_words()


def _with_title(text: str, reached: int, start: int) -> int:
    """Where the name begins when a title stands before it: "Mr" goes with the name."""
    title = _TITLE_BEFORE.search(text, max(reached, start - _LONGEST_TITLE), start)
    return title.start() if title else start
