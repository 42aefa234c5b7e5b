"""What librarians work on before anything is public, and the ledger of what ever was.

No row here belongs to a case: the files are reports that boards have published or send to be.
"""

import uuid

from django.db import models

from candour.archive.models import ReasonClass, TombstoneKind
from candour.kernel import clock
from candour.people.models import User


class Batch(models.Model):
    """Files taken in together; `folder` names the folder of an import so that it can go on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(max_length=200)
    started_at = models.DateTimeField(default=clock.now)
    started_by = models.CharField(max_length=80)
    faults = models.JSONField(default=list)

    class Meta:
        ordering = ["-started_at"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return self.source


class Intake(models.Model):
    """One file on its way into the archive.

    `reading` is what `candour reading` says of it; `names` the strings that may identify somebody,
    `stopped` those among them that must not be public; `facts` the catalogue record as far as it is
    written. `same_as` names a review that holds the same bytes or the same words.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be read"
        REFUSED = "refused", "Cannot be read"
        READ = "read", "To be checked"
        APPROVED = "approved", "In the archive"
        DISCARDED = "discarded", "Discarded"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="intakes")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    problem = models.CharField(max_length=400, blank=True)
    fix = models.CharField(max_length=400, blank=True)
    reading = models.JSONField(default=dict)
    text_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    same_as = models.CharField(max_length=80, blank=True)
    names = models.JSONField(default=list)
    stopped = models.JSONField(default=list)
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    facts = models.JSONField(default=dict)
    archive_record_id = models.CharField(max_length=20, blank=True)
    discarded_reason = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(looked_at__isnull=True, looked_by__isnull=True)
                | models.Q(looked_at__isnull=False, looked_by__isnull=False),
                name="looked_at_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class LedgerEntry(models.Model):
    """What the archive held, kept for its keeper when a withdrawal empties the public record.

    `facts` are title, label, publishers, year and hashes; `ordered` why and how it was withdrawn.
    """

    record_id = models.CharField(max_length=20, primary_key=True)
    facts = models.JSONField(default=dict)
    entered_at = models.DateTimeField(default=clock.now)
    ordered = models.JSONField(default=dict)

    class Meta:
        ordering = ["record_id"]
        verbose_name_plural = "ledger entries"

    def __str__(self) -> str:
        return self.record_id


class Withdrawal(models.Model):
    """The taking of a review out of the archive, as one librarian asks and another carries out.

    `ordered_by` names the order or the request it rests on. What harms a child by every minute
    that it stands (`URGENT`) one librarian may carry out alone; everything else needs two people.
    """

    URGENT = (ReasonClass.COURT_ORDER, ReasonClass.IDENTIFICATION_RISK)

    class Outcome(models.TextChoices):
        OPEN = "open", "Waits for a second person"
        CARRIED_OUT = "carried_out", "Carried out"
        REFUSED = "refused", "Refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_id = models.CharField(max_length=20, db_index=True)
    reason_class = models.CharField(max_length=20, choices=ReasonClass.choices)
    tombstone = models.CharField(max_length=4, choices=TombstoneKind.choices)
    public_text = models.TextField(blank=True)
    ordered_by = models.CharField(max_length=300)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.OPEN)
    settled_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    refused_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["record_id"],
                condition=models.Q(outcome="open"),
                name="one_withdrawal_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="open", settled_by=None, settled_at=None)
                | (
                    ~models.Q(outcome="open")
                    & models.Q(settled_by__isnull=False, settled_at__isnull=False)
                ),
                name="settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="carried_out")
                | ~models.Q(settled_by=models.F("asked_by"))
                | models.Q(reason_class__in=("court_order", "identification_risk")),
                name="carried_out_by_another_person",
            ),
        ]

    def __str__(self) -> str:
        return f"withdrawal of {self.record_id}"
