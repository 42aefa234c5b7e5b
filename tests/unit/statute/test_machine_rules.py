"""The state machines: absence refuses, every guard bites, every state can be reached."""

from datetime import date

import pytest
from tests.process import good_facts

from candour.engines.statute import Facts, can, machine, rule_set
from candour.engines.statute.guards import Condition, Guard
from candour.engines.statute.machines import Machine, Transition
from candour.kernel.decision import Allowed, Denied

RULES = {"SCR": rule_set("WT2015"), "CSPR": rule_set("WT2023")}
STEPS = [
    pytest.param(found, step, id=f"{code}-{step.source}-{step.target}")
    for code in RULES
    for found in (machine(code),)
    for step in found.transitions
]


@pytest.mark.parametrize(("found", "step"), STEPS)
def test_with_everything_on_record_the_step_is_allowed(found: Machine, step: Transition) -> None:
    facts = good_facts(step)
    for actor in step.actors:
        assert can(found, step.source, step.target, actor, facts, RULES[found.code]) == Allowed()


@pytest.mark.parametrize(("found", "step"), STEPS)
def test_an_absent_fact_is_unknown_and_refuses(found: Machine, step: Transition) -> None:
    for fact in good_facts(step):
        facts = {name: value for name, value in good_facts(step).items() if name != fact}
        decision = can(found, step.source, step.target, step.actors[0], facts, RULES[found.code])
        assert isinstance(decision, Denied), f"{step.event} goes on without {fact}"
        assert decision.code in {guard.code for guard in step.guards}


@pytest.mark.parametrize(("found", "step"), STEPS)
def test_a_blank_fact_refuses_like_an_absent_one(found: Machine, step: Transition) -> None:
    for fact in good_facts(step):
        facts = {**good_facts(step), fact: " "}
        decision = can(found, step.source, step.target, step.actors[0], facts, RULES[found.code])
        assert isinstance(decision, Denied), f"{step.event} goes on with {fact} blank"


@pytest.mark.parametrize(("found", "step"), STEPS)
def test_nobody_else_may_take_a_step(found: Machine, step: Transition) -> None:
    for actor in found.actors.keys() - set(step.actors):
        decision = can(found, step.source, step.target, actor, good_facts(step), RULES[found.code])
        assert isinstance(decision, Denied)
        assert decision.code == "actor_not_permitted"


@pytest.mark.parametrize("code", ["SCR", "CSPR"])
def test_every_state_can_be_reached_from_the_first(code: str) -> None:
    found = machine(code)
    reached, waiting = {found.states[0]}, [found.states[0]]
    while waiting:
        onward = {step.target for step in found.onward(waiting.pop())} - reached
        reached |= onward
        waiting += onward
    assert reached == set(found.states)


def test_a_refusal_names_where_the_case_can_go_instead() -> None:
    decision = can(machine("CSPR"), "SIN_SENT", "CLOSED", "chair", {}, RULES["CSPR"])
    assert isinstance(decision, Denied)
    assert decision.code == "no_such_transition"
    assert "Rescinding the notification; Beginning the rapid review" in decision.reason
    assert "SIN_SENT" not in decision.reason


def test_only_the_chair_decides_on_a_serious_case_review() -> None:
    for target in ("DECIDED_SCR", "DECIDED_OTHER", "DECIDED_NONE"):
        for source in ("RECOMMENDED", "RECONSIDERED"):
            step = machine("SCR").transition(source, target)
            assert step is not None
            assert step.actors == ("chair",)


def test_criteria_that_are_open_need_an_override_reason_as_much_as_criteria_met() -> None:
    for criteria in ("met", "unclear"):
        facts: Facts = {"reasons": "yes", "criteria": criteria}
        decision = can(machine("SCR"), "RECOMMENDED", "DECIDED_NONE", "chair", facts, RULES["SCR"])
        assert isinstance(decision, Denied)
        assert decision.code == "override_reason_missing"


def test_a_late_clock_never_blocks_a_step() -> None:
    facts: Facts = {
        "letter": True,
        "ofsted_told": True,
        "dfe_told": True,
        "decided": date(2016, 3, 23),
        "sent": date(2017, 3, 23),
    }
    decision = can(machine("SCR"), "DECIDED_SCR", "PANEL_INFORMED", "chair", facts, RULES["SCR"])
    assert decision == Allowed()


@pytest.mark.parametrize(
    ("age", "code", "allowed"), [(24, "WT2023", 1), (25, "WT2023", 0), (19, "WT2018", 0)]
)
def test_a_care_leavers_death_is_notified_only_within_the_age_of_the_guidance(
    age: int, code: str, allowed: int
) -> None:
    facts: Facts = {"outcome": "death", "abuse": "not_indicated", "care_leaver_age": age}
    decision = can(
        machine("CSPR"),
        "AWARE",
        "LAC_OR_CARE_LEAVER_ONLY",
        "local_authority",
        facts,
        rule_set(code),
    )
    assert bool(decision) == bool(allowed)


def test_another_authority_notifies_what_happened_in_its_area() -> None:
    facts: Facts = {"abuse": "suspected", "outcome": "death", "in_area": False}
    facts = {**facts, "normally_resident": True, "outside_england": False}
    decision = can(machine("CSPR"), "AWARE", "SIN_SENT", "local_authority", facts, RULES["CSPR"])
    assert isinstance(decision, Denied)
    assert decision.code == "other_area_notifies"


def test_a_guard_without_a_mentioned_fact_is_not_satisfied() -> None:
    guard = Guard("letter", "letter_missing", "File it.", ((Condition("letter", "given"),),))
    assert not guard.satisfied({}, RULES["SCR"])
    assert not guard.satisfied({"letter": None}, RULES["SCR"])
    assert not guard.satisfied({"letter": "not_yet"}, RULES["SCR"])
    assert guard.satisfied({"letter": "sent"}, RULES["SCR"])
