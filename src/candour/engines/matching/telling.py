"""Who told whom, as one row's own words say: "rang the health visitor", "letter from audiology".

Only what the words say plainly is taken: a clause with a denial, a wish or a plan in it gives
nothing. It remains a proposal; what a person confirms decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from candour.engines.matching.account import Account
from candour.engines.matching.agencies import Directory
from candour.engines.matching.case import PART_OF
from candour.engines.matching.contact import CLAUSE, Telling, Way
from candour.engines.matching.customs import customary
from candour.engines.matching.lexicon import words_of
from candour.engines.matching.words import as_written, plain, tokens

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
    for text, done in ((account.event, False), (account.response, True)):
        for clause in CLAUSE.split(plain(text)):
            yield from _Clause(clause, account.agency, known, done).tellings()
    for _, _, code in known.directory.mentions(tokens(plain(account.told))):
        yield Telling(Way.SENT, code, False, account.told)
    yield from customary(account, known.directory)


_LEADS_ELSEWHERE: Final = frozenset(
    ["and", "to", "by", "with", "of", "at", "in", "is", "was", "for", "has", "had"]
)


def _ends_there(follows: str) -> bool:
    """Whether "informed", say, is passive by what follows it: nothing, a small word, a number."""
    small = ("by", "of", "and", "in", "at", "on", "same")
    return not follows or follows in small or follows[0].isdigit()


class _Clause:
    def __init__(self, text: str, own: str, known: Known, done: bool) -> None:
        self.done = done
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
            # "GP letter." among what was done is a letter to the GP.
            return Way.RECEIVED if not self.done else Way.SENT if len(self.words) <= 3 else None
        if self.done and ahead and len(ahead) <= 2 and ahead[-1] in _TOLD:
            return Way.SENT
        for place, word in enumerate(ahead):
            follows = ahead[place + 1] if place + 1 < len(ahead) else ""
            if word in _PASSIVE and _ends_there(follows):
                return Way.SENT
            if word in _SPOKE:
                return None if follows in ("apologies", "for") else Way.RECEIVED
            if word in _LEADS_ELSEWHERE:
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
