"""Reading the analysis: what rests on what, from a recommendation down to an entry and back."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from candour.analysis.models import (
    ContributoryFactor,
    Episode,
    Evidence,
    Finding,
    Recommendation,
)
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.order import Numbered, Place
from candour.chronology.selectors import Chronology
from candour.kernel.errors import Hidden
from candour.reviews.selectors import review_or_none


class Footing(StrEnum):
    """What a finding rests on, as far as a reader must be told."""

    NOTHING = "Rests on no evidence yet"
    ENTRIES_ALONE = "Nobody has been asked why"
    SEVERAL = ""


def footing(kinds: Iterable[str]) -> Footing:
    """A finding that rests on entries alone is marked: nobody has been asked why."""
    found = set(kinds)
    if not found:
        return Footing.NOTHING
    return Footing.ENTRIES_ALONE if found == {Evidence.Kind.ENTRY} else Footing.SEVERAL


def evidence_in_use(access: Access) -> QuerySet[Evidence]:
    """All evidence that something standing rests on."""
    access.may_read(Kind.ANALYSIS).require()
    return (
        Evidence.objects.filter(case=access.case, removed_at__isnull=True)
        .exclude(episode__set_aside_at__isnull=False)
        .exclude(finding__set_aside_at__isnull=False)
        .select_related("conversation", "family__identity", "episode", "finding")
    )


def episodes_of(access: Access) -> QuerySet[Episode]:
    """The key practice episodes in order."""
    access.may_read(Kind.ANALYSIS).require()
    return Episode.objects.filter(case=access.case)


def findings_of(access: Access) -> QuerySet[Finding]:
    """The findings in order, each with what it rests on (`rests_on`)."""
    access.may_read(Kind.ANALYSIS).require()
    return Finding.objects.filter(case=access.case).prefetch_related(_rests_on(access))


def recommendations_of(access: Access) -> QuerySet[Recommendation]:
    """Recommendations, or questions to the board, by number."""
    access.may_read(Kind.ANALYSIS).require()
    return Recommendation.objects.filter(case=access.case)


def chains_of(access: Access) -> QuerySet[Recommendation]:
    """Recommendations with their findings, those with their episodes, and what each rests on."""
    episodes = episodes_of(access).prefetch_related(_rests_on(access))
    findings = findings_of(access).prefetch_related(Prefetch("episodes", queryset=episodes))
    return recommendations_of(access).prefetch_related(Prefetch("findings", queryset=findings))


def _rests_on(access: Access) -> "Prefetch[str, QuerySet[Evidence], str]":
    return Prefetch("evidence", queryset=evidence_in_use(access), to_attr="rests_on")


def rests_on(resting: Episode | Finding) -> list[Evidence]:
    """The evidence of an episode or finding that came from one of the selectors above."""
    found: list[Evidence] = getattr(resting, "rests_on", [])
    return found


def footing_of(finding: Finding) -> Footing:
    """What this finding itself rests on."""
    return footing(evidence.kind for evidence in rests_on(finding))


def episode_of(access: Access, episode_id: UUID) -> Episode:
    """One episode; Hidden if it is of another case or set aside."""
    episodes = episodes_of(access).prefetch_related(_rests_on(access))
    episode = episodes.filter(pk=episode_id).first()
    if episode is None:
        raise Hidden
    return episode


def finding_of(access: Access, finding_id: UUID) -> Finding:
    """One finding; Hidden if it is of another case or set aside."""
    finding = findings_of(access).prefetch_related("episodes").filter(pk=finding_id).first()
    if finding is None:
        raise Hidden
    return finding


def recommendation_of(access: Access, recommendation_id: UUID) -> Recommendation:
    """One recommendation; Hidden if it is of another case or set aside."""
    recommendation = chains_of(access).filter(pk=recommendation_id).first()
    if recommendation is None:
        raise Hidden
    return recommendation


def factors_of(episode: Episode) -> QuerySet[ContributoryFactor]:
    """What helps to explain an episode, in the order in which it was written."""
    return ContributoryFactor.objects.filter(episode=episode)


def factor_of(access: Access, factor_id: UUID) -> ContributoryFactor:
    """One contributory factor; Hidden if it is of another case."""
    access.may_read(Kind.ANALYSIS).require()
    factor = ContributoryFactor.objects.filter(pk=factor_id, case=access.case).first()
    if factor is None:
        raise Hidden
    return factor


def evidence_of(access: Access, evidence_id: UUID) -> Evidence:
    """One piece of evidence; Hidden if it is of another case or withdrawn."""
    evidence = evidence_in_use(access).filter(pk=evidence_id).first()
    if evidence is None:
        raise Hidden
    return evidence


@dataclass(frozen=True)
class Uses:
    """Where an entry is used: episodes and findings that rest on it, and what rests on those."""

    episodes: list[Episode]
    findings: list[Finding]
    recommendations: list[Recommendation]


def uses_of(access: Access, entry_id: UUID) -> Uses:
    """From an entry back up to the recommendations that come of it."""
    used = evidence_in_use(access).filter(entry=entry_id)
    episodes = list(Episode.objects.filter(evidence__in=used).distinct())
    direct = Finding.objects.filter(case=access.case, evidence__in=used)
    through = Finding.objects.filter(case=access.case, episodes__in=episodes)
    findings = sorted({*direct, *through}, key=lambda finding: finding.order)
    recommendations = Recommendation.objects.filter(findings__in=findings).distinct()
    return Uses(episodes, findings, list(recommendations))


def used_nowhere(access: Access, whole: Chronology) -> list[Numbered | Place]:
    """The entries on which neither an episode nor a finding rests, undated last."""
    used = set(
        evidence_in_use(access).filter(entry__isnull=False).values_list("entry_id", flat=True)
    )
    dated = [one for one in whole.dated if one.place.entry not in used]
    return [*dated, *(place for place in whole.undated if place.entry not in used)]


def count_used_nowhere(access: Access, whole: Chronology) -> int:
    """How many entries there are on which neither an episode nor a finding rests."""
    used = evidence_in_use(access).filter(entry__isnull=False)
    return whole.visible.exclude(entry__in=used.order_by().values("entry")).count()


def resting_on(evidence: Evidence) -> Episode | Finding:
    """The episode or finding that rests on this."""
    found = evidence.episode or evidence.finding
    if found is None:
        raise Hidden
    return found


def asks_questions(access: Access) -> bool:
    """Whether the review's method asks questions of the board instead of recommending."""
    review = review_or_none(access.case)
    return bool(review and review.asks_questions)
