"""Reminders that were sent, and how a person wants to hear of what is owed."""

import uuid

from django.db import models
from django.db.models import F, Q

from candour.cases.models import CaseRecord
from candour.kernel import clock
from candour.people.models import User


class Reminder(CaseRecord):
    """One person was told once of one thing at one stage; the row is what makes it once."""

    class Stage(models.TextChoices):
        SOON = "soon", "Due soon"
        TODAY = "today", "Due today"
        OVERDUE = "overdue", "Overdue"
        ESCALATED = "escalated", "Overdue, escalated"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    due_on = models.DateField()
    stage = models.CharField(max_length=12, choices=Stage.choices)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "subject", "due_on", "stage"],
                name="a_reminder_once_a_stage",
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage} to {self.user_id}"


class Rhythm(models.Model):
    """How often a person has reminders by e-mail. The list inside Candour has them all."""

    class Often(models.TextChoices):
        EACH = "each", "Each reminder as it comes"
        DAILY = "daily", "One message each working day"
        WEEKLY = "weekly", "One message each Monday"

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    often = models.CharField(max_length=10, choices=Often.choices, default=Often.EACH)

    def __str__(self) -> str:
        return f"{self.often} to {self.user_id}"


class Digest(models.Model):
    """A person had their message of the day: one a day, whatever happens to the worker."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        ordering = ["day", "id"]
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.day} to {self.user_id}"


class CalendarFeed(models.Model):
    """A private address at which a calendar program finds what a person owes, by reference only.

    Only the hash of what opens it is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at__isnull=True), name="one_feed_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"feed of {self.user_id}"


class Cover(models.Model):
    """Somebody is away and another is reminded in their place. It gives access to nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    covered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="cover_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(user=F("covered_by")), name="nobody_covers_for_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"cover for {self.user_id}"
