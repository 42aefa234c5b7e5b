"""What a librarian says of a review: its short account, its subjects, and what belongs to it.

Everything here was written or confirmed by a person; nothing that an engine proposes is stored.
"""

from django.db import models

from candour.archive.models.catalogue import ReviewRecord


class Methodology(models.TextChoices):
    """How a review was carried out, in the terms that reports use."""

    IMR = "IMR", "Agency reports and an overview report"
    LT = "LT", "Learning Together (systems model)"
    SILP = "SILP", "Significant Incident Learning Process"
    WELSH_CONCISE = "WELSH_CONCISE", "Welsh model, concise"
    WELSH_EXTENDED = "WELSH_EXTENDED", "Welsh model, extended"
    RCA = "RCA", "Root cause analysis"
    AI = "AI", "Appreciative inquiry"
    HYBRID = "HYBRID", "A mixture of models"
    THEMATIC = "THEMATIC", "Thematic review"
    RR_ONLY = "RR_ONLY", "Rapid review alone"
    UNKNOWN = "UNKNOWN", "Not stated"


class Description(models.Model):
    """The short account of a review, each part about 150 words or fewer; empty parts are not shown.

    `questions` holds one question for a team's discussion on each line.
    """

    record = models.OneToOneField(
        ReviewRecord, on_delete=models.CASCADE, related_name="description"
    )
    incident = models.TextField(blank=True)
    background = models.TextField(blank=True)
    learning = models.TextField(blank=True)
    recommendations = models.TextField(blank=True)
    methodology = models.CharField(
        max_length=16, choices=Methodology.choices, default=Methodology.UNKNOWN
    )
    do_differently = models.TextField(blank=True)
    questions = models.TextField(blank=True)
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["record"]

    def __str__(self) -> str:
        return f"description of {self.record_id}"


class AnnouncedStatus(models.TextChoices):
    """Where a review stands, as the body that commissioned it has itself announced."""

    COMMISSIONED = "commissioned", "Commissioned"
    DELAYED = "delayed", "Delayed by proceedings"
    PUBLISHED = "published", "Published"
    SUMMARY_ONLY = "summary_only", "Only a summary published"
    WITHHELD = "withheld", "Not published"
    WITHDRAWN = "withdrawn", "No longer published"


class Announcement(models.Model):
    """What a body announced about its own review; without a source there is no announcement.

    `announced_text` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    """

    record = models.ForeignKey(ReviewRecord, on_delete=models.CASCADE, related_name="announcements")
    status = models.CharField(max_length=12, choices=AnnouncedStatus.choices)
    announced_text = models.CharField(max_length=10)
    source = models.CharField(max_length=500)

    class Meta:
        ordering = ["announced_text", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source="") & ~models.Q(announced_text=""),
                name="an_announcement_has_a_source_and_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.status}"


class RelatedKind(models.TextChoices):
    """What else is published about a review."""

    SUMMARY = "summary", "Executive summary"
    RESPONSE = "response", "Response of the board or partnership"
    ACTION_PLAN = "action_plan", "Action plan"
    BRIEFING = "briefing", "Briefing"
    STATEMENT = "statement", "Statement"
    TERMS = "terms", "Terms of reference"
    ADDENDUM = "addendum", "Addendum"
    REDACTIONS = "redactions", "Notice of redactions"
    GUIDANCE = "guidance", "Guidance"
    OTHER_REVIEW = "other_review", "Review of the same events"


class RelatedDocument(models.Model):
    """A document that belongs to a review: where it stands, or the review that it is."""

    record = models.ForeignKey(ReviewRecord, on_delete=models.CASCADE, related_name="related")
    kind = models.CharField(max_length=14, choices=RelatedKind.choices)
    title = models.CharField(max_length=300)
    address = models.CharField(max_length=500, blank=True)
    other = models.ForeignKey(
        ReviewRecord, null=True, blank=True, on_delete=models.CASCADE, related_name="related_from"
    )
    dated_text = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["kind", "dated_text", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.record_id}"
