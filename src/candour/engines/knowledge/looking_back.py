"""Rows that tell of an earlier event: what an agency heard of later, in a row about something else.

A row looks back on a fact only where its own words place it there: another agency that has the fact
told it, or is named in it, and the row names the fact's day, or says things of it that the row's
own event does not. Few are found; each is a suggestion.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from candour.engines.knowledge.account import Account
from candour.engines.knowledge.days_named import days_named
from candour.engines.knowledge.holding import Rows, day_held
from candour.engines.matching.words import stem
from candour.engines.telling.phrases import MEETING

FARTHEST: Final = timedelta(days=90)
_LASTING: Final = tuple(
    (lasts, re.compile(goes_on, re.IGNORECASE), re.compile(began, re.IGNORECASE))
    for lasts, goes_on, began in (
        # Whoever is told that a child is in hospital is told of what brought it there.
        (
            timedelta(days=7),
            r"\bin (?:hospital|intensive care)\b|\bon the ward\b",
            r"\b(?:intensive care|admitted|ambulance|life.threatening|intubated|resuscitat\w+)\b",
        ),
        # Whoever is told that a woman is pregnant is told what was found when it was booked.
        (
            timedelta(days=280),
            r"\bis (?:\w+ ){0,3}pregnant\b",
            r"\bbook(?:ing|ed)\b[^.;]*\bpregnancy\b|\bis pregnant\b",
        ),
    )
)
"""What lasts: how long, how a later row says that it still does, how the fact says it began."""
FARTHEST_THAT_LASTS: Final = timedelta(days=280)
ENOUGH: Final = 1.25
SOME: Final = 1.1
FIGURE: Final = 1.5
_WORD: Final = re.compile(r"[^\W\d_]{3,}|\d+(?:[.:]\d+)?\s?%?")
_OF_THE_CALENDAR: Final = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)",
    re.IGNORECASE,
)
_TOO_COMMON: Final = frozenset(
    re.findall(
        r"\w+",
        """about after again also and any are been before being both but can care case child
        children concern concerns contact did family for from further had has have health her
        him his home letter mother mum father not now number off one out referral referred said
        school seen she social the their them then there they this told two visit was were week
        weeks when which who will with yes you service services police hospital noted action
        none filed closed received later today email mail telephone phone call""",
    )
)


@dataclass(frozen=True)
class LookingBack:
    """A row that tells of an earlier fact; `why` says in words what in the row points there."""

    account: Account
    from_whom: str
    why: str


class Index:
    """The words of every row of a case, weighed by how few rows use them."""

    def __init__(self, accounts: Sequence[Account], rows: Rows) -> None:
        self._rows = rows
        lower = {word for account in accounts for word in _lower_words(account.words)}
        self._words: dict[Hashable, frozenset[str]] = {
            account.ref: frozenset(_content(account.words, lower)) for account in accounts
        }
        counts = Counter(word for words in self._words.values() for word in words)
        scale = math.log(max(len(accounts), 3))
        self._weight = {
            word: math.log(len(accounts) / count) / scale * (FIGURE if "%" in word else 1)
            for word, count in counts.items()
        }
        self._told_by: dict[str, list[Account]] = defaultdict(list)
        self._teller: dict[Hashable, frozenset[str]] = {}
        for account in accounts:
            tellers = frozenset(_tellers(account, rows))
            self._teller[account.ref] = tellers
            for teller in tellers:
                self._told_by[teller].append(account)
        for listed in self._told_by.values():
            listed.sort(key=_day)

    def looking_back_on(
        self, fact: Sequence[Account], groups: Mapping[Hashable, Sequence[Account]]
    ) -> dict[str, LookingBack]:
        """Return, by agency, the first row that looks back on a fact it has no row of its own for.

        `groups` gives the rows that tell of the same event as each row.
        """
        owners = {account.agency for account in fact}
        found: dict[str, LookingBack] = {}
        for row in sorted(self._nearby(fact, owners), key=_day):
            if row.agency in owners or row.agency in found:
                continue
            back = self._back(row, fact, groups.get(row.ref, (row,)))
            if back:
                found[row.agency] = back
        return found

    def _nearby(self, fact: Sequence[Account], owners: set[str]) -> Iterator[Account]:
        days = [day for account in fact for day in account.window if day]
        if not days:
            return
        first, last = min(days), max(days) + FARTHEST_THAT_LASTS
        seen: set[Hashable] = set()
        for owner in owners:
            for row in self._told_by.get(owner, ()):
                if row.ref not in seen and first <= _day(row) <= last:
                    seen.add(row.ref)
                    yield row

    def _back(
        self, row: Account, fact: Sequence[Account], own: Sequence[Account]
    ) -> LookingBack | None:
        tellers = self._teller[row.ref]
        theirs = [account for account in fact if account.agency in tellers]
        teller = theirs[0].agency
        told = any(telling.by == teller for telling in self._rows.told_by(row))
        if told and _still_lasts(row, fact):
            return LookingBack(row, teller, f"told by {teller} of what lasted")
        if _days_after(row, fact) > FARTHEST:
            return None
        weight, shared = self._new_words(row, fact, own)
        if told and _names_the_day(row, fact):
            return LookingBack(row, teller, f"told by {teller}, it names the day")
        if told and self._sent_that_day(theirs, row):
            return LookingBack(row, teller, f"{teller} records telling on the same day")
        if self._names_agency_and_month(row, fact, own):
            return LookingBack(row, teller, f"it names {teller} and the month")
        needed = SOME if self._said_to_have_told(theirs, row.agency) else ENOUGH
        if weight >= needed and (told or MEETING.search(row.words + row.source)):
            return LookingBack(row, teller, f"{teller} and: {', '.join(shared)}")
        return None

    def _names_agency_and_month(
        self, row: Account, fact: Sequence[Account], own: Sequence[Account]
    ) -> bool:
        """Whether it names an agency that its own event does not involve, and the fact's month."""
        involved = {account.agency for account in own}
        named = {mention.code for mention in self._rows.directory.mentions(row.event)} - involved
        theirs = [account for account in fact if account.agency in named]
        words = self._words[row.ref]
        return any(words & self._words[account.ref] for account in theirs) and _names_the_month(
            row, theirs
        )

    def _sent_that_day(self, theirs: Sequence[Account], row: Account) -> bool:
        """Whether the teller's own row says that it told this agency on the very day of this."""
        return row.earliest is not None and any(
            account.window == row.window == (row.earliest, row.earliest)
            and self._said_to_have_told([account], row.agency)
            for account in theirs
        )

    def _said_to_have_told(self, accounts: Sequence[Account], agency: str) -> bool:
        return any(t.to == agency for account in accounts for t in self._rows.sent(account))

    def _new_words(
        self, row: Account, fact: Sequence[Account], own: Sequence[Account]
    ) -> tuple[float, list[str]]:
        """Weigh the words a row shares with a fact but not with other rows of its own event."""
        words = self._words[row.ref]
        explained = {
            word for account in own if account.ref != row.ref for word in self._words[account.ref]
        }
        shared = {
            word for account in fact for word in (words & self._words[account.ref]) - explained
        }
        ordered = sorted(shared, key=lambda word: (-self._weight[word], word))
        return sum(self._weight[word] for word in ordered), ordered[:4]


