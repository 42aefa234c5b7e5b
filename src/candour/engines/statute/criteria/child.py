"""Tests of the child and the harm: age, abuse or neglect, death, serious harm, harm to others."""

from candour.engines.statute.facts import (
    UNBORN,
    AbuseNeglect,
    Answer,
    CaseFacts,
    ChildOutcome,
    ChildRole,
    HarmBasis,
)
from candour.engines.statute.findings import (
    Finding,
    Tested,
    met,
    not_applicable,
    not_met,
    undetermined,
)
from candour.engines.statute.rulesets import RuleSet

ADULT = 18


def under_age(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Was the child under 18 at the incident? Whether an unborn child counts is a setting."""
    if facts.age_years == UNBORN:
        return _unborn(rules)
    if facts.age_years is None:
        return undetermined("The child's age at the incident is not known.", "age_years")
    if int(facts.age_years) < ADULT:
        return met(f"The child was {facts.age_years or 'under one'}, which is under {ADULT}.")
    return not_met(f"The person was {facts.age_years}, which is not under {ADULT}.")


def _unborn(rules: RuleSet) -> Tested:
    counted = rules.word("unborn")
    if counted == Finding.MET:
        return met("Local rules count an unborn child as a child.")
    if counted == Finding.NOT_MET:
        return not_met("Local rules do not count an unborn child as a child.")
    return undetermined(
        "Whether an unborn child counts is not settled in the text; take advice.", "age_years"
    )


def abuse_or_neglect(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Is abuse or neglect known or suspected? Suspicion is enough."""
    match facts.abuse_neglect:
        case AbuseNeglect.KNOWN:
            return met("Abuse or neglect of the child is known.")
        case AbuseNeglect.SUSPECTED:
            return met("Abuse or neglect of the child is suspected, and suspicion is enough.")
        case AbuseNeglect.NOT_INDICATED:
            return not_met("Nothing indicates abuse or neglect of the child.")
    return undetermined(
        "It is not yet known whether abuse or neglect is suspected.", "abuse_neglect"
    )


def died(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Did the child die? A suspected suicide is a death; it is not a ground of its own."""
    match facts.outcome:
        case ChildOutcome.DEATH if facts.suspected_suicide is Answer.YES:
            return met(
                "The child died; a suspected suicide is a death like any other here, not a "
                "ground of its own."
            )
        case ChildOutcome.DEATH:
            return met("The child died.")
        case ChildOutcome.NOT_YET_KNOWN:
            return undetermined("What happened to the child is not yet known.", "outcome")
    return not_met("The child did not die.")


def seriously_harmed(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Was the child seriously harmed?

    Recovery does not undo it; harm done by the child is not harm to the child.
    """
    if facts.outcome is ChildOutcome.DEATH:
        return not_applicable("The child died, so serious harm is not the question.")
    if _harmed_somebody_else(facts):
        return not_met("The harm recorded was done by the child, not to the child.")
    if facts.outcome is ChildOutcome.NOT_YET_KNOWN:
        return undetermined("What happened to the child is not yet known.", "outcome")
    if facts.outcome is ChildOutcome.SERIOUS_HARM:
        return _harm_claimed(facts, rules)
    return _harm_denied(facts, rules)


def _harm_claimed(facts: CaseFacts, rules: RuleSet) -> Tested:
    if facts.harm_basis in rules.names("serious_harm"):
        recovered = facts.harm_basis is HarmBasis.ONE_OFF_RECOVERED
        return met(
            "The child was seriously harmed"
            + ("; recovery does not undo it." if recovered else ".")
        )
    return undetermined(
        "Serious harm is recorded, but no kind of harm that would be serious.", "harm_basis"
    )


def _harm_denied(facts: CaseFacts, rules: RuleSet) -> Tested:
    if facts.harm_basis in rules.names("serious_harm"):
        return undetermined(
            "A serious kind of harm is recorded, but not that the harm was serious.", "outcome"
        )
    if facts.harm_basis is HarmBasis.NOT_YET_ASSESSED:
        return undetermined("The harm to the child has not been assessed yet.", "harm_basis")
    return not_met("The child was not seriously harmed.")


def _harmed_somebody_else(facts: CaseFacts) -> bool:
    accused = (
        facts.child_role is ChildRole.ALLEGED_PERPETRATOR and facts.outcome is ChildOutcome.NEITHER
    )
    return facts.harm_basis is HarmBasis.HARM_TO_OTHERS_BY_CHILD or accused


def harmed_others(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Is the child said to have harmed somebody, without having died or been seriously harmed?"""
    if facts.outcome is ChildOutcome.DEATH:
        return not_applicable("The child died.")
    if facts.outcome is ChildOutcome.NOT_YET_KNOWN:
        return undetermined("What happened to the child is not yet known.", "outcome")
    if facts.harm_basis is HarmBasis.NOT_YET_ASSESSED:
        return undetermined("The harm has not been assessed yet.", "harm_basis")
    if _harmed_somebody_else(facts):
        return met("The child is said to have seriously harmed somebody else.")
    if facts.child_role is ChildRole.UNKNOWN and facts.outcome is ChildOutcome.NEITHER:
        return undetermined(
            "It is not recorded whether the child is said to have harmed somebody.", "child_role"
        )
    return not_met("The child is not said to have harmed somebody else.")


def harmed_others_may_count(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Serious harm may include a child who harmed somebody else: a judgement, so never met by
    itself.
    """
    harmed = harmed_others(facts, rules)
    if harmed.finding is Finding.MET:
        reason = (
            "Whether a child who seriously harmed somebody else was seriously harmed is "
            "a judgement to be made."
        )
        return undetermined(reason, "harm_basis")
    if harmed.finding is Finding.NOT_MET:
        return not_met(seriously_harmed(facts, rules).reason)
    return harmed


def sexual_abuse_harm(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Was the serious harm serious sexual abuse?"""
    return _kind(
        facts,
        facts.harm_basis is HarmBasis.SERIOUS_SEXUAL_ABUSE,
        "The harm was serious sexual abuse.",
    )


def other_harm(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Was the serious harm of a kind other than sexual abuse?"""
    return _kind(
        facts,
        facts.harm_basis is not HarmBasis.SERIOUS_SEXUAL_ABUSE,
        "The harm was of another kind.",
    )


def _kind(facts: CaseFacts, holds: bool, reason: str) -> Tested:
    if facts.harm_basis is HarmBasis.NOT_YET_ASSESSED:
        return undetermined("The kind of harm has not been assessed.", "harm_basis")
    return met(reason) if holds else not_met("The harm was of a different kind.")
