"""The catalogue: publishers, reviews and the names by which they are known.

A review keeps one opaque, permanent identifier; labels such as "Child C" are shared by many reviews
and identify nothing.
"""

from django.db import models

from candour.kernel.references import new_reference


def _record_reference() -> str:
    return new_reference("R")


class PublisherKind(models.TextChoices):
    """Whether a body was a board (to 2019) or is a partnership (since 2018)."""

    BOARD = "board", "Local Safeguarding Children Board"
    PARTNERSHIP = "partnership", "Safeguarding partnership"
    NOT_KNOWN = "not_known", "Not known"


class Publisher(models.Model):
    """The board or partnership that commissioned a review, and whom to call there.

    A helpline number is shown only when the day on which somebody checked it is recorded.
    `recent_since` is the day from which the body calls its reviews recent.
    """

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(
        max_length=12, choices=PublisherKind.choices, default=PublisherKind.NOT_KNOWN
    )
    successors = models.ManyToManyField(
        "self", symmetrical=False, related_name="predecessors", blank=True
    )
    helpline_name = models.CharField(max_length=120, blank=True)
    helpline_number = models.CharField(max_length=40, blank=True)
    helpline_checked_on = models.DateField(null=True, blank=True)
    recent_since = models.DateField(null=True, blank=True)
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ReviewType(models.TextChoices):
    """The kinds of review that boards and partnerships in England have published."""

    SCR = "SCR", "Serious case review"
    LCSPR = "LCSPR", "Local child safeguarding practice review"
    NATIONAL = "NATIONAL", "National child safeguarding practice review"
    PART8 = "PART8", "Part 8 review (before 2006)"
    THEMATIC = "THEMATIC", "Thematic review"
    LEARNING = "LEARNING", "Learning review"
    NOT_STATED = "NOT_STATED", "Type of review not stated"


class Status(models.TextChoices):
    """Whether the report is here, was here, or is known only from its catalogue entry."""

    PUBLISHED = "published", "Report held here"
    WITHDRAWN = "withdrawn", "Withdrawn"
    CATALOGUE_ONLY = "catalogue", "Catalogue entry only"


class Collection(models.TextChoices):
    """Where a review stands on the archive's first page."""

    RECENT = "recent", "Recent reviews"
    LOCAL = "local", "Local archive"
    JOINT = "joint", "Joint reviews"
    OTHER_AREAS = "other", "Reviews from other areas"


class ReviewRecord(models.Model):
    """One review as the catalogue knows it.

    `year_text` is the year as the source gives it ("2007-2008", "2010 and 2012"); `year_from` and
    `year_to` exist only to sort and filter. `published_text` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    `source_address` is where the facts were seen; it is kept for the librarian and never shown.
    `publisher_is_withheld` means that naming the area would have identified the child.

    The day on the report, the day of its adoption, of its publication and of its upload differ by
    years in some sources, so each is kept apart. `licence_evidence` says where the licence was
    seen. `is_noindexed` keeps general search engines away; `kept_until` is the last day on which
    the publisher's order allows it to stand here; `address_gone_on` is the day on which a librarian
    found the publisher's own address dead.
    """

    id = models.CharField(max_length=20, primary_key=True, default=_record_reference)
    publishers = models.ManyToManyField(Publisher, related_name="reviews")
    label = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=400)
    title_is_approximate = models.BooleanField(default=False)
    year_text = models.CharField(max_length=40, blank=True)
    year_from = models.PositiveSmallIntegerField(null=True, blank=True)
    year_to = models.PositiveSmallIntegerField(null=True, blank=True)
    review_type = models.CharField(
        max_length=12, choices=ReviewType.choices, default=ReviewType.NOT_STATED
    )
    kind = models.CharField(max_length=120, blank=True)
    author = models.CharField(max_length=200, blank=True)
    published_text = models.CharField(max_length=10, blank=True)
    published_from = models.DateField(null=True, blank=True)
    report_dated_text = models.CharField(max_length=10, blank=True)
    adopted_text = models.CharField(max_length=10, blank=True)
    uploaded_text = models.CharField(max_length=10, blank=True)
    abstract = models.TextField(blank=True)
    publisher_address = models.CharField(max_length=500, blank=True)
    publisher_address_complete = models.BooleanField(default=False)
    source_address = models.CharField(max_length=500, blank=True)
    rule_set = models.CharField(max_length=120, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    licence_evidence = models.CharField(max_length=500, blank=True)
    is_noindexed = models.BooleanField(default=False)
    kept_until = models.DateField(null=True, blank=True)
    address_gone_on = models.DateField(null=True, blank=True)
    collection = models.CharField(
        max_length=8, choices=Collection.choices, default=Collection.OTHER_AREAS
    )
    status = models.CharField(max_length=10, choices=Status.choices)
    publisher_is_withheld = models.BooleanField(default=False)
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["-year_to", "label", "title", "id"]
        indexes = [models.Index(fields=["status", "collection"], name="review_status_collection")]

    def __str__(self) -> str:
        return self.id


class Identifier(models.Model):
    """Another name by which a review is known, such as its line in a catalogue.

    The pair of type and value belongs to one review, so that loading a catalogue twice changes
    nothing.
    """

    record = models.ForeignKey(ReviewRecord, on_delete=models.CASCADE, related_name="identifiers")
    type = models.CharField(max_length=40)
    value = models.CharField(max_length=120)

    class Meta:
        ordering = ["type", "value"]
        constraints = [
            models.UniqueConstraint(fields=["type", "value"], name="one_review_an_identifier")
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.value}"
