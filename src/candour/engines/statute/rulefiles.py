"""Reading rule sets from their data files, with a partnership's own changes laid over them.

A local file has the name of the file that it changes and holds only what differs; whatever it
touches is marked `local` unless it says otherwise, so that a changed rule can always be told from a
shipped one.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, cast

from candour.kernel.errors import Invalid

SHIPPED = Path(__file__).parent / "rules"

Table: TypeAlias = Mapping[str, object]


@dataclass(frozen=True)
class RuleFile:
    """One data file as read: its name, for error messages, and its contents."""

    name: str
    contents: Table

    def table(self, key: str) -> dict[str, Table]:
        """The named tables under `key`, in file order.

        Raises Invalid (rule_file_invalid) if it is not a table.
        """
        found = self.contents.get(key, {})
        if not isinstance(found, dict) or not all(
            isinstance(each, dict) for each in found.values()
        ):
            raise self.fault(key, "it must hold tables")
        return cast(dict[str, Table], found)

    def fault(self, where: str, what: str) -> Invalid:
        """The error for a mistake in this file: the file, the place and what to put right."""
        return Invalid(
            "rule_file_invalid", f"{self.name}, {where}: {what}. Correct the file and start again."
        )


def read_rule_file(name: str, local: Path | None = None) -> RuleFile:
    """Read the shipped file `name`, with the file of the same name in `local`, if there is one,
    laid over it.
    """
    contents = _read(SHIPPED / name)
    if local is not None and (local / name).exists():
        contents = _laid_over(contents, _read(local / name))
    return RuleFile(name, contents)


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise Invalid(
            "rule_file_unreadable", f"The rule file {path.name} could not be read: {fault}."
        ) from fault


def _laid_over(shipped: dict[str, object], local: dict[str, object]) -> dict[str, object]:
    result = dict(shipped)
    for key, value in local.items():
        beneath = shipped.get(key)
        if isinstance(value, dict):
            result[key] = _laid_over(beneath if isinstance(beneath, dict) else {}, value)
        else:
            result[key] = value
    if "basis" in shipped or not any(isinstance(value, dict) for value in local.values()):
        result["basis"] = local.get("basis", "local")
    return result
