"""Laws of assessment that hold for any case, not only for the examples."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.engines.statute import assess, rule_sets
from candour.engines.statute.explanation import FACT_QUESTIONS
from candour.engines.statute.facts import (
    AbuseNeglect,
    Answer,
    CaseFacts,
    ChildOutcome,
    ChildRole,
    Concern,
    DetentionSetting,
    HarmBasis,
    Responsible,
    SpecialTrigger,
)
from candour.engines.statute.findings import Finding
from candour.engines.statute.results import Notifiable
from candour.engines.statute.rulesets import Regime, ReviewOutcome

CODES = [each.code for each in rule_sets() if not each.label_only]
SCR_CODES = [each.code for each in rule_sets() if each.regime is Regime.SCR]
LIMB_CASES: dict[str, Any] = {
    "rule_set": st.sampled_from(CODES),
    "notify_rule_set": st.sampled_from(CODES),
    "abuse_neglect": st.sampled_from(AbuseNeglect),
    "outcome": st.sampled_from(ChildOutcome),
    "harm_basis": st.sampled_from(HarmBasis),
    "interagency_concern": st.sampled_from(Concern),
    "detention_setting": st.sampled_from(DetentionSetting),
    "mha_detained": st.sampled_from(Answer),
    "dol_order": st.sampled_from(Answer),
    "suspected_suicide": st.sampled_from(Answer),
    "looked_after": st.sampled_from(Answer),
    "responsible_authority": st.sampled_from(Responsible),
    "regulated_setting": st.sampled_from(Answer),
    "in_area": st.sampled_from(Answer),
    "normally_resident": st.sampled_from(Answer),
    "outside_england": st.sampled_from(Answer),
    "age_years": st.one_of(st.none(), st.just("unborn"), st.integers(0, 26)),
    "care_leaver": st.sampled_from(Answer),
    "care_leaver_age": st.one_of(st.none(), st.integers(15, 27)),
    "child_role": st.sampled_from(ChildRole),
    "special_trigger": st.sampled_from(SpecialTrigger),
}
# Half of the cases pass the gates that most cases fail, so that the rest of the rules is reached
PAST_THE_GATES: dict[str, Any] = {
    "abuse_neglect": st.sampled_from([AbuseNeglect.KNOWN, AbuseNeglect.SUSPECTED]),
    "age_years": st.integers(0, 17),
    "in_area": st.just(Answer.YES),
    "normally_resident": st.just(Answer.YES),
    "detention_setting": st.just(DetentionSetting.NONE),
    "mha_detained": st.just(Answer.NO),
    "dol_order": st.just(Answer.NO),
}
cases = st.one_of(
    st.builds(CaseFacts, **LIMB_CASES), st.builds(CaseFacts, **{**LIMB_CASES, **PAST_THE_GATES})
)
FACTS = sorted(set(LIMB_CASES) - {"rule_set", "notify_rule_set", "care_leaver_age"})
UNKNOWN: dict[str, Any] = {
    each.name: each.default for each in fields(CaseFacts) if each.name in FACTS
}
CONCERN = "interagency_concern"
UNLESS = ReviewOutcome.MUST_REVIEW_UNLESS_DEFINITIVELY_NO_CONCERN


@given(case=cases, forgotten=st.sampled_from(FACTS).filter(lambda fact: fact != CONCERN))
def test_an_absent_fact_never_settles_an_outcome_otherwise(case: CaseFacts, forgotten: str) -> None:
    known = assess(case).review.outcome
    unknown = assess(replace(case, **{forgotten: UNKNOWN[forgotten]})).review.outcome
    assert unknown in (known, ReviewOutcome.UNDETERMINED)


@given(case=cases)
def test_concern_not_yet_looked_into_neither_requires_nor_excuses_a_review(case: CaseFacts) -> None:
    known = assess(case).review.outcome
    unknown = assess(replace(case, interagency_concern=Concern.UNCLEAR)).review.outcome
    sure = (
        ReviewOutcome.MUST_REVIEW,
        ReviewOutcome.NOT_REQUIRED,
        ReviewOutcome.RAPID_REVIEW_REQUIRED,
    )
    assert unknown == known or unknown not in sure


@given(case=cases, forgotten=st.sampled_from(FACTS))
def test_an_absent_fact_never_settles_notification_otherwise(
    case: CaseFacts, forgotten: str
) -> None:
    known = assess(case).notification.notifiable
    unknown = assess(replace(case, **{forgotten: UNKNOWN[forgotten]})).notification.notifiable
    assert unknown in (known, Notifiable.UNDETERMINED)


@given(case=cases)
def test_what_is_open_names_missing_facts_in_words(case: CaseFacts) -> None:
    result = assess(case)
    open_outcome = result.review.outcome in (ReviewOutcome.UNDETERMINED, UNLESS)
    open_notification = result.notification.notifiable is Notifiable.UNDETERMINED
    assert bool(result.missing) == (open_outcome or open_notification)
    assert set(result.missing) <= set(FACT_QUESTIONS)
    assert all(FACT_QUESTIONS[fact] in result.explanation for fact in result.missing)


@given(case=cases)
def test_every_finding_has_a_reason_and_a_source(case: CaseFacts) -> None:
    for each in assess(case).findings:
        assert each.reason
        assert each.source.title
        assert bool(each.missing) == (each.finding is Finding.UNDETERMINED)


@given(case=cases, concern=st.sampled_from(Concern), code=st.sampled_from(SCR_CODES))
def test_concern_about_working_together_never_decides_a_death(
    case: CaseFacts, concern: Concern, code: str
) -> None:
    death = replace(
        case,
        rule_set=code,
        outcome=ChildOutcome.DEATH,
        special_trigger=SpecialTrigger.NONE,
        abuse_neglect=AbuseNeglect.SUSPECTED,
    )
    result = assess(death).review
    assert assess(replace(death, interagency_concern=concern)).review == result


@given(case=cases)
def test_suspected_suicide_is_not_a_ground_of_its_own(case: CaseFacts) -> None:
    suicide = assess(replace(case, suspected_suicide=Answer.YES))
    other = assess(replace(case, suspected_suicide=Answer.NO))
    assert suicide.review == other.review
    assert suicide.notification == other.notification


@given(case=cases)
def test_nobody_who_was_an_adult_brings_about_a_review(case: CaseFacts) -> None:
    adult = assess(replace(case, age_years=18)).review
    assert adult.outcome is ReviewOutcome.NOT_REQUIRED
    assert not adult.discretionary_review_open


def test_an_assessment_with_nothing_known_is_undetermined_in_every_rule_set() -> None:
    for code in CODES:
        result = assess(CaseFacts(rule_set=code, notify_rule_set=code))
        assert result.review.outcome is ReviewOutcome.UNDETERMINED
        assert result.notification.notifiable is Notifiable.UNDETERMINED
        assert {each.finding for each in result.findings} == {Finding.UNDETERMINED}


@pytest.mark.parametrize("code", CODES)
def test_the_explanation_starts_with_the_guidance_it_rests_on(code: str) -> None:
    explanation = assess(CaseFacts(rule_set=code, notify_rule_set=code)).explanation
    title = next(each.title for each in rule_sets() if each.code == code)
    assert explanation.startswith(f"Under {title}:")


@pytest.mark.parametrize(("age", "finding"), [(15, "not_met"), (16, "met"), (17, "met")])
def test_a_deprivation_of_liberty_order_counts_from_sixteen(age: int, finding: str) -> None:
    case = CaseFacts(
        rule_set="WT2015",
        notify_rule_set="WT2015",
        age_years=age,
        outcome=ChildOutcome.DEATH,
        dol_order=Answer.YES,
        mha_detained=Answer.NO,
        detention_setting=DetentionSetting.NONE,
    )
    assert assess(case).finding("always_case") == finding
