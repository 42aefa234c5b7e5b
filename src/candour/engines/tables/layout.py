"""Which columns of the integrated chronology are written, and how finely its days are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from candour.engines.tables.entries import Entry
from candour.engines.tables.integrated import HEADINGS, Integrated, record

# What would tell a day or an hour after all.
_FINER_THAN_DAY: Final = frozenset({"Time"})
_FINER_THAN_MONTH: Final = frozenset({"Earliest", "Latest", "Time"})
_NO_DATE: Final = "No date that could be read"


class Grain(StrEnum):
    """How finely days are told: as the agency wrote them, to the day, or to the month."""

    AS_WRITTEN = "as_written"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True)
class Layout:
    """The columns to write, in the order of `HEADINGS`, and the grain of the days.

    A grain of days or months leaves out every column that would tell more. It does not change the
    words of an entry: days that stand in them stay, and whoever publishes must look for them.
    Raises ValueError for a column that is none, or where no column is left.
    """

    columns: tuple[str, ...] = HEADINGS
    grain: Grain = Grain.AS_WRITTEN

    def __post_init__(self) -> None:
        unknown = set(self.columns) - set(HEADINGS)
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
        return tuple(name for name in HEADINGS if name in self.columns and name not in finer)

    def records(self, integrated: Integrated) -> Iterator[tuple[Entry, dict[str, str]]]:
        """Yield each entry with its words by heading."""
        for entry in integrated.entries:
            words = record(entry)
            if self.grain is not Grain.AS_WRITTEN:
                words["Date"] = self._day(entry)
            yield entry, words

    def _day(self, entry: Entry) -> str:
        reading = entry.date.reading
        first, last = reading.earliest, reading.latest
        if entry.must_refuse or (first is None and last is None):
            return _NO_DATE
        form = "%-d %B %Y" if self.grain is Grain.DAY else "%B %Y"
        if first is None or last is None:
            known = first or last
            return f"{'from' if first else 'until'} {known:{form}}"
        told = [f"{first:{form}}", f"{last:{form}}"]
        return told[0] if told[0] == told[1] else " to ".join(told)


EVERYTHING: Final = Layout()
