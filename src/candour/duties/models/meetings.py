"""Bodies that meet, and their meetings about a case: convened, attended, minuted, decided."""

import uuid

from django.db import models
from django.db.models import F, Q

from candour.cases.models import CaseRecord, Versioned
from candour.people.models import Partnership, User


class Meeting(CaseRecord, Versioned):
    """A meeting of a body about this case: agenda, who came, what was decided, who dissented."""

    class Body(models.TextChoices):
        SUB_GROUP = "sub_group", "SCR sub-group"
        RAPID_REVIEW = "rapid_review", "Rapid review meeting"
        REVIEW_PANEL = "review_panel", "Case review panel"
        PRACTITIONER_EVENT = "practitioner_event", "Practitioner event"
        BOARD = "board", "Board or partners"

    body = models.CharField(max_length=30, choices=Body.choices)
    standing_body = models.ForeignKey(
        "StandingBody", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    agenda = models.TextField(blank=True)
    attendance = models.TextField(blank=True)
    apologies = models.TextField(blank=True)
    declared_conflicts = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    decisions = models.TextField(blank=True)
    dissent = models.TextField(blank=True)

    class Meta:
        ordering = ["held_on", "id"]

    def __str__(self) -> str:
        return self.title


class StandingBody(models.Model):
    """A body that meets again and again: the SCR sub-group, a case review panel, the board.

    Its quorum counts members present, or their deputies, who have not withdrawn for a conflict.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=Meeting.Body.choices)
    name = models.CharField(max_length=120)
    quorum = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "standing bodies"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "name"], name="one_body_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class BodyTerms(models.Model):
    """One version of a standing body's terms of reference; never changed, only followed."""

    body = models.ForeignKey(StandingBody, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    agreed_on = models.DateField()
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "body terms"
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="one_body_terms_a_number")
        ]

    def __str__(self) -> str:
        return f"terms {self.number} of {self.body_id}"


class BodyMember(models.Model):
    """Who sits on a standing body, for whom, in whose place, and what interests they declare."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(StandingBody, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=120)
    deputy_for = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="deputies"
    )
    interests = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["user__name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(deputy_for__isnull=True) | ~Q(deputy_for=F("id")),
                name="nobody_deputises_for_themselves",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.body_id}"


class Attendance(CaseRecord):
    """Whether a member came to a meeting, and whether a conflict kept them out of it."""

    class How(models.TextChoices):
        PRESENT = "present", "Present"
        APOLOGIES = "apologies", "Sent apologies"
        ABSENT = "absent", "Absent"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="register")
    member = models.ForeignKey(BodyMember, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=12, choices=How.choices)
    conflict = models.TextField(blank=True)
    withdrew = models.BooleanField(default=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="a_member_once_a_meeting")
        ]

    def __str__(self) -> str:
        return f"{self.how} at {self.meeting_id}"


class MeetingDecision(CaseRecord):
    """One decision of a meeting, with whoever did not agree and why."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decided")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    dissent = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_decision_a_number")
        ]

    def __str__(self) -> str:
        return f"decision {self.number} of {self.meeting_id}"


class MeetingAction(CaseRecord):
    """Something somebody is to do after a meeting, by a day."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    text = models.TextField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_note = models.TextField(blank=True)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return f"action of {self.meeting_id}"
