"""Every small fault that cosmic-ray can put into a room's code, less those that change nothing."""

import ast
import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import parso
from cosmic_ray.ast import ast_nodes
from cosmic_ray.mutating import MutationVisitor
from cosmic_ray.operators.operator import Operator
from cosmic_ray.operators.provider import OperatorProvider

# What is compared by identity here is an enumeration, None or one object: equality is the same.
# The other way about, equal literals are one object or not as Python pleases: no rule says which.
_SAME_ANSWER = (
    "ReplaceComparisonOperator_Is_Eq",
    "ReplaceComparisonOperator_IsNot_NotEq",
    "ReplaceComparisonOperator_Eq_Is",
    "ReplaceComparisonOperator_NotEq_IsNot",
)
# "str | None" stands in annotations, which no rule leans on.
_ANNOTATIONS = "ReplaceBinaryOperator_BitOr_"
# Guards of the programmer, the size of a cache, and how a class is stored: no answer changes.
_NO_ANSWER_OF = ("@dataclass(", "@lru_cache", "@cache", "strict=")


class Fault(NamedTuple):
    """One fault: which operator, the how manieth place it fits in the file, and its line."""

    path: Path
    operator: str
    occurrence: int
    line: int


def operators() -> dict[str, Operator]:
    """Cosmic-ray's operators that need nothing told."""
    provider = OperatorProvider()
    return {name: provider[name]() for name in provider if not provider[name].arguments()}


def faults_in(path: Path) -> Iterator[Fault]:
    """The faults of one file, in the order of its lines within each operator."""
    source = path.read_text(encoding="utf-8")
    lines = source.splitlines()
    nodes = list(ast_nodes(parso.parse(source)))
    for name, operator in operators().items():
        places = (place for node in nodes for place in operator.mutation_positions(node))
        for occurrence, ((line, _), _) in enumerate(places):
            if not _changes_nothing(name, lines[line - 1]):
                yield Fault(path, name, occurrence, line)


def _changes_nothing(operator: str, line: str) -> bool:
    if operator in _SAME_ANSWER or operator.startswith(_ANNOTATIONS):
        return True
    return any(mark in line for mark in _NO_ANSWER_OF)


def with_fault(fault: Fault) -> str | None:
    """The file's text with the fault; None where it is no Python or says the same."""
    source = fault.path.read_text(encoding="utf-8")
    operator = operators()[fault.operator]
    mutated: Any = MutationVisitor.mutate_code(source, operator, fault.occurrence)
    if mutated is None:
        return None
    try:
        same = ast.dump(ast.parse(mutated)) == ast.dump(ast.parse(source))
    except SyntaxError:
        return None
    return None if same else str(mutated)


def shown(fault: Fault) -> list[str]:
    """The lines that the fault takes out and puts in."""
    before = fault.path.read_text(encoding="utf-8").splitlines()
    after = (with_fault(fault) or "").splitlines()
    rows = difflib.unified_diff(before, after, lineterm="", n=0)
    return [row for row in rows if row[:1] in "+-" and row[:3] not in ("+++", "---")]
