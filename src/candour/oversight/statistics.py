"""The statistics that the panels published, computed from what was sent to a desk.

Source: the tables of the panels' reports (domain reference, 1.3 and 2.5). Whole reporting years
only: from freely chosen periods a small number could be worked out as the difference of two. Small
numbers, and those that would give them away, are left out (`engines.statistics`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Min, QuerySet

from candour.engines.statistics import Shown, Spread, spread_of
from candour.kernel import clock
from candour.oversight.counting import NATURES, TABLES, Figures
from candour.oversight.linked_figures import linked
from candour.oversight.models import NationalBody, Notified

FEWEST = 20


@dataclass(frozen=True)
class Duration:
    """How long a step took."""

    id: str
    title: str
    definition: str
    spread: Spread


@dataclass(frozen=True)
class Year:
    """The figures of one reporting year of a body; `notified` None where it is too small a number.

    With fewer than twenty notifications nothing is broken down.
    """

    desk: NationalBody
    begins: date
    ends: date
    notified: Shown
    tables: tuple[Figures, ...]
    durations: tuple[Duration, ...]

    @property
    def label(self) -> str:
        return year_label(self.begins)


def year_label(begins: date) -> str:
    """ "2023" for a calendar year, "2023/24" for one that straddles two."""
    return str(begins.year) if begins.month == 1 else f"{begins.year}/{(begins.year + 1) % 100:02}"


def year_of(desk: NationalBody, day: date) -> date:
    """The first day of the reporting year in which a day falls."""
    begins = date(day.year, desk.year_begins_month, 1)
    return begins if begins <= day else begins.replace(year=day.year - 1)


def years_of(desk: NationalBody) -> list[date]:
    """The first days of the reporting years for which the desk has notifications, latest first."""
    first = Notified.objects.filter(desk=desk).aggregate(first=Min("notified_on"))["first"]
    if first is None:
        return []
    begins, last = year_of(desk, first), year_of(desk, clock.today())
    return [last.replace(year=year) for year in range(last.year, begins.year - 1, -1)]


def year(desk: NationalBody, begins: date) -> Year:
    """Every table of one reporting year."""
    ends = begins.replace(year=begins.year + 1)
    rows = Notified.objects.filter(desk=desk, notified_on__gte=begins, notified_on__lt=ends)
    count = rows.count()
    enough = count >= FEWEST
    return Year(
        desk=desk,
        begins=begins,
        ends=ends,
        notified=count if enough or count == 0 else None,
        tables=linked(make(rows) for make in TABLES) if enough else (),
        durations=tuple(_durations(rows)) if enough else (),
    )


def by_year(desk: NationalBody) -> Figures:
    """Notifications by nature, year after year, each as its own year shows them."""
    found = [year(desk, begins) for begins in reversed(years_of(desk))]
    rows = tuple(
        (each.label, _natures_of(each), each.notified) for each in found if each.notified != 0
    )
    return Figures(
        "by-year",
        "Notifications by nature and reporting year",
        "Incidents by the day on which the notification was sent. No totals over years are given.",
        "Incidents",
        tuple(label for _, label in NATURES),
        rows,
        (),
        None,
    )


def _natures_of(each: Year) -> tuple[Shown, ...]:
    table = next((table for table in each.tables if table.id == "region-nature"), None)
    return table.totals if table else (None,) * len(NATURES)


_STEPS = (
    ("incident-notified", "From the incident to its notification", "incident_on", "notified_on"),
    ("notified-decision", "From the notification to the decision", "notified_on", "decided_on"),
    ("incident-decision", "From the incident to the decision", "incident_on", "decided_on"),
    ("decision-published", "From the decision to publication", "decided_on", "published_on"),
    ("incident-published", "From the incident to publication", "incident_on", "published_on"),
)


def _durations(rows: QuerySet[Notified]) -> Iterable[Duration]:
    fields = sorted({name for _, _, *pair in _STEPS for name in pair})
    found = list(rows.order_by().values(*fields))
    for id, title, start, end in _STEPS:
        days = [
            (row[end] - row[start]).days
            for row in found
            if row[start] and row[end] and row[end] >= row[start]
        ]
        yield Duration(
            id,
            title,
            "Calendar days, over incidents notified in the year for which both days are known and "
            "in order. How many that are is told to the ten below, so that no small number can "
            "be worked out from it.",
            _to_the_ten_below(spread_of(days)),
        )


def _to_the_ten_below(spread: Spread) -> Spread:
    return replace(spread, count=spread.count // 10 * 10) if spread.count else spread


def share(part: Shown, whole: Shown) -> Shown:
    """A percentage in whole numbers, where both counts are shown."""
    if part is None or not whole:
        return None
    return round(100 * part / whole)
