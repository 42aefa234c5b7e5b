"""Which columns of the integrated chronology are written, and how finely its days are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from candour.engines.dates import Reading
from candour.engines.dates.elapsed import Window, age_at, days_between
from candour.engines.tables.entries import Entry
from candour.engines.tables.integrated import (
    AGES,
    HEADINGS,
    OPTIONAL,
    SINCE,
    Birth,
    Integrated,
    record,
)

# What would tell a day or an hour after all.
_FINER_THAN_DAY: Final = frozenset({"Time"})
_FINER_THAN_MONTH: Final = frozenset({"Earliest", "Latest", "Time", *OPTIONAL})
_NO_DATE: Final = "No date that could be read"
COLUMNS: Final = (*HEADINGS, *OPTIONAL)


class Grain(StrEnum):
    """How finely days are told: as the agency wrote them, to the day, or to the month."""

    AS_WRITTEN = "as_written"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True)
class Layout:
    """The columns to write, in the order of `COLUMNS`, and the grain of the days.

    A grain of days or months leaves out every column that would tell more. It does not change the
    words of an entry: days that stand in them stay, and whoever publishes must look for them.
    Raises ValueError for a column that is none, or where no column is left.
    """

    columns: tuple[str, ...] = HEADINGS
    grain: Grain = Grain.AS_WRITTEN

    def __post_init__(self) -> None:
        unknown = set(self.columns) - set(COLUMNS)
        if unknown or not self.headings:
            message = f"No such column: {', '.join(sorted(unknown))}" if unknown else "No column."
            raise ValueError(message)

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns that are written."""
        finer = {
            Grain.AS_WRITTEN: frozenset[str](),
            Grain.DAY: _FINER_THAN_DAY,
            Grain.MONTH: _FINER_THAN_MONTH,
        }[self.grain]
        return tuple(name for name in COLUMNS if name in self.columns and name not in finer)

    def records(self, integrated: Integrated) -> Iterator[tuple[Entry, dict[str, str]]]:
        """Yield each entry with its words by heading."""
        before: Window | None = None
        for entry in integrated.entries:
            words = record(entry)
            if self.grain is not Grain.AS_WRITTEN:
                words["Date"] = self._day(None if entry.must_refuse else entry.date.reading)
                words["Until"] = self._day(entry.end_date) if entry.end_date else ""
            when = _window(entry)
            words[AGES] = _ages(integrated.births, when)
            words[SINCE] = days_between(before, when).in_words() if before and any(when) else ""
            before = when if any(when) else before
            yield entry, words

    def _day(self, reading: Reading | None) -> str:
        first, last = (reading.earliest, reading.latest) if reading else (None, None)
        if first is None and last is None:
            return _NO_DATE
        form = "%-d %B %Y" if self.grain is Grain.DAY else "%B %Y"
        if first is None or last is None:
            known = first or last
            return f"{'from' if first else 'until'} {known:{form}}"
        told = [f"{first:{form}}", f"{last:{form}}"]
        return told[0] if told[0] == told[1] else " to ".join(told)


def _window(entry: Entry) -> Window:
    reading = entry.date.reading
    return (None, None) if entry.must_refuse else (reading.earliest, reading.latest)


def _ages(births: Sequence[Birth], when: Window) -> str:
    ages = ((name, age_at(born, when, died)) for name, born, died in births)
    return "\n".join(f"{name}: {age.in_words()}" for name, age in ages if age)


EVERYTHING: Final = Layout()
