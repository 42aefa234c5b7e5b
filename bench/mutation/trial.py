"""A room's tests against one fault, in a process forked after everything else was imported.

Only the room and what leans on it are imported afresh, with the fault in place; the tests are
called as pytest would call them (less those that ask for fixtures), and the first to fail ends
the trial.
"""

import ast
import gc
import os
import resource
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.abc import MetaPathFinder, SourceLoader
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from inspect import signature
from itertools import product
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import Any

from hypothesis import HealthCheck, Phase, settings

NOTICED, MISSED = 1, 0
_MEMORY = 3 * 2**30
_OURS = ("candour", "tests", "bench")

settings.register_profile(
    "faults",
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
# Before any test is imported: those with settings of their own build on what holds then.
settings.load_profile("faults")


class Planted(MetaPathFinder, SourceLoader):
    """Gives one module the text it is told to have."""

    def __init__(self, name: str, path: Path, source: str) -> None:
        self.name, self.path, self.source = name, path, source

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        return spec_from_file_location(fullname, self.path, loader=self)

    def get_filename(self, fullname: str) -> str:
        return str(self.path)

    def get_data(self, path: str | bytes) -> bytes:
        return self.source.encode()


def module_name(path: Path, source_root: Path) -> str:
    """The dotted name of a file below the source root."""
    parts = path.relative_to(source_root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def leaning_on(room: str) -> set[str]:
    """The loaded modules of ours that the room's code reaches, the room itself among them."""
    loaded = {name: module for name, module in sys.modules.items() if name.split(".")[0] in _OURS}
    imports = {name: set(_imported(module)) for name, module in loaded.items()}
    reached = {name for name in loaded if name == room or name.startswith(f"{room}.")}
    while True:
        more = {name for name, wanted in imports.items() if wanted & reached} - reached
        if not more:
            return reached
        reached |= more


def _imported(module: ModuleType) -> Iterator[str]:
    file = getattr(module, "__file__", None)
    if file is None:
        return
    for node in ast.walk(ast.parse(Path(file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def forget(names: set[str]) -> None:
    """Have these modules imported anew when next they are asked for."""
    for name in names:
        parent, _, last = name.rpartition(".")
        sys.modules.pop(name, None)
        if parent in sys.modules:
            vars(sys.modules[parent]).pop(last, None)


def calls_of(module: ModuleType) -> Iterator[tuple[Callable[..., object], dict[str, Any]]]:
    """Each test of a module with the values it is run with."""
    for name, test in vars(module).items():
        if name.startswith("test_") and callable(test):
            for values in product(*map(_values, _parametrised(test))):
                given = {key: value for each in values for key, value in each.items()}
                yield test, given


def _parametrised(test: Callable[..., object]) -> list[Any]:
    marks = getattr(test, "pytestmark", [])
    return [mark for mark in marks if mark.name == "parametrize"]


def _values(mark: Any) -> Iterator[dict[str, Any]]:
    names, rows = mark.args[0], mark.args[1]
    named = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    for row in rows:
        values = getattr(row, "values", row) if type(row).__name__ == "ParameterSet" else row
        yield dict(zip(named, values if len(named) > 1 else [values], strict=True))


def run(tests: list[str], order: dict[str, float]) -> None:
    """Call every test, those that took least when no fault was there first.

    `order` gives the seconds by test; an empty one is filled in. A test that asks for what only
    pytest could give it is left out.

    Raises:
        Exception: whatever the first failing test raises.
    """
    calls = [call for name in tests for call in calls_of(import_module(name))]
    for test, given in sorted(calls, key=lambda call: order.get(call[0].__name__, 0.0)):
        if not hasattr(test, "hypothesis") and set(signature(test).parameters) != set(given):
            continue
        started = process_time()
        test(**given)
        order[test.__name__] = order.get(test.__name__, 0.0) + process_time() - started


def forked(
    tests: list[str], stale: set[str], order: dict[str, float], planted: Planted, seconds: int
) -> int:
    """The number of a process that runs the tests and ends as NOTICED or MISSED."""
    child = os.fork()
    if child:
        return child
    outcome = NOTICED
    try:
        gc.disable()
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        sys.meta_path.insert(0, planted)
        forget(stale)
        run(tests, order)
        outcome = MISSED
    finally:
        os._exit(outcome)
