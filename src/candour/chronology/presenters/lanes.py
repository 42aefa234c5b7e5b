"""Lanes as the browser draws them, and the same facts as tables."""

from collections.abc import Iterable
from datetime import date

from candour.chronology.naming import Showing
from candour.chronology.order import Place
from candour.chronology.presenters.lines import interval, order_note, time_shown, until_shown
from candour.chronology.selectors import Line
from candour.chronology.selectors.contacts import GapOf
from candour.chronology.selectors.lanes import Lanes
from candour.engines.contacts import Month, months_of
from candour.engines.contacts.frequency import Frequency
from candour.ui.wording import day

_WORDS = 300
Cell = str | dict[str, str | bool]


def payload(found: Lanes) -> dict[str, object]:
    """What the lanes are drawn from: days counted from `day0`, and no words.

    An event is [lane, first day, last day, number, first and last possible number]; an open end is
    null. One that lasted has a seventh: the last day until which it can have done so.
    """
    days = [d for _, one in found.places for d in (one.place.earliest, one.place.latest) if d]
    start = min(days, default=date.min)
    return {
        "day0": start.isoformat() if days else None,
        "lanes": [{"name": lane.name, "colour": lane.colour} for lane in found.lanes],
        "events": [
            [
                lane,
                _since(start, one.place.earliest),
                _since(start, one.place.latest),
                one.number,
                one.first,
                one.last,
                *_lasted(start, one.place),
            ]
            for lane, one in found.places
        ],
    }


def _lasted(start: date, place: Place) -> list[int | None]:
    return [_since(start, place.ends_latest)] if place.ends_latest else []


def _since(start: date, when: date | None) -> int | None:
    return None if when is None else (when - start).days


def brief(line: Line, shown: Showing) -> dict[str, str]:
    """One entry in a few words, as the page says it when the entry is pointed at."""
    words = shown(line.entry.what)
    return {
        "agency": line.place.agency_name,
        "written": shown(line.entry.date_raw) or "No date",
        "understood": interval(line.place.earliest, line.place.latest),
        "time": time_shown(line, shown),
        "until": until_shown(line.entry, shown),
        "order": order_note(line),
        "words": words if len(words) <= _WORDS else f"{words[:_WORDS].rstrip()}…",
    }


def years_table(
    agencies: dict[str, str], counted: dict[str, Frequency]
) -> tuple[list[Cell], list[list[Cell]]]:
    """Columns and rows: for each agency its entries in each calendar year, and of no one month."""
    years = sorted({year for each in counted.values() for year, _ in each.by_month})
    span = range(years[0], years[-1] + 1) if years else range(0)
    rows: list[list[Cell]] = [
        [
            name,
            *(
                _number(sum(counted[key].by_month.get((y, m), 0) for m in range(1, 13)))
                for y in span
            ),
            _number(counted[key].of_no_month),
        ]
        for key, name in agencies.items()
    ]
    heads = (*map(str, span), "Of no one month")
    return ["Agency", *map(_numeric, heads)], rows


def _numeric(text: str) -> Cell:
    return {"text": text, "numeric": True}


def _number(count: int) -> Cell:
    return _numeric(str(count))


def strip(agencies: dict[str, str], counted: dict[str, Frequency]) -> list[dict[str, object]]:
    """For each agency a mark a month, of strength 0 (none) to 4: a strip over all the years."""
    months = [month for each in counted.values() for month in each.by_month]
    if not months:
        return []
    span = months_of(min(months), max(months))
    most = max(max(each.by_month.values(), default=0) for each in counted.values())
    return [
        {"name": name, "marks": [_mark(month, counted[key], most) for month in span]}
        for key, name in agencies.items()
    ]


def _mark(month: Month, counted: Frequency, most: int) -> dict[str, object]:
    count = counted.by_month.get(month, 0)
    strength = 0 if not count else min(4, 1 + (count - 1) * 4 // max(most, 1))
    return {"month": month, "count": count, "strength": strength}


def gap_rows(gaps: Iterable[GapOf]) -> list[list[Cell]]:
    """One row a gap: whose record, from when to when, how long at least and at most."""
    return [
        [
            f"{each.agency}, {each.person}" if each.person else each.agency,
            f"{day(each.gap.first_day)} to {day(each.gap.last_day)}",
            _number(each.gap.surely),
            _number(each.gap.at_most),
            f"{each.gap.before.number} and {each.gap.after.number}",
        ]
        for each in gaps
    ]
