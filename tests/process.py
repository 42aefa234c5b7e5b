"""Taking a case along its process in a test, step by step through the service that moves it.

The facts of each step are stated whole; whoever would take the step is named.
"""

from candour.cases.access import Access
from candour.duties.states import move, state_of
from candour.engines.statute.guards import Condition
from candour.engines.statute.machines import Machine, Transition, machine


def good_value(condition: Condition) -> dict[str, str]:
    """A value with which one condition holds."""
    match condition.kind:
        case "refuted":
            return {condition.fact: "no"}
        case "one_of":
            return {condition.fact: condition.values[0]}
        case "none_of":
            return {condition.fact: "somebody_else"}
        case "complete":
            return {condition.fact: "7/7"}
        case "includes":
            return {condition.fact: ",".join(condition.values)}
        case "at_most":
            return {condition.fact: "19"}
        case "from_clock":
            return {condition.fact: "2018-03-01", condition.values[1]: "2017-01-10"}
    return {condition.fact: "yes"}


def good_facts(step: Transition) -> dict[str, str]:
    """Facts with which every guard of a step holds."""
    facts: dict[str, str] = {}
    for guard in step.guards:
        for condition in guard.alternatives[0]:
            if not condition.is_of_the_rules:
                facts |= good_value(condition)
    if any(guard.name == "identity_context" for guard in step.guards):
        facts["identity_context"] = "yes"
    return facts


def way_to(process: Machine, source: str, target: str) -> list[Transition]:
    """The shortest way from one state to another."""
    ways: list[list[Transition]] = [[step] for step in process.onward(source)]
    seen = {source}
    while ways:
        way = ways.pop(0)
        if way[-1].target == target:
            return way
        if way[-1].target not in seen:
            seen.add(way[-1].target)
            ways += [[*way, step] for step in process.onward(way[-1].target)]
    raise AssertionError(f"no way from {source} to {target}")


def taken_to(access: Access, state: str) -> Access:
    """The case, taken from where it stands to `state`."""
    if state_of(access.case) == state:
        return access
    process = machine(access.case.regime)
    for step in way_to(process, state_of(access.case), state):
        move(
            access=access,
            target=step.target,
            facts=good_facts(step),
            on_behalf_of=step.actors[0],
        )
    return access
