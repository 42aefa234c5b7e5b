"""Rule sets and state machines for reading: Mermaid diagrams, plain text and JSON."""

import json
from collections.abc import Iterator

from candour.engines.statute.machines import Machine
from candour.engines.statute.rulebook import rule_sets
from candour.engines.statute.rulesets import (
    Clock,
    Criterion,
    InForce,
    NotificationGround,
    ReviewGround,
    RuleSet,
    Setting,
)


def mermaid(machine: Machine) -> str:
    """The machine as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    %% {machine.title}", f"    [*] --> {machine.states[0]}"]
    for step in machine.transitions:
        clock = f" ({step.clock})" if step.clock else ""
        lines.append(f"    {step.source} --> {step.target}: {step.event}{clock}")
    ends = [state for state in machine.states if not machine.onward(state)]
    lines += [f"    {state} --> [*]" for state in ends]
    return "\n".join(lines) + "\n"


def period(in_force: InForce) -> str:
    """The period in words."""
    until = in_force.until.isoformat() if in_force.until else "today"
    return f"{in_force.since.isoformat()} to {until}"


def length(clock: Clock) -> str:
    """How long a clock runs, in words."""
    if clock.no_day_count:
        return clock.no_day_count
    if clock.quantity is None:
        return "agreed locally"
    unit = "working days" if clock.unit == "wd" else clock.unit
    way = " before" if clock.direction == "backward" else ""
    cap = f", never after {clock.not_after.isoformat()}" if clock.not_after else ""
    return f"{clock.quantity} {unit}{way}{cap}"


def rules_as_text() -> str:
    """Every rule set as plain text."""
    return "\n".join(line for each in rule_sets() for line in _text_lines(each)) + "\n"


def _text_lines(rules: RuleSet) -> Iterator[str]:
    yield f"{rules.code}  {rules.title}"
    yield f"  governs notification {period(rules.notification)}, review {period(rules.review)}"
    for criterion in rules.criteria:
        yield f"  {criterion.code}: {criterion.question} [{criterion.basis}]"
    for clock in rules.clocks:
        yield f"  {clock.code}: {clock.name}: {length(clock)} [{clock.basis}]"
    yield ""


def rules_as_json() -> str:
    """Every rule set as JSON lines."""
    return "".join(json.dumps(_as_record(each), ensure_ascii=False) + "\n" for each in rule_sets())


def _as_record(rules: RuleSet) -> dict[str, object]:
    return {
        "code": rules.code,
        "title": rules.title,
        "regime": rules.regime,
        "notification": period(rules.notification),
        "review": period(rules.review),
        "criteria": [_criterion(each) for each in rules.criteria],
        "review_grounds": [_review_ground(each) for each in rules.review_grounds],
        "notification_grounds": [_notification(each) for each in rules.notification_grounds],
        "clocks": [_clock(each) for each in rules.clocks],
        "settings": {code: _setting(each) for code, each in rules.settings.items()},
    }


def _criterion(each: Criterion) -> dict[str, object]:
    record = {"code": each.code, "question": each.question, "help": each.help}
    return {**record, "basis": each.basis, "source": each.source.title}


def _review_ground(each: ReviewGround) -> dict[str, object]:
    record = {"route": each.route, "outcome": each.outcome, "ways": each.ways}
    return {**record, "place": each.place, "basis": each.basis, "source": each.source.title}


def _notification(each: NotificationGround) -> dict[str, object]:
    record = {"route": each.route, "tell": each.tell, "ways": each.ways}
    return {**record, "basis": each.basis, "source": each.source.title}


def _clock(each: Clock) -> dict[str, object]:
    record = {"code": each.code, "name": each.name, "start": each.start, "length": length(each)}
    return {**record, "basis": each.basis, "source": each.source.title}


def _setting(each: Setting) -> dict[str, object]:
    return {"value": each.value, "basis": each.basis, "note": each.note}
