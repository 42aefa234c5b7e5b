"""Write the reference pages on rule sets and state machines, or check that they have not drifted.

Usage: python -m candour.engines.statute.document [--write FOLDER | --check FOLDER]
Without a folder the pages are printed. `--check` exits 1 and names the pages that differ.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from candour.engines.statute.diagram import length, mermaid, period
from candour.engines.statute.machines import Machine, Transition, machine
from candour.engines.statute.rulebook import rule_sets
from candour.engines.statute.rulesets import Basis, RuleSet, Source

GENERATED = (
    "<!-- Generated from the rule files by python -m candour.engines.statute.document; "
    "do not edit. -->\n"
)


def pages() -> dict[str, str]:
    """Every page by its file name."""
    machines = (machine("SCR"), machine("CSPR"))
    return {
        "rule-sets.md": _page(_overview()),
        **{f"{each.code.lower()}.md": _page(_rule_set(each)) for each in rule_sets()},
        **{f"machine-{each.code.lower()}.md": _page(_machine(each)) for each in machines},
    }


def _page(lines: Iterator[str]) -> str:
    return GENERATED + "\n" + "\n".join(lines).rstrip() + "\n"


def _table(headings: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(headings) + " |"
    yield "|" + "---|" * len(headings)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "/") for cell in row) + " |"
    yield ""


def _overview() -> Iterator[str]:
    yield "# Rule sets\n"
    yield "Each case keeps two: the rule set of its notification and that of its review decision.\n"
    yield from _table(
        ("Rule set", "Governs notification", "Governs review", "Basis of the dates"),
        (
            (f"[{each.code}]({each.code.lower()}.md) {each.title}", *_periods(each))
            for each in rule_sets()
        ),
    )
    yield "## Basis marks\n"
    yield from _table(("Mark", "Meaning"), ((mark.value, mark.meaning) for mark in Basis))


def _periods(rules: RuleSet) -> tuple[str, str, str]:
    note = rules.review.note or rules.notification.note
    marks = f"{rules.review.basis}. {note}".rstrip(". ") + "."
    return period(rules.notification), period(rules.review), marks


def _rule_set(rules: RuleSet) -> Iterator[str]:
    yield f"# {rules.title}\n"
    yield f"{rules.summary}\n"
    if rules.label_only:
        yield "A label: it has no criteria and no clocks, and no case is assessed under it.\n"
        return
    yield "## Criteria\n"
    yield from _table(
        ("Code", "Question", "Help", "Basis", "Source"),
        (
            (f"`{each.code}`", each.question, each.help, each.basis, _cited(each.source))
            for each in rules.criteria
        ),
    )
    yield "## Grounds for a review\n"
    yield from _table(
        ("Route", "Outcome", "When", "Place", "Basis"),
        (
            (f"`{each.route}`", each.outcome, _ways(each.ways), f"`{each.place}`", each.basis)
            for each in rules.review_grounds
        ),
    )
    yield from _notification_grounds(rules)
    yield from _clocks(rules)
    yield from _settings(rules)


def _notification_grounds(rules: RuleSet) -> Iterator[str]:
    yield "## Grounds for a notification\n"
    yield from _table(
        ("Route", "Tell", "When", "Basis"),
        (
            (f"`{each.route}`", ", ".join(each.tell), _ways(each.ways), each.basis)
            for each in rules.notification_grounds
        ),
    )


def _clocks(rules: RuleSet) -> Iterator[str]:
    yield "## Clocks\n"
    yield from _table(
        ("Code", "Clock", "From", "Length", "Basis", "Source", "Note"),
        (
            (
                each.code,
                each.name,
                each.start,
                length(each),
                each.basis,
                _cited(each.source),
                each.note,
            )
            for each in rules.clocks
        ),
    )


def _settings(rules: RuleSet) -> Iterator[str]:
    yield "## Settings\n"
    yield from _table(
        ("Setting", "Value", "Basis", "Note"),
        (
            (f"`{code}`", str(each.value), each.basis, each.note)
            for code, each in rules.settings.items()
        ),
    )


def _ways(ways: tuple[tuple[str, ...], ...]) -> str:
    return " *or* ".join(" and ".join(f"`{test}`" for test in way) for way in ways)


def _cited(source: Source) -> str:
    return f"[{source.title}]({source.address})" if source.address else source.title


def _machine(machine: Machine) -> Iterator[str]:
    yield f"# {machine.title}: states and steps\n"
    yield f"```mermaid\n{mermaid(machine)}```\n"
    yield from _table(
        ("From", "To", "Step", "Who", "Must be on record, or the refusal", "Clock"),
        (_step(machine, step) for step in machine.transitions),
    )


def _step(machine: Machine, step: Transition) -> tuple[str, ...]:
    who = ", ".join(machine.actors[actor] for actor in step.actors)
    needs = ", ".join(f"{guard.name} (`{guard.code}`)" for guard in step.guards)
    return step.source, step.target, step.event, who, needs, step.clock


def drifted(folder: Path) -> list[str]:
    """The names of pages in `folder` that are missing or differ from the rule files."""
    return [name for name, text in pages().items() if _read(folder / name) != text]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main(arguments: Sequence[str]) -> int:
    """Print, write or check the pages; returns the exit code."""
    match list(arguments):
        case []:
            sys.stdout.write("\n".join(pages().values()))
        case ["--write", folder]:
            Path(folder).mkdir(parents=True, exist_ok=True)
            for name, text in pages().items():
                (Path(folder) / name).write_text(text, encoding="utf-8")
        case ["--check", folder]:
            return _report(drifted(Path(folder)), folder)
        case _:
            sys.stderr.write(__doc__ or "")
            return 2
    return 0


def _report(names: list[str], folder: str) -> int:
    for name in names:
        sys.stderr.write(
            f"{folder}/{name} differs from the rule files. Run with --write {folder}.\n"
        )
    return 1 if names else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
