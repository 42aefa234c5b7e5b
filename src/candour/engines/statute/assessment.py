"""Assess a case against the rule sets that govern it: criteria, review, notification, and what is
still missing.

What is not known is never read as no: a finding stays undetermined, the outcome stays undetermined
where a missing fact could change it, and the facts are named. The engine advises; the decision
belongs to the people named in law.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from candour.engines.statute.criteria import TESTS
from candour.engines.statute.explanation import explain
from candour.engines.statute.facts import CaseFacts, Concern
from candour.engines.statute.findings import Finding, Tested, all_of, any_of
from candour.engines.statute.results import (
    Assessment,
    CriterionFinding,
    Notifiable,
    Notification,
    ReviewAdvice,
)
from candour.engines.statute.rulebook import RuleBook, rule_book
from candour.engines.statute.rulesets import (
    NotificationGround,
    ReviewGround,
    ReviewOutcome,
    RuleSet,
)
from candour.kernel.errors import Invalid

_STRENGTH: Mapping[ReviewOutcome, int] = {
    ReviewOutcome.MUST_REVIEW: 3,
    ReviewOutcome.RAPID_REVIEW_REQUIRED: 3,
    ReviewOutcome.MUST_REVIEW_UNLESS_DEFINITIVELY_NO_CONCERN: 2,
    ReviewOutcome.CONSIDER: 1,
}


def assess(facts: CaseFacts, book: RuleBook | None = None) -> Assessment:
    """Assess `facts` under the rule sets that they name; `book` brings a partnership's own changes.

    Raises Invalid (rule_set_unknown, rule_set_is_a_label).
    """
    rules = (book or rule_book()).rule_set(facts.rule_set)
    if rules.label_only:
        reason = f"{rules.title} is kept as a label only: it has no criteria to assess a case by."
        raise Invalid("rule_set_is_a_label", reason, "rule_set")
    notify_rules = (book or rule_book()).rule_set(facts.notify_rule_set)
    findings = tuple(_criterion_findings(facts, rules))
    review = _Review(facts, rules).advice()
    notification = _notification(facts, notify_rules)
    missing = tuple(dict.fromkeys((*review.missing, *notification.missing)))
    return Assessment(
        rule_set=rules.code,
        notify_rule_set=notify_rules.code,
        findings=findings,
        review=review,
        notification=notification,
        missing=missing,
        explanation=explain(rules, notify_rules, findings, review, notification, missing),
    )


def _criterion_findings(facts: CaseFacts, rules: RuleSet) -> Iterable[CriterionFinding]:
    for criterion in rules.criteria:
        tested = _tested(criterion.code, facts, rules)
        yield CriterionFinding(
            code=criterion.code,
            question=criterion.question,
            finding=tested.finding,
            reason=tested.reason,
            source=criterion.source,
            basis=criterion.basis,
            missing=tested.missing,
        )


def _tested(name: str, facts: CaseFacts, rules: RuleSet) -> Tested:
    criterion = rules.criterion(name)
    names = criterion.tests if criterion else (name,)
    return any_of(TESTS[each](facts, rules) for each in names)


def _any_way(ways: Iterable[tuple[str, ...]], facts: CaseFacts, rules: RuleSet) -> Tested:
    return any_of(all_of(_tested(name, facts, rules) for name in way) for way in ways)


@dataclass(frozen=True)
class _Weighed:
    """A ground for review with its merits alone, and with its place."""

    ground: ReviewGround
    merits: Tested
    whole: Tested

    @property
    def strength(self) -> int:
        return _STRENGTH[self.ground.outcome]


@dataclass(frozen=True)
class _Review:
    facts: CaseFacts
    rules: RuleSet

    def advice(self) -> ReviewAdvice:
        weighed = [self._weigh(ground) for ground in self.rules.review_grounds]
        satisfied = [each for each in weighed if each.whole.finding is Finding.MET]
        strongest = max((each.strength for each in satisfied), default=0)
        still_open = [
            each
            for each in weighed
            if each.whole.finding is Finding.UNDETERMINED and each.strength > strongest
        ]
        if still_open:
            return self._undetermined(each.whole for each in still_open)
        if satisfied:
            return self._met([each for each in satisfied if each.strength == strongest])
        return self._not_met_here(weighed)

    def _weigh(self, ground: ReviewGround) -> _Weighed:
        merits = _any_way(ground.ways, self.facts, self.rules)
        place = _tested(ground.place, self.facts, self.rules)
        return _Weighed(ground, merits, all_of((merits, place)))

    def _met(self, grounds: list[_Weighed]) -> ReviewAdvice:
        outcome = grounds[0].ground.outcome
        reversed_burden = outcome is ReviewOutcome.MUST_REVIEW_UNLESS_DEFINITIVELY_NO_CONCERN
        unclear = self.facts.interagency_concern in (Concern.UNCLEAR, Concern.NOT_APPLICABLE)
        return ReviewAdvice(
            outcome=outcome,
            route=tuple(each.ground.route for each in grounds),
            discretionary_review_open=outcome is ReviewOutcome.CONSIDER,
            basis=tuple(dict.fromkeys(each.ground.basis for each in grounds)),
            missing=("interagency_concern",) if reversed_burden and unclear else (),
        )

    def _undetermined(self, still_open: Iterable[Tested]) -> ReviewAdvice:
        missing = dict.fromkeys(fact for each in still_open for fact in each.missing)
        outcome = ReviewOutcome.UNDETERMINED
        return ReviewAdvice(outcome=outcome, route=("undetermined",), missing=tuple(missing))

    def _not_met_here(self, weighed: list[_Weighed]) -> ReviewAdvice:
        if any(each.merits.finding is Finding.MET for each in weighed):
            return ReviewAdvice(outcome=ReviewOutcome.REFER_TO_OTHER_AREA, route=("not_lead_area",))
        unsettled = [each.merits for each in weighed if each.merits.finding is Finding.UNDETERMINED]
        if unsettled:
            return self._undetermined(unsettled)
        child = _tested("child", self.facts, self.rules).finding
        return ReviewAdvice(
            outcome=ReviewOutcome.NOT_REQUIRED,
            route=("none",),
            discretionary_review_open=child is not Finding.NOT_MET,
        )


def _notification(facts: CaseFacts, rules: RuleSet) -> Notification:
    if rules.label_only:
        return Notification(Notifiable.UNDETERMINED, ("undetermined",), ("undetermined",))
    tested = {
        ground.route: _any_way(ground.ways, facts, rules) for ground in rules.notification_grounds
    }
    sure = {route for route, each in tested.items() if each.finding is Finding.MET}
    listed = [ground for ground in rules.notification_grounds if _listed(ground, sure)]
    if listed:
        tell = dict.fromkeys(_told(body, facts) for ground in listed for body in ground.tell)
        return Notification(Notifiable.YES, tuple(tell), tuple(ground.route for ground in listed))
    still_open = [each for each in tested.values() if each.finding is Finding.UNDETERMINED]
    if still_open:
        missing = tuple(dict.fromkeys(fact for each in still_open for fact in each.missing))
        return Notification(Notifiable.UNDETERMINED, ("undetermined",), ("undetermined",), missing)
    return Notification(Notifiable.NO, ("none",), ("none",))


def _listed(ground: NotificationGround, sure: set[str]) -> bool:
    return ground.route in sure and sure.isdisjoint(ground.covered_by)


def _told(body: str, facts: CaseFacts) -> str:
    """The board stands in for the safeguarding partners until local arrangements begin (transition
    of 2018-19).
    """
    if body != "safeguarding_partners" or facts.partners_since is None or facts.known_on is None:
        return body
    return "lscb" if facts.known_on < facts.partners_since else body
