"""Work that waits, messages to people, and dated facts about this installation."""

import uuid

from django.db import models
from django.db.models import Q

from candour.kernel import clock


class Job(models.Model):
    """One piece of work asked for in a transaction and done after it (docs/adr/0007).

    The payload holds references only. `requester` is the actor on whose behalf it runs, so a
    job sees exactly what that person may see at the moment it runs.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    requester = models.CharField(max_length=80)
    case_id = models.UUIDField(null=True, blank=True)
    unique_key = models.CharField(max_length=160, null=True, blank=True, unique=True)
    asked_at = models.DateTimeField(default=clock.now)
    run_after = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["run_after", "asked_at", "id"]
        indexes = [
            models.Index(
                fields=["run_after"],
                name="jobs_that_wait",
                condition=Q(done_at__isnull=True, failed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Marker(models.Model):
    """A dated fact about this installation: the worker's last beat, mail held after a restore."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name


class Notification(models.Model):
    """A line in a person's list of messages: what it is about by reference, and where to look."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient_id = models.UUIDField(db_index=True)
    subject_reference = models.CharField(max_length=60)
    path = models.CharField(max_length=300)
    sent_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "id"]

    def __str__(self) -> str:
        return f"{self.subject_reference} to {self.recipient_id}"


class Mail(models.Model):
    """One message on its way; its text is sealed to the service key, for it may hold a link.

    `stop_sealed` is the address at which its reader stops such messages, sealed likewise; empty
    where there is nothing to stop.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text_sealed = models.BinaryField()
    stop_sealed = models.BinaryField(default=bytes)
    queued_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["queued_at", "id"]

    def __str__(self) -> str:
        return f"mail {self.id}"
