"""National bodies, their desks, and what partnerships have sent there.

Rows of a desk carry `desk` instead of `case`: they are copies of what was sent, and the desk sees
nothing else. On PostgreSQL row-level security goes by that column (platform/row_security).
"""

import uuid

from django.db import models
from django.db.models import F, Q

from candour.cases.models import CaseRecord
from candour.kernel import clock
from candour.people.models import Partnership, User
from candour.people.roles import Region


class NationalBody(models.Model):
    """A body to which partnerships answer, from one day to another, and what came after it."""

    class Kind(models.TextChoices):
        PANEL = "panel", "National panel"
        INSPECTORATE = "inspectorate", "Inspectorate"
        DEPARTMENT = "department", "Government department"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    began_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    has_desk = models.BooleanField(default=False, help_text="Works on this installation")
    reply_working_days = models.PositiveSmallIntegerField(
        default=15, help_text="Unverified in the sources: a setting of the body"
    )
    year_begins_month = models.PositiveSmallIntegerField(
        default=1, help_text="In which month its reporting year begins"
    )

    class Meta:
        ordering = ["began_on", "name"]
        verbose_name_plural = "national bodies"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="a_body_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="no_body_succeeds_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DeskMember(models.Model):
    """Somebody who works at a body's desk, from one instant to another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    desk = models.ForeignKey(NationalBody, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    appointed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "user"],
                condition=Q(ends_at__isnull=True),
                name="one_open_place_at_a_desk",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.desk_id}"


class PaperKind(models.TextChoices):
    """What a partnership sends a national body."""

    NOTIFICATION = "notification", "Notification"
    RAPID_REVIEW = "rapid_review", "Rapid review"
    DECISION = "decision", "Decision on a review, with its reasons"
    REPLY = "reply", "Reply to a letter"
    REPORT = "report", "Copy of the report before publication"
    NON_PUBLICATION = "non_publication", "Decision not to publish, with its reasons"


class PackSent(CaseRecord):
    """What a partnership sent about a case, frozen as it went; kept with the case."""

    body = models.ForeignKey(NationalBody, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=PaperKind.choices)
    words = models.TextField(blank=True, help_text="What the partnership wrote to go with it")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    sent_on = models.DateField()
    sent_how = models.CharField(max_length=120)
    to_desk = models.BooleanField(default=False)
    answers = models.UUIDField(null=True, blank=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]
        verbose_name_plural = "packs sent"

    def __str__(self) -> str:
        return f"{self.kind} of {self.case_id}"


class DeskRecord(models.Model):
    """What every table of a desk has: an opaque id, the desk, and when the row came."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    desk = models.ForeignKey(NationalBody, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True


class Notified(DeskRecord):
    """One incident as the desk knows it: only what papers that were sent have told."""

    class Nature(models.TextChoices):
        DEATH = "DEATH", "Death"
        SERIOUS_HARM = "SERIOUS_HARM", "Serious harm"
        OTHER = "OTHER", "Other"

    class Outcome(models.TextChoices):
        UNKNOWN = "", "Not told yet"
        REVIEW = "review", "Review"
        OTHER = "other", "Another kind of learning exercise"
        NONE = "none", "No review"

    class Publication(models.TextChoices):
        UNKNOWN = "", "Not told yet"
        COPY_RECEIVED = "copy", "Copy received"
        PUBLISHED = "published", "Published"
        NOT_TO_BE = "not_to_be", "Proposed not to publish"

    class NonPublication(models.TextChoices):
        NONE = "", "Not considered"
        AGREED = "agreed", "Agreed"
        DISAGREED = "disagreed", "Disagreed"
        ANONYMOUS = "anonymous", "Publish without a name, through the NSPCC"
        SUMMARY = "summary", "Publish a summary only"

    class Standing(models.TextChoices):
        RECEIVED = "received", "With the panel"
        AGREED = "agreed", "Agreed"
        QUERIED = "queried", "Questions asked"
        CHALLENGED = "challenged", "Asked to think again"
        KEPT = "kept", "Decision kept against advice"
        NATIONAL = "national", "National review"

    sender = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    sender_name = models.CharField(max_length=200)
    region = models.CharField(max_length=30, choices=Region.choices, blank=True)
    case_reference = models.CharField(max_length=20)
    nature = models.CharField(max_length=20, choices=Nature.choices)
    incident_on = models.DateField(null=True, blank=True)
    notified_on = models.DateField()
    rapid_review_due_on = models.DateField(null=True, blank=True)
    rapid_review_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    review_due_on = models.DateField(null=True, blank=True)
    report_on = models.DateField(null=True, blank=True)
    publication = models.CharField(max_length=12, choices=Publication.choices, blank=True)
    published_on = models.DateField(null=True, blank=True)
    non_publication = models.CharField(max_length=12, choices=NonPublication.choices, blank=True)
    standing = models.CharField(max_length=12, choices=Standing.choices, default=Standing.RECEIVED)
    challenges = models.PositiveSmallIntegerField(default=0)
    desk_owes_on = models.DateField(null=True, blank=True)
    reply_due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-notified_on", "case_reference"]
        verbose_name_plural = "notified"
        indexes = [
            models.Index(fields=["desk", "-notified_on", "case_reference"], name="desk_by_day"),
            models.Index(fields=["desk", "outcome"], name="desk_by_outcome"),
            models.Index(fields=["desk", "standing"], name="desk_by_standing"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "sender", "case_reference"], name="one_notified_a_case_a_desk"
            )
        ]

    def __str__(self) -> str:
        return self.case_reference


class NotifiedChild(DeskRecord):
    """What was told of one child, in the words by which statistics are made; no name, no day."""

    notified = models.ForeignKey(Notified, on_delete=models.CASCADE, related_name="children")
    age_band = models.CharField(max_length=12)
    gender = models.CharField(max_length=12, blank=True)
    placement = models.CharField(max_length=20, blank=True)
    protection_plan = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "notified children"

    def __str__(self) -> str:
        return self.age_band


class Ground(DeskRecord):
    """A criterion that was weighed in the decision, and how it was found."""

    notified = models.ForeignKey(Notified, on_delete=models.CASCADE, related_name="grounds")
    code = models.CharField(max_length=40)
    words = models.CharField(max_length=300)
    finding = models.CharField(max_length=20)

    class Meta:
        ordering = ["code", "id"]

    def __str__(self) -> str:
        return self.code


class Paper(DeskRecord):
    """One paper as it was received; never altered."""

    notified = models.ForeignKey(Notified, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=20, choices=PaperKind.choices)
    words = models.TextField(blank=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    sent_on = models.DateField()
    pack = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return self.kind


class DeskLetter(DeskRecord):
    """A letter of the body to a partnership, and the paper that answered it."""

    class Outcome(models.TextChoices):
        AGREES = "agrees", "Agrees"
        QUERIES = "queries", "Asks questions"
        RECONSIDER = "reconsider", "Asks to think again"
        NATIONAL_REVIEW = "national_review", "Holds a national review"
        NON_PUBLICATION = "non_publication", "Answers a decision not to publish"

    notified = models.ForeignKey(Notified, on_delete=models.PROTECT, related_name="letters")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    non_publication = models.CharField(max_length=12, blank=True)
    text = models.TextField()
    quality = models.TextField(blank=True)
    reply_due_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(
        Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["notified", "number"], name="one_letter_a_number")
        ]

    def __str__(self) -> str:
        return f"letter {self.number}"

    @property
    def reference(self) -> str:
        """How the body calls it: opaque, and the same for good."""
        return f"{self.notified.case_reference}/{self.number}"
