"""Records held on a day: what an agency's own rows show it to have held then, and no later word.

What an agency held is its own row, never another agency's account of the same event: the police
log is not what social care had in front of it. A word that the row dates later is left out.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from candour.engines.dates import DayOrder
from candour.engines.knowledge.days_named import days_named
from candour.engines.knowledge.facts import Fact, Held, Status

_SENTENCE: Final = re.compile(r"(?<=[.;!?])\s+|\n+")


@dataclass(frozen=True)
class Known:
    """The rows by which an agency held something on a day.

    `strict`: held on that day whichever day within the uncertain days is right. `possible`: held
    on that day if one of them is. Every strict row is possible too.
    """

    strict: tuple[Hashable, ...]
    possible: tuple[Hashable, ...]


def known(facts: Iterable[Fact], agency: str, on: date) -> Known:
    """Return the rows that show what an agency held at the end of a day, each once, in order."""
    strict: dict[Hashable, None] = {}
    possible: dict[Hashable, None] = {}
    for held in _recorded(facts, agency):
        if held_for_certain(held.latest, on):
            strict.setdefault(held.evidence)
        if perhaps_held(held.earliest, held.latest, on):
            possible.setdefault(held.evidence)
    return Known(tuple(strict), tuple(possible))


def held_for_certain(latest: date | None, on: date) -> bool:
    """Whether the last of the days from which it may have been held is past. Unknown is not."""
    return latest is not None and latest <= on


def perhaps_held(earliest: date | None, latest: date | None, on: date) -> bool:
    """Whether the first of those days is past. A start left open counts only with an end known."""
    if earliest is None:
        return latest is not None and latest <= on
    return earliest <= on


def _recorded(facts: Iterable[Fact], agency: str) -> Iterator[Held]:
    for fact in facts:
        held = fact.held_by(agency)
        if held.status is Status.RECORDED:
            yield held


def words_by(text: str, on: date, near: date | None, order: DayOrder = DayOrder.AUTO) -> str:
    """Return a text without the sentences that name a day after `on`.

    `near` is the row's own day; a day named without a year is read as the nearest on either side,
    so that "report sent 5 April" in a row of March is taken for the April that follows.
    """
    kept = []
    at = 0
    for gap in [*_SENTENCE.finditer(text), None]:
        end = gap.end() if gap else len(text)
        sentence = text[at:end]
        if not _names_later_day(sentence, on, near, order):
            kept.append(sentence)
        at = end
    return "".join(kept).strip()


def _names_later_day(sentence: str, on: date, near: date | None, order: DayOrder) -> bool:
    before = {named.start: named for named in days_named(sentence, near, order)}
    after = {named.start: named for named in days_named(sentence, near, order, later=True)}
    for start in before.keys() | after.keys():
        choices = [found for found in (before.get(start), after.get(start)) if found]
        nearest = min(
            choices, key=lambda found: abs((found.earliest - (near or found.earliest)).days)
        )
        if nearest.earliest > on:
            return True
    return False
