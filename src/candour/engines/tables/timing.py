"""The time of day of a row: from its own column, from the date cell, or from its own words."""

from __future__ import annotations

import re

from candour.engines.dates import read_time
from candour.engines.tables.entries import RowDate, RowTime, TimeBasis

_HALF = r"(?:[ap]m\b|[ap]\.\s?m\.)"
_CLOCK = rf"(?:[01]?\d|2[0-3])(?:[:.][0-5]\d\s*(?:{_HALF}|hrs?|hours)?|\s*{_HALF}|[0-5]\dhrs)"
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_OPENING = re.compile(rf"^\s*(?:at\s+)?({_CLOCK})(?!\d|[./]\d)", re.IGNORECASE)
_AT = re.compile(rf"\bat\s+({_CLOCK})(?!\d|[./]\d)", re.IGNORECASE)
_ANY = re.compile(rf"(?<![\d.:£/])({_CLOCK})(?!\d|[./]\d|%|cm|kg|mm|m\b)", re.IGNORECASE)


def time_of(time_cell: str, found: RowDate, event: str) -> RowTime:
    """Return a row's time: from the time column, the date cell, or else the event's own words.

    The words count only where the row is of one day and they name a single clock time outside
    quotation marks. A time never moves the day. Words such as "evening" give no window.
    """
    if time_cell:
        window = read_time(time_cell)
        if window.time_from or window.time_to:
            return RowTime(time_cell, window.time_from, window.time_to, "time_column")
    reading = found.reading
    if reading.time_from or reading.time_to:
        return RowTime(time_cell, reading.time_from, reading.time_to, "date_cell")
    if reading.earliest is None or reading.earliest != reading.latest:
        return RowTime(time_cell)
    return _spoken_time(time_cell, event)


def _spoken_time(time_cell: str, event: str) -> RowTime:
    opening = _OPENING.match(event)
    spoken = opening or _only_time(event)
    if spoken is None:
        return RowTime(time_cell)
    window = read_time(spoken[1])
    if window.time_from is None:
        return RowTime(time_cell)
    basis: TimeBasis = "event_opening" if opening else "event_text"
    return RowTime(time_cell, window.time_from, window.time_to, basis)


def _only_time(event: str) -> re.Match[str] | None:
    if "at " not in event.lower():
        return None
    quoted = "“" in event or '"' in event
    found = _AT.search(_QUOTED.sub(" ", event) if quoted else event)
    return found if found and len(_ANY.findall(event)) == 1 else None
