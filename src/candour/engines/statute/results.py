"""What an assessment says, ready to be shown: findings, review, notification, explanation."""

from dataclasses import dataclass
from enum import StrEnum

from candour.engines.statute.findings import Finding
from candour.engines.statute.rulesets import Basis, ReviewOutcome, Source


class Notifiable(StrEnum):
    """Must our authority notify?"""

    YES = "yes"
    NO = "no"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True)
class CriterionFinding:
    """One criterion answered, with its reason, its source and the facts that are missing."""

    code: str
    question: str
    finding: Finding
    reason: str
    source: Source
    basis: Basis
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReviewAdvice:
    """What follows for the review, by which ground, and the missing facts that could change it."""

    outcome: ReviewOutcome
    route: tuple[str, ...]
    discretionary_review_open: bool = False
    basis: tuple[Basis, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Notification:
    """Whether to notify, whom, on which ground, and the missing facts that could change it."""

    notifiable: Notifiable
    tell: tuple[str, ...]
    route: tuple[str, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assessment:
    """The whole answer. `missing` names every fact that could still change an outcome."""

    rule_set: str
    notify_rule_set: str
    findings: tuple[CriterionFinding, ...]
    review: ReviewAdvice
    notification: Notification
    missing: tuple[str, ...]
    explanation: str

    def finding(self, code: str) -> Finding:
        """The finding on a criterion; not applicable where the rule set does not ask it."""
        for each in self.findings:
            if each.code == code:
                return each.finding
        return Finding.NOT_APPLICABLE
