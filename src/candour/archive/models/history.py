"""What was withdrawn, in which order the archive changed, and what the index still owes."""

from django.db import models

from candour.archive.models.catalogue import ReviewRecord
from candour.kernel import clock


class TombstoneKind(models.TextChoices):
    """What the order allows to be said about a withdrawn review."""

    FULL = "full", "Title, publisher and reason are shown"
    BARE = "bare", "Only that a review was withdrawn"
    NONE = "none", "Nothing: the page is not found"


class ReasonClass(models.TextChoices):
    """Why a review was withdrawn, in classes that tell nothing about the child."""

    COURT_ORDER = "court_order", "A court order"
    IDENTIFICATION_RISK = "identification_risk", "Risk that a child is identified"
    RETENTION_END = "retention_end", "End of the time for which it was to be kept"
    ERROR = "error", "An error in what was published"
    PUBLISHER_REQUEST = "publisher_request", "A request of the publisher"


class Tombstone(models.Model):
    """What stands in the place of a withdrawn review."""

    record = models.OneToOneField(ReviewRecord, on_delete=models.CASCADE, related_name="tombstone")
    kind = models.CharField(max_length=4, choices=TombstoneKind.choices)
    reason_class = models.CharField(max_length=20, choices=ReasonClass.choices)
    public_text = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["withdrawn_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"


class PublicationLog(models.Model):
    """Every change of the archive in the order of its commit; indexes are rebuilt from it."""

    class Operation(models.TextChoices):
        CATALOGUED = "catalogued", "Entered in the catalogue"
        DEPOSITED = "deposited", "Deposited"
        WITHDRAWN = "withdrawn", "Withdrawn"
        DESCRIBED = "described", "Described anew"

    sequence = models.PositiveBigIntegerField(primary_key=True)
    operation = models.CharField(max_length=12, choices=Operation.choices)
    record = models.ForeignKey(ReviewRecord, on_delete=models.CASCADE, related_name="log")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.operation} {self.record_id}"


class LogHead(models.Model):
    """The last sequence given out; its lock makes sequences commit in their order."""

    sequence = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.sequence)


class Pulse(models.Model):
    """The worker's sign of life, one row: a node reads in its copy how old that copy is."""

    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.at.isoformat()


class IndexPurge(models.Model):
    """A withdrawn review whose words may still lie in the search index: pending until proved."""

    record = models.OneToOneField(ReviewRecord, on_delete=models.CASCADE, related_name="purge")
    requested_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    last_finding = models.TextField(blank=True)

    class Meta:
        ordering = ["requested_at"]

    def __str__(self) -> str:
        return f"purge of {self.record_id}"
