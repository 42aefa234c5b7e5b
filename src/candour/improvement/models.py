"""What became of it: the board's response, actions, and evidence that practice changed."""

from django.db import models

from candour.analysis.models import Recommendation
from candour.cases.models import CaseRecord, Versioned
from candour.people.models import Agency, User


class Response(CaseRecord, Versioned):
    """The board's or partners' answer to one recommendation or question."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        IN_PART = "in_part", "Accepted in part"
        NOT_ACCEPTED = "not_accepted", "Not accepted"

    recommendation = models.OneToOneField(
        Recommendation, on_delete=models.PROTECT, related_name="response"
    )
    answer = models.CharField(max_length=20, choices=Answer.choices)
    text = models.TextField()
    responded_on = models.DateField()

    def __str__(self) -> str:
        return self.answer


class Action(CaseRecord, Versioned):
    """Something to be done, by a named owner, for an outcome for children.

    Closed only by somebody other than its owner, on evidence, with a day to look at its impact.
    """

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="actions"
    )
    text = models.TextField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT)
    due_on = models.DateField()
    intended_outcome = models.TextField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closing_reasons = models.TextField(blank=True)
    impact_review_on = models.DateField(null=True, blank=True)
    impact_found = models.TextField(blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_by__isnull=True) | ~models.Q(closed_by=models.F("owner")),
                name="closed_by_someone_else",
            )
        ]

    def __str__(self) -> str:
        return f"action {self.pk}"


class ActionEvidence(CaseRecord):
    """What shows progress on an action: a dated note and where the proof is.

    `is_progress` marks a note that tells of work under way and proves nothing yet.
    """

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="evidence")
    note = models.TextField()
    where = models.CharField(max_length=300, blank=True)
    is_progress = models.BooleanField(default=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]
        verbose_name_plural = "action evidence"

    def __str__(self) -> str:
        return f"evidence of {self.action_id}"
