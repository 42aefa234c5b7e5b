"""The register of reviewers: experience, methods, past reviews, and how their work was found."""

import uuid

from django.db import models

from candour.cases.models import Versioned
from candour.kernel import clock
from candour.people.models import Partnership, User


class Reviewer(Versioned):
    """Somebody who may be asked to lead a review, as one partnership knows them.

    It says nothing of whether they are independent of a case: that is declared and judged for each
    case anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    experience = models.TextField(blank=True)
    methods = models.JSONField(default=list)
    accreditation = models.CharField(max_length=200, blank=True)
    checked_until = models.DateField(
        null=True, blank=True, help_text="Until when disclosure check and indemnity are good"
    )
    capacity = models.CharField(max_length=200, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "name"], name="one_reviewer_a_name_a_partnership"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PastReview(models.Model):
    """A published review that a reviewer has led or written; no case of this installation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="past_reviews")
    title = models.CharField(max_length=200)
    board = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=80, blank=True)
    address = models.URLField(blank=True)

    class Meta:
        ordering = ["-year", "title"]

    def __str__(self) -> str:
        return self.title


class QualityFeedback(models.Model):
    """What a commissioner found of one review's quality, on the points of the specification."""

    class Found(models.TextChoices):
        STRONG = "strong", "Strong"
        SOUND = "sound", "Sound"
        WEAK = "weak", "Weak"
        NOT_SEEN = "not_seen", "Could not be seen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="feedback")
    about = models.CharField(max_length=200)
    found = models.JSONField(help_text="Point of the specification to what was found")
    words = models.TextField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-given_at", "id"]

    def __str__(self) -> str:
        return self.about
