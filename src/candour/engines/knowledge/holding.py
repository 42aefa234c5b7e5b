"""What each agency's rows show it to have held of a fact, from which day, and how.

Proposed from the words and the direction of contacts; a person confirms each before it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from candour.engines.knowledge.account import Account, Window
from candour.engines.knowledge.days_named import days_named
from candour.engines.knowledge.facts import Held, How, Status
from candour.engines.telling import Directory, Telling
from candour.engines.telling.phrases import NOT_THERE

_RECEIVED: Final = re.compile(r"\b(?:received|arrived|reached us|came in|opened|read)\b", re.I)
_LEARNED_LATER: Final = re.compile(
    r"\b(?:enquir\w+ later|later (?:established|found|learn\w*|emerged|discovered|disclosed)"
    r"|subsequently (?:established|found|learn\w*|emerged|discovered|disclosed)|came to light)\b",
    re.I,
)
_SENT: Final = re.compile(
    r"\b(?:sent|left|e-?mail(?:ed)?|faxed|notice|told|rang|posted|on)\b", re.I
)


@dataclass(frozen=True)
class Rows:
    """The rows of a case with the tellings that each records, by the row's reference."""

    directory: Directory
    tellings: Mapping[object, tuple[Telling, ...]]

    def told_by(self, account: Account) -> list[Telling]:
        """Return the tellings in which a row's own agency was told."""
        return [telling for telling in self.tellings[account.ref] if not telling.sent]

    def sent(self, account: Account) -> list[Telling]:
        """Return the tellings in which a row's own agency told another."""
        return [telling for telling in self.tellings[account.ref] if telling.sent]


def recorded(accounts: Iterable[Account], rows: Rows, others: Iterable[Account] = ()) -> Held:
    """Return an agency's hold on a fact of which it has rows of its own: from the first of them.

    `others` are other agencies' rows of the same fact: they lend a typed "10 July" its year.
    Where a later row names one day within the days of the first, that day is meant. A row whose
    date could not be read holds from the day it was written up, where it says so.
    """
    ordered = sorted(accounts, key=_order)
    first = ordered[0]
    (earliest, latest), basis = day_held(first)
    for other in ordered[1:]:
        if _within(other.window, (earliest, latest)):
            (earliest, latest), basis = day_held(other)
            first = other
    if earliest is None and latest is None:
        earliest, latest, basis = _day_lent(first, others, basis)
    how, whom = _how(first, rows)
    return Held(first.agency, Status.RECORDED, earliest, latest, how, whom, first.ref, basis)


def day_held(account: Account) -> tuple[Window, str]:
    """Return the days from which a row shows its agency to hold what it tells, and why."""
    earliest, latest = account.window
    if _LEARNED_LATER.search(account.words):
        return (latest, None), "the row says that this was learned later, not when"
    if NOT_THERE.search(account.words):
        received = _received_on(account)
        if received:
            return received, "stated in the entry: the day the paper was received"
    if earliest is None and latest is None:
        if account.recorded_on:
            return (account.recorded_on,) * 2, "the day the row was written up"
        return (None, None), "the row's date could not be read"
    if account.meant:
        return (account.meant,) * 2, "the day meant, where the typed year looks like a slip"
    return (earliest, latest), "entry date"


def _day_lent(
    account: Account, others: Iterable[Account], basis: str
) -> tuple[date | None, date | None, str]:
    """A typed day without a year, where another agency's row of the event gives that very day."""
    for other in others:
        day = other.earliest
        if day and day == other.latest:
            typed = list(days_named(account.typed, day, account.day_order))
            if typed and typed[0].earliest == typed[0].latest == day:
                return day, day, f"typed without a year; {other.agency} gives that day"
    return None, None, basis


def _within(inner: Window, outer: Window) -> bool:
    day = inner[0]
    if day is None or inner[1] != day or outer[0] is None or outer[1] is None:
        return False
    return outer[0] <= day <= outer[1] and outer[0] < outer[1]


def _received_on(account: Account) -> Window | None:
    near = account.earliest or account.latest
    for sentence in re.split(r"(?<=[.;])\s+|\n", account.words):
        if _RECEIVED.search(sentence):
            for named in days_named(sentence, near, account.day_order, later=True):
                return named.earliest, named.latest
    return None


def _how(account: Account, rows: Rows) -> tuple[How, str]:
    told = rows.told_by(account)
    if not told:
        return How.SAW, ""
    return (How.READ if told[0].way == "document" else How.TOLD), told[0].by


def sender_only(agency: str, accounts: Iterable[Account], rows: Rows) -> Held | None:
    """Return the first telling of this agency that others record, or None where none does."""
    senders = sorted(
        ((account, telling) for account in accounts for telling in rows.sent(account)
         if telling.to == agency),
        key=lambda pair: _order(pair[0]),
    )  # fmt: skip
    if not senders:
        return None
    account, telling = senders[0]
    earliest, latest = _day_sent(account, telling)
    how = How.READ if telling.way == "document" else How.TOLD
    basis = f"{telling.by} says that it told: {telling.words}"
    return Held(agency, Status.SENDER_ONLY, earliest, latest, how, telling.by, account.ref, basis)


def _day_sent(account: Account, telling: Telling) -> Window:
    for named in days_named(telling.words, account.earliest, account.day_order, later=True):
        return named.earliest, named.latest
    return account.window


def _order(account: Account) -> tuple[date, date]:
    (earliest, latest), _ = day_held(account)
    return earliest or latest or date.max, latest or date.max


def by_agency(accounts: Sequence[Account]) -> dict[str, list[Account]]:
    """Return the rows of a fact by the agency that wrote them."""
    found: dict[str, list[Account]] = {}
    for account in accounts:
        found.setdefault(account.agency, []).append(account)
    return found
