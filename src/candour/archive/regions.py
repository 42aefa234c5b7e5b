"""In which region of England a board or partnership works, read from the area in its name."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Region:
    """A region with its place in the grid of tiles: column and row, from the upper left."""

    name: str
    column: int
    row: int


@cache
def regions() -> tuple[Region, ...]:
    """The nine regions, from north to south."""
    return tuple(Region(entry["name"], *entry["at"]) for entry in _table())


@cache
def region_of(publisher_name: str) -> str:
    """The region of the longest area whose name stands in this one; empty when none does."""
    found = [
        (len(area), region)
        for area, region in _areas()
        if re.search(rf"\b{re.escape(area)}\b", publisher_name, re.IGNORECASE)
    ]
    return max(found)[1] if found else ""


@cache
def _areas() -> tuple[tuple[str, str], ...]:
    return tuple((area, entry["name"]) for entry in _table() for area in entry["areas"])


@cache
def _table() -> list[dict[str, Any]]:
    text = Path(__file__).with_name("regions.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["region"])
