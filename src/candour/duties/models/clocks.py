"""Clocks and status: what incidents and reviews alike owe, and where a case stands."""

from django.db import models

from candour.cases.models import CaseRecord
from candour.people.models import User


class Duty(CaseRecord):
    """Something owed by a day. It may be explained when overdue; it is never stopped.

    `counted` holds the lines that say how the day was reached; `basis` says how far the rule is
    verified (verified, secondary, unverified, local, design).
    """

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    owed_by = models.CharField(max_length=120)
    owed_to = models.CharField(max_length=120)
    rule_set = models.CharField(max_length=10)
    starts_on = models.DateField()
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True, blank=True)
    earliest = models.BooleanField(
        default=False, help_text="due_on is the first day something is allowed, not the last"
    )
    counted = models.JSONField(default=list)
    basis = models.CharField(max_length=20)
    source = models.CharField(max_length=200, blank=True)
    fulfilled_at = models.DateTimeField(null=True, blank=True)
    fulfilled_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(blank=True)
    explanation = models.TextField(blank=True)
    explained_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    explained_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "code", "id"]
        verbose_name_plural = "duties"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=True, approved_by__isnull=True)
                | models.Q(approved_at__isnull=False, approved_by__isnull=False),
                name="whoever_approves_lateness_is_named",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.case_id}"


class Status(CaseRecord):
    """Where the case stood from an instant on, who moved it and why. Rows are never changed."""

    machine = models.CharField(max_length=10)
    state = models.CharField(max_length=40)
    entered_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reasons = models.TextField(blank=True)
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ["order"]
        verbose_name_plural = "statuses"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "machine", "order"], name="one_status_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.state
