"""Events that are only ever added, in one hash chain for each case and one for everything else."""

import uuid

from django.db import models

from candour.audit.chain import event_hash


class Stream(models.Model):
    """The head of one chain. Its row is locked while an event is appended."""

    key = models.CharField(max_length=64, primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return self.key


class Event(models.Model):
    """Something somebody did or read. No foreign key: an event outlives what it speaks of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stream = models.CharField(max_length=64)
    sequence = models.PositiveBigIntegerField()
    case_id = models.UUIDField(null=True, db_index=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    subject = models.CharField(max_length=120, blank=True)
    payload = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["stream", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["stream", "sequence"], name="one_event_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.stream} {self.sequence} {self.name}"


def hash_of(event: Event) -> str:
    """What the event's hash must be, from its own fields and the hash before it."""
    return event_hash(
        previous=event.previous,
        stream=event.stream,
        sequence=event.sequence,
        at=event.at,
        actor=event.actor,
        name=event.name,
        subject=event.subject,
        payload=event.payload,
    )


class Seal(models.Model):
    """The heads of all chains at one instant, in a chain of their own, written by the worker."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    heads = models.JSONField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"seal {self.sequence}"
