"""One agency's own account of something: a row of its chronology, as knowledge is read from it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from candour.engines.dates import DayOrder, Reading
from candour.engines.tables import Entry
from candour.engines.telling import columns_for_telling

Window = tuple[date | None, date | None]


@dataclass(frozen=True)
class Account:
    """A row as its agency wrote it, with what the row says it rests on.

    `ref` is whatever the caller knows the row by. `earliest` and `latest` are inclusive days, None
    where the date is open or could not be read; where a cell lists several days they are the
    first. `recorded_on` is the day it was written up, where the row says so. `source` is the kind
    of record it came from; `told` and `told_by` are the cells that name those told, or who told.
    `typed` is the date cell as typed.
    `meant` is the day that was meant where the typed year looks like a January slip.
    Words added for the review (comment columns) are not here: they were written afterwards.
    """

    ref: Hashable
    agency: str
    earliest: date | None
    latest: date | None
    event: str
    response: str = ""
    source: str = ""
    told: str = ""
    told_by: str = ""
    recorded_on: date | None = None
    typed: str = ""
    meant: date | None = None
    day_order: DayOrder = DayOrder.AUTO

    @property
    def window(self) -> Window:
        """The days on which it happened."""
        return self.earliest, self.latest

    @property
    def words(self) -> str:
        """What the agency wrote at the time, without its source."""
        return f"{self.event}\n{self.response}"


def account_of(
    entry: Entry, ref: Hashable, day_order: DayOrder = DayOrder.AUTO, agency: str = ""
) -> Account:
    """Return a row of a file as an account; a refused date leaves its window open both ways.

    `agency` is what to call its agency where the row does not say.
    """
    reading: Reading | None = entry.date.parts[0] if entry.date.parts else entry.date.reading
    if entry.must_refuse:
        reading = None
    columns = columns_for_telling(entry.text, entry.roles)
    return Account(
        ref=ref,
        agency=agency or entry.agency,
        earliest=reading.earliest if reading else None,
        latest=reading.latest if reading else None,
        event=entry.words("event"),
        response=entry.words("response"),
        source=columns["source"],
        told=columns["told"],
        told_by=columns["told_by"],
        recorded_on=entry.recorded_on,
        typed=entry.date.raw,
        meant=_meant(entry, reading),
        day_order=day_order,
    )


def _meant(entry: Entry, reading: Reading | None) -> date | None:
    slipped = any(warning.code == "january_year_slip" for warning in entry.warnings)
    if not slipped or reading is None or reading.earliest is None:
        return None
    return reading.earliest.replace(year=reading.earliest.year + 1)
