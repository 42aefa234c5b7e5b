"""Write the pages of docs/reference that are read out of the code, or check them.

Usage: python docs/generate.py [--check]
`--check` writes nothing, names each page that differs, and exits 1.
"""

import ast
import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "candour"
REFERENCE = ROOT / "docs" / "reference"

GENERATED = "<!-- Generated from the code by python docs/generate.py; do not edit. -->\n\n"

REACHES = {
    "read": "reads",
    "write": "reads, writes",
    "own_read": "own agency's: reads",
    "own_write": "own agency's: reads, writes",
    "on_grant": "under a dated grant",
}
SITES = {"workspace": "The workspace", "archive": "The archive"}
ENGINE_COMMANDS = (
    ("dates",),
    ("chronology", "read"),
    ("chronology", "merge"),
    ("chronology", "compare"),
    ("chronology", "knowledge"),
    ("chronology", "known"),
    ("statute",),
    ("hindsight",),
    ("anonymise",),
)


def access_page() -> str:
    """Roles by records, roles by acts, and the actors of the guidance's process tables."""
    from candour.cases.permissions import ACTS, PROCESS_ACTORS, RECORDS, Act, Kind
    from candour.people.roles import Role

    records = (
        [role.label, *(REACHES.get(str(RECORDS[role].get(kind, "")), "") for kind in Kind)]
        for role in Role
    )
    acts = ([act.label, _labels(ACTS[act])] for act in Act)
    actors = ([f"`{actor}`", _labels(roles)] for actor, roles in PROCESS_ACTORS.items())
    return (
        "# Who may see and do what\n\n"
        "An empty cell is a refusal, and what you may not see answers as if it did not exist. "
        "Source: `candour.cases.permissions`.\n\n## Records\n\n"
        + table(["Role", *(kind.label for kind in Kind)], records)
        + "\n## Acts\n\n"
        + table(["Act", "Belongs to"], acts)
        + "\n## The actors of the guidance\n\n"
        + "As the process tables of the guidance name them.\n\n"
        + table(["Actor", "Roles"], actors)
    )


def _labels(roles: Iterable[str]) -> str:
    from candour.people.roles import Role

    return "; ".join(sorted(Role(role).label for role in roles)) or "nobody"


def events_page() -> str:
    """The names of the events that the audit keeps, with the room and function of each."""
    found = sorted({row for path in modules() for row in _events(path)})
    rows = ([f"`{name}`", f"`{place}`", says] for name, place, says in found)
    return (
        "# Events of the audit\n\n"
        "Each is appended in the transaction of what it tells of and never altered; it holds "
        "references, never a name or a sentence. A name stays as it is for good. “…” stands for "
        "the outcome.\n\n" + table(["Event", "Written by", "Which"], rows)
    )


def modules() -> list[Path]:
    """The modules of the product."""
    return sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def _events(path: Path) -> Iterator[tuple[str, str, str]]:
    dotted = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            first = (ast.get_docstring(function) or "").split("\n\n")[0]
            for name in event_names(function):
                yield name, f"{dotted}.{function.name}", " ".join(first.split())


def event_names(function: ast.FunctionDef) -> Iterator[str]:
    """The names of events that a function records itself, as they stand in its text."""
    for call in ast.walk(function):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        if call.func.id not in ("record", "_record", "record_own_act"):
            continue
        for given in call.args:
            name = _text(given)
            own = call.func.id == "record_own_act"
            if own or ("." in name and " " not in name):
                yield f"people.{name}" if own else name


def _text(given: ast.expr) -> str:
    if isinstance(given, ast.Constant):
        return str(given.value)
    if isinstance(given, ast.JoinedStr):
        return "".join(
            _text(part) if isinstance(part, ast.Constant) else "…" for part in given.values
        )
    return ""


