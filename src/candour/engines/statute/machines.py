"""The two state machines, read from data: which step may follow, who may take it, and what must be
on record.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from candour.engines.statute.guards import Condition, Facts, Guard
from candour.engines.statute.rulefiles import RuleFile, Table, local_rules, read_rule_file
from candour.engines.statute.rulesets import Regime, RuleSet
from candour.engines.statute.statewords import in_words
from candour.kernel.decision import Allowed, Decision, Denied

KINDS = ("given", "refuted", "complete", "one_of", "none_of", "includes", "at_most", "from_clock")


@dataclass(frozen=True)
class Transition:
    """One step: from state to state, who may take it, what must hold, the event it is, the clock it
    answers to. A step of a `track` runs beside the rest and leaves the case where it stands.
    """

    source: str
    target: str
    actors: tuple[str, ...]
    guards: tuple[Guard, ...]
    event: str
    clock: str
    track: str = ""


@dataclass(frozen=True)
class Machine:
    """A state machine for one kind of review."""

    code: str
    title: str
    actors: dict[str, str]
    transitions: tuple[Transition, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, in the order of the journey."""
        return tuple(
            dict.fromkeys(
                state for step in self.transitions for state in (step.source, step.target)
            )
        )

    def transition(self, source: str, target: str) -> Transition | None:
        """The step between two states, or None."""
        return next(
            (step for step in self.transitions if (step.source, step.target) == (source, target)),
            None,
        )

    def onward(self, source: str) -> tuple[Transition, ...]:
        """The steps that lead on from a state."""
        return tuple(step for step in self.transitions if step.source == source)

    def leading_to(self, state: str) -> Transition | None:
        """A step that leads to a state, for its words."""
        return next((step for step in self.transitions if step.target == state), None)

    def track_of(self, state: str) -> str:
        """The track on which a state lies; blank for the review itself."""
        return next((step.track for step in self.transitions if step.target == state), "")


def can(
    machine: Machine, source: str, target: str, actor: str, facts: Facts, rules: RuleSet
) -> Decision:
    """May `actor` take the step from `source` to `target`, with these facts on record, under this
    rule set?

    A fact that is absent is unknown and refuses. A late clock never does. Raises Invalid
    (date_unreadable, clock_unknown).
    """
    step = machine.transition(source, target)
    if step is None:
        return Denied("no_such_transition", _where_to(machine, source, target))
    if actor not in step.actors:
        return Denied("actor_not_permitted", _who(machine, step))
    for guard in step.guards:
        if not guard.satisfied(facts, rules):
            return Denied(guard.code, guard.reason)
    return Allowed()


def _where_to(machine: Machine, source: str, target: str) -> str:
    stands, asked = in_words(source), in_words(target)
    refused = f"The {machine.title.lower()} stands at “{stands}”: no step leads to “{asked}”."
    choices = "; ".join(step.event for step in machine.onward(source))
    return f"{refused} What can follow now: {choices}." if choices else f"{refused} It has ended."


def _who(machine: Machine, step: Transition) -> str:
    permitted = " or ".join(machine.actors[actor] for actor in step.actors)
    return f"{step.event} is for {permitted}. Ask them to do it."


def machine(code: str) -> Machine:
    """The machine SCR or CSPR that stands.

    Raises Invalid (rule_file_unreadable) for a kind of review that has no machine.
    """
    return _machine(Regime(code), local_rules())


@cache
def _machine(regime: Regime, local: Path | None) -> Machine:
    return read_machine(regime, local)


def read_machine(regime: Regime, local: Path | None = None) -> Machine:
    """Read a machine, with a partnership's own changes laid over it.

    Raises Invalid (rule_file_invalid).
    """
    file = read_rule_file(f"machine_{regime.lower()}.toml", local)
    shared = read_rule_file("guards.toml", local)
    guards = {name: _guard(shared, name, table) for name, table in shared.table("guard").items()}
    actors = {name: str(table.get("name")) for name, table in shared.table("actor").items()}
    steps = tuple(
        step for table in _steps(file) for step in _transitions(file, table, guards, actors)
    )
    return Machine(regime.value, str(file.contents.get("title")), actors, steps)


def _steps(file: RuleFile) -> list[Table]:
    steps = file.contents.get("step")
    if not isinstance(steps, list):
        raise file.fault("[[step]]", "there must be steps")
    return cast(list[Table], steps)


def _transitions(
    file: RuleFile, table: Table, guards: dict[str, Guard], actors: dict[str, str]
) -> Iterator[Transition]:
    where = f"step {table.get('event')!r}"
    for name in _names(file, where, table.get("who")):
        if name not in actors:
            raise file.fault(where, f"there is no actor called {name!r} in guards.toml")
    for name in _names(file, where, table.get("needs", [])):
        if name not in guards:
            raise file.fault(where, f"there is no guard called {name!r} in guards.toml")
    for source in _names(file, where, table.get("from")):
        for target in _names(file, where, table.get("to")):
            yield Transition(
                source=source,
                target=target,
                actors=_names(file, where, table.get("who")),
                guards=tuple(guards[name] for name in _names(file, where, table.get("needs", []))),
                event=str(table.get("event")),
                clock=str(table.get("clock", "")),
                track=str(table.get("track", "")),
            )


def _names(file: RuleFile, where: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise file.fault(where, "from, to, who and needs must be lists of names")
    return tuple(value)


def _guard(file: RuleFile, name: str, table: Table) -> Guard:
    alternatives = table.get("any")
    if not isinstance(alternatives, list) or not all(
        isinstance(each, dict) for each in alternatives
    ):
        raise file.fault(f"[guard.{name}]", "any must be a list of alternatives")
    return Guard(
        name=name,
        code=str(table.get("code")),
        reason=str(table.get("reason")),
        alternatives=tuple(
            tuple(_condition(file, name, fact, wanted) for fact, wanted in each.items())
            for each in alternatives
        ),
    )


def _condition(file: RuleFile, guard: str, fact: str, wanted: object) -> Condition:
    if isinstance(wanted, list):
        return Condition(fact, "one_of", tuple(str(each) for each in wanted))
    if isinstance(wanted, str) and wanted in KINDS:
        return Condition(fact, wanted)
    if isinstance(wanted, dict) and len(wanted) == 1:
        ((kind, values),) = wanted.items()
        if kind in KINDS and isinstance(values, list):
            return Condition(fact, kind, tuple(str(each) for each in values))
    raise file.fault(
        f"[guard.{guard}]", f"{fact} has a condition that is not understood: {wanted!r}"
    )
