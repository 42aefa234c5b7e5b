"""`candour statute`: JSON lines in, JSON lines out.

Exit 0: answered; 1: a line was unreadable; 2: bad usage.
"""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from candour.engines.statute.assessment import assess
from candour.engines.statute.clocks import Length, due
from candour.engines.statute.contradictions import contradictions
from candour.engines.statute.diagram import mermaid, rules_as_json, rules_as_text
from candour.engines.statute.findings import Finding
from candour.engines.statute.guards import Guard
from candour.engines.statute.independence import check_independence
from candour.engines.statute.machines import Machine, can, machine
from candour.engines.statute.records import (
    Record,
    case_facts,
    day,
    declaration,
    moment,
    text,
    whole_number,
)
from candour.engines.statute.results import CriterionFinding
from candour.engines.statute.rulebook import rule_book, rule_set
from candour.engines.statute.rulefiles import local_rules, use_local_rules
from candour.engines.statute.rulesets import RuleSet
from candour.kernel.decision import Denied
from candour.kernel.errors import Invalid

Answered = dict[str, object]

LIMBS = (
    "child",
    "a_abuse_neglect",
    "b_i_death",
    "b_ii_harm",
    "b_ii_concern",
    "always_case",
    "place",
)
USAGE = """Usage: candour statute [--rules FOLDER] assess|due|independence|transition < lines.jsonl
       candour statute [--rules FOLDER] rules [--json]
       candour statute [--rules FOLDER] diagram [SCR|CSPR]
FOLDER holds a partnership's own rule files."""


def assess_record(record: Record) -> Answered:
    """Assess one case: notification, limbs, outcome, each criterion with its reason and source,
    what is missing.
    """
    facts = case_facts(record, rule_book())
    result = assess(facts)
    doubts = contradictions(
        facts, happened_on=day(record, "incident_date"), decided_on=day(record, "decision_date")
    )
    return {
        **_labelled(record),
        "notifiable": result.notification.notifiable,
        "notify_to": "+".join(result.notification.tell),
        "notify_route": "+".join(result.notification.route),
        **{f"limb_{code}": result.finding(code) for code in LIMBS},
        "outcome": result.review.outcome,
        "route": "+".join(result.review.route),
        "discretionary_review": "open"
        if result.review.discretionary_review_open
        else Finding.NOT_APPLICABLE,
        "rule_set": result.rule_set,
        "notify_rule_set": result.notify_rule_set,
        "criteria": [_criterion(each) for each in result.findings],
        "missing": list(result.missing),
        "contradictions": list(doubts),
        "explanation": result.explanation,
    }


def _criterion(each: CriterionFinding) -> Answered:
    return {
        "code": each.code,
        "question": each.question,
        "finding": each.finding,
        "reason": each.reason,
        "source": each.source.title,
        "basis": each.basis,
        "missing": list(each.missing),
    }


def due_record(record: Record) -> Answered:
    """When one clock falls due; a rule set of `any` has only the calendar itself."""
    rules = text(record, "rule_set")
    length = Length(
        whole_number(record, "quantity"),
        text(record, "unit") or None,
        text(record, "direction") or None,
    )
    clock = text(record, "clock_code")
    result = due(clock, _rules_of(rules, clock), moment(record, "start_datetime"), length=length)
    return {
        **_labelled(record),
        "due_date": _written(result.due_date),
        "due_datetime": result.due_datetime.isoformat(timespec="minutes")
        if result.due_datetime
        else "",
        "latest_working_day": _written(result.latest_working_day),
        "counted": list(result.counted),
        "basis": result.basis,
        "source": result.source.title,
    }


def _rules_of(rules: str, clock: str) -> RuleSet:
    if rules != "any":
        return rule_set(rules)
    if clock != "W":
        reason = f"Clock {clock} depends on the rule set. Name one instead of any."
        raise Invalid("rule_set_missing", reason, "rule_set")
    return rule_book().sets[-1]


def independence_record(record: Record) -> Answered:
    """Judge one reviewer's declaration."""
    result = check_independence(declaration(record))
    return {
        **_labelled(record),
        "expected": result.verdict,
        "conflict_kinds": "+".join(result.kinds) or "none",
        "reasons": list(result.reasons),
    }


def transition_record(record: Record) -> Answered:
    """Judge one step of a machine.

    Here alone, a guard that is not mentioned counts as satisfied.
    """
    facts = _guard_facts(record.get("guard_facts"))
    source, target = text(record, "from_state"), text(record, "to_state")
    mentioned = _only_mentioned(_machine(text(record, "machine")), source, target, facts)
    actor, rules = text(record, "actor_role"), rule_set(text(record, "rule_set"))
    decision = can(mentioned, source, target, actor, facts, rules)
    code, reason = (decision.code, decision.reason) if isinstance(decision, Denied) else ("", "")
    return {
        **_labelled(record),
        "expected": "allowed" if decision else "refused",
        "refusal_code": code,
        "message": reason,
    }