def addresses_page() -> str:
    """Every address of both sites, and the kind of record each page shows."""
    return (
        "# Addresses\n\n"
        "“Signed in” means signed in with both factors. A page that shows a kind of record "
        "answers 404 to everybody whose role on that case does not reach it ([who may see "
        "what](access.md)).\n" + "".join(map(_site, SITES))
    )


def _site(site: str) -> str:
    from docs.addresses import addresses

    from candour.cases.permissions import Kind

    rows = (
        [
            f"`{address.route}`",
            f"`{address.name}`",
            Kind(address.kind).label if address.kind else "",
            "everybody" if address.public else "signed in",
        ]
        for address in addresses(site)
    )
    headings = ["Address", "Name", "Kind of record", "Open to"]
    return f"\n## {SITES[site]}\n\n" + table(headings, rows)


def commands_page() -> str:
    """What every `candour` command says of itself."""
    from typer.main import get_command

    from candour.command.product import app
    from candour.engines.search.command import app as search

    product: dict[str, Any] = getattr(get_command(app), "commands", {})
    searching: dict[str, Any] = getattr(get_command(search), "commands", {})
    engines = (
        *(_engine(words) for words in ENGINE_COMMANDS),
        *(_product(f"search {name}", searching[name]) for name in sorted(searching)),
    )
    return (
        "# The candour command\n\n"
        "Exit status 0: an answer was given, problems found are inside it. 1: an input was "
        "unreadable, or a rule refused. 2: bad usage.\n\n"
        "## Engines\n\nJSON or files in, JSON lines out; no web site and no database needed.\n"
        + "".join(engines)
        + "\n## The product\n"
        + "".join(_product(name, product[name]) for name in sorted(product))
    )


def _engine(words: Sequence[str]) -> str:
    from candour.command.engines import ENGINES

    said = io.StringIO()
    with (
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(said),
        contextlib.suppress(SystemExit),
    ):
        ENGINES[words[0]]([*words[1:], "--help"])
    return f"\n### candour {' '.join(words)}\n\n```text\n{_plain(said.getvalue())}\n```\n"


def _product(name: str, command: Any) -> str:
    rows = (
        [
            f"`{parameter.opts[0] if parameter.param_type_name == 'option' else parameter.name}`",
            "needed" if parameter.required else "",
            parameter.help or "",
        ]
        for parameter in command.params
    )
    listed = "\n" + table(["Given", "", "What it is"], rows) if command.params else ""
    return f"\n### candour {name}\n\n{_plain(command.help or '')}\n{listed}"


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [list(headings), ["---"] * len(headings), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |\n" for row in lines)


def pages() -> dict[Path, str]:
    """Every generated page of docs/reference, by its place."""
    from candour.engines.statute.document import pages as statute_pages
    from candour.platform.document_settings import page as settings_page

    writers: dict[str, Callable[[], str]] = {
        "access.md": access_page,
        "events.md": events_page,
        "addresses.md": addresses_page,
        "commands.md": commands_page,
    }
    return {
        **{REFERENCE / name: GENERATED + write() for name, write in writers.items()},
        REFERENCE / "settings.md": settings_page(),
        **{REFERENCE / "statute" / name: text for name, text in statute_pages().items()},
    }


def differing() -> dict[Path, str]:
    """Pages that are missing or not as the code has them now, with what they should say."""
    return {
        path: text
        for path, text in pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    }


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with `--check` name those that have drifted; the exit status."""
    if list(arguments) not in ([], ["--check"]):
        sys.stderr.write(__doc__ or "")
        return 2
    stand_ready()
    drifted = differing()
    for path, text in drifted.items():
        if arguments:
            sys.stderr.write(f"{path.relative_to(ROOT)} has drifted: python docs/generate.py\n")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return 1 if arguments and drifted else 0


def stand_ready() -> None:
    """Load the workspace, and let help be as wide everywhere."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "candour.sites.workspace.settings")
    os.environ.update(COLUMNS="96", NO_COLOR="1")
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
