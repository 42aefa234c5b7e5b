"""The statistics that the panels published, computed from what was sent to a desk.

Source: the tables of the panels' reports (domain reference, 1.3 and 2.5). Whole reporting years
only: from freely chosen periods a small number could be worked out as the difference of two. Small
numbers, and those that would give them away, are left out (`engines.statistics`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, QuerySet

from candour.engines.statistics import Shown, Spread, protected, protected_row, spread_of
from candour.kernel import clock
from candour.oversight.models import Ground, NationalBody, Notified, NotifiedChild
from candour.people.roles import Region

FEWEST = 20
NATURES = tuple(Notified.Nature.choices)
AGES = (
    ("unborn", "Unborn"),
    ("under_1", "Under 1"),
    ("1_to_5", "1 to 5"),
    ("6_to_10", "6 to 10"),
    ("11_to_15", "11 to 15"),
    ("16_to_17", "16 to 17"),
    ("18_and_over", "18 and over"),
    ("not_known", "Not known"),
)
PLACEMENTS = (
    ("home", "At home"),
    ("relatives", "With relatives or friends"),
    ("foster_care", "Foster care"),
    ("residential", "Residential care"),
    ("semi_independent", "Semi-independent or unregulated"),
    ("hospital", "Hospital"),
    ("secure", "Secure setting"),
    ("other", "Other"),
    ("not_known", "Not known"),
    ("", "Not told"),
)
REGIONS = (*Region.choices, ("", "Region not entered"))
OUTCOMES = tuple(Notified.Outcome.choices)
WITHOUT_REVIEW = (
    ("agreed", "Agreed"),
    ("challenged", "Asked to think again"),
    ("kept", "Decision kept against advice"),
    ("queried", "Questions asked"),
    ("received", "Not answered yet"),
    ("national", "National review"),
)


@dataclass(frozen=True)
class Figures:
    """One table with its definition. With one column `columns` names what is counted."""

    id: str
    title: str
    definition: str
    of: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Shown, ...], Shown], ...]
    totals: tuple[Shown, ...]
    total: Shown

    @property
    def one_way(self) -> bool:
        return len(self.columns) == 1


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
        tables=tuple(make(rows) for make in _TABLES) if enough else (),
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


def _two_way(
    counts: dict[tuple[str, str], int],
    down: Sequence[tuple[str, str]],
    across: Sequence[tuple[str, str]],
    **named: str,
) -> Figures:
    used = [key for key, _ in down if any(counts.get((key, column), 0) for column, _ in across)]
    grid = [[counts.get((key, column), 0) for column, _ in across] for key in used]
    words = dict(down)
    safe = protected(grid) if grid else None
    return Figures(
        columns=tuple(label for _, label in across),
        rows=tuple(
            (str(words[key]), safe.cells[at], safe.row_totals[at]) for at, key in enumerate(used)
        )
        if safe
        else (),
        totals=safe.column_totals if safe else (0,) * len(across),
        total=safe.total if safe else 0,
        **named,
    )


def _one_way(counts: dict[str, int], down: Iterable[tuple[str, str]], **named: str) -> Figures:
    used = [(key, label) for key, label in down if counts.get(key)]
    cells, total = protected_row([counts[key] for key, _ in used])
    rows = tuple((str(label), (cell,), cell) for (_, label), cell in zip(used, cells, strict=True))
    return Figures(columns=(named["of"],), rows=rows, totals=(total,), total=total, **named)


def _pairs(
    rows: QuerySet[Notified] | QuerySet[NotifiedChild] | QuerySet[Ground], one: str, other: str
) -> dict[tuple[str, str], int]:
    found = rows.order_by().values_list(one, other).annotate(count=Count("pk"))
    return {(first, second): count for first, second, count in found}


def _singles(rows: QuerySet[Notified] | QuerySet[NotifiedChild], one: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(one).annotate(count=Count("pk")))


def _children(rows: QuerySet[Notified]) -> QuerySet[NotifiedChild]:
    return NotifiedChild.objects.filter(notified__in=rows.order_by().values("pk"))


def _region_nature(rows: QuerySet[Notified]) -> Figures:
    return _two_way(
        _pairs(rows, "region", "nature"),
        REGIONS,
        NATURES,
        id="region-nature",
        title="Notifications by region and nature",
        definition="Incidents notified in the year, by the region of the partnership that sent "
        "the notification and by nature as notified. One incident counts once, however many "
        "children it is about.",
        of="Incidents",
    )


def _age_nature(rows: QuerySet[Notified]) -> Figures:
    return _two_way(
        _pairs(_children(rows), "age_band", "notified__nature"),
        AGES,
        NATURES,
        id="age-nature",
        title="Children by age and nature",
        definition="Children in the notifications of the year, by age when it happened and by the "
        "nature of the incident. An incident about two children counts two.",
        of="Children",
    )


def _placement(rows: QuerySet[Notified]) -> Figures:
    return _one_way(
        _singles(_children(rows), "placement"),
        PLACEMENTS,
        id="placement",
        title="Children by where they lived",
        definition="Children in the notifications of the year, by where the notification says "
        "that the child lived. The wording of the list is not verified.",
        of="Children",
    )


def _decisions(rows: QuerySet[Notified]) -> Figures:
    return _one_way(
        _singles(rows, "outcome"),
        OUTCOMES,
        id="decisions",
        title="Decisions on a review",
        definition="Incidents notified in the year, by the decision of the partnership as last "
        "sent to the body.",
        of="Incidents",
    )


def _reasons(rows: QuerySet[Notified]) -> Figures:
    met = Ground.objects.filter(notified__in=rows.order_by().values("pk"), finding="met")
    words = dict(met.order_by().values_list("code", "words"))
    return _two_way(
        _pairs(met, "code", "notified__outcome"),
        sorted(words.items()),
        OUTCOMES[1:],
        id="reasons",
        title="Reasons for decisions",
        definition="Criteria found met, by the decision taken. A decision rests on one criterion "
        "or several, so that these numbers add up to more than there are decisions.",
        of="Criteria found met",
    )


def _without_review(rows: QuerySet[Notified]) -> Figures:
    return _one_way(
        _singles(rows.filter(outcome=Notified.Outcome.NONE), "standing"),
        WITHOUT_REVIEW,
        id="no-review",
        title="Decisions not to hold a review, and what the body advised",
        definition="Incidents notified in the year with a decision not to hold a review, by what "
        "the body last wrote. Its letters are advice: a decision stays the partnership's.",
        of="Incidents",
    )


def _not_published(rows: QuerySet[Notified]) -> Figures:
    considered = rows.filter(publication=Notified.Publication.NOT_TO_BE)
    choices = [
        (value, label if value else "Not answered yet")
        for value, label in Notified.NonPublication.choices
    ]
    return _one_way(
        _singles(considered, "non_publication"),
        choices,
        id="not-published",
        title="Decisions not to publish, and what the body advised",
        definition="Incidents notified in the year for which a partnership decided not to publish "
        "the report, by what the body advised.",
        of="Incidents",
    )


def _publication(rows: QuerySet[Notified]) -> Figures:
    return _one_way(
        _singles(rows.filter(outcome=Notified.Outcome.REVIEW), "publication"),
        Notified.Publication.choices,
        id="publication",
        title="Reviews by how far their publication has come",
        definition="Incidents notified in the year with a decision to hold a review.",
        of="Reviews",
    )


_TABLES: tuple[Callable[[QuerySet[Notified]], Figures], ...] = (
    _region_nature,
    _age_nature,
    _placement,
    _decisions,
    _reasons,
    _without_review,
    _publication,
    _not_published,
)


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
            "in order.",
            spread_of(days),
        )


def share(part: Shown, whole: Shown) -> Shown:
    """A percentage in whole numbers, where both counts are shown."""
    if part is None or not whole:
        return None
    return round(100 * part / whole)
