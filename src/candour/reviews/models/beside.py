"""What runs beside a review: trials, inquests and other reviews, and what was agreed with them."""

from django.db import models
from django.db.models import Q

from candour.cases.models import CaseRecord, Versioned
from candour.people.models import User


class ParallelProceeding(CaseRecord, Versioned):
    """A trial, inquest or other review beside this one, who leads it and what was agreed with them.

    `asked_once` says what the two share, so that agencies and families are asked once.
    """

    class Kind(models.TextChoices):
        CRIMINAL = "criminal", "Criminal proceedings"
        INQUEST = "inquest", "Inquest"
        FAMILY = "family", "Family proceedings"
        CHILD_DEATH = "child_death", "Child death review"
        DOMESTIC_HOMICIDE = "domestic_homicide", "Domestic homicide review"
        ADULT = "adult", "Safeguarding adult review"
        MAPPA = "mappa", "MAPPA serious case review"
        HEALTH = "health", "Health investigation"
        OTHER = "other", "Other"

    kind = models.CharField(max_length=30, choices=Kind.choices)
    stands = models.CharField(max_length=300)
    reference = models.CharField(max_length=80, blank=True)
    lead_contact = models.CharField(max_length=300, blank=True)
    asked_once = models.TextField(blank=True)
    agreed = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return self.kind


class HeldActivity(CaseRecord, Versioned):
    """One named activity that waits for proceedings. The review goes on; its clock keeps running.

    What can already be learned is recorded with it and acted on meanwhile.
    """

    class Kind(models.TextChoices):
        CONVERSATION = "conversation", "A conversation with somebody"
        EVENT = "event", "The practitioner event"
        FAMILY = "family", "A contact with the family"
        MATERIAL = "material", "Asking for or reading certain material"
        PUBLICATION = "publication", "Publishing"
        OTHER = "other", "Something else"

    proceeding = models.ForeignKey(
        ParallelProceeding, on_delete=models.PROTECT, related_name="held_activities"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    activity = models.CharField(max_length=300)
    reason = models.TextField()
    agreed_with = models.CharField(max_length=200)
    interim_learning = models.TextField()
    held_on = models.DateField()
    lifted_on = models.DateField(null=True, blank=True)
    lifted_why = models.TextField(blank=True)

    class Meta:
        ordering = ["held_on", "recorded_at"]
        verbose_name_plural = "held activities"
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True) | ~Q(lifted_why=""),
                name="an_activity_goes_on_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return self.activity


class AgreedException(CaseRecord):
    """Why somebody was spoken to although such an activity was held back on that day.

    `subject` is the record of the conversation, event or family member it is about.
    """

    class Basis(models.TextChoices):
        AGREED = "agreed", "Those for whom it is held back have agreed to it"
        NOT_MEANT = "not_meant", "It is not what is held back"

    held = models.ForeignKey(HeldActivity, on_delete=models.PROTECT, related_name="exceptions")
    subject = models.UUIDField()
    basis = models.CharField(max_length=20, choices=Basis.choices)
    words = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["held", "subject"], name="one_exception_a_subject_a_held_activity"
            )
        ]

    def __str__(self) -> str:
        return f"exception to {self.held_id}"


class ProsecutionAgreement(CaseRecord):
    """What the police and the prosecutors agreed at commissioning; a later one stands in its place.

    Whom reviewers may speak to and when, and what is kept: notes of conversations can become
    unused material of a trial.
    """

    agreed_on = models.DateField()
    agreed_with = models.CharField(max_length=300)
    may_speak_to = models.TextField()
    not_yet = models.TextField(blank=True)
    what_is_kept = models.TextField()
    look_again_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-agreed_on", "-recorded_at"]

    def __str__(self) -> str:
        return f"agreement of {self.agreed_on.isoformat()}"


class ProgressCheck(CaseRecord):
    """A check of time taken and of quality, or a written request to the reviewer.

    Child Safeguarding Practice Review and Relevant Agency (England) Regulations 2018,
    regulation 14: at regular intervals, and requests for information or a draft in writing.
    """

    class Kind(models.TextChoices):
        PROGRESS = "progress_check", "Check of progress and time taken"
        QUALITY = "quality_check", "Check of quality"
        INFORMATION = "information", "Written request for information"
        DRAFT = "draft", "Written request for a draft of the report"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    made_on = models.DateField()
    words = models.TextField()
    on_time = models.BooleanField(default=True)
    delay_reasons = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["made_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | ~Q(answer=""),
                name="an_answered_check_says_something",
            )
        ]

    def __str__(self) -> str:
        return self.kind
