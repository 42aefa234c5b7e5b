"""Rule sets as data: criteria, clocks, working days, state machines, independence.

It advises, with reasons and sources; the decision belongs to the people named in law.
"""

from candour.engines.statute.assessment import assess
from candour.engines.statute.clocks import Due, Length, add_months, day_zero, due
from candour.engines.statute.contradictions import contradictions
from candour.engines.statute.facts import CaseFacts
from candour.engines.statute.findings import Finding
from candour.engines.statute.guards import Facts
from candour.engines.statute.independence import Declaration, Verdict, check_independence
from candour.engines.statute.machines import Machine, Transition, can, machine
from candour.engines.statute.results import Assessment, CriterionFinding, Notifiable
from candour.engines.statute.rulebook import (
    RuleBook,
    read_rule_book,
    rule_book,
    rule_set,
    rule_set_in_force,
    rule_sets,
)
from candour.engines.statute.rulesets import Basis, Clock, Regime, ReviewOutcome, RuleSet
from candour.engines.statute.workingdays import CalendarOverride, Change, WorkingDays

__all__ = [
    "Assessment",
    "Basis",
    "CalendarOverride",
    "CaseFacts",
    "Change",
    "Clock",
    "CriterionFinding",
    "Declaration",
    "Due",
    "Facts",
    "Finding",
    "Length",
    "Machine",
    "Notifiable",
    "Regime",
    "ReviewOutcome",
    "RuleBook",
    "RuleSet",
    "Transition",
    "Verdict",
    "WorkingDays",
    "add_months",
    "assess",
    "can",
    "check_independence",
    "contradictions",
    "day_zero",
    "due",
    "machine",
    "read_rule_book",
    "rule_book",
    "rule_set",
    "rule_set_in_force",
    "rule_sets",
]
