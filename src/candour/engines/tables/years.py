"""Where a date's missing year comes from: the shaded row above, a title, or a year column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from candour.engines.dates import Context, Reading, read_date

_YEAR = re.compile(r"\b((?:1[89]|20)\d\d)(?:\s*[-/–]\s*((?:1[89]|20)?\d\d))?\b")
_FINANCIAL = re.compile(r"\bfinancial\b", re.IGNORECASE)
_SCHOOL = re.compile(
    r"\b(school|academic|reception|nursery|class|key stage|(year|yr)\s*\d\d?\b(?!\d))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Span:
    """The days that a heading speaks of."""

    earliest: date
    latest: date

    def years(self) -> range:
        """Return the calendar years that the span touches."""
        return range(self.earliest.year, self.latest.year + 1)

    @property
    def month(self) -> int | None:
        """The month, where the span lies within one."""
        same = (self.earliest.year, self.earliest.month) == (self.latest.year, self.latest.month)
        return self.earliest.month if same else None

    def meets(self, reading: Reading) -> bool:
        """Whether a reading's days and the span's days have a day in common."""
        first, last = reading.earliest or date.min, reading.latest or date.max
        return first <= self.latest and last >= self.earliest


def span_of(heading: str, as_of: date) -> Span | None:
    """Return the days a heading speaks of: a year, a school year, a term, a month.

    None where it names no year, or years too far apart to complete a date.
    """
    found = _YEAR.search(heading)
    if found is None:
        return None
    if found[2] is None:
        reading = read_date(heading, Context(as_of=as_of))
        if reading.earliest and reading.latest and reading.earliest.year == reading.latest.year:
            return Span(reading.earliest, reading.latest)
        return _whole_year(int(found[1]))
    first, second = int(found[1]), found[2]
    if int(second[-2:]) != (first + 1) % 100:
        return None
    return _two_year_span(heading, first, second)


def _two_year_span(heading: str, first: int, second: str) -> Span | None:
    """A year across two calendar years. Unnamed, only the months on which all such years agree."""
    if _FINANCIAL.search(heading):
        return Span(date(first, 4, 1), date(first + 1, 3, 31))
    if _SCHOOL.search(heading):
        return Span(date(first, 9, 1), date(first + 1, 8, 31))
    return Span(date(first, 9, 1), date(first + 1, 3, 31)) if len(second) == 2 else None


def _whole_year(year: int) -> Span:
    return Span(date(year, 1, 1), date(year, 12, 31))


def complete(raw: str, context: Context, span: Span) -> Reading | None:
    """Return a date read with the year of a heading, or None where no single year fits."""
    fitting = [reading for reading in _candidates(raw, context, span) if span.meets(reading)]
    if len({(reading.earliest, reading.latest) for reading in fitting}) == 1:
        return fitting[0]
    return None


def _candidates(raw: str, context: Context, span: Span) -> Iterator[Reading]:
    for year in span.years():
        reading = read_date(raw, replace(context, year=year, month=span.month))
        if reading.status == "resolved":
            yield reading
