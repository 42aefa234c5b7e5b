"""The rows of the injury or death that a review is about, and of word of it in the days after."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from candour.engines.matching.kinds import INJURY

if TYPE_CHECKING:
    from candour.engines.matching.reading import Read

_AFTER_THE_INJURY: Final = 60
WORD_OF_IT: Final = 4
"""So many days later an agency may first hear of it."""
_STILL = re.compile(r"\b(?:still|remains?|stays?|discharged?)\b", re.IGNORECASE)


def of_the_injury(read: Sequence[Read]) -> set[int]:
    """The places of the rows of the injury or death that the review is about: the last that rows
    tell of, undated rows that speak of "the incident", and word of it in the days after: an agency
    is told that the child is in hospital."""
    telling = [one for one in read if INJURY in one.kinds]
    days = [one.days[0] for one in telling if one.days]
    since = max(days, default=0) - _AFTER_THE_INJURY
    told_of = [one for one in telling if one.days is None or one.days[0] >= since]
    news = (one for one in read if _word_of(one, told_of))
    return {one.place for one in (*told_of, *news)}


def _word_of(one: Read, told_of: Sequence[Read]) -> bool:
    """Whether an agency was told, days after, that the same child is in hospital."""
    news = "hospital attendance" in one.kinds and not _STILL.search(one.text)
    if not news or not one.heard or one.days is None:
        return False
    return any(
        other.days is not None
        and 0 <= one.days[0] - other.days[0] <= WORD_OF_IT
        and bool(one.children & other.children)
        for other in told_of
    )