def _machine(code: str) -> Machine:
    if code not in ("SCR", "CSPR"):
        raise Invalid("machine_unknown", f"machine is {code!r}. It must be SCR or CSPR.", "machine")
    return machine(code)


def _guard_facts(written: object) -> dict[str, str]:
    """Facts written as `key=value` pairs between semicolons, or given as an object."""
    if isinstance(written, dict):
        return {str(fact): text(written, str(fact)) for fact in written}
    pairs = (part.partition("=") for part in str(written or "").split(";") if part.strip())
    return {fact.strip(): value.strip() for fact, _, value in pairs}


def _only_mentioned(
    machine: Machine, source: str, target: str, facts: Mapping[str, str]
) -> Machine:
    step = machine.transition(source, target)
    if step is None:
        return machine
    guards = tuple(pruned for guard in step.guards for pruned in _mentioned(guard, facts))
    return replace(machine, transitions=(replace(step, guards=guards),))


def _mentioned(guard: Guard, facts: Mapping[str, str]) -> Iterable[Guard]:
    """The guard without what is not mentioned; nothing at all where no fact of it is mentioned."""
    if not any(each.mentioned_in(facts) for way in guard.alternatives for each in way):
        return
    pruned = []
    for way in guard.alternatives:
        kept = tuple(each for each in way if each.is_of_the_rules or each.mentioned_in(facts))
        if any(each.mentioned_in(facts) for each in kept) or kept == way:
            pruned.append(kept)
    yield replace(guard, alternatives=tuple(pruned))


def _labelled(record: Record) -> Answered:
    return {"id": record["id"]} if "id" in record else {}


def _written(day: object) -> str:
    return "" if day is None else str(day)


LINE_COMMANDS: Mapping[str, Callable[[Record], Answered]] = {
    "assess": assess_record,
    "due": due_record,
    "independence": independence_record,
    "transition": transition_record,
}


def run(command: str, lines: Iterable[str], out: TextIO) -> int:
    """Answer each line; an unreadable line is answered with its problem, and the rest go on.

    Returns 0 or 1.
    """
    unreadable = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            answer = LINE_COMMANDS[command](_record(line))
        except Invalid as fault:
            unreadable = True
            answer = {
                "line": number,
                "problem": fault.code,
                "message": fault.reason,
                "field": fault.field,
            }
        out.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 1 if unreadable else 0


def _record(line: str) -> Record:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as fault:
        reason = f"The line is not JSON ({fault}). Write one object on each line."
        raise Invalid("line_unreadable", reason) from fault
    if not isinstance(record, dict):
        raise Invalid(
            "line_unreadable", "The line is not a JSON object. Write one object on each line."
        )
    return record


def _run_on_text(command: str, lines: Iterable[str], out: TextIO) -> int:
    try:
        return run(command, lines, out)
    except UnicodeDecodeError as fault:
        sys.stderr.write(f"candour statute: the input is not UTF-8 text ({fault.reason}).\n")
        return 1


def _with_local_rules(
    folder: Path, rest: list[str], lines: Iterable[str] | None, out: TextIO
) -> int:
    before = local_rules()
    try:
        use_local_rules(folder)
        rule_book()
        return main(rest, lines, out)
    except Invalid as fault:
        sys.stderr.write(f"candour statute: {fault.reason}\n")
        return 1
    finally:
        use_local_rules(before)


def main(
    arguments: Sequence[str], lines: Iterable[str] | None = None, out: TextIO | None = None
) -> int:
    """Run `candour statute` with its arguments; returns the exit code."""
    out = out or sys.stdout
    match list(arguments):
        case ["--rules", folder, *rest]:
            return _with_local_rules(Path(folder), rest, lines, out)
        case [command] if command in LINE_COMMANDS:
            return _run_on_text(command, sys.stdin if lines is None else lines, out)
        case ["rules"]:
            out.write(rules_as_text())
        case ["rules", "--json"]:
            out.write(rules_as_json())
        case ["diagram"]:
            out.write(mermaid(machine("SCR")) + "\n" + mermaid(machine("CSPR")))
        case ["diagram", ("SCR" | "CSPR") as code]:
            out.write(mermaid(machine(code)))
        case _:
            sys.stderr.write(USAGE + "\n")
            return 2
    return 0
