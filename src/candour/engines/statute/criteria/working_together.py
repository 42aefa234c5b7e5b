"""Tests of how bodies worked together, which belong to serious harm and never to a death; the lists
to consider.
"""

from candour.engines.statute.criteria.child import seriously_harmed
from candour.engines.statute.facts import CaseFacts, Concern, SpecialTrigger
from candour.engines.statute.findings import (
    Finding,
    Tested,
    any_of,
    met,
    not_applicable,
    not_met,
    undetermined,
)
from candour.engines.statute.rulesets import RuleSet


def concern_about_working_together(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Cause for concern about how bodies worked together: a test that belongs to serious harm,
    never to a death.
    """
    harm = seriously_harmed(facts, rules)
    if harm.finding in (Finding.NOT_APPLICABLE, Finding.NOT_MET):
        return not_applicable(
            "Concern about working together is asked only where a child was seriously harmed."
        )
    match facts.interagency_concern:
        case Concern.CONCERN:
            return met("There is cause for concern about how the bodies involved worked together.")
        case Concern.DEFINITIVELY_NONE:
            return not_met(
                "There is definitive evidence of no concern about how the bodies worked together."
            )
    return undetermined(
        "It is not clear how the bodies involved worked together.", "interagency_concern"
    )


def concern_shown(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Has concern about working together been found?"""
    if facts.interagency_concern is Concern.CONCERN:
        return met("There is cause for concern about how the bodies involved worked together.")
    return not_met("Concern about how the bodies worked together has not been found.")


def concern_unclear(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Is it open whether there is concern?

    Then the burden is reversed: review unless there definitively is none.
    """
    if facts.interagency_concern in (Concern.UNCLEAR, Concern.NOT_APPLICABLE):
        return met(
            "It is unclear how the bodies worked together, and only definitive evidence "
            "would settle it."
        )
    return not_met("It is clear whether there is concern about how the bodies worked together.")


def concern_not_ruled_out(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Is concern about working together found, or still open?"""
    return any_of((concern_shown(facts, rules), concern_unclear(facts, rules)))


def violent_assault_listed(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Is the case on the "consider" list as a violent assault?"""
    return _listed(facts, SpecialTrigger.VIOLENT_ASSAULT, "serious harm through a violent assault")


def parent_murdered(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Is the case on the "consider" list because a parent was murdered?"""
    return _listed(facts, SpecialTrigger.PARENT_MURDERED, "the murder of a parent")


def _listed(facts: CaseFacts, trigger: SpecialTrigger, words: str) -> Tested:
    if facts.special_trigger is SpecialTrigger.UNKNOWN:
        return undetermined(
            "It is not recorded whether the case is on a list to consider.", "special_trigger"
        )
    if facts.special_trigger is trigger:
        return met(f"The case is on the list to consider: {words}.")
    return not_met(f"The case does not concern {words}.")
