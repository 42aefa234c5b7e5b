"""Law and guidance on reviews in England, each with the time in which it governed new reviews."""

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class GuidanceDocument:
    """An Act, regulations or guidance; `since` and `until` are `YYYY`, `YYYY-MM` or a full day.

    An empty `until` means that it is still in force. `regime` is SCR or LCSPR.
    """

    title: str
    kind: str
    regime: str
    since: str
    until: str
    note: str


@cache
def guidance_documents() -> tuple[GuidanceDocument, ...]:
    """Everything that has governed reviews in England since 2006, oldest first."""
    text = (Path(__file__).parent / "guidance.toml").read_text(encoding="utf-8")
    return tuple(GuidanceDocument(**entry) for entry in tomllib.loads(text)["document"])


def in_force_on(day: date) -> tuple[GuidanceDocument, ...]:
    """What governed new reviews on that day.

    A beginning known only to its month counts from its first day, an end from its last, so that
    nothing is left out that may have been in force.
    """
    return tuple(
        each
        for each in guidance_documents()
        if _first(each.since) <= day and (not each.until or day <= _last(each.until))
    )


def _first(text: str) -> date:
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, day)


def _last(text: str) -> date:
    parts = list(map(int, text.split("-")))
    if len(parts) == 3:
        return date(*parts)
    month = parts[1] if len(parts) > 1 else 12
    return date(parts[0], month, monthrange(parts[0], month)[1])
