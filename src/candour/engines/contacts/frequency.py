"""How many contacts were recorded in each month, those of uncertain month kept apart."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Frequency:
    """Contacts by month, and how many are known only to a longer period, which no month counts."""

    by_month: dict[Month, int]
    of_no_month: int


def per_month(windows: Iterable[tuple[date | None, date | None]]) -> Frequency:
    """Count the windows that lie within one calendar month; all others are of no month."""
    counted: Counter[Month] = Counter()
    uncounted = 0
    for earliest, latest in windows:
        if earliest and latest and (earliest.year, earliest.month) == (latest.year, latest.month):
            counted[earliest.year, earliest.month] += 1
        else:
            uncounted += 1
    return Frequency(dict(counted), uncounted)


def months_of(first: Month, last: Month) -> list[Month]:
    """Every month from the first to the last, both included."""
    start, end = first[0] * 12 + first[1] - 1, last[0] * 12 + last[1] - 1
    return [(at // 12, at % 12 + 1) for at in range(start, end + 1)]
