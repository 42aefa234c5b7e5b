"""Is a proposed reviewer independent of the case and of the bodies reviewed?

The firm rule (Working Together 2013 and 2015): independent of the case and of the bodies under
review. A body is the same body as any predecessor or successor on its own line; the other half of a
split body is not. Look-back and overlap are conventions of this product and stand in
rules/independence.toml with their marks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from candour.engines.statute.clocks import add_months
from candour.engines.statute.rulefiles import local_rules, read_rule_file
from candour.engines.statute.rulesets import Basis
from candour.kernel.errors import Invalid


class CaseInvolvement(StrEnum):
    """What part the reviewer had in the case."""

    NONE = "none"
    DIRECT = "direct"
    SUPERVISORY = "supervisory"
    AGENCY_AUTHOR = "agency_author"
    INDEPENDENT_REVIEWER_EARLIER = "independent_reviewer_earlier"


class Relation(StrEnum):
    """Whom in the matter the reviewer is close to."""

    NONE = "none"
    FAMILY_OF_CHILD = "family_of_child"
    CLOSE_TO_CASE_STAFF = "close_to_case_staff"
    CLOSE_TO_OTHER_STAFF = "close_to_other_staff"


class PublishedView(StrEnum):
    """What the reviewer has said in public."""

    NONE = "none"
    GENERAL = "general"
    THIS_CASE = "this_case"


class CommissionerRole(StrEnum):
    """Office held in the board or partnership that commissions the review."""

    NONE = "none"
    CURRENT = "current"
    FORMER = "former"


@dataclass(frozen=True)
class Engagement:
    """Employment by or a contract with a body; `until` None while it runs, `since` None if not
    recorded.
    """

    body: str
    kind: str
    since: date | None
    until: date | None


@dataclass(frozen=True)
class Succession:
    """One body took over from another on a day."""

    old: str
    new: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What the reviewer declares. Every question must be answered: nothing is taken as no because
    it was not asked.

    `commissioner_until` is the day on which a former office ended; `same_board_reviews` counts
    reviews led for the same board or partnership inside the look-back, without this one.
    """

    commissioned_on: date
    period_start: date
    period_end: date
    agencies_in_scope: tuple[str, ...]
    body_history: tuple[Succession, ...]
    engagements: tuple[Engagement, ...]
    case_involvement: CaseInvolvement
    relation: Relation
    commissioner_role: CommissionerRole
    commissioner_until: date | None
    same_board_reviews: int
    published_view: PublishedView


class Verdict(StrEnum):
    """What follows: record the declaration, have the appointing person decide with reasons, or do
    not appoint.
    """

    INDEPENDENT = "independent"
    DECLARE_AND_DECIDE = "declare_and_decide"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class ConflictKind:
    """A kind of conflict: whether it bars, why, and how far the rule may be trusted."""

    code: str
    bars: bool
    reason: str
    basis: Basis


@dataclass(frozen=True)
class IndependenceRules:
    """The kinds of conflict and the look-back in years."""

    look_back_years: int
    kinds: tuple[ConflictKind, ...]


@dataclass(frozen=True)
class IndependenceResult:
    """The verdict with the kinds that led to it, most serious first, and a reason for each."""

    verdict: Verdict
    kinds: tuple[str, ...]
    reasons: tuple[str, ...]
    bases: tuple[Basis, ...]


def read_independence_rules(local: Path | None = None) -> IndependenceRules:
    """Read the shipped rules with a partnership's own changes laid over them.

    Raises Invalid (rule_file_invalid).
    """
    file = read_rule_file("independence.toml", local)
    years = file.table("setting")["look_back_years"].get("value")
    if not isinstance(years, int):
        raise file.fault("[setting.look_back_years]", "value must be a number of years")
    kinds = tuple(
        ConflictKind(
            code,
            table.get("bars") is True,
            str(table.get("reason")),
            Basis(str(table.get("basis"))),
        )
        for code, table in file.table("kind").items()
    )
    return IndependenceRules(years, kinds)


@cache
def _rules(local: Path | None) -> IndependenceRules:
    return read_independence_rules(local)


