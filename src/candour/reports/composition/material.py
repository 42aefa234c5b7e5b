"""Everything a report is made of, read once: composing asks the database nothing more."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from candour.analysis.models import Episode, Evidence, Finding, Recommendation
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.contributions.models import (
    AgencyRequest,
    Conversation,
    FamilyContribution,
    PractitionerEvent,
)
from candour.kernel.errors import Hidden
from candour.reports.composition.chronology_table import ChosenRow, chosen_rows
from candour.reports.models import Briefing, Report, Section
from candour.reviews.models import LeadReviewerAppointment, Review


@dataclass(frozen=True)
class Material:
    """One report with all that it draws on."""

    report: Report
    sections: list[Section]
    reviewers: list[LeadReviewerAppointment]
    rows: list[ChosenRow]
    episodes: list[Episode]
    findings: list[Finding]
    evidence: list[Evidence]
    recommendations: list[Recommendation]
    requests: list[AgencyRequest]
    conversations: list[Conversation]
    family: list[FamilyContribution]
    meetings: int

    @property
    def review(self) -> Review:
        """The review whose report this is."""
        return self.report.review

    @property
    def briefing(self) -> Briefing:
        """The briefing that goes with the report."""
        return self.report.briefing

    @property
    def accounts(self) -> list[Conversation]:
        """The accounts that practitioners have agreed."""
        return [each for each in self.conversations if each.agreed_on]

    def under_episode(self, episode: Episode) -> list[Evidence]:
        """What an episode rests on."""
        return [each for each in self.evidence if each.episode_id == episode.pk]

    def under_finding(self, finding: Finding) -> list[Evidence]:
        """What a finding rests on."""
        return [each for each in self.evidence if each.finding_id == finding.pk]


def material_of(access: Access) -> Material:
    """All that the report of this case is made of; Hidden where there is no report."""
    access.may_read(Kind.DRAFT).require()
    report, meetings = _report(access)
    case = access.case
    reviewers = LeadReviewerAppointment.objects.filter(
        review=report.review, accepted_at__isnull=False
    )
    episodes = list(Episode.objects.filter(case=case).prefetch_related("factors"))
    findings = list(Finding.objects.filter(case=case))
    return Material(
        report=report,
        sections=list(report.sections.all()),
        reviewers=list(reviewers.select_related("user").order_by("second", "recorded_at")),
        rows=chosen_rows(report),
        episodes=episodes,
        findings=findings,
        evidence=_evidence(access, {each.pk for each in (*episodes, *findings)}),
        recommendations=list(Recommendation.objects.filter(case=case)),
        requests=list(AgencyRequest.objects.filter(case=case).select_related("agency")),
        conversations=list(Conversation.objects.filter(case=case)),
        family=list(FamilyContribution.objects.filter(case=case)),
        meetings=meetings,
    )


def _evidence(access: Access, of: Collection[UUID]) -> list[Evidence]:
    """What still stands under the episodes and findings that still stand."""
    rows = Evidence.objects.filter(case=access.case, removed_at__isnull=True)
    rows = rows.select_related("entry__agency", "conversation")
    return [each for each in rows if each.episode_id in of or each.finding_id in of]


def _report(access: Access) -> tuple[Report, int]:
    """The report, and how many meetings of practitioners there were."""
    meetings = (
        PractitionerEvent.objects.filter(case=OuterRef("case"))
        .order_by()
        .values("case")
        .annotate(number=Count("pk"))
    )
    number = Subquery(meetings.values("number"), output_field=IntegerField())
    report = (
        Report.objects.filter(case=access.case)
        .select_related("review", "case__lead_partnership", "briefing")
        .annotate(meetings=Coalesce(number, 0))
        .first()
    )
    if report is None:
        raise Hidden
    return report, report.meetings
