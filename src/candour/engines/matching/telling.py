"""Who told whom, as one row's own words say: "rang the health visitor", "letter from audiology".

Only what the words say plainly is taken: a clause with a denial, a wish or a plan in it gives
nothing. It remains a proposal; what a person confirms decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from candour.engines.matching.account import Account
from candour.engines.matching.agencies import NOT_A_NAME, Directory
from candour.engines.matching.case import PART_OF
from candour.engines.matching.lexicon import words_of
from candour.engines.matching.words import COMMON, as_written, plain, tokens


class Way(StrEnum):
    """Whether the row's agency told, or was told."""

    SENT = "sent"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Telling:
    """That the row's agency told another or was told by it; `at_once` for a call or a talk, which
    both have on the same day, and the words it rests on."""

    way: Way
    other: str
    at_once: bool
    words: str


_CLAUSE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z“\"'(\d])|\n")
_DENIED: Final = words_of("denied")

_AT_ONCE: Final = words_of("at once")
_BY_POST: Final = words_of("by post")
_TOLD: Final = words_of("told")
_PASSIVE: Final = words_of("was told")
_SPOKE: Final = words_of("got in touch")
_THINGS: Final = words_of("papers")
_SENDING: Final = _THINGS | words_of("sent")
_SHARING: Final = words_of("shared with")
_RECEIVING: Final = _THINGS | words_of("received")
_LISTING: Final = frozenset(("and", "&", "the", "both", "plus", "also"))
_FILLERS: Final = words_of("fillers")
_INCOMING = re.compile(
    r"\b(letter in|letters? received|incoming|received|discharge summary|letter from"
    r"|correspondence|clinic letter|letter)\b",
    re.I,
)
_CUSTOMARILY_SENT: Final = (
    # Notifications of incidents go from the police to children's social care.
    (
        re.compile(r"\b(?:notice|notification|ppn|merlin)\b(?: was)?(?: sent| \d)", re.I),
        "police",
        "social care",
    ),
    # Paediatric liaison tells the health visitor or school nurse of an attendance.
    (re.compile(r"\bliaison form\b", re.I), "hospital", "health visiting"),
)
_CUSTOMARILY_RECEIVED: Final = (
    (
        re.compile(r"\b(?:liaison form|(?:birth|antenatal) notification)\b", re.I),
        "hospital",
        "health visiting",
    ),
    (re.compile(r"\bdischarge (?:summary|letter)\b", re.I), "hospital", "gp"),
    # Social care writes and sends the minutes of conferences.
    (re.compile(r"\bminutes (?:received|scanned)\b", re.I), "social care", ""),
)


@dataclass(frozen=True)
class Known:
    """Whose names stand for whom: the agencies, their workers by name, and the family's names."""

    directory: Directory
    staff: Mapping[str, str]
    family: frozenset[str] = frozenset()


def tellings_of(account: Account, known: Known) -> list[Telling]:
    """What the row's own words say of telling and being told; each way and agency once."""
    found: dict[tuple[Way, str], Telling] = {}
    for one in _all(account, known):
        if one.other != account.agency:
            found.setdefault((one.way, one.other), one)
    return list(found.values())


def _all(account: Account, known: Known) -> Iterator[Telling]:
    for text in (account.event, account.response):
        for clause in _CLAUSE.split(plain(text)):
            yield from _Clause(clause, account.agency, known).tellings()
    for _, _, code in known.directory.mentions(tokens(plain(account.told))):
        yield Telling(Way.SENT, code, False, account.told)
    yield from _incoming(account, known.directory)
    yield from _unaddressed(account, known.directory)


def _incoming(account: Account, directory: Directory) -> Iterator[Telling]:
    """A letter or form that came in: whoever it is from stands in its first words."""
    if not _INCOMING.search(account.source):
        return
    head = tokens(plain(account.event))[:4]
    for place, _, code in directory.mentions(head):
        if place <= 1 and code != account.agency:
            yield Telling(Way.RECEIVED, code, False, account.source)
            return


def _unaddressed(account: Account, directory: Directory) -> Iterator[Telling]:
    """Papers that by their kind go from one kind of agency to another, where no one is named."""
    own = directory.kinds_of.get(account.agency, frozenset())
    for pattern, sender, receiver in _CUSTOMARILY_SENT:
        if sender in own and _affirmed(pattern, account.response):
            for other in directory.by_kind.get(receiver, ()):
                yield Telling(Way.SENT, other, False, account.response)
    words = f"{account.source}\n{account.event}\n{account.response}"
    for pattern, sender, receiver in _CUSTOMARILY_RECEIVED:
        mine = receiver in own or (not receiver and sender not in own)
        if mine and _affirmed(pattern, words):
            for other in directory.by_kind.get(sender, ()):
                yield Telling(Way.RECEIVED, other, False, words)


def _affirmed(pattern: re.Pattern[str], text: str) -> bool:
    found = pattern.search(text)
    return found is not None and not _DENIED.intersection(tokens(text[: found.start()])[-3:])


