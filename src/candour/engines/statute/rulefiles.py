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
_standing: dict[str, Path | None] = {"folder": None}

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


def use_local_rules(folder: Path | None) -> None:
    """From now on a partnership's own rule files in `folder` are laid over the shipped ones.

    Called once, at start. Raises Invalid (rule_folder_missing) where there is no such folder.
    """
    if folder is not None and not folder.is_dir():
        reason = f"There is no folder {folder} of rule files. Make it, or correct the setting."
        raise Invalid("rule_folder_missing", reason)
    _standing["folder"] = folder


def local_rules() -> Path | None:
    """The folder of a partnership's own rule files, or None."""
    return _standing["folder"]


def read_rule_file(name: str, local: Path | None = None) -> RuleFile:
    """Read the shipped file `name`, with the file of the same name in `local`, if there is one,
    laid over it.

    A file that stands in `local` alone is a rule set of its own; where it says `like = "WT2023"`
    it holds only what differs from that one. Raises Invalid (rule_file_unreadable,
    rule_file_invalid).
    """
    own = _read(local / name) if local is not None and (local / name).exists() else None
    if own is not None and not (SHIPPED / name).exists():
        return RuleFile(name, _like_another(name, own, local))
    contents = _read(SHIPPED / name)
    return RuleFile(name, contents if own is None else _laid_over(contents, own))


def _like_another(name: str, own: dict[str, object], local: Path | None) -> dict[str, object]:
    if "like" not in own:
        return own
    pattern = f"{own['like']}.toml"
    if not (SHIPPED / pattern).exists():
        raise RuleFile(name, own).fault("like", "it must name a rule set of the product")
    return _laid_over(dict(read_rule_file(pattern, local).contents), own)


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
