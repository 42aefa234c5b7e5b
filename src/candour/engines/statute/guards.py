"""Guards: what must be on record before a step may be taken.

A guard has one or more alternatives; an alternative holds when every fact in it is as it should be.
A fact that is absent is unknown, and unknown refuses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from candour.engines.statute.clocks import due
from candour.engines.statute.rulesets import RuleSet
from candour.kernel.errors import Invalid

FactValue: TypeAlias = str | bool | int | date | None
Facts: TypeAlias = Mapping[str, FactValue]

RULE_SET = "rule_set"
_NOT_DONE = frozenset(
    {"no", "none", "nil", "nothing", "false", "blank", "missing", "unknown", "pending"}
    | {"outstanding", "incomplete", "failed", "refused", "rejected", "declined"}
)


@dataclass(frozen=True)
class Condition:
    """How one fact should be.

    `kind`: given (on record and not a no) · refuted (on record as a no) · complete (all of them:
    "7/7", or a yes) · one_of · none_of (given, and not one of `values`) · includes (a
    comma-separated list that holds all of `values`) · at_most (a number not over the rule set's
    setting named in `values`) · from_clock (a date not before the due date of the clock `values[0]`
    counted from the fact `values[1]`).
    """

    fact: str
    kind: str
    values: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact that this condition reads."""
        return (self.fact, self.values[1]) if self.kind == "from_clock" else (self.fact,)

    @property
    def is_of_the_rules(self) -> bool:
        """Is this about the rule set, not about a fact of the case?"""
        return self.fact == RULE_SET

    def mentioned_in(self, facts: Facts) -> bool:
        """Is every fact that this condition reads mentioned, even if blank?"""
        return not self.is_of_the_rules and all(fact in facts for fact in self.facts)

    def holds(self, facts: Facts, rules: RuleSet) -> bool:
        """Is the fact on record, and as it should be?"""
        if self.is_of_the_rules:
            return rules.code in self.values
        value = _written(facts.get(self.fact))
        if self.kind == "refuted":
            return bool(value) and _is_not_done(value)
        return bool(value) and self._positive(value, facts, rules)

    def _positive(self, value: str, facts: Facts, rules: RuleSet) -> bool:
        match self.kind:
            case "one_of":
                return value in self.values
            case "none_of":
                return not _is_not_done(value) and value not in self.values
            case "complete":
                return _is_complete(value)
            case "includes":
                return set(self.values) <= {part.strip() for part in value.split(",")}
            case "at_most":
                limit = rules.number(self.values[0])
                return limit is not None and value.isdigit() and int(value) <= limit
            case "from_clock":
                return self._not_before_clock(value, facts, rules)
        return not _is_not_done(value)

    def _not_before_clock(self, value: str, facts: Facts, rules: RuleSet) -> bool:
        started = _written(facts.get(self.values[1]))
        if not started:
            return False
        first = due(self.values[0], rules, _day(self.values[1], started)).due_date
        return first is not None and _day(self.fact, value) >= first


@dataclass(frozen=True)
class Guard:
    """A named requirement with the refusal it gives; `code` is stable, `reason` says what to do."""

    name: str
    code: str
    reason: str
    alternatives: tuple[tuple[Condition, ...], ...]

    def satisfied(self, facts: Facts, rules: RuleSet) -> bool:
        """Does one alternative hold?"""
        return any(
            all(condition.holds(facts, rules) for condition in each) for each in self.alternatives
        )


def _written(value: FactValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip().casefold()


def _is_not_done(value: str) -> bool:
    return value in _NOT_DONE or value.startswith(("not_", "no_"))


def _is_complete(value: str) -> bool:
    done, stroke, whole = value.partition("/")
    if not stroke:
        return not _is_not_done(value) and "," not in value
    return done.strip() == whole.strip()


def _day(fact: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as fault:
        reason = (
            f"{fact} is {value!r}, which is not a date. Write it as year-month-day, for "
            f"example 2016-01-11."
        )
        raise Invalid("date_unreadable", reason, fact) from fault
