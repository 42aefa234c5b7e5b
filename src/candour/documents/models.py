"""Files that somebody sent or wrote for a case, each as it was received."""

from django.db import models
from django.db.models import F, Q

from candour.cases.models import CaseRecord
from candour.cases.permissions import Kind
from candour.people.models import Agency
from candour.platform.media_types import extension_of


class Document(CaseRecord):
    """One file, never altered; a later version is a row of its own that supersedes it.

    `kind` is the kind of record and decides, with `agency`, who may open it. A document is
    served only when it is clean, or when this installation accepts files that were not scanned.
    """

    class State(models.TextChoices):
        QUARANTINED = "quarantined", "Waiting for the virus scanner"
        CLEAN = "clean", "Scanned, nothing found"
        NOT_SCANNED = "not_scanned", "Not scanned: no scanner configured"
        REFUSED = "refused", "Refused: kept sealed, never opened"

    kind = models.CharField(max_length=40, choices=[(k.value, k.label) for k in Kind])
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT)
    original_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    quarantine_name = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.QUARANTINED)
    scan_result = models.CharField(max_length=120, blank=True)
    refused_reason = models.TextField(blank=True)
    uploaded_by = models.CharField(max_length=80)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        ordering = ["recorded_at", "id"]
        indexes = [models.Index(fields=["case", "sha256"], name="documents_by_content")]
        constraints = [
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")),
                name="document_does_not_supersede_itself",
            )
        ]

    def __str__(self) -> str:
        return f"document {self.id}"

    @property
    def neutral_name(self) -> str:
        """A file name that tells nothing: the case's reference, a part of the id, an ending."""
        ending = extension_of(self.media_type, self.original_name)
        return f"{self.case.reference}-{self.id.hex[:8]}{ending}"
