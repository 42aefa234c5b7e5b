"""Tellings that the kind of a row implies, though nobody is named as told or telling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from candour.engines.matching.account import Account
from candour.engines.matching.agencies import Directory
from candour.engines.matching.contact import CLAUSE, Telling, Way
from candour.engines.matching.kinds import MEETINGS, kinds_in
from candour.engines.matching.lexicon import words_of
from candour.engines.matching.words import plain, tokens

_DENIED: Final = words_of("denied")
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


def customary(account: Account, directory: Directory) -> Iterator[Telling]:
    """What the row implies: letters that came in, papers by their kind, those at a meeting."""
    yield from _incoming(account, directory)
    yield from _unaddressed(account, directory)
    yield from _at_a_meeting(account, directory)


def _at_a_meeting(account: Account, directory: Directory) -> Iterator[Telling]:
    """Social care convenes; what it says at a meeting it says to those it records as there."""
    convenes = "social care" in directory.kinds_of.get(account.agency, frozenset())
    first = tokens(CLAUSE.split(plain(account.event), maxsplit=1)[0])
    if not convenes or not any(kind in MEETINGS for _, _, kind in kinds_in(first)):
        return
    for piece in _PIECES.split(plain(account.event)):
        words = tokens(piece)
        if not _ABSENT.search(piece):
            for _, _, code in directory.mentions(words):
                yield Telling(Way.SENT, code, True, account.event)


_PIECES = re.compile(r"[.;,:]| and | but ")
_ABSENT = re.compile(
    r"\b(?:absent|apologies|invited|did not|not (?:present|there|attend)"
    r"|sent|reports?|said|no|noted|date)\b",
    re.IGNORECASE,
)


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
