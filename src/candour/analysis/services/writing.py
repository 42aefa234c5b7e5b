"""Writing episodes, findings and recommendations, and setting them aside."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TypeVar

from django.db import transaction
from django.db.models import Max

from candour.analysis.models import ContributoryFactor, Episode, Finding, Recommendation
from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.cases.versions import locked_for_edit
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid
from candour.reviews.selectors import review_or_none

Written = TypeVar("Written", bound=Episode | Finding | Recommendation)


@dataclass(frozen=True)
class EpisodeWords:
    """What is written of an episode. Days are inclusive; either may be open."""

    title: str
    period_start: date | None = None
    period_end: date | None = None
    what_happened: str = ""
    how_it_looked: str = ""
    good_practice: str = ""

    def checked(self) -> "EpisodeWords":
        """Invalid where there is no title, or the period ends before it starts."""
        if not self.title.strip():
            raise Invalid("title_missing", "Give the episode a short title.", "title")
        if self.period_start and self.period_end and self.period_start > self.period_end:
            raise Invalid("period_backwards", "The period ends before it starts.", "period_end")
        return self


@dataclass(frozen=True)
class FindingWords:
    """What is written of a finding: what was learned of the system, and why it is more than one
    case (the layout of SCIE Learning Together)."""

    statement: str
    how_it_showed: str = ""
    why_underlying: str = ""
    how_widespread: str = ""
    implications: str = ""

    def checked(self) -> "FindingWords":
        """Invalid without a statement."""
        if not self.statement.strip():
            raise Invalid("statement_missing", "Say what was found.", "statement")
        return self


@dataclass(frozen=True)
class RecommendationWords:
    """What is recommended, or asked of the board, to whom, and what is to come of it."""

    text: str
    addressee: str
    intended_outcome: str = ""

    def checked(self) -> "RecommendationWords":
        """Invalid without words or without somebody they are addressed to."""
        if not self.text.strip():
            raise Invalid("text_missing", "Write what is recommended or asked.", "text")
        if not self.addressee.strip():
            raise Invalid("addressee_missing", "Say to whom it is addressed.", "addressee")
        return self


@transaction.atomic
def add_episode(*, access: Access, words: EpisodeWords) -> Episode:
    """Add a key practice episode, last in the order."""
    access.may_write(Kind.ANALYSIS).require()
    order = _next(access, Episode, "order")
    episode = Episode.objects.create(case=access.case, order=order, **asdict(words.checked()))
    _record(access, "analysis.episode_added", episode)
    return episode


@transaction.atomic
def edit_episode(
    *, access: Access, episode: Episode, seen_version: int, words: EpisodeWords
) -> Episode:
    """Change an episode's words; EditedElsewhere if somebody else did meanwhile."""
    access.may_write(Kind.ANALYSIS).require()
    locked = _locked(access, episode, seen_version)
    _put(locked, asdict(words.checked()))
    _record(access, "analysis.episode_edited", locked)
    return locked


@transaction.atomic
def add_factor(
    *, access: Access, episode: Episode, group: ContributoryFactor.Group, text: str
) -> ContributoryFactor:
    """Add something that helps to explain an episode, in one of the nine groups."""
    access.may_write(Kind.ANALYSIS).require()
    if episode.case_id != access.case.pk:
        raise Hidden
    if not text.strip():
        raise Invalid("text_missing", "Say what helps to explain it.", "text")
    factor = ContributoryFactor.objects.create(
        case=access.case, episode=episode, group=group, text=text.strip()
    )
    _record(access, "analysis.factor_added", factor)
    return factor


@transaction.atomic
def remove_factor(*, access: Access, factor: ContributoryFactor) -> None:
    """Take a contributory factor out of its episode; it is kept on record."""
    access.may_write(Kind.ANALYSIS).require()
    locked = ContributoryFactor.objects.select_for_update().filter(pk=factor.pk, case=access.case)
    if not locked.update(set_aside_at=clock.now()):
        raise Hidden
    _record(access, "analysis.factor_removed", factor)


