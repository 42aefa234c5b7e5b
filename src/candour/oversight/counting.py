"""The tables of one reporting year: what is counted, by what, and how that is defined."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from candour.engines.statistics import Shown, protected, protected_row
from candour.oversight.models import Ground, Notified, NotifiedChild
from candour.people.roles import Region

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
    reviews = rows.filter(outcome=Notified.Outcome.REVIEW)
    considered = reviews.filter(publication=Notified.Publication.NOT_TO_BE)
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


TABLES: tuple[Callable[[QuerySet[Notified]], Figures], ...] = (
    _region_nature,
    _age_nature,
    _placement,
    _decisions,
    _reasons,
    _without_review,
    _publication,
    _not_published,
)
