"""What is counted and written across reviews: their courses, their citations, pages on a theme."""

from django.db import models

from candour.archive.models.catalogue import ReviewRecord
from candour.archive.models.texts import Version
from candour.archive.models.thesaurus import Term


class DelayReason(models.TextChoices):
    """Why a review was long in coming, in classes that tell nothing about the child."""

    NONE_STATED = "none_stated", "No reason stated"
    CRIMINAL = "criminal", "Criminal proceedings"
    INQUEST = "inquest", "An inquest"
    FAMILY_COURT = "family_court", "Proceedings in the family court"
    OTHER = "other", "Another reason that was stated"


class Course(models.Model):
    """How long a review took, as its own report says: months, never days.

    `incident_month` is the first day of the month. It serves medians over ten or more reviews and
    is shown for none alone.
    """

    record = models.OneToOneField(ReviewRecord, on_delete=models.CASCADE, related_name="course")
    incident_month = models.DateField()
    reason = models.CharField(
        max_length=14, choices=DelayReason.choices, default=DelayReason.NONE_STATED
    )
    source = models.CharField(max_length=500)

    class Meta:
        ordering = ["record"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(source=""), name="a_course_has_a_source")
        ]

    def __str__(self) -> str:
        return f"course of {self.record_id}"


class UnannouncedTotal(models.Model):
    """How many reviews of a year no body has announced, over all of England.

    Never of one body, and never fewer than `FEWEST`: either could tell which family it is.
    """

    FEWEST = 10

    year = models.PositiveSmallIntegerField(unique=True)
    count = models.PositiveIntegerField()
    source = models.CharField(max_length=500)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(count__gte=10) & ~models.Q(source=""),
                name="a_total_is_ten_or_more_and_has_a_source",
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} of {self.year}"


class Citation(models.Model):
    """A place where one review names another by its permanent reference."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="citations")
    anchor = models.CharField(max_length=80)
    cited = models.ForeignKey(ReviewRecord, on_delete=models.CASCADE, related_name="cited_at")

    class Meta:
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "anchor", "cited"], name="one_citation_a_paragraph"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id}#{self.anchor} cites {self.cited_id}"


class ThemePage(models.Model):
    """What reviews say on a theme, written and signed by a person."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    term = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="pages"
    )
    signed_by = models.CharField(max_length=120)
    signed_on = models.DateField()
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(signed_by=""), name="a_theme_page_is_signed")
        ]

    def __str__(self) -> str:
        return self.slug


class ThemeSentence(models.Model):
    """A sentence of a theme page and the paragraph that it rests on."""

    page = models.ForeignKey(ThemePage, on_delete=models.CASCADE, related_name="sentences")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    record = models.ForeignKey(ReviewRecord, on_delete=models.CASCADE, related_name="+")
    version_number = models.PositiveSmallIntegerField()
    anchor = models.CharField(max_length=80)

    class Meta:
        ordering = ["page", "order"]
        constraints = [
            models.UniqueConstraint(fields=["page", "order"], name="one_sentence_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.order}"
