"""What agencies' records show them to have held of a fact, once a person has confirmed it."""

from django.db import models
from django.db.models import F, Q

from candour.cases.models import CaseRecord, Versioned
from candour.chronology.models.events import Event
from candour.contributions.models import Entry
from candour.people.models import Agency, User

_OF_ONE_FACT = Q(event__isnull=False, entry__isnull=True) | Q(
    event__isnull=True, entry__isnull=False
)


class HeldStatement(CaseRecord, Versioned):
    """That an agency's records show it to hold a fact from some day, or that a sender says so.

    The fact is an event, or an entry that stands alone. What Candour proposes is a suggestion: it
    is nowhere but on its own page until a named person confirms it. `earliest` and `latest` are
    inclusive days, empty where the records leave that end open. Never "did not know": absence of
    a statement is absence of a record.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed, not confirmed"
        CONFIRMED = "confirmed", "Confirmed"
        DECLINED = "declined", "Declined"

    class Status(models.TextChoices):
        RECORDED = "recorded", "Recorded as received"
        SENDER_ONLY = "sender_only", "Sender records telling; no receipt in the files submitted"

    class How(models.TextChoices):
        OWN = "own contact", "By its own contact"
        TOLD = "told", "Was told"
        READ = "read in a document", "Read it in a document"
        MEETING = "heard at a meeting", "Heard it at a meeting"

    event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="held"
    )
    entry = models.ForeignKey(
        Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="held"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices)
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=30, choices=How.choices)
    from_agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_other = models.CharField(max_length=120, blank=True)
    evidence = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    basis = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.PROPOSED)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        indexes = [models.Index(fields=["case", "state", "agency"], name="held_by_agency")]
        constraints = [
            models.CheckConstraint(condition=_OF_ONE_FACT, name="held_of_one_fact"),
            models.CheckConstraint(
                condition=Q(earliest__isnull=True)
                | Q(latest__isnull=True)
                | Q(latest__gte=F("earliest")),
                name="held_from_before_to",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(state="proposed"),
                name="held_decided_by_a_person",
            ),
            models.UniqueConstraint(
                fields=["event", "agency", "evidence"],
                condition=Q(event__isnull=False),
                name="held_once_of_an_event",
            ),
            models.UniqueConstraint(
                fields=["entry", "agency", "evidence"],
                condition=Q(entry__isnull=False),
                name="held_once_of_an_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} held {self.event_id or self.entry_id}"


class Availability(CaseRecord):
    """What was open to an agency under the procedure then in force, as a reviewer found it.

    Entered with the procedure cited; never worked out by Candour.
    """

    event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="availabilities"
    )
    entry = models.ForeignKey(
        Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="availabilities"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    procedure = models.CharField(max_length=300)
    available_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]
        verbose_name_plural = "availabilities"
        constraints = [models.CheckConstraint(condition=_OF_ONE_FACT, name="available_of_one_fact")]

    def __str__(self) -> str:
        return f"available to {self.agency_id}"