def _days_after(row: Account, fact: Sequence[Account]) -> timedelta:
    return _day(row) - max(day for account in fact for day in account.window if day)


def _still_lasts(row: Account, fact: Sequence[Account]) -> bool:
    """Whether the row says that something goes on which began with the fact."""
    return any(
        _days_after(row, fact) <= lasts
        and goes_on.search(row.event)
        and any(began.search(account.words) for account in fact)
        for lasts, goes_on, began in _LASTING
    )


def _tellers(row: Account, rows: Rows) -> Iterator[str]:
    yield from (telling.by for telling in rows.told_by(row))
    told = {telling.to for telling in rows.sent(row)}
    for mention in rows.directory.mentions(row.event):
        if mention.code != row.agency and mention.code not in told:
            yield mention.code


def _names_the_day(row: Account, fact: Sequence[Account]) -> bool:
    days = {
        account.earliest
        for account in fact
        if account.earliest and account.earliest == account.latest
    }
    near = row.latest or row.earliest
    return bool(days) and any(
        named.earliest == named.latest and named.earliest in days and named.earliest != row.earliest
        for named in days_named(row.event, near, row.day_order)
    )


def _names_the_month(row: Account, fact: Sequence[Account]) -> bool:
    near = row.latest or row.earliest
    return any(
        named.is_month and named.earliest <= account.earliest <= named.latest
        for named in days_named(row.event, near, row.day_order)
        for account in fact
        if account.earliest and account.earliest == account.latest
    )


def _day(account: Account) -> date:
    (earliest, latest), _ = day_held(account)
    return latest or earliest or date.max


def _lower_words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text) if word[0].islower()}


def _content(text: str, lower: set[str]) -> Iterator[str]:
    """Words that say what happened: no names (never seen in small letters), months or weekdays."""
    for word in _WORD.findall(text):
        small = word.lower()
        if word[0].isdigit():
            if "%" in word:
                yield small.replace(" ", "")
        elif small in lower and small not in _TOO_COMMON and not _OF_THE_CALENDAR.fullmatch(small):
            yield stem(small)
