"""From the dates of a cell to one window of days, checked for sense."""

from datetime import date, timedelta
from typing import NamedTuple

from candour.engines.dates.calendar_days import Window
from candour.engines.dates.moments import Moment, check_present
from candour.engines.dates.reading import Context, DayOrder
from candour.engines.dates.refusals import impossible, needs
from candour.engines.dates.spans import Join, Span
from candour.engines.dates.vocabulary import WEEKDAY_NAMES


class Settled(NamedTuple):
    """The windows of a cell's dates, in the order written, and how they are joined."""

    windows: tuple[Window, ...]
    joins: tuple[Join, ...]
    slips: tuple[str, ...]

    @property
    def earliest(self) -> date:
        return min(window.earliest for window in self.windows)

    @property
    def latest(self) -> date:
        return max(window.latest for window in self.windows)


def settled(span: Span, context: Context) -> Settled:
    """Every date of the span as days, with what the context lends.

    Raises:
        Refusal: a date is incomplete, impossible or in the future, or a range runs backwards.
    """
    windows: list[Window] = []
    slips: list[str] = []
    lent = [_with_context(moment, context) for moment in span.moments]
    _refuse_new_year(span, lent)
    for moment in lent:
        window = moment.window()
        check_present(window, context.as_of)
        slips += moment.slips
        if moment.weekday is not None:
            slips += _weekday_query(moment, context)
        windows.append(window)
    if "to" in span.joins:
        _check_order(windows, span.joins, lent)
    elif span.joins:
        _check_weeks(lent)
    return Settled(tuple(windows), span.joins, tuple(slips))


def _with_context(moment: Moment, context: Context) -> Moment:
    if moment.maybe_year and moment.year is None:
        raise needs(
            "day or year",
            f"The number {moment.day} may be the day or the year. Write the year in full.",
        )
    if context.year is None:
        return moment
    if moment.maybe_time and moment.year is None:
        raise needs("day or time", "This may be a day and month or a time. Write the year with it.")
    return moment.filled(context.year, context.month)


def _refuse_new_year(span: Span, lent: list[Moment]) -> None:
    """Under a heading of one year, December to January may start or end in that year."""
    first, last = span.moments[0], lent[-1]
    if not first.lacks_year or not span.moments[-1].lacks_year:
        return
    if first.month is not None and last.month is not None and first.month > last.month:
        raise needs(
            "range over new year", "The range runs over a new year. Give each date its year."
        )


def _check_order(windows: list[Window], joins: tuple[Join, ...], moments: list[Moment]) -> None:
    pairs = zip(windows, windows[1:], joins, moments, strict=False)
    for before, after, join, moment in pairs:
        if join != "to":
            continue
        if after.latest < before.earliest:
            raise impossible(f"The range runs backwards, from {before.earliest} to {after.latest}.")
        if moment.week and after.latest - after.earliest < timedelta(days=6):
            _check_week(before, after)


def _check_weeks(moments: list[Moment]) -> None:
    """Weeks listed together begin on one weekday, or "w/c" may stand for the first alone."""
    weekdays = {
        date(moment.year, moment.month, moment.day).weekday()
        for moment in moments
        if moment.week and moment.year and moment.month and moment.day
    }
    if len(weekdays) > 1:
        raise needs(
            "week and list", "These weeks begin on different weekdays. Write each one whole."
        )


def _check_week(before: Window, after: Window) -> None:
    if after.latest != before.latest:
        raise needs(
            "week and range", "This is both a week and a range. Give the first and last day."
        )


def _weekday_query(moment: Moment, context: Context) -> tuple[str, ...]:
    if moment.weekday is None or moment.day is None or moment.year is None or moment.month is None:
        return ()
    found = date(moment.year, moment.month, moment.day)
    if found.weekday() == moment.weekday:
        return ()
    if context.day_order is DayOrder.AUTO and moment.rule == "day, month, year":
        _refuse_other_order(moment)
    typed, true = (WEEKDAY_NAMES[n].capitalize() for n in (moment.weekday, found.weekday()))
    return (f"{found} was a {true}, not a {typed}",)


def _refuse_other_order(moment: Moment) -> None:
    try:
        turned = date(moment.year or 1, moment.day or 1, moment.month or 1)
    except ValueError:
        return
    if turned.weekday() == moment.weekday:
        raise needs(
            "order of day and month",
            f"The weekday fits {turned} but not the date read day first. Check which is meant.",
        )
