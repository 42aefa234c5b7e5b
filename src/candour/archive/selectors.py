"""What a visitor may be shown. Every page, feed, count and file asks here, and nowhere else."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Lower

from candour.archive.models import (
    Collection,
    Learning,
    PublishedFile,
    Publisher,
    ReviewRecord,
    Status,
    Term,
    Tombstone,
    TombstoneKind,
    UnannouncedTotal,
    Version,
)
from candour.kernel.errors import Hidden, RuleBroken


class Withdrawn(RuleBroken):
    """The review was here and was withdrawn; `tombstone` is what may still be said."""

    def __init__(self, tombstone: Tombstone) -> None:
        super().__init__("review_withdrawn", "This review has been withdrawn.")
        self.tombstone = tombstone


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader of the list asked for; an empty value asks for everything."""

    collection: str = ""
    publisher: str = ""
    year: int | None = None
    label: str = ""


def visible_reviews() -> QuerySet[ReviewRecord]:
    """Every review of which anything may be shown: its report, or its catalogue entry."""
    return (
        ReviewRecord.objects.exclude(status=Status.WITHDRAWN)
        .prefetch_related("publishers")
        .order_by(F("year_to").desc(nulls_last=True), "label", "title", "pk")
    )


def review(record_id: str) -> ReviewRecord:
    """One review by its permanent identifier.

    Raises:
        Hidden: when there is none, or none may be spoken of.
        Withdrawn: when it was withdrawn and a tombstone may stand.
    """
    record = (
        ReviewRecord.objects.filter(pk=record_id)
        .select_related("tombstone")
        .prefetch_related("publishers")
        .first()
    )
    if record is None:
        raise Hidden()
    if record.status != Status.WITHDRAWN:
        return record
    if record.tombstone.kind == TombstoneKind.NONE:
        raise Hidden()
    raise Withdrawn(record.tombstone)


def version(record: ReviewRecord, number: int | None = None) -> Version:
    """A version of a review, by default the latest.

    Raises:
        Hidden: when the report is not held here or has no such version.
    """
    versions = record.versions.order_by("-number")
    found = versions.first() if number is None else versions.filter(number=number).first()
    if record.status != Status.PUBLISHED or found is None:
        raise Hidden()
    return found


def latest_versions(record_ids: set[str]) -> dict[str, Version]:
    """The latest version of each of these reviews whose report may be shown, without its text.

    Its record and the record's publishers are at hand.
    """
    versions = (
        Version.objects.filter(record__in=record_ids, record__status=Status.PUBLISHED)
        .select_related("record")
        .prefetch_related("record__publishers")
        .order_by("number")
        .defer("body_html")
    )
    return {version.record_id: version for version in versions}


def downloads(text: Version) -> list[PublishedFile]:
    """The files of a version."""
    return list(text.files.all())


def listed(wish: Wish) -> QuerySet[ReviewRecord]:
    """The visible reviews that meet a reader's wish."""
    reviews = visible_reviews()
    if wish.collection:
        reviews = reviews.filter(_in_collection(wish.collection))
    if wish.publisher:
        reviews = reviews.filter(publishers__slug=wish.publisher)
    if wish.year:
        reviews = reviews.filter(year_from__lte=wish.year, year_to__gte=wish.year)
    if wish.label:
        reviews = reviews.filter(label__iexact=wish.label)
    return reviews.distinct()


def collection_on_home(collection: str, *, demonstration: bool) -> QuerySet[ReviewRecord]:
    """A collection of the first page, real reviews and invented ones never mixed."""
    return listed(Wish(collection=collection)).filter(is_demonstration=demonstration)


def _in_collection(collection: str) -> Q:
    recent = Q(collection=Collection.RECENT) | Q(
        publishers__recent_since__isnull=False,
        published_from__gte=F("publishers__recent_since"),
        collection=Collection.LOCAL,
    )
    if collection == Collection.RECENT:
        return recent
    if collection == Collection.JOINT:
        # A review of two boards is joint wherever its catalogue lists it.
        several = ReviewRecord.objects.annotate(bodies=Count("publishers")).filter(bodies__gt=1)
        return Q(collection=Collection.JOINT) | Q(pk__in=several.values("pk"))
    if collection == Collection.LOCAL:
        return Q(collection=Collection.LOCAL) & ~recent
    return Q(collection=collection)


def publishers() -> QuerySet[Publisher]:
    """Publishers of at least one visible review."""
    return (
        Publisher.objects.filter(reviews__in=ReviewRecord.objects.exclude(status=Status.WITHDRAWN))
        .distinct()
        .order_by("name")
    )


def publisher(slug: str) -> Publisher:
    """A body with visible reviews, or one that stands before or after such a body.

    Raises:
        Hidden: when there is no such body.
    """
    shown = publishers()
    found = (
        Publisher.objects.filter(
            Q(pk__in=shown.values("pk"))
            | Q(successors__in=shown.values("pk"))
            | Q(predecessors__in=shown.values("pk"))
        )
        .filter(slug=slug)
        .first()
    )
    if found is None:
        raise Hidden()
    return found


def unannounced_totals() -> list[UnannouncedTotal]:
    """Yearly totals of reviews that nobody has announced."""
    return list(UnannouncedTotal.objects.all())


def years() -> list[int]:
    """Years that at least one visible review names, latest first."""
    spans = visible_reviews().exclude(year_from=None).values_list("year_from", "year_to")
    return sorted({year for span in spans for year in span if year}, reverse=True)


def shared_labels(records: list[ReviewRecord]) -> dict[str, int]:
    """How many visible reviews carry the label of each of these records, in small letters."""
    labels = {record.label.lower() for record in records if record.label}
    if not labels:
        return {}
    carried = (
        ReviewRecord.objects.exclude(status=Status.WITHDRAWN)
        .annotate(small=Lower("label"))
        .filter(small__in=labels)
        .values_list("small", flat=True)
    )
    counts: dict[str, int] = {}
    for label in carried:
        counts[label] = counts.get(label, 0) + 1
    return counts


def publicly_withdrawn() -> QuerySet[Tombstone]:
    """Withdrawals that may be spoken of, for feeds that tell other archives."""
    return Tombstone.objects.exclude(kind=TombstoneKind.NONE).order_by("-withdrawn_at", "pk")


def terms_to_choose() -> list[Term]:
    """Every term that is not retired, by list and name."""
    return list(Term.objects.filter(is_retired=False))


def term_or_hidden(term_id: int) -> Term:
    """One term; Hidden if there is none."""
    found = Term.objects.prefetch_related("names").filter(pk=term_id).first()
    if found is None:
        raise Hidden()
    return found


def learning_of(record: ReviewRecord) -> QuerySet[Learning]:
    """The findings and recommendations of a review, as its latest text has them."""
    latest = record.versions.order_by("-number").first()
    return Learning.objects.filter(version=latest).prefetch_related("reports")


def learning_or_hidden(learning_id: int) -> Learning:
    """One finding or recommendation of a review that may be shown; Hidden otherwise."""
    found = (
        Learning.objects.exclude(record__status=Status.WITHDRAWN)
        .select_related("record", "version")
        .filter(pk=learning_id)
        .first()
    )
    if found is None:
        raise Hidden()
    return found
