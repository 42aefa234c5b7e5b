"""Files of the chronology that somebody asked for and the worker writes."""

from django.db import models
from django.db.models import Q

from candour.cases.models import CaseRecord
from candour.people.models import User


class ExportAsked(CaseRecord):
    """A file asked for, how far it is, and, once written, its bytes sealed to the case's key.

    It is its asker's alone and is dropped a day after it was asked for.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be written"
        READY = "ready", "Ready"
        FAILED = "failed", "Could not be written"

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    file_format = models.CharField(max_length=10)
    columns = models.JSONField(default=list)
    grain = models.CharField(max_length=20)
    names = models.BooleanField(default=False)
    query = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)
    sealed = models.BinaryField(null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at", "id"]
        verbose_name_plural = "exports asked"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="ready", sealed__isnull=False)
                | Q(sealed__isnull=True) & ~Q(state="ready"),
                name="an_export_is_ready_with_its_bytes",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_format} of {self.case_id}"
