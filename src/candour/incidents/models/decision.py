"""What was found, recommended, decided, and what the national panel made of it."""

from django.db import models

from candour.cases.models import CaseRecord, Versioned
from candour.documents.models import Document
from candour.duties.models import Letter
from candour.incidents.models.incident import IncidentChild
from candour.people.models import User
from candour.people.roles import PartnerBody

PARTNER_BODIES = [(body.value, body.label) for body in PartnerBody]


class CriterionFinding(CaseRecord, Versioned):
    """One criterion for one child: what the people assessing found, on what evidence, and why."""

    class Finding(models.TextChoices):
        MET = "met", "Met"
        NOT_MET = "not_met", "Not met"
        UNDETERMINED = "undetermined", "Cannot tell yet"
        NOT_APPLICABLE = "not_applicable", "Does not arise"

    child = models.ForeignKey(IncidentChild, on_delete=models.PROTECT, related_name="findings")
    criterion = models.CharField(max_length=40)
    rule_set = models.CharField(max_length=10)
    finding = models.CharField(max_length=20, choices=Finding.choices)
    evidence = models.TextField(blank=True)
    reason = models.TextField()
    found_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "criterion"], name="one_finding_a_criterion_a_child"
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.finding}"


class Recommendation(CaseRecord):
    """What the SCR sub-group (or rapid review meeting) recommends, with reasons and dissent."""

    class Outcome(models.TextChoices):
        REVIEW = "review", "Commission a review"
        OTHER = "other", "Another kind of learning exercise"
        NONE = "none", "No review"

    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    reasons = models.TextField()
    dissent = models.TextField(blank=True)
    recommended_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return self.outcome


class ReviewDecision(CaseRecord):
    """The decision on a review, by the Chair or by all three partners, with reasons.

    `decided_on` is the day claimed, `recorded_at` the instant it was entered: both are kept, and a
    later entry is shown as such. It is in force from `stands_from`, if at all: the Chair's at
    once, the partners' when all three have answered and agree.
    """

    outcome = models.CharField(max_length=20, choices=Recommendation.Outcome.choices)
    reasons = models.TextField()
    alternative = models.CharField(max_length=200, blank=True)
    override_reasons = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    decided_on = models.DateField()
    stands_from = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return self.outcome


class PartnerView(CaseRecord):
    """One of the three partners on a decision: agrees or not, and why."""

    decision = models.ForeignKey(ReviewDecision, on_delete=models.PROTECT, related_name="views")
    partner_body = models.CharField(max_length=20, choices=PARTNER_BODIES)
    agrees = models.BooleanField()
    reasons = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "partner_body"], name="one_view_a_partner_a_decision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner_body}: {'agrees' if self.agrees else 'does not agree'}"


class PanelNotice(CaseRecord):
    """That the national panel, Ofsted and the Department were told of the decision, and when."""

    told_on = models.DateField()
    letter = models.TextField()
    ofsted_told_on = models.DateField()
    dfe_told_on = models.DateField()
    notification_copied = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"notice to the panel of {self.case_id}"


class PanelLetter(CaseRecord):
    """A letter from the national panel, filed as it came, and the reply to it.

    `delivered` is the letter itself where the panel's desk on this installation sent it.
    """

    class Outcome(models.TextChoices):
        AGREES = "agrees", "Agrees"
        QUERIES = "queries", "Asks questions, or asks for the rapid review again"
        NATIONAL_REVIEW = "national_review", "Holds a national review"
        CHALLENGES = "challenges", "Asks the Chair to think again"

    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    received_on = models.DateField()
    reference = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
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
            models.CheckConstraint(
                condition=models.Q(replied_on__isnull=True) | ~models.Q(reply=""),
                name="a_reply_to_the_panel_says_something",
            ),
            models.UniqueConstraint(fields=["delivered"], name="a_delivered_letter_is_filed_once"),
        ]

    def __str__(self) -> str:
        return f"panel letter of {self.case_id}"
