"""Gaps that an agency states itself ("no record for 2010"), told apart from rows that are missing.

A declared silence is a row, a title or a line of guidance that says so; a missing row is one that
another agency's words say there should be (`one_sided`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from candour.engines.dates import Context, read_date
from candour.engines.matching.account import Account
from candour.engines.matching.words import plain

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_SILENT = re.compile(
    r"\bno (?:recorded |known |case |clinical |further )?(?:contact|involvement|records?|entries"
    r"|notes|information|file)\b(?! with [^.]{0,30}\b(?:achieved|made)\b)"
    r"|\bnil return\b|\b(?:hold|have|has|held) (?:nothing|no (?:records?|information|file))\b"
    r"|\b(?:files?|records?|notes|volume)\b[^.]{0,80}\b(?:could not be found|cannot be found"
    r"|missing|lost|destroyed|weeded|not (?:been )?(?:found|located|traced|available|kept|held))\b"
    r"|\b(?:not|unable to) (?:locate|find|trace)\b[^.]{0,40}\b(?:file|records?|notes)\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    rf"(?:(?:before|prior to|until|after|since) )?(?:(?:\d{{1,2}} )?{_MONTH} )?(?:19|20)\d\d\b"
    rf"(?:\s*(?:to|until|and|-|through)\s*(?:(?:\d{{1,2}} )?{_MONTH} )?(?:19|20)\d\d\b)?",
    re.IGNORECASE,
)
_LONG: Final = timedelta(days=21)


@dataclass(frozen=True)
class Silence:
    """A period for which an agency says that it has nothing. None is an open end."""

    agency: str
    earliest: date | None
    latest: date | None
    words: str
    place: int | None = None

    def covers(self, window: tuple[date, date]) -> bool:
        """Whether the whole window lies in the silence."""
        return (self.earliest or date.min) <= window[0] and window[1] <= (self.latest or date.max)


def declared_in_rows(accounts: Iterable[Account]) -> Iterator[Silence]:
    """Rows that are themselves a statement of silence over a period."""
    for place, one in enumerate(accounts):
        words = plain(one.event)
        if not _SILENT.search(words) or not one.dated or len(words) > 300:
            continue
        if one.earliest is None or one.latest is None or one.latest - one.earliest >= _LONG:
            yield Silence(one.agency, one.earliest, one.latest, one.event, place)


def declared_in_text(agency: str, text: str, as_of: date) -> Iterator[Silence]:
    """Silences in words that stand outside the rows: titles, guidance, notes under the table."""
    for sentence in re.split(r"(?<=[.;])\s+|\n", plain(text)):
        if not _SILENT.search(sentence):
            continue
        for found in _PERIOD.finditer(sentence):
            reading = read_date(found[0], Context(as_of=as_of))
            if reading.status == "resolved":
                yield Silence(agency, reading.earliest, reading.latest, sentence.strip())
                break
