"""Events: what several agencies' entries tell of, grouped by a person's hand."""

from django.db import models
from django.db.models import Q

from candour.cases.models import CaseRecord, Versioned
from candour.contributions.models import Entry
from candour.people.models import User


class Event(CaseRecord, Versioned):
    """One thing that happened, told by one entry or several."""

    title = models.CharField(max_length=200)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return self.title


class Grouping(CaseRecord):
    """That an entry tells of an event, by whom this was found, and until when it stood."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="groupings")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="groupings")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(ended_at__isnull=True),
                name="an_entry_tells_of_one_event",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} tells of {self.event_id}"
