"""Tests of place: whose review it is, and whose notification."""

from candour.engines.statute.criteria.answers import answered
from candour.engines.statute.facts import CaseFacts, Responsible
from candour.engines.statute.findings import Tested, all_of, any_of, met, not_met, undetermined
from candour.engines.statute.rulesets import RuleSet


def in_area(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Did it happen in our area?"""
    return answered(
        facts.in_area,
        "in_area",
        "It happened in our area.",
        "It did not happen in our area.",
        "It is not known where it happened.",
    )


def normally_resident(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Does the child normally live in our area?"""
    return answered(
        facts.normally_resident,
        "normally_resident",
        "The child normally lived in our area.",
        "The child normally lived in another area.",
        "It is not known where the child normally lived.",
    )


def resident_and_outside_england(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Does the child normally live in our area, and did it happen outside England (Wales counts as
    outside)?
    """
    outside = answered(
        facts.outside_england,
        "outside_england",
        "It happened outside England.",
        "It happened in England, so the authority where it happened acts.",
        "It is not known whether it happened outside England.",
    )
    return all_of((outside, normally_resident(facts, rules)))


def looked_after_by_us(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Does our authority look after the child?"""
    match facts.responsible_authority:
        case Responsible.YES:
            return met("Our authority looks after the child.")
        case Responsible.UNKNOWN:
            return undetermined(
                "It is not known which authority looks after the child.", "responsible_authority"
            )
    return not_met("Our authority does not look after the child.")


def concerns_our_authority(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Did it happen here, or does the child live here, or do we look after the child?"""
    return any_of(
        (in_area(facts, rules), normally_resident(facts, rules), looked_after_by_us(facts, rules))
    )


def looked_after_and_ours_to_tell(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Is it for our authority to report on this looked-after child?

    The responsible authority does, if one is named.
    """
    if facts.responsible_authority is Responsible.NOT_APPLICABLE:
        return any_of((in_area(facts, rules), normally_resident(facts, rules)))
    return looked_after_by_us(facts, rules)