class _Clause:
    def __init__(self, text: str, own: str, known: Known) -> None:
        directory, staff = known.directory, known.staff
        self.text = text
        self.family = known.family
        self.written = as_written(text)
        self.words = [word.lower() for word in self.written]
        self.own = own
        named = list(directory.mentions(self.words))
        taken = {place for start, end, _ in named for place in range(start, end)}
        named += [
            (place, place + 1, staff[word])
            for place, word in enumerate(self.words)
            if word in staff and place not in taken
        ]
        self.mentions = sorted(named)
        self.at_once = bool(_AT_ONCE.intersection(self.words)) and not _BY_POST.intersection(
            self.words
        )

    def tellings(self) -> Iterator[Telling]:
        """Each other agency that the clause says was told or told us."""
        last: tuple[int, Way] | None = None
        heard = False
        for start, end, code in self.mentions:
            way = self._way(start, end, heard)
            if way is None and last is not None and self._only_listing(last[0], start):
                way = last[1]
            if way is not None and not self._denied(start, end):
                last = (end, way)
                heard = heard or (way is Way.RECEIVED and code != self.own)
                if code != self.own:
                    yield Telling(way, code, self.at_once, self.text)

    def _way(self, start: int, end: int, heard: bool) -> Way | None:
        before = self._before(start)
        said = set(self.words[:start])
        if not heard and self._addressed(before, start, said):
            return Way.SENT
        if before == "from" and (said | set(self.words[end : end + 4])) & _RECEIVING:
            return Way.RECEIVED
        if before == "by" and said & (
            _TOLD | {"referred", "reported", "raised", "shared", "sent", "seen"}
        ) - {"seen"}:
            return Way.RECEIVED
        if before in _TOLD and not heard and not self._by_family(before, start):
            return Way.SENT
        return self._as_subject(start, end)

    def _addressed(self, before: str, start: int, said: set[str]) -> bool:
        if before == "and":
            before = "to" if "to" in self.words[max(0, start - 4) : start] else ""
        if before == "to":
            return bool(said & _SENDING)
        lately = set(self.words[max(0, start - 6) : start])
        return (before == "with" and bool(lately & _SHARING)) or (
            before == "for" and "message" in said
        )

    def _by_family(self, verb: str, start: int) -> bool:
        """Whether a parent or child, not the agency, is the one who told."""
        place = max(at for at in range(start) if self.words[at] == verb)
        return any(
            word in PART_OF or word in self.family for word in self.words[max(0, place - 2) : place]
        )

    def _as_subject(self, start: int, end: int) -> Way | None:
        """What the words after the agency say: it told us, or it was told."""
        ahead = self.words[end : end + 5]
        if ahead and ahead[0] in _THINGS:
            return Way.RECEIVED
        for place, word in enumerate(ahead):
            follows = ahead[place + 1] if place + 1 < len(ahead) else ""
            if word in _PASSIVE and (
                not follows
                or follows in ("by", "of", "and", "in", "at", "on", "same")
                or follows[0].isdigit()
            ):
                return Way.SENT
            if word in _SPOKE:
                return None if follows == "apologies" else Way.RECEIVED
            if word in (
                "and",
                "to",
                "by",
                "with",
                "of",
                "at",
                "in",
                "is",
                "was",
                "for",
                "has",
                "had",
            ):
                return None
        return None

    def _before(self, start: int) -> str:
        place = start - 1
        while place >= 0 and (self.words[place] in _FILLERS or self._is_name(place)):
            place -= 1
        return self.words[place] if place >= 0 else ""

    def _is_name(self, place: int) -> bool:
        return place > 0 and self.written[place][:1].isupper()

    def _only_listing(self, start: int, end: int) -> bool:
        between = self.words[start:end]
        return len(between) <= 2 and all(word in _LISTING for word in between)

    def _denied(self, start: int, end: int) -> bool:
        near = [*self.words[max(0, start - 8) : start], *self.words[end : end + 1]]
        if {"asking", "requesting", "suggesting"} & set(self.words[max(0, start - 6) : start]):
            return True
        planned = self.words[end : end + 2] == ["to", "be"] or "requested" in near
        wished = self.words[:1] == ["to"] or "will" in near
        return bool(_DENIED.intersection(near)) or planned or wished


def staff_of(
    accounts: Sequence[Account], directory: Directory, family: frozenset[str]
) -> dict[str, str]:
    """Names that rows give to workers of one agency ("social worker Jo Smith"), to its code.

    A doctor whom only one agency names in its own rows is taken for that agency's.
    """
    said: dict[str, set[str]] = {}
    doctors: dict[str, set[str]] = {}
    for account in accounts:
        text = plain(f"{account.event}\n{account.response}")
        for word, code in _named_workers(text, directory):
            said.setdefault(word, set()).add(code)
        for name in _DOCTOR.findall(text):
            doctors.setdefault(name.lower(), set()).add(account.agency)
    found = {
        word: min(codes) for word, codes in (*doctors.items(), *said.items()) if len(codes) == 1
    }
    return {word: code for word, code in found.items() if word not in family | _NO_NAME}


_NO_NAME: Final = COMMON | NOT_A_NAME | _THINGS | words_of("never a worker's name")
_TITLES: Final = frozenset(("Dr", "Mr", "Mrs", "Ms", "Miss", "Sister", "Nurse"))
_DOCTOR = re.compile(r"\bDr (?:[A-Z][a-z]+ )?([A-Z][a-z]+(?:-[A-Z][a-z]+)?)")
_PIECE = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|[.,;:()]")


def _named_workers(text: str, directory: Directory) -> Iterator[tuple[str, str]]:
    words = _PIECE.findall(text)
    for _, end, code in directory.mentions([word.lower() for word in words]):
        names = [word for word in words[end : end + 3] if word not in _TITLES][:2]
        for word in names:
            if len(word) < 3 or not (word[0].isupper() and word[1:].islower()):
                break
            yield word.lower(), code
