"""The forms of the work, read from their data file with a partnership's own laid over it."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from candour.cases.permissions import Kind
from candour.engines.statute.rulefiles import local_rules
from candour.kernel.errors import Hidden, Invalid

NAME = "forms.toml"
_SHIPPED = Path(__file__).parent / NAME
_KINDS = ("line", "text", "day", "choice")


@dataclass(frozen=True)
class Field:
    """One question of a form; `known` names what on record the answer begins as."""

    name: str
    label: str
    kind: str = "line"
    hint: str = ""
    known: str = ""
    needed: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of a form."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Definition:
    """A form: its title, what it is for, the kind of record it is, and its questions.

    One with a `scale` asks of each question where things stand, and what shows it.
    """

    code: str
    title: str
    about: str
    kind: Kind
    sections: tuple[Section, ...]
    clock: str = ""
    scale: tuple[str, ...] = ()

    def fields(self) -> Iterator[Field]:
        """Every question, in order."""
        for section in self.sections:
            yield from section.fields


def definitions() -> tuple[Definition, ...]:
    """Every form, in the order of the file."""
    return _definitions(local_rules())


def definition(code: str) -> Definition:
    """One form; Hidden where there is none of this name."""
    found = next((each for each in definitions() if each.code == code), None)
    if found is None:
        raise Hidden
    return found


@cache
def _definitions(local: Path | None) -> tuple[Definition, ...]:
    forms = dict(_read(_SHIPPED))
    if local is not None and (local / NAME).exists():
        forms |= _read(local / NAME)
    return tuple(_definition(code, table) for code, table in forms.items())


def _read(path: Path) -> dict[str, Any]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))["form"]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as fault:
        raise Invalid("form_file_unreadable", f"{path.name} could not be read: {fault}.") from fault
    if not isinstance(found, dict):
        raise Invalid("form_file_invalid", f"{path.name}: [form.…] must hold tables.")
    return found


def _definition(code: str, table: dict[str, Any]) -> Definition:
    try:
        return Definition(
            code=code,
            title=str(table["title"]),
            about=str(table["about"]),
            kind=Kind(table["kind"]),
            sections=tuple(_section(each) for each in table["section"]),
            clock=str(table.get("clock", "")),
            scale=tuple(map(str, table.get("scale", ()))),
        )
    except (KeyError, ValueError, TypeError) as fault:
        reason = f"{NAME}, [form.{code}]: {fault}. Correct the file and start again."
        raise Invalid("form_file_invalid", reason) from fault


def _section(table: dict[str, Any]) -> Section:
    return Section(str(table["title"]), tuple(_field(each) for each in table["fields"]))


def _field(table: dict[str, Any]) -> Field:
    kind = str(table.get("kind", "line"))
    if kind not in _KINDS:
        raise ValueError(f"kind of {table['name']} must be one of {', '.join(_KINDS)}")
    return Field(
        name=str(table["name"]),
        label=str(table["label"]),
        kind=kind,
        hint=str(table.get("hint", "")),
        known=str(table.get("from", "")),
        needed=table.get("needed") is True,
        choices=tuple(map(str, table.get("choices", ()))),
    )
