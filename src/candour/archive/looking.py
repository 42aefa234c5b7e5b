"""Counts across reviews: by year, theme, region and delay. No board is ranked.

Counts of what reviews have in common are shown from `FEW` upwards, with the number they are part
of; delays only over `ENOUGH` reviews or more. Invented reviews are counted nowhere.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import QuerySet

from candour.archive.models import ReviewRecord, Status
from candour.archive.models.looking import Course, DelayReason
from candour.archive.models.thesaurus import Term, Vocabulary
from candour.archive.regions import region_of, regions

FEW = 5
ENOUGH = 10
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """A count with what it counts, and the number it is part of where there is one.

    `count` is none where it is too small to be shown.
    """

    name: str
    count: int | None
    of: int | None = None

    @property
    def per_cent(self) -> int | None:
        """The share, rounded; none where it is not shown or would rest on too few."""
        if self.count is None or not self.of or self.of < ENOUGH:
            return None
        return round(100 * self.count / self.of)


@dataclass(frozen=True, slots=True)
class Delay:
    """The median months from incident to publication of at least `ENOUGH` reviews."""

    name: str
    reviews: int
    months: float


def counted_reviews() -> QuerySet[ReviewRecord]:
    """Every real review that may be shown."""
    return ReviewRecord.objects.exclude(status=Status.WITHDRAWN).filter(is_demonstration=False)


def reviews_by_year() -> list[Bar]:
    """Reviews in the catalogue by the last year that they name, without gaps."""
    years = counted_reviews().exclude(year_to=None).values_list("year_to", flat=True)
    counts = Counter(year for year in years if year)
    if not counts:
        return []
    return [Bar(str(year), counts[year]) for year in range(min(counts), max(counts) + 1)]


def without_year() -> int:
    """Reviews that name no year and therefore stand in no column."""
    return counted_reviews().filter(year_to=None).count()


def themes() -> list[Term]:
    """Themes that some counted review carries."""
    return list(
        Term.objects.filter(vocabulary=Vocabulary.THEME, records__in=counted_reviews())
        .distinct()
        .order_by("label")
    )


def theme_by_year(theme: Term) -> list[Bar]:
    """For each year the reviews with a theme, out of those whose themes somebody recorded."""
    described = counted_reviews().filter(subjects__vocabulary=Vocabulary.THEME).distinct()
    all_years = _years(described)
    with_theme = _years(counted_reviews().filter(subjects=theme))
    return [Bar(str(year), _shown(with_theme[year]), all_years[year]) for year in sorted(all_years)]


def reviews_by_region() -> list[Bar]:
    """Reviews by the region of their publishers; a joint review of two regions stands in both."""
    counts: Counter[str] = Counter()
    for record in counted_reviews().prefetch_related("publishers"):
        counts.update(
            {region_of(publisher.name) or "Not known" for publisher in record.publishers.all()}
            or {"Not known"}
        )
    names = [region.name for region in regions()]
    return [Bar(name, counts[name]) for name in [*names, "Not known"]]


def delay_by_board() -> list[Delay]:
    """Boards and partnerships with enough reviews whose course is known, by name, never ranked."""
    by_board: dict[str, list[int]] = {}
    for course in _courses():
        for publisher in course.record.publishers.all():
            by_board.setdefault(publisher.name, []).append(_months(course))
    return _medians(by_board)


def delay_by_reason() -> list[Delay]:
    """The same over all boards, by the class of reason that was stated."""
    by_reason: dict[str, list[int]] = {}
    for course in _courses():
        by_reason.setdefault(DelayReason(course.reason).label, []).append(_months(course))
    return _medians(by_reason)


def _medians(months: dict[str, list[int]]) -> list[Delay]:
    return [
        Delay(name, len(values), median(values))
        for name, values in sorted(months.items())
        if len(values) >= ENOUGH
    ]


def _courses() -> Iterable[Course]:
    return (
        Course.objects.filter(record__in=counted_reviews())
        .exclude(record__published_from=None)
        .select_related("record")
        .prefetch_related("record__publishers")
    )


def _months(course: Course) -> int:
    published: date | None = course.record.published_from
    if published is None:
        raise ValueError(f"{course.record_id} has no day of publication")
    since = course.incident_month
    return (published.year - since.year) * _MONTHS + published.month - since.month


def _years(records: QuerySet[ReviewRecord]) -> Counter[int]:
    years = records.exclude(year_to=None).values_list("pk", "year_to")
    return Counter(year for _, year in years if year is not None)


def _shown(count: int) -> int | None:
    return count if count == 0 or count >= FEW else None