def check_independence(
    declaration: Declaration, rules: IndependenceRules | None = None
) -> IndependenceResult:
    """Judge a declaration.

    Raises Invalid (commissioner_until_missing) for a former office without its end.
    """
    known = rules or _rules(local_rules())
    found = set(_Check(declaration, known.look_back_years).kinds())
    kinds = [kind for kind in known.kinds if kind.code in found]
    return IndependenceResult(
        verdict=_verdict(kinds),
        kinds=tuple(kind.code for kind in kinds),
        reasons=tuple(kind.reason for kind in kinds)
        or ("No link to the case or to any body under review.",),
        bases=tuple(kind.basis for kind in kinds),
    )


def _verdict(kinds: list[ConflictKind]) -> Verdict:
    if any(kind.bars for kind in kinds):
        return Verdict.CONFLICT
    return Verdict.DECLARE_AND_DECIDE if kinds else Verdict.INDEPENDENT


@dataclass(frozen=True)
class _Check:
    declaration: Declaration
    look_back_years: int

    def kinds(self) -> Iterator[str]:
        yield from self._of_involvement()
        yield from self._of_relation()
        yield from self._of_office()
        yield from self._of_views()
        for engagement in self.declaration.engagements:
            if any(
                self._same_body(engagement.body, agency)
                for agency in self.declaration.agencies_in_scope
            ):
                yield from self._of_engagement(engagement)

    def _of_involvement(self) -> Iterator[str]:
        match self.declaration.case_involvement:
            case CaseInvolvement.NONE:
                return
            case CaseInvolvement.INDEPENDENT_REVIEWER_EARLIER:
                yield "earlier_review_same_family"
            case _:
                yield "case_involvement"

    def _of_relation(self) -> Iterator[str]:
        if self.declaration.relation is Relation.CLOSE_TO_OTHER_STAFF:
            yield "perceived_relation"
        elif self.declaration.relation is not Relation.NONE:
            yield "relation"

    def _of_office(self) -> Iterator[str]:
        if self.declaration.same_board_reviews > 0:
            yield "repeat_commission"
        if self.declaration.commissioner_role is CommissionerRole.CURRENT:
            yield "commissioner"
        elif self.declaration.commissioner_role is CommissionerRole.FORMER:
            yield from self._of_former_office(self.declaration.commissioner_until)

    def _of_former_office(self, until: date | None) -> Iterator[str]:
        if until is None:
            reason = (
                "A former office in the board or partnership is declared. Give the day on "
                "which it ended."
            )
            raise Invalid("commissioner_until_missing", reason, "commissioner_role")
        if until >= self.declaration.commissioned_on:
            yield "commissioner"
        elif until >= self.declaration.period_start:
            yield "commissioner_in_period"
        elif until >= self._look_back:
            yield "former_commissioner"

    def _of_views(self) -> Iterator[str]:
        match self.declaration.published_view:
            case PublishedView.GENERAL:
                yield "published_view"
            case PublishedView.THIS_CASE:
                yield "prejudgement"

    def _of_engagement(self, engagement: Engagement) -> Iterator[str]:
        if engagement.until is None or engagement.until >= self.declaration.commissioned_on:
            yield "current_engagement"
        elif self._overlaps_period(engagement.since, engagement.until):
            yield "engaged_in_period"
        elif engagement.until >= self._look_back:
            yield "recent_engagement"

    def _overlaps_period(self, since: date | None, until: date) -> bool:
        began_in_time = since is None or since <= self.declaration.period_end
        return began_in_time and until >= self.declaration.period_start

    @property
    def _look_back(self) -> date:
        return add_months(self.declaration.commissioned_on, -12 * self.look_back_years)

    def _same_body(self, one: str, other: str) -> bool:
        first, second = _named(one), _named(other)
        return second in self._line(first, forward=True) or second in self._line(
            first, forward=False
        )

    def _line(self, body: str, *, forward: bool) -> set[str]:
        line, waiting = {body}, [body]
        while waiting:
            here = waiting.pop()
            for step in self.declaration.body_history:
                near, far = (step.old, step.new) if forward else (step.new, step.old)
                if _named(near) == here and _named(far) not in line:
                    line.add(_named(far))
                    waiting.append(_named(far))
        return line


def _named(body: str) -> str:
    return " ".join(body.split()).casefold()