@transaction.atomic
def add_finding(
    *, access: Access, words: FindingWords, episodes: Sequence[Episode] = ()
) -> Finding:
    """Add a finding, and the episodes in which it showed."""
    access.may_write(Kind.ANALYSIS).require()
    _refuse_foreign(access, episodes)
    order = _next(access, Finding, "order")
    finding = Finding.objects.create(case=access.case, order=order, **asdict(words.checked()))
    finding.episodes.set(episodes)
    _record(access, "analysis.finding_added", finding)
    return finding


@transaction.atomic
def edit_finding(
    *,
    access: Access,
    finding: Finding,
    seen_version: int,
    words: FindingWords,
    episodes: Sequence[Episode] = (),
) -> Finding:
    """Change a finding's words and its episodes; EditedElsewhere if somebody else did meanwhile."""
    access.may_write(Kind.ANALYSIS).require()
    _refuse_foreign(access, episodes)
    locked = _locked(access, finding, seen_version)
    _put(locked, asdict(words.checked()))
    locked.episodes.set(episodes)
    _record(access, "analysis.finding_edited", locked)
    return locked


@transaction.atomic
def add_recommendation(
    *, access: Access, words: RecommendationWords, findings: Sequence[Finding]
) -> Recommendation:
    """Add a recommendation resting on findings; a question to the board where the review's method
    asks questions. Invalid where it rests on no finding."""
    access.may_write(Kind.ANALYSIS).require()
    _refuse_no_findings(access, findings)
    review = review_or_none(access.case)
    recommendation = Recommendation.objects.create(
        case=access.case,
        number=_next(access, Recommendation, "number"),
        is_question=bool(review and review.asks_questions),
        **asdict(words.checked()),
    )
    recommendation.findings.set(findings)
    _record(access, "analysis.recommendation_added", recommendation)
    return recommendation


@transaction.atomic
def edit_recommendation(
    *,
    access: Access,
    recommendation: Recommendation,
    seen_version: int,
    words: RecommendationWords,
    findings: Sequence[Finding],
) -> Recommendation:
    """Change a recommendation and what it rests on; EditedElsewhere if somebody else did."""
    access.may_write(Kind.ANALYSIS).require()
    _refuse_no_findings(access, findings)
    locked = _locked(access, recommendation, seen_version)
    _put(locked, asdict(words.checked()))
    locked.findings.set(findings)
    _record(access, "analysis.recommendation_edited", locked)
    return locked


@transaction.atomic
def set_aside(*, access: Access, written: Written, seen_version: int, why: str) -> Written:
    """Take an episode, finding or recommendation out of the analysis, with a reason; it is kept."""
    access.may_write(Kind.ANALYSIS).require()
    if not why.strip():
        raise Invalid("reasons_missing", "Say why it is set aside.", "why")
    locked = _locked(access, written, seen_version)
    _put(locked, {"set_aside_at": clock.now(), "set_aside_why": why})
    _record(access, f"analysis.{type(locked).__name__.lower()}_set_aside", locked)
    return locked


def _next(access: Access, model: type[Written], field: str) -> int:
    # Two people adding at once wait for each other, so that no number is given twice.
    Case.objects.select_for_update().get(pk=access.case.pk)
    # What was set aside keeps its number.
    ever = model._base_manager.filter(case=access.case)
    return (ever.aggregate(last=Max(field))["last"] or 0) + 1


def _locked(access: Access, written: Written, seen_version: int) -> Written:
    if written.case_id != access.case.pk:
        raise Hidden
    return locked_for_edit(written, seen_version)


def _put(locked: Written, values: dict[str, object]) -> None:
    for field, value in values.items():
        setattr(locked, field, value.strip() if isinstance(value, str) else value)
    locked.save()


def _refuse_foreign(access: Access, rows: Sequence[Episode] | Sequence[Finding]) -> None:
    if any(row.case_id != access.case.pk for row in rows):
        raise Hidden


def _refuse_no_findings(access: Access, findings: Sequence[Finding]) -> None:
    _refuse_foreign(access, findings)
    if not findings:
        raise Invalid(
            "finding_missing", "Choose the findings that it rests on. Write them first.", "findings"
        )


def _record(
    access: Access, name: str, row: Episode | Finding | Recommendation | ContributoryFactor
) -> None:
    record(name, by=access.actor, case_id=access.case.pk, subject=str(row.pk))
