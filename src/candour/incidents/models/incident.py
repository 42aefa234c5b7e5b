"""The incident, its children, the first hours and the notification."""

from django.db import models

from candour.cases.models import CaseRecord, Versioned
from candour.identities.models import Identity
from candour.people.models import Agency, User

THREE_VALUED = [("yes", "Yes"), ("no", "No"), ("unknown", "Not known")]


class Incident(CaseRecord, Versioned):
    """What is known of the incident. Names stand in the identity register, never here."""

    class Nature(models.TextChoices):
        DEATH = "DEATH", "A child has died"
        SERIOUS_HARM = "SERIOUS_HARM", "A child has been seriously harmed"
        OTHER = "OTHER", "Other"

    nature = models.CharField(max_length=20, choices=Nature.choices)
    happened_raw = models.CharField(max_length=200)
    happened_edtf = models.CharField(max_length=120, blank=True)
    happened_earliest = models.DateField(null=True, blank=True)
    happened_latest = models.DateField(null=True, blank=True)
    aware_on = models.DateField()
    aware_of = models.TextField(blank=True)
    place_kind = models.CharField(max_length=120, blank=True)
    place = models.ForeignKey(
        Identity, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outline = models.TextField()
    in_area = models.CharField(max_length=10, choices=THREE_VALUED, default="unknown")
    outside_england = models.CharField(max_length=10, choices=THREE_VALUED, default="unknown")
    bodies_known = models.ManyToManyField(
        Agency, blank=True, related_name="+", through="incidents.BodyKnown"
    )
    proceedings = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], name="one_incident_a_case")]

    def __str__(self) -> str:
        return f"incident of {self.case_id}"


class BodyKnown(CaseRecord):
    """A body that knows the family of the incident."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]
        verbose_name_plural = "bodies known"
        constraints = [
            models.UniqueConstraint(fields=["incident", "agency"], name="a_body_known_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} knows the family of {self.incident_id}"


class IncidentChild(CaseRecord, Versioned):
    """One child of the incident: the facts on which the law turns, and who it is (sealed).

    Field names and values are those of `candour.engines.statute.CaseFacts`; what is not known is
    `unknown` or blank, never a guess.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="children")
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    age_years = models.CharField(max_length=10, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"child of {self.incident_id}"


class FirstHoursStep(CaseRecord, Versioned):
    """One line of the first-hours card, such as "records secured"; the card can be edited."""

    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=300)
    help = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text


class Notification(CaseRecord, Versioned):
    """The notification as prepared, in the order of the Government's form, and that it was sent.

    Candour notifies nobody: the council sends through the Government's own service and records
    here when, by whom and under which reference.
    """

    answers = models.JSONField(default=dict)
    prepared_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by_role = models.CharField(max_length=120, blank=True)
    sent_to = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    decided_not_to_at = models.DateTimeField(null=True, blank=True)
    not_notified_reasons = models.TextField(blank=True)
    partners_views = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    earlier = models.JSONField(
        default=list, help_text="what was sent before the case was looked at again"
    )
    rescinded_at = models.DateTimeField(null=True, blank=True)
    rescinded_reasons = models.TextField(blank=True)
    panel_agreed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], name="one_notification_a_case"),
            models.CheckConstraint(
                condition=models.Q(rescinded_at__isnull=True)
                | models.Q(panel_agreed_on__isnull=False),
                name="rescinded_with_the_panels_agreement",
            ),
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True) | models.Q(decided_not_to_at__isnull=True),
                name="sent_or_decided_not_to",
            ),
        ]

    def __str__(self) -> str:
        return f"notification of {self.case_id}"
