"""Publishing and withdrawing: what must be answered first, who cleared it, where it stands."""

from django.db import models

from candour.cases.models import CaseRecord, Versioned
from candour.disclosure.models import Bundle
from candour.people.models import User
from candour.reports.models import Report


class Publication(CaseRecord, Versioned):
    """A report on its way into the archive, there, or withdrawn from it.

    `problem` is what the archive answered when it could not take the report.
    """

    class State(models.TextChoices):
        PREPARING = "preparing", "Being prepared"
        PUBLISHING = "publishing", "Being published"
        PUBLISHED = "published", "Published"
        WITHDRAWING = "withdrawing", "Being withdrawn"
        WITHDRAWN = "withdrawn", "Withdrawn"

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="publication")
    state = models.CharField(max_length=20, choices=State.choices, default=State.PREPARING)
    copy_to_panel_on = models.DateField(null=True, blank=True)
    publish_on = models.DateField(null=True, blank=True)
    archive_record_id = models.CharField(max_length=80, blank=True)
    problem = models.TextField(blank=True)
    withdrawal_reason_class = models.CharField(max_length=40, blank=True)
    withdrawal_tombstone = models.CharField(max_length=10, blank=True)
    withdrawal_text = models.TextField(blank=True)
    withdrawal_reason = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    panel_told_of_withdrawal_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"publication of {self.case_id}"


class Edition(CaseRecord):
    """One set of bytes sent to the archive: the first publication, or a corrected text later.

    Its own id is the deposit's, so that a deposit repeated after a fault makes one version.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="editions")
    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    publish_on = models.DateField()
    reason = models.TextField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="one_edition_a_number")
        ]

    def __str__(self) -> str:
        return f"edition {self.number} of {self.publication_id}"


class Hold(CaseRecord, Versioned):
    """A question that a named person must answer before the report may be published."""

    class Kind(models.TextChoices):
        TRIAL = "trial", "Criminal trial or appeal"
        INQUEST = "inquest", "Inquest"
        FAMILY_PROCEEDINGS = "family_proceedings", "Family proceedings"
        COURT_ORDERS = "court_orders", "Court orders and reporting restrictions"
        JIGSAW = "jigsaw", "Identification by what is already public"
        FAMILY_TOLD = "family_told", "Family told and offered the report"
        STAFF_TOLD = "staff_told", "Staff told"
        MEDIA_PLAN = "media_plan", "Media plan"

    class Answer(models.TextChoices):
        HOLDS = "holds", "It stands in the way"
        CLEAR = "clear", "It does not stand in the way"

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="holds")
    kind = models.CharField(max_length=30, choices=Kind.choices)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    note = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "kind"], name="one_hold_a_kind")
        ]

    def __str__(self) -> str:
        return self.kind


class Clearance(CaseRecord):
    """One person's clearance of exact bytes; two different people are needed."""

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="clearances"
    )
    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "by", "bundle"], name="one_clearance_a_person_a_bundle"
            )
        ]

    def __str__(self) -> str:
        return f"clearance by {self.by_id}"
