"""Names as English social-care files write them: after a title, as runs of capitals, as initials,
in the names of schools, surgeries and hospitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from candour.engines.anonymise.english import abbreviations
from candour.engines.anonymise.ordinary_words import may_be_a_name, names_nobody
from candour.engines.anonymise.register import Kind


@dataclass(frozen=True, slots=True)
class Shape:
    """A string at [start, end) that looks like a name, and why it does."""

    start: int
    end: int
    kind: Kind
    why: str


_CAPITALISED = r"[A-Z][^\W\d_]*(?:['’\-][A-Z]?[^\W\d_]+)*"
_INITIAL = r"[A-Z]\.? ?"
_TITLED = re.compile(
    r"(?<!\w)(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Sir|Rev|Cllr|Nurse|Sister|Judge|HHJ|PC|"
    r"PCSO|DC|PS|DS|DI|DCI|Sgt|Insp|Inspector|Sergeant|Constable|Nan|Nana|Nanny|Gran|Grandad|Uncle|"
    rf"Aunt|Auntie|Aunty|Baby)\.? (?:\d{{2,6}} )?(?:{_INITIAL})?{_CAPITALISED}(?: {_CAPITALISED})?"
)
_ORGANISATION = re.compile(
    rf"(?<!\w)(?:{_CAPITALISED} ){{1,4}}(?:Primary|Infants?|Junior|Secondary|High|Nursery|"
    r"Pre-?school|Academy|College|School|Surgery|Practice|Clinic|Hospital|Infirmary|Hospice|General|Trust|"
    r"Council|Constabulary|Police|Homes|Housing|Recovery|Repairs|Church|Mosque|"
    r"Children.s Centre|Health Centre|Refuge|Ltd|Limited|CIC|Association|Services?)"
    r"(?: (?:School|Nursery|Practice|Hospital|NHS|Foundation|Trust|Association))*(?!\w)"
)
_INN = re.compile(rf"(?<=\bthe ){_CAPITALISED} (?:&|and) {_CAPITALISED}(?!\w)")
_NAME = rf"(?:[A-Z]\.|{_CAPITALISED})"
_RUN = re.compile(rf"(?<![\w@.]){_NAME}(?:(?:,? |(?<=\.)){_NAME})*(?!\w)")
_INITIALS = re.compile(r"(?<![\w&/.\-])[A-Z]{2,3}(?![\w&/\-])")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_SHORTEST_AT_A_START = 3
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n•\"“”(\[/]|[-–—])\s*$")


def shapes_of_names(text: str) -> Iterator[Shape]:
    """Every string that looks like a name, the surest kinds first; none overlaps an earlier one."""
    taken: list[tuple[int, int]] = []
    for shape in (*_titled(text), *_organisations(text), *_runs(text), *_initials(text)):
        if not any(shape.start < end and start < shape.end for start, end in taken):
            taken.append((shape.start, shape.end))
            yield shape


def _titled(text: str) -> Iterator[Shape]:
    for match in _TITLED.finditer(text):
        words = _WORD.findall(match[0])
        if len(words) < 2 or (words[0] in abbreviations() and _is_only_a_word(words[1])):
            continue
        end = match.end()
        if len(words) > 2 and _is_only_a_word(words[-1]):
            end = match.start() + match[0].rindex(words[-1]) - 1
        yield Shape(match.start(), end, Kind.PERSON, "a title with a name")


def _is_only_a_word(word: str) -> bool:
    return names_nobody(word) and not may_be_a_name(word)


def _organisations(text: str) -> Iterator[Shape]:
    for match in _INN.finditer(text):
        yield Shape(match.start(), match.end(), Kind.ORGANISATION, "a named place")
    for match in _ORGANISATION.finditer(text):
        words = _WORD.findall(match[0])
        start = match.start() + _leading_ordinary(text, match.start(), match[0])
        whole = start == match.start()
        if any(not names_nobody(word) for word in words) or (len(words) > 2 and whole):
            yield Shape(start, match.end(), Kind.ORGANISATION, "a named organisation")


def _leading_ordinary(text: str, start: int, run: str) -> int:
    """How much of a run to leave off its front: ordinary words that only begin the sentence."""
    if not _starts_sentence(text, start):
        return 0
    first = _WORD.match(run)
    if first is None or not _is_only_a_word(first[0]):
        return 0
    rest = _WORD.search(run, first.end())
    return rest.start() if rest else 0


def _runs(text: str) -> Iterator[Shape]:
    for match in _RUN.finditer(text):
        stretches = (part for found in _unusual_stretches(match) for part in _listed(text, *found))
        for start, end in stretches:
            words = _WORD.findall(text[start:end])
            if _looks_like_name(words, starts=_starts_sentence(text, start)):
                why = "two or more names" if len(words) > 1 else "a capitalised word"
                yield Shape(start, end, Kind.PERSON, why)


def _unusual_stretches(run: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Parts of a run of capitals between words that name nobody; a given name, a surname and the
    ordinary word that is also a name stay together."""
    start: int | None = None
    end = 0
    for word in _WORD.finditer(run.string, run.start(), run.end()):
        if _is_only_a_word(word[0]) and len(word[0]) > 1:
            if start is not None:
                yield start, end
            start = None
        else:
            start = word.start() if start is None else start
            end = word.end()
    if start is not None:
        yield start, end


def _listed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names of a list one by one; "Surname, Given" is one name and stays together."""
    parts = text[start:end].split(",")
    if len(parts) == 2 and all(len(_WORD.findall(part)) == 1 for part in parts):
        yield start, end
        return
    for part in parts:
        blank = len(part) - len(part.lstrip())
        yield start + blank, start + len(part)
        start += len(part) + 1


def _looks_like_name(words: list[str], *, starts: bool) -> bool:
    unusual = [word for word in words if not names_nobody(word)]
    if len("".join(words)) < _SHORTEST_AT_A_START:
        return bool(unusual) and not starts and words[0][1:].islower() and len(words[0]) > 1
    if unusual:
        return not all(word.isupper() and len(word) <= 3 for word in words)
    return not starts or len(words) > 1


def _initials(text: str) -> Iterator[Shape]:
    for match in _INITIALS.finditer(text):
        if match[0] not in abbreviations():
            yield Shape(match.start(), match.end(), Kind.PERSON, "initials")


def _starts_sentence(text: str, start: int) -> bool:
    return bool(_SENTENCE_START.search(text, max(0, start - 6), start)) or not text[:start].strip()
