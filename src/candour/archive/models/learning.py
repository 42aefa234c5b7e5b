"""Findings and recommendations as records of their own, each standing at its paragraph."""

from django.db import models

from candour.archive.models.catalogue import ReviewRecord
from candour.archive.models.texts import Version


class LearningKind(models.TextChoices):
    FINDING = "finding", "Finding"
    RECOMMENDATION = "recommendation", "Recommendation"
    QUESTION = "question", "Question for the board"


class Learning(models.Model):
    """A finding or recommendation of a report, extracted by rule and confirmed by a person.

    `text` is the report's own words at `anchor` of `version`. Until somebody has confirmed it
    there is no row: a suggestion is not a fact.
    """

    record = models.ForeignKey(ReviewRecord, on_delete=models.CASCADE, related_name="learning")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="learning")
    kind = models.CharField(max_length=14, choices=LearningKind.choices)
    number = models.CharField(max_length=20, blank=True)
    anchor = models.CharField(max_length=80)
    text = models.TextField()
    addressed_to = models.CharField(max_length=200, blank=True)
    confirmed_on = models.DateField()

    class Meta:
        ordering = ["record", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind", "anchor"], name="one_learning_a_paragraph"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} of {self.record_id}"


class LearningStatus(models.TextChoices):
    """What is known of a recommendation's fate. Nothing known is a status of its own."""

    UNKNOWN = "unknown", "Not known"
    AWAITING = "awaiting", "Response awaited"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Not accepted, with reasons"
    IN_PROGRESS = "in_progress", "In progress"
    DONE = "done", "Done, with evidence"
    SUPERSEDED = "superseded", "Superseded"


class StatusReport(models.Model):
    """Where a recommendation stood on a day, with who said so; no status without both."""

    learning = models.ForeignKey(Learning, on_delete=models.CASCADE, related_name="reports")
    status = models.CharField(max_length=12, choices=LearningStatus.choices)
    as_at = models.DateField()
    source = models.CharField(max_length=500)

    class Meta:
        ordering = ["as_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(source=""), name="a_status_has_a_source"),
            models.CheckConstraint(
                condition=~models.Q(status="unknown"), name="not_known_is_never_reported"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learning_id} {self.status}"


class RecommendedBefore(models.Model):
    """Two passages of similar wording in reviews of different years, confirmed by a person."""

    later = models.ForeignKey(Learning, on_delete=models.CASCADE, related_name="earlier_links")
    earlier = models.ForeignKey(Learning, on_delete=models.CASCADE, related_name="later_links")
    confirmed_on = models.DateField()

    class Meta:
        ordering = ["later", "earlier"]
        constraints = [
            models.UniqueConstraint(fields=["later", "earlier"], name="one_likeness_a_pair"),
            models.CheckConstraint(
                condition=~models.Q(later=models.F("earlier")), name="like_another_not_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.later_id} like {self.earlier_id}"
