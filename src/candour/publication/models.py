"""Publishing, not publishing, withdrawing: what was answered, who decided, where it stands."""

from django.db import models

from candour.cases.models import CaseRecord, Versioned
from candour.disclosure.models import Bundle
from candour.duties.models import Letter
from candour.people.models import User
from candour.people.roles import PartnerBody
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


class NonPublication(CaseRecord):
    """The decision not to publish a report: why, what was weighed instead, who dissented.

    In force from `stands_from`: the Chair's at once, the partners' once all three have answered
    and agree. `ended_at` is when it was replaced, or when it was decided to publish after all.
    """

    reasons = models.TextField()
    alternatives = models.TextField()
    dissent = models.TextField(blank=True)
    decided_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    stands_from = models.DateTimeField(null=True, blank=True)
    panel_told_on = models.DateField(null=True, blank=True)
    department_told_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.TextField(blank=True)
    ended_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["recorded_at", "id"]
        verbose_name_plural = "decisions not to publish"
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(ended_at__isnull=True),
                name="one_decision_not_to_publish_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(panel_told_on__isnull=True, department_told_on__isnull=True)
                | models.Q(panel_told_on__isnull=False, department_told_on__isnull=False),
                name="panel_and_department_are_told_together",
            ),
        ]

    def __str__(self) -> str:
        return f"decision not to publish of {self.case_id}"


class NonPublicationAnswer(CaseRecord):
    """One of the three partners on a decision not to publish: agrees or not, and why."""

    decision = models.ForeignKey(NonPublication, on_delete=models.PROTECT, related_name="answers")
    partner_body = models.CharField(
        max_length=20, choices=[(body.value, body.label) for body in PartnerBody]
    )
    agrees = models.BooleanField()
    reasons = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "partner_body"], name="one_answer_a_partner_on_not_publishing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner_body}: {'agrees' if self.agrees else 'does not agree'}"


class NonPublicationLetter(CaseRecord):
    """What the national panel wrote about a decision not to publish, and the reply. Advice only.

    `delivered` is the letter itself where the panel's desk on this installation sent it.
    """

    class Outcome(models.TextChoices):
        AGREED = "agreed", "Agrees"
        DISAGREED = "disagreed", "Does not agree: asks to think again"
        ANONYMOUS = "anonymous", "Advises to publish without a name, through the NSPCC"
        SUMMARY = "summary", "Advises to publish a summary only"
        QUERIES = "queries", "Asks questions"

    decision = models.ForeignKey(NonPublication, on_delete=models.PROTECT, related_name="letters")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    received_on = models.DateField()
    reference = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    delivered = models.ForeignKey(
        Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reply_due_on = models.DateField(null=True, blank=True)
    replied_on = models.DateField(null=True, blank=True)
    reply = models.TextField(blank=True)
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivered"], name="a_delivered_letter_is_filed_once_here"
            ),
            models.CheckConstraint(
                condition=models.Q(replied_on__isnull=True) | ~models.Q(reply=""),
                name="a_reply_about_not_publishing_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"panel letter on not publishing of {self.case_id}"
