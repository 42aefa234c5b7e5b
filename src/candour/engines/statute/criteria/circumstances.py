"""Tests of where and how the child was held or looked after when it happened."""

from candour.engines.statute.criteria.answers import answered
from candour.engines.statute.criteria.child import died, seriously_harmed
from candour.engines.statute.facts import UNBORN, CaseFacts, DetentionSetting, Responsible
from candour.engines.statute.findings import Tested, all_of, met, not_met, undetermined
from candour.engines.statute.rulesets import RuleSet


def died_in_custody(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Did the child die in police custody, on remand, after sentence or in a secure home?"""
    return all_of((died(facts, rules), _held_in_custody(facts, rules)))


def _held_in_custody(facts: CaseFacts, rules: RuleSet) -> Tested:
    if facts.detention_setting is DetentionSetting.UNKNOWN:
        return undetermined(
            "It is not known whether the child was held in custody.", "detention_setting"
        )
    if facts.detention_setting in rules.names("custody"):
        return met("The child was in custody or a secure establishment.")
    return not_met("The child was not in custody or a secure establishment.")


def died_detained(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Did the child die while detained under the Mental Health Act 1983?

    An informal patient is not detained.
    """
    detained = answered(
        facts.mha_detained,
        "mha_detained",
        "The child was detained under the Mental Health Act 1983.",
        "The child was not detained under the Mental Health Act 1983.",
        "It is not known whether the child was detained under the Mental Health Act 1983.",
    )
    return all_of((died(facts, rules), detained))


def died_deprived_of_liberty(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Did a young person of 16 or 17 die under a deprivation of liberty order (Mental Capacity Act
    2005)?
    """
    order = answered(
        facts.dol_order,
        "dol_order",
        "A deprivation of liberty order under the Mental Capacity Act 2005 was in force.",
        "No deprivation of liberty order was in force.",
        "It is not known whether a deprivation of liberty order was in force.",
    )
    return all_of((died(facts, rules), order, _sixteen_or_over(facts)))


def _sixteen_or_over(facts: CaseFacts) -> Tested:
    if facts.age_years is None:
        return undetermined("The child's age is not known.", "age_years")
    if facts.age_years == UNBORN or int(facts.age_years) < 16:
        return not_met("The Mental Capacity Act 2005 applies from the age of 16.")
    return met("The young person was 16 or over.")


def looked_after_died(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Did a looked-after child die, whatever the cause?"""
    return all_of((died(facts, rules), _looked_after(facts)))


def looked_after_seriously_harmed(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Was a looked-after child seriously harmed, whatever the cause?

    Off unless switched on as a local rule.
    """
    if not rules.switched_on("looked_after_serious_harm"):
        return not_met(
            "The national text speaks of deaths of looked-after children, not of serious harm."
        )
    return all_of((seriously_harmed(facts, rules), _looked_after(facts)))


def _looked_after(facts: CaseFacts) -> Tested:
    return answered(
        facts.looked_after,
        "looked_after",
        "The child was looked after by a local authority.",
        "The child was not looked after by a local authority.",
        "It is not known whether the child was looked after.",
    )


def died_in_regulated_setting(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Did the child die in a regulated setting or service, whatever the cause?"""
    setting = answered(
        facts.regulated_setting,
        "regulated_setting",
        "The child died in a regulated setting or service.",
        "The child was not in a regulated setting or service.",
        "It is not known whether the child was in a regulated setting or service.",
    )
    return all_of((died(facts, rules), setting))


def care_leaver_died(facts: CaseFacts, rules: RuleSet) -> Tested:
    """Did a care leaver die, up to and including the age in the rule set, whatever the cause?"""
    leaver = answered(
        facts.care_leaver,
        "care_leaver",
        "The person was a care leaver.",
        "The person was not a care leaver.",
        "It is not known whether the person was a care leaver.",
    )
    return all_of(
        (died(facts, rules), leaver, _young_enough_care_leaver(facts, rules), _ours_to_tell(facts))
    )


def _young_enough_care_leaver(facts: CaseFacts, rules: RuleSet) -> Tested:
    age = facts.care_leaver_age if facts.care_leaver_age is not None else facts.age_years
    limit = rules.number("care_leaver_up_to_age")
    if age is None or age == UNBORN:
        return undetermined("The care leaver's age is not known.", "care_leaver_age")
    if limit is not None and int(age) <= limit:
        return met(f"The care leaver was {age}, which is not over {limit}.")
    return not_met(f"The care leaver was {age}, which is over the age in the guidance.")


def _ours_to_tell(facts: CaseFacts) -> Tested:
    match facts.responsible_authority:
        case Responsible.NO:
            return not_met("Another authority is responsible.")
        case Responsible.UNKNOWN:
            return undetermined(
                "It is not known which authority is responsible.", "responsible_authority"
            )
    return met("No other authority is responsible.")
