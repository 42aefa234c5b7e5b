"""Dates that break the order of their table, above all last year's number typed in January."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from candour.engines.tables.entries import RowDate, RowWarning

_Window = tuple[date, date]


def out_of_sequence(dates: Sequence[RowDate]) -> list[RowWarning | None]:
    """Return for each row's date a warning where it stands out of order, else None.

    What was typed is kept: the agency is asked, nothing is corrected.
    """
    windows = [_window(found) for found in dates]
    if not _runs_forward(windows):
        return _checked(windows[::-1])[::-1]
    return _checked(windows)


def _window(found: RowDate) -> _Window | None:
    reading = found.reading
    if reading.status != "resolved" or reading.earliest is None or reading.latest is None:
        return None
    return reading.earliest, reading.latest


def _runs_forward(windows: Sequence[_Window | None]) -> bool:
    days = [window[0] for window in windows if window]
    pairs = list(pairwise(days))
    return sum(a < b for a, b in pairs) >= sum(a > b for a, b in pairs)


def _checked(windows: Sequence[_Window | None]) -> list[RowWarning | None]:
    checked: list[RowWarning | None] = []
    before: _Window | None = None
    for place, window in enumerate(windows):
        warning = None
        if window and before and window[1] < before[0]:
            following = (windows[at] for at in range(place + 1, len(windows)))
            warning = _warning(window, before, next(filter(None, following), None))
        elif window:
            before = window
        checked.append(warning)
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
