"""Dates that break the order of their table, above all last year's number typed in January."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from candour.engines.tables.entries import Entry, RowWarning

_Window = tuple[date, date]


def in_sequence(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries with a warning on each that stands out of order.

    What was typed is kept: the agency is asked, nothing is corrected.
    """
    if not _runs_forward(entries):
        return _checked(list(reversed(entries)))[::-1]
    return _checked(entries)


def _window(entry: Entry) -> _Window | None:
    reading = entry.date.reading
    if reading.status != "resolved" or reading.earliest is None or reading.latest is None:
        return None
    return reading.earliest, reading.latest


def _runs_forward(entries: Sequence[Entry]) -> bool:
    days = [window[0] for entry in entries if (window := _window(entry))]
    pairs = list(pairwise(days))
    return sum(a < b for a, b in pairs) >= sum(a > b for a, b in pairs)


def _checked(entries: Sequence[Entry]) -> list[Entry]:
    checked: list[Entry] = []
    windows = [_window(entry) for entry in entries]
    before: _Window | None = None
    for place, (entry, window) in enumerate(zip(entries, windows, strict=True)):
        warning = None
        if window and before and window[1] < before[0]:
            following = (windows[at] for at in range(place + 1, len(windows)))
            warning = _warning(window, before, next(filter(None, following), None))
        elif window:
            before = window
        checked.append(replace(entry, warnings=(*entry.warnings, warning)) if warning else entry)
    return checked


def _warning(window: _Window, before: _Window, after: _Window | None) -> RowWarning:
    day = window[0]
    if day.month == 1 and window[0] == window[1]:
        meant = day.replace(year=day.year + 1)
        if meant >= before[0] and (after is None or meant <= after[1]):
            return RowWarning(
                "january_year_slip",
                f"The row says {day:%-d %B %Y} but stands among rows of {meant.year - 1} and "
                f"{meant.year}. Was {meant:%-d %B %Y} meant?",
            )
    return RowWarning(
        "out_of_order", "The row stands after a row of a later date. Check that the date is right."
    )
