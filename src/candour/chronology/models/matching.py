"""What Candour proposes of entries compared, and what a named person decided of each proposal."""

from django.db import models
from django.db.models import Q

from candour.cases.models import CaseRecord, Versioned
from candour.chronology.models.events import Event
from candour.contributions.models import Entry
from candour.people.models import Agency, User

_DECIDED_BY_A_PERSON = Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True) | (
    Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(state="proposed")
)


class Decided(CaseRecord, Versioned):
    """A suggestion and its decision. Until a named person confirms it, it stands on no other page.

    `signature` names the rows by their content, so that a decision holds for the same rows in a
    later file and nothing decided is proposed again.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed, not confirmed"
        CONFIRMED = "confirmed", "Confirmed"
        DECLINED = "declined", "Declined"

    state = models.CharField(max_length=20, choices=State.choices, default=State.PROPOSED)
    signature = models.CharField(max_length=64)
    reasons = models.JSONField(default=list)
    why = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class SameEvent(Decided):
    """That some entries may tell of one event."""

    entries = models.ManyToManyField(Entry, through="SameEventEntry", related_name="+")
    score = models.FloatField(default=0)
    event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=_DECIDED_BY_A_PERSON, name="same_event_decided_by_a_person"
            ),
            models.UniqueConstraint(fields=["case", "signature"], name="same_event_proposed_once"),
        ]

    def __str__(self) -> str:
        return f"same event {self.pk}"


class SameEventEntry(CaseRecord):
    """An entry of a proposal."""

    proposal = models.ForeignKey(SameEvent, on_delete=models.CASCADE, related_name="rows")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "entry"], name="once_in_a_proposal")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} in {self.proposal_id}"


class DifferingAccount(Decided):
    """That accounts of one event cannot all be right, and what the reviewers made of it."""

    class Type(models.TextChoices):
        DATE = "date", "Date"
        TIME = "time", "Time"
        ACTOR = "actor", "Who was there or acted"
        COUNT = "count", "How many"
        OUTCOME = "outcome", "What came of it"
        ORDER = "order", "Order of events"
        DETAIL = "detail", "Detail"
        ACCOUNT = "account", "What people said"
        SUBJECT = "subject", "Which child"
        DATE_SLIP = "date_slip", "Year mistyped"

    class Disposition(models.TextChoices):
        BOTH_STAND = "both_stand", "The accounts stand side by side"
        RELIED_ON = "relied_on", "One account is relied on"
        UNRESOLVED = "unresolved", "Unresolved"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="differing")
    type = models.CharField(max_length=20, choices=Type.choices)
    entries = models.ManyToManyField(Entry, through="DifferingEntry", related_name="+")
    disposition = models.CharField(max_length=20, choices=Disposition.choices, blank=True)
    relied_on = models.ForeignKey(
        Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=_DECIDED_BY_A_PERSON, name="differing_decided_by_a_person"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | ~Q(disposition=""),
                name="differing_with_a_disposition",
            ),
            models.CheckConstraint(
                condition=Q(disposition="relied_on", relied_on__isnull=False)
                | (~Q(disposition="relied_on") & Q(relied_on__isnull=True)),
                name="account_relied_on_is_named",
            ),
            models.UniqueConstraint(
                fields=["event", "type", "signature"], name="differing_proposed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} of {self.event_id}"


class DifferingEntry(CaseRecord):
    """An entry that takes part in a difference."""

    difference = models.ForeignKey(DifferingAccount, on_delete=models.CASCADE, related_name="rows")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["difference", "entry"], name="once_in_a_difference")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} in {self.difference_id}"


class OneSidedContact(Decided):
    """That a contact stands in one agency's files only."""

    class Way(models.TextChoices):
        SENT = "sent", "Sender records telling; no receipt in the files submitted"
        RECEIVED = "received", "Recorded as received; no sending in the files submitted"

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=Way.choices)
    other_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    declared_gap = models.TextField(blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=_DECIDED_BY_A_PERSON, name="one_sided_decided_by_a_person"
            ),
            models.UniqueConstraint(
                fields=["case", "other_agency", "way", "signature"],
                name="one_sided_proposed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} in {self.entry_id}"
