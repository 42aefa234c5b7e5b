"""Why it happened: episodes, findings, the evidence they rest on, and what is recommended."""

from typing import TypeVar

from django.db import models
from django.db.models import Q, QuerySet

from candour.cases.models import CaseRecord, Versioned
from candour.contributions.models import Conversation, Entry, FamilyContribution

Row = TypeVar("Row", bound=models.Model)


class Standing(models.Manager[Row]):
    """The rows that have not been set aside."""

    def get_queryset(self) -> QuerySet[Row]:
        return super().get_queryset().filter(set_aside_at__isnull=True)


class MaySetAside(models.Model):
    """What a reviewer may set aside with a reason. It is kept, and leaves every page and report."""

    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_why = models.TextField(blank=True)

    objects = Standing()

    class Meta:
        abstract = True


class Episode(CaseRecord, Versioned, MaySetAside):
    """A key practice episode: a stretch of practice, good or poor, looked at closely.

    `how_it_looked` is practice as those involved saw it at the time, from the records then held
    and from people's own accounts.
    """

    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    what_happened = models.TextField(blank=True)
    how_it_looked = models.TextField(blank=True)
    good_practice = models.TextField(blank=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.title


class ContributoryFactor(CaseRecord, MaySetAside):
    """Something that helps to explain an episode, in one of the nine groups of the SCIE model."""

    class Group(models.TextChoices):
        FAMILY = "family", "Aspects of the family"
        PERSONAL = "personal", "Personal aspects of staff"
        ROLE = "role", "The role"
        CONDITIONS = "conditions", "Conditions of work"
        TEAM = "team", "Own team"
        INTER_AGENCY = "inter_agency", "Inter-agency team"
        ORGANISATION = "organisation", "Organisational culture and management"
        POLITICAL = "political", "Wider political context"
        OTHER = "other", "Other"

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="factors")
    group = models.CharField(max_length=20, choices=Group.choices)
    text = models.TextField()

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return self.group


class Finding(CaseRecord, Versioned, MaySetAside):
    """What the review learned about the system, and why it is more than this one case."""

    order = models.PositiveSmallIntegerField()
    statement = models.TextField()
    how_it_showed = models.TextField(blank=True)
    why_underlying = models.TextField(blank=True)
    how_widespread = models.TextField(blank=True)
    implications = models.TextField(blank=True)
    episodes = models.ManyToManyField(Episode, blank=True, related_name="findings")

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"finding {self.order}"


class Evidence(CaseRecord):
    """One thing an episode or a finding rests on, of whatever kind."""

    class Kind(models.TextChoices):
        ENTRY = "entry", "Entry of an agency"
        CONVERSATION = "conversation", "Practitioner account"
        FAMILY = "family", "Family contribution"
        AGENCY_REPORT = "agency_report", "Agency report"
        POLICY = "policy", "Policy or procedure of the day"
        RESEARCH = "research", "Research"
        EARLIER_REVIEW = "earlier_review", "Earlier review"

    episode = models.ForeignKey(
        Episode, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    finding = models.ForeignKey(
        Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    entry = models.ForeignKey(
        Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    conversation = models.ForeignKey(
        Conversation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    family = models.ForeignKey(
        FamilyContribution, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    citation = models.TextField(blank=True)
    address = models.URLField(blank=True)
    note = models.TextField(blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(episode__isnull=False, finding__isnull=True)
                | Q(episode__isnull=True, finding__isnull=False),
                name="evidence_of_an_episode_or_a_finding",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Recommendation(CaseRecord, Versioned, MaySetAside):
    """A recommendation, or a question to the board where the method asks questions."""

    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    is_question = models.BooleanField(default=False)
    addressee = models.CharField(max_length=200)
    intended_outcome = models.TextField(blank=True)
    findings = models.ManyToManyField(Finding, related_name="recommendations")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_recommendation_a_number")
        ]

    def __str__(self) -> str:
        return f"recommendation {self.number}"
