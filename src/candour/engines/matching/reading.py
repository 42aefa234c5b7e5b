"""A row read for matching: its words, kinds, people, agencies and the days it speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from math import log
from typing import Final

from candour.engines.matching.account import Account
from candour.engines.matching.case import PART_OF, Case
from candour.engines.matching.days import Said, days_said
from candour.engines.matching.injury import of_the_injury
from candour.engines.matching.kinds import MEETINGS, OCCASIONS, kinds_in
from candour.engines.matching.lexicon import words_of
from candour.engines.matching.words import plain, telling, tokens
from candour.engines.telling import Directory, Telling, tellings

Window = tuple[date, date]
OF_A_STREET: Final = words_of("of a street")
TELL_EVERY: Final = 250
"""Progress is told every so many rows."""
_NAME = re.compile(
    r"(?<![.!?:\"“] )(?<!^)(?<!\n)\b[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?\b"
    r"|\b(?:Mrs|Mr|Ms|Miss|Dr|DC|PC|PS|HV|SW) [A-Z][a-z]+"
)
_STREET = re.compile(rf"\b([A-Z][a-z]+)(?:'s)? (?:{'|'.join(OF_A_STREET)})\b", re.IGNORECASE)
_CAPITAL = re.compile(r"\b[A-Z][a-z]{2,9}\b")
_PET_ENDING = re.compile(r"(?:ie|y|i|o|ey)$|(?<=[a-z]{3})s$")
_MONTHS: Final = words_of("of a calendar")


@dataclass(frozen=True)
class Read:
    """A row as read. `keys` are what it can share with another row, each with its kind before a
    colon: `kind:` of contact, `name:` of somebody, `word:` of the text."""

    account: Account
    place: int
    occasion: str
    kinds: frozenset[str]
    people: frozenset[str]
    children: frozenset[str]
    names: frozenset[str]
    words: Mapping[str, str]
    agencies: Set[str]
    named: Set[str]
    agency_words: Mapping[str, str]
    tellings: tuple[Telling, ...]
    said: tuple[Said, ...]
    window: Window | None
    slipped: Window | None = None
    text: str = ""
    of_the_injury: bool = False

    @cached_property
    def keys(self) -> frozenset[str]:
        """Everything it can share with another row."""
        return frozenset(
            (
                *(f"kind:{kind}" for kind in self.kinds),
                *(f"name:{name}" for name in self.names),
                *(f"word:{word}" for word in self.words),
            )
        )

    @cached_property
    def days(self) -> tuple[int, int] | None:
        """Its window as numbers of days, which are compared faster than dates."""
        return (self.window[0].toordinal(), self.window[1].toordinal()) if self.window else None

    @cached_property
    def told(self) -> frozenset[tuple[str, str]]:
        """Who told whom, as far as the one who told says so."""
        return frozenset((one.by, one.to) for one in self.tellings if one.sent)

    @cached_property
    def heard(self) -> frozenset[tuple[str, str]]:
        """Who told whom, as far as the one told says so."""
        return frozenset((one.by, one.to) for one in self.tellings if not one.sent)

    @cached_property
    def arrived(self) -> bool:
        """Whether the row tells of word that arrived by post or notice, so that its day may be
        later than what it tells of."""
        return any(not one.sent and not one.at_once for one in self.tellings)


@dataclass(frozen=True)
class Weights:
    """How telling each key is among these rows: the rarer, the heavier (inverse frequency)."""

    of: Mapping[str, float] = field(default_factory=dict)


def read_all(
    accounts: Sequence[Account], case: Case, tell: Callable[[int], None] = lambda done: None
) -> tuple[list[Read], Weights, Directory]:
    """Every account read, with the weight of each key among them. `tell` is told how many are."""
    directory = directory_of(accounts, case)
    reader = _Reader(case, directory)
    slips = _january_slips(accounts)
    read = []
    for place, account in enumerate(accounts):
        if place % TELL_EVERY == 0:
            tell(place)
        read.append(reader.read(place, account, slips.get(place)))
    return _marked(read), _weights(read), directory


def directory_of(accounts: Iterable[Account], case: Case) -> Directory:
    """How the agencies are named in each other's rows."""
    texts: dict[str, list[str]] = {}
    for one in accounts:
        texts.setdefault(one.agency, []).append(f"{one.event}\n{one.response}")
    family = (word for person in case.people for word in person.names)
    return Directory(case.agencies, texts, family)


def _marked(read: Sequence[Read]) -> list[Read]:
    marked = of_the_injury(read)
    return [replace(one, of_the_injury=True) if one.place in marked else one for one in read]


def _weights(read: Sequence[Read]) -> Weights:
    counted = Counter(key for one in read for key in one.keys)
    # Small reviews: a word in two of fifty rows is as telling as one in two of two hundred.
    total = max(len(read), 200)
    return Weights({key: log(total / times) for key, times in counted.items()})


