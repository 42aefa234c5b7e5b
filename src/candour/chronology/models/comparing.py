"""Comparisons of a case's entries: asked for by somebody, and what they were made of."""

from django.db import models
from django.db.models import Q

from candour.cases.models import CaseRecord
from candour.people.models import User


class ComparisonAsked(CaseRecord):
    """One comparison: how far it is, and up to which entries it went.

    `entries_mark` and `events_mark` name the entries in force and the events that people had
    confirmed when it was made: where they differ from those of now, it is out of date.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be made"
        MADE = "made", "Made"
        FAILED = "failed", "Could not be made"

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    entries = models.PositiveIntegerField(default=0)
    last_signed_off_at = models.DateTimeField(null=True, blank=True)
    entries_mark = models.CharField(max_length=64, blank=True)
    events_mark = models.CharField(max_length=64, blank=True)
    proposed = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-recorded_at", "id"]
        verbose_name_plural = "comparisons asked"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="made", made_at__isnull=False)
                | Q(made_at__isnull=True) & ~Q(state="made"),
                name="a_comparison_is_made_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state="waiting"),
                name="one_comparison_of_a_case_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"comparison of {self.case_id}"
