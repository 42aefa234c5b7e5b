"""Every write has an actor, a transaction and an event of the audit."""

import ast
from functools import cache
from pathlib import Path

from tests.architecture.source import functions, modules, named, tree

RECORDING = {"record", "record_own_act"}
WRITING = {"create", "save", "bulk_create", "update", "delete", "get_or_create", "update_or_create"}

# Public functions with a transaction that record nothing themselves, each with the reason.
WITHOUT_EVENT: dict[str, str] = {
    "platform/mail.py:notify": "stands below the audit; whoever calls it records an event",
    "platform/mail.py:queue": "stands below the audit; whoever calls it records an event",
}


def test_every_service_with_a_transaction_records_an_event() -> None:
    silent = {
        f"{named(path)}:{function.name}"
        for path in modules()
        for function in functions(path)
        if _in_transaction(function)
        and not function.name.startswith("_")
        and not _records(path, function)
    }

    assert silent - set(WITHOUT_EVENT) == set(), "record an event, or say in WITHOUT_EVENT why not"
    assert set(WITHOUT_EVENT) - silent == set(), "these record now: take them off the list"


def _in_transaction(function: ast.FunctionDef) -> bool:
    return any(
        ast.unparse(mark).startswith("transaction.atomic") for mark in function.decorator_list
    )


def _records(path: Path, function: ast.FunctionDef) -> bool:
    """Does the function record an event, itself or through what it calls in any of our modules?"""
    return _reaches_record(path, function.name, frozenset())


def _reaches_record(path: Path, name: str, seen: frozenset[tuple[Path, str]]) -> bool:
    if name in RECORDING:
        return True
    found = _definition(path, name)
    if found is None or found in seen:
        return False
    return any(_reaches_record(found[0], each, seen | {found}) for each in _called(*found))


@cache
def _called(path: Path, name: str) -> frozenset[str]:
    return frozenset(
        node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        for node in ast.walk(_function(path, name))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    )


def _function(path: Path, name: str) -> ast.FunctionDef:
    return next(function for function in functions(path) if function.name == name)


@cache
def _definition(path: Path, name: str) -> tuple[Path, str] | None:
    """Where a name used in a module is defined: there, or in the module it is imported from."""
    if any(function.name == name for function in functions(path)):
        return path, name
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("candour."):
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    return _in_module(str(node.module), alias.name)
    return None


def _in_module(dotted: str, name: str) -> tuple[Path, str] | None:
    for path in modules():
        place = "candour." + named(path).removesuffix(".py").replace("/", ".")
        if place in (dotted, f"{dotted}.__init__"):
            if any(function.name == name for function in functions(path)):
                return path, name
            return _definition(path, name) if place.endswith("__init__") else None
    return None


def test_views_change_nothing_themselves() -> None:
    faulty = {
        f"{named(path)}:{node.lineno}"
        for path in modules()
        if path.stem == "views" or path.parent.name == "views"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITING
        and not _of_a_session_or_form(node.func)
    }

    assert faulty == set(), "a page asks a service to change something"


def _of_a_session_or_form(function: ast.Attribute) -> bool:
    named_so = ast.unparse(function.value)
    return any(word in named_so for word in ("session", "context", "form", "told", "shown"))