class _Reader:
    def __init__(self, case: Case, directory: Directory) -> None:
        self.directory = directory
        self.family = frozenset(word for person in case.people for word in person.all_names)
        self.given = {word: person for person in case.people for word in person.names}
        self.short: dict[str, str] = {}
        self.children = case.children
        self.by_part = {person.part: person.id for person in case.people if person.part}

    def read(self, place: int, account: Account, slipped: Window | None) -> Read:
        text, own = plain(f"{account.event}\n{account.response}"), _window(account)
        words = tokens(text)
        people, used = self._people((*words, *self._nicknames(text)), tokens(account.about))
        kinds, named, taken = self._matters(text, words)
        shared = self._no_name(text, words) | used
        names = _names(text) - shared
        spent = taken | names | shared
        return Read(
            account=account,
            place=place,
            occasion=_occasion(account),
            kinds=kinds,
            people=people,
            children=people & self.children,
            names=names,
            words=telling(word for word in words if word not in spent),
            agencies=named.keys() - {account.agency},
            agency_words=named,
            named=named.keys() | self._named(account.comment),
            tellings=tellings(account, self.directory),
            said=_said(account, own, slipped),
            window=own,
            slipped=slipped,
            text=text,
        )

    def _matters(
        self, text: str, words: Sequence[str]
    ) -> tuple[frozenset[str], dict[str, str], set[str]]:
        """The kinds of contact, the agencies with what they are called by, and the words of both,
        which say nothing more of what happened."""
        kinds, mentions = list(kinds_in(words)), self.directory.mentions(text)
        called = [(one.code, tokens(text[one.start : one.end])) for one in mentions]
        taken = {words[at] for start, end, _ in kinds for at in range(start, end)}
        taken.update(word for _, name in called for word in name)
        named = {code: " ".join(name) for code, name in called}
        return frozenset(kind for _, _, kind in kinds), named, taken

    def _named(self, text: str) -> set[str]:
        return {one.code for one in self.directory.mentions(text)}

    def _no_name(self, text: str, words: Sequence[str]) -> frozenset[str]:
        """Words with a capital that tell no event from another: the family's, streets', months'."""
        no_name = self.family | _MONTHS
        if OF_A_STREET.isdisjoint(words):
            return no_name
        return no_name | {name.lower() for name in _STREET.findall(text)}

    def _nicknames(self, text: str) -> set[str]:
        """Given names that a word with a capital is short for, if for one only ("Tommy")."""
        found = set()
        for word in set(_CAPITAL.findall(text)):
            if word not in self.short:
                self.short[word] = self._given_name(word)
            found.add(self.short[word])
        return found - {""}

    def _given_name(self, word: str) -> str:
        cut = _PET_ENDING.sub("", word.lower())
        full = [name for name in self.given if len(cut) >= 3 and name.startswith(cut)]
        return full[0] if len(full) == 1 else ""

    def _people(
        self, words: Iterable[str], about: Iterable[str]
    ) -> tuple[frozenset[str], set[str]]:
        found, used = set(), set()
        for word in (*words, *about):
            person = self.given.get(word)
            if person is not None:
                found.add(person.id)
                used.add(word)
            elif PART_OF.get(word) in self.by_part:
                found.add(self.by_part[PART_OF[word]])
        return frozenset(found), used


def _names(text: str) -> frozenset[str]:
    """The last words of names written in the text."""
    found = {name.lower().split(" ")[-1] for name in _NAME.findall(text)}
    return frozenset(found - OF_A_STREET)


def _said(account: Account, own: Window | None, slipped: Window | None) -> tuple[Said, ...]:
    """The days the words speak of, seen from the row's day and from that of a mistyped year."""
    days = [window[1] for window in (own, slipped) if window]
    return tuple(one for day in days for one in days_said(account.event, day))


_SENTENCE_END = re.compile(r"(?<=[a-z0-9)])[.;]\s|\n")


def _occasion(account: Account) -> str:
    """What the row is, from its first words, else from its source; meetings before all else."""
    first = _SENTENCE_END.split(plain(account.event), maxsplit=1)[0]
    for words in (first, account.source):
        found = [kind for _, _, kind in kinds_in(tokens(plain(words))) if kind in OCCASIONS]
        meetings = [kind for kind in found if kind in MEETINGS]
        if found:
            return (meetings or found)[0]
    return ""


def _window(account: Account) -> Window | None:
    """Its days with both ends; an open end stands where the known one does."""
    start, end = account.earliest or account.latest, account.latest or account.earliest
    if start is not None and end is not None:
        return start, end
    return None


def _january_slips(accounts: Sequence[Account]) -> dict[int, Window]:
    """Days early in a year that the rows around them place a year later: a year mistyped.

    The day stays as typed; the other is only tried when looking for the same event.
    """
    found: dict[int, Window] = {}
    for place, one in enumerate(accounts):
        if one.earliest is None or one.latest is None or one.earliest.month > 2:
            continue
        near = [
            other.earliest
            for other in accounts[max(0, place - 2) : place + 3]
            if other is not one and other.agency == one.agency and other.earliest is not None
        ]
        later = [day for day in near if day > one.earliest + timedelta(days=180)]
        if (
            len(near) >= 2
            and len(later) > len(near) / 2
            and (one.earliest.month, one.earliest.day) != (2, 29)
        ):
            shifted = one.earliest.replace(year=one.earliest.year + 1)
            found[place] = (shifted, shifted + (one.latest - one.earliest))
    return found
