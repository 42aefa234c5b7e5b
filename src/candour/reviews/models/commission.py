"""The commission of a review: who leads it, over which period, what is asked of whom."""

from django.db import models
from django.db.models import F, Q

from candour.cases.models import CaseRecord, Versioned
from candour.people.models import Agency, User


class Review(CaseRecord, Versioned):
    """A commissioned review of the case."""

    class Method(models.TextChoices):
        OVERVIEW = "IMR", "Agency reports and an overview report"
        LEARNING_TOGETHER = "LT", "SCIE Learning Together"
        SILP = "SILP", "Significant Incident Learning Process"
        WELSH_CONCISE = "WELSH_CONCISE", "Welsh model, concise"
        WELSH_EXTENDED = "WELSH_EXTENDED", "Welsh model, extended"
        ROOT_CAUSE = "RCA", "Root cause analysis"
        APPRECIATIVE = "AI", "Appreciative inquiry"
        HYBRID = "HYBRID", "A mix of methods"
        THEMATIC = "THEMATIC", "Thematic review"

    label = models.CharField(max_length=80)
    method = models.CharField(max_length=20, choices=Method.choices)
    commissioned_on = models.DateField()
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    period_why = models.TextField(blank=True)
    below_criteria_reason = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    terms_of_reference = models.TextField(blank=True)
    asks_questions = models.BooleanField(
        default=False, help_text="Questions to the board instead of recommendations"
    )
    family_plan = models.TextField(blank=True)
    practitioners_plan = models.TextField(blank=True)
    parallel_plan = models.TextField(blank=True)
    media_lead = models.CharField(max_length=200, blank=True)
    principles = models.TextField(
        blank=True, help_text="How the method meets the five principles of the guidance"
    )
    terms_agreed_at = models.DateTimeField(null=True, blank=True)
    terms_agreed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["commissioned_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], name="one_review_a_case"),
            models.CheckConstraint(
                condition=Q(period_start__isnull=True)
                | Q(period_end__isnull=True)
                | Q(period_start__lte=F("period_end")),
                name="period_starts_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class TermsVersion(CaseRecord):
    """The terms of reference as they were saved once; a later version never replaces it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="terms_versions")
    number = models.PositiveSmallIntegerField()
    terms = models.JSONField()
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="one_terms_version_a_number")
        ]

    def __str__(self) -> str:
        return f"terms {self.number} of {self.review_id}"


class LineOfEnquiry(CaseRecord, Versioned):
    """A question the review sets out to answer."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="lines_of_enquiry")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["order", "id"]
        verbose_name_plural = "lines of enquiry"

    def __str__(self) -> str:
        return self.text[:60]


class AgencyInScope(CaseRecord):
    """An agency whose practice is discussed, and the colour it has on every page and export."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="scope")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    colour = models.PositiveSmallIntegerField()
    asked_for = models.TextField(blank=True)
    left_scope_at = models.DateTimeField(null=True, blank=True)
    left_scope_why = models.TextField(blank=True)

    class Meta:
        ordering = ["colour"]
        verbose_name_plural = "agencies in scope"
        constraints = [
            models.UniqueConstraint(fields=["review", "agency"], name="an_agency_in_scope_once"),
            models.UniqueConstraint(fields=["review", "colour"], name="a_colour_an_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} in {self.review_id}"


class LeadReviewerAppointment(CaseRecord):
    """A reviewer's declaration of independence and what was decided on it.

    The reviewer is independent of the case and of the organisations reviewed; any look-back over
    past employment is a convention of the commissioner, not of the guidance.
    """

    class Result(models.TextChoices):
        INDEPENDENT = "independent", "Independent"
        DECLARE_AND_DECIDE = "declare_and_decide", "To be decided with reasons"
        CONFLICT = "conflict", "Conflict: may not be appointed"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="reviewers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    second = models.BooleanField(default=False)
    declaration = models.JSONField(default=dict)
    declared_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=20, choices=Result.choices, blank=True)
    kinds = models.JSONField(default=list)
    explanation = models.TextField(blank=True)
    knowledge = models.TextField(blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_result = models.CharField(max_length=20, choices=Result.choices, blank=True)
    reasons = models.TextField(blank=True)
    name_sent_to_panel_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.TextField(blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"reviewer of {self.review_id}"
