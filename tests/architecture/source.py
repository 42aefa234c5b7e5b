"""The text of the product and of the repository, as the tests of its shape read it."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "src" / "candour"


@cache
def modules() -> tuple[Path, ...]:
    """The modules of the product, without migrations."""
    found = (path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
    return tuple(sorted(found))


@cache
def tree(path: Path) -> ast.Module:
    """A module, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def functions(path: Path) -> tuple[ast.FunctionDef, ...]:
    """Every function of a module, inner ones too."""
    return tuple(node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


def named(path: Path) -> str:
    """A module by its place in the product, as a failing test names it."""
    return str(path.relative_to(SOURCE))


@cache
def tracked() -> tuple[Path, ...]:
    """The files of the repository, without what is ignored."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=True,
    )
    names = listed.stdout.decode().split("\0")
    return tuple(ROOT / name for name in names if name and (ROOT / name).is_file())


def words_of(path: Path) -> str:
    """A file's text; nothing for a picture or another file that is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
