"""What a partnership's own rule files change: each value beside the product's, with its mark.

Rules, forms and holidays are changed by files that are laid over the product's (rulefiles). This
tells which files are in force, by name and digest, and what each of them says otherwise.
"""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from candour.engines.statute.rulefiles import SHIPPED

_NOT_THERE = "Not in the product"


@dataclass(frozen=True)
class Change:
    """One value of a local file: where it stands, what the product says, what is said here."""

    where: str
    shipped: str
    local: str
    mark: str


@dataclass(frozen=True)
class LocalFile:
    """One file laid over the product's, as it is on the disk; `fault` where it cannot be read."""

    name: str
    sha256: str
    changes: tuple[Change, ...]
    fault: str = ""


def local_files(folder: Path | None, shipped: Path = SHIPPED) -> tuple[LocalFile, ...]:
    """Every file of the folder of local rules, by name; none where there is no folder."""
    if folder is None:
        return ()
    return tuple(_read(path, shipped / path.name) for path in sorted(folder.glob("*.toml")))


def _read(path: Path, beneath: Path) -> LocalFile:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    try:
        own = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        return LocalFile(path.name, digest, (), f"It cannot be read: {fault}")
    product = tomllib.loads(beneath.read_text(encoding="utf-8")) if beneath.exists() else {}
    changes = tuple(_changes(own, product, (), "local"))
    return LocalFile(path.name, digest, changes)


def _changes(
    own: Mapping[str, object], product: object, way: tuple[str, ...], mark: str
) -> Iterator[Change]:
    mark = str(own.get("basis", mark))
    for key, value in own.items():
        beneath = product.get(key) if isinstance(product, Mapping) else None
        if isinstance(value, Mapping):
            yield from _changes(value, beneath, (*way, key), mark)
        elif key != "basis":
            where = " ".join((*way, key)).replace("_", " ")
            yield Change(where, _said(beneath), _said(value), mark)


def _said(value: object) -> str:
    if value is None:
        return _NOT_THERE
    if isinstance(value, list):
        return "; ".join(_said(each) for each in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_said(each)}" for key, each in value.items())
    return str(value)
