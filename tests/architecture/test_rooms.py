"""What every room keeps to: the layers, the place of queries, the clock, and its size."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from tests.architecture.source import ROOT, SOURCE, functions, modules, named, tree

MOST_LINES_OF_A_MODULE = 300
MOST_LINES_OF_A_FUNCTION = 25

# Longer than the rule allows, each with the reason. A function that gets shorter must leave.
LONG_FUNCTIONS: dict[str, str] = {}

# Django's own sign-in forms and the archive's read-only pages ask small, unconfidential tables.
QUERIES_IN_PAGES: dict[str, str] = {}

CLOCKS = {
    "kernel/clock.py": "the one clock",
    "platform/files.py": "compares with the file system's own clock, which nobody can play",
}


def test_the_layers_of_the_house_hold() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("path", modules(), ids=named)
def test_a_module_can_be_read_in_five_minutes(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= MOST_LINES_OF_A_MODULE


def test_a_function_does_one_thing() -> None:
    long = {
        f"{named(path)}:{function.name}"
        for path in modules()
        for function in functions(path)
        if _lines(function) > MOST_LINES_OF_A_FUNCTION
    }

    assert long - set(LONG_FUNCTIONS) == set(), "divide them, or say in LONG_FUNCTIONS why not"
    assert set(LONG_FUNCTIONS) - long == set(), "these are short now: take them off the list"


def _lines(function: ast.FunctionDef) -> int:
    """Lines of code: neither the signature, which types make long, nor the docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    last = function.end_lineno or function.lineno
    return last - body[0].lineno + 1 if body else 0


def test_pages_and_forms_ask_selectors_and_never_the_tables() -> None:
    faulty = {
        f"{named(path)}:{node.lineno}"
        for path in modules()
        if _shows(path)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager")
    }

    assert faulty - set(QUERIES_IN_PAGES) == set()


def _shows(path: Path) -> bool:
    named_so = path.stem in ("views", "presenters", "forms", "pages_of_forms")
    return named_so or path.parent.name in ("views", "presenters", "forms")


def test_only_the_kernel_asks_the_machine_for_the_time() -> None:
    asking = {
        named(path)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and _asks_the_time(node.func)
    }

    assert asking - set(CLOCKS) == set(), "use candour.kernel.clock, which the demonstration plays"


def _asks_the_time(function: ast.expr) -> bool:
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
        return False
    asked = f"{function.value.id}.{function.attr}"
    return asked in {
        "datetime.now",
        "datetime.utcnow",
        "datetime.today",
        "date.today",
        "timezone.now",
        "timezone.localdate",
        "time.time",
    }


def test_no_module_is_a_box_for_odds_and_ends() -> None:
    boxes = {"utils", "helpers", "common", "misc", "util", "helper", "tools", "base"}

    assert {named(path) for path in modules() if path.stem in boxes} == set()
    assert {folder.name for folder in SOURCE.rglob("*") if folder.is_dir()} & boxes == set()


def test_rooms_have_no_signals_of_their_own() -> None:
    faulty = {
        named(path)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("django.db.models.signals")
    }

    assert faulty == set(), "a rule in a signal is a rule nobody finds"
