"""Days and times that cannot all be right, told from those that word on its way accounts for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from candour.engines.matching.kinds import MEETINGS
from candour.engines.matching.reading import Read, Window

Found = Iterator[tuple[str, str]]
"""The type of a difference and what each row says."""


def days_differ(one: Read, other: Read) -> Found:
    mine, theirs = one.window, other.window
    if mine is None or theirs is None or _meet(mine, theirs):
        return
    for slip, beside in ((one, theirs), (other, mine)):
        if slip.slipped and _meet(slip.slipped, beside):
            yield "date_slip", "the year of a January date may be last year's"
            return
    if _explained(one, other):
        return
    if _one_moment(one, other):
        yield "date", f"{_said(one)}; {_said(other)}"


def _explained(one: Read, other: Read) -> bool:
    """Whether word that travelled, or the words themselves, account for the days."""
    if _talked(one, other):
        return False
    later, earlier = (one, other) if start_of(one) > start_of(other) else (other, one)
    spoken = [(day.earliest, day.latest) for day in later.said]
    named = earlier.window is not None and any(_meet(day, earlier.window) for day in spoken)
    return later.arrived or named or bool(_PERFECT.search(later.account.event))


_PERFECT = re.compile(
    r"\b(?:has|have|had) (?:\w+ )?(?:left|moved|gone|been|died|started|ended)\b", re.I
)


def start_of(one: Read) -> Window:
    if one.window is None:
        raise ValueError("only rows with days are compared")
    return one.window


def _one_moment(one: Read, other: Read) -> bool:
    """Whether both tell of something that both must have on the same day."""
    same = one.occasion == other.occasion and one.occasion not in (
        "",
        "critical injury",
        "referral",
    )
    meeting = one.occasion in MEETINGS and other.occasion in MEETINGS
    change = {"household change", "move of home"} & one.kinds & other.kinds
    return same or meeting or bool(change) or _talked(one, other)


def _talked(one: Read, other: Read) -> bool:
    """Whether the two agencies' rows are the two ends of one call or talk."""
    mine, theirs = one.account.agency, other.account.agency
    ways = {t.sent for t in one.tellings if t.other == theirs and t.at_once}
    back = {t.sent for t in other.tellings if t.other == mine and t.at_once}
    return (True in ways and False in back) or (False in ways and True in back)


def _meet(one: Window, other: Window) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _said(one: Read) -> str:
    start, end = start_of(one)
    days = f"{start:%d/%m/%Y}" if start == end else f"{start:%d/%m/%Y} to {end:%d/%m/%Y}"
    return f"{one.account.agency}: {days}"


_CLOCK = re.compile(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)\b")


def times_differ(one: Read, other: Read) -> Found:
    for mine, theirs in ((one, other), (other, one)):
        own = theirs.account.time_from
        if not own or theirs.window is None:
            continue
        for said in _times_said(mine, theirs.window):
            if 15 <= abs(_minutes(said) - _minutes(own)) <= 240:
                yield "time", f"{mine.account.agency}: {said}; {theirs.account.agency}: {own}"
                return
    acts, others = _clocked(one), _clocked(other)
    for act in acts.keys() & others.keys():
        if abs(_minutes(acts[act]) - _minutes(others[act])) >= 15:
            mine_at = f"{acts[act]} ({one.account.agency})"
            yield "time", f"{act}: {mine_at}; {others[act]} ({other.account.agency})"
    if one.occasion == other.occasion and one.occasion in MEETINGS and one.window == other.window:
        mine_at, theirs_at = one.account.time_from, other.account.time_from
        if mine_at and theirs_at and abs(_minutes(mine_at) - _minutes(theirs_at)) >= 15:
            yield "time", f"{one.account.agency}: {mine_at}; {other.account.agency}: {theirs_at}"


def _clocked(one: Read) -> dict[str, str]:
    """Times given to an act in so many words ("found at 17:50"), by the act."""
    if not _CLOCK.search(one.text):
        return {}
    return {
        match[1].lower(): f"{int(match[2]):02}:{match[3]}" for match in _ACT_AT.finditer(one.text)
    }


_ACT_AT = re.compile(
    r"\b(found|left|arrived|seen|born|died|collapsed|called|returned|fell)"
    r" (?:at|about|around) ([01]?\d|2[0-3])[:.]([0-5]\d)\b",
    re.IGNORECASE,
)


def _times_said(one: Read, day: Window) -> Iterator[str]:
    """Times of day that the words give right after naming that very day."""
    for said in one.said:
        if (said.earliest, said.latest) == day and day[0] == day[1]:
            match = _CLOCK.search(one.account.event[said.end : said.end + 20])
            if match:
                yield f"{int(match[1]):02}:{match[2]}"


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:5])
