"""What the comparison finds of an answer key: the one measure behind the tests and the bench.

Same event: pairs of rows, against the pairs of `duplicates`. Differing accounts: one found counts
as right when the key has one of the same type of which it names two rows or more (all rows, where
the key names but one); `rows_only` asks the same without the type. One agency only: row, direction
and other agency alike.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from candour.engines.matching import Comparison
from candour.engines.matching.account import Ref
from candour.engines.matching.command import compare_files
from candour.engines.tables import ChronologyFile, read_chronology

SAMPLES = Path(__file__).parents[2] / "samples"
AS_OF = date(2026, 11, 1)


@dataclass(frozen=True)
class Score:
    """Right answers among those found (precision), and of those in the key (recall)."""

    found: int
    wanted: int
    right: int
    reached: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.reached / self.wanted if self.wanted else 1.0

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f} ({self.right} of {self.found}), "
            f"recall {self.recall:.3f} ({self.reached} of {self.wanted})"
        )


def files_of(case: str) -> tuple[list[ChronologyFile], dict[str, Any]]:
    folder = SAMPLES / case
    described = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    names = dict.fromkeys(agency["file"] for agency in described["agencies"])
    files = [
        read_chronology((folder / name).read_bytes(), name, case=described, as_of=AS_OF)
        for name in names
    ]
    return files, described


def compared(case: str) -> Comparison:
    files, described = files_of(case)
    return compare_files(files, described, AS_OF)


def key_of(case: str) -> dict[str, Any]:
    key: dict[str, Any] = json.loads((SAMPLES / case / "truth.json").read_text(encoding="utf-8"))
    return key


def ids(found: Comparison, key: dict[str, Any]) -> list[str]:
    """The key's name for each row, by the row's place in the comparison."""
    named = {
        (file["file"], row["table"], row["row_index"]): row["entry"]
        for file in key["files"]
        for row in file["rows"]
    }
    refs = [account.ref for account in found.accounts]
    return [named[one.file, one.table, one.row_index] for one in refs if isinstance(one, Ref)]


def same_event(found: Comparison, key: dict[str, Any]) -> Score:
    names = ids(found, key)
    wanted = {frozenset(p) for d in key["duplicates"] for p in combinations(d["entries"], 2)}
    pairs = {
        frozenset((names[one], names[other]))
        for group in found.groups
        for one, other in combinations(group.places, 2)
    }
    right = len(pairs & wanted)
    return Score(len(pairs), len(wanted), right, right)


def differing(found: Comparison, key: dict[str, Any], rows_only: bool = False) -> Score:
    names = ids(found, key)
    wanted = [(one["type"], frozenset(one["entries"])) for one in key["conflicts"]]
    reached: set[int] = set()
    right = 0
    for one in found.differing:
        rows = {names[place] for place in one.places}
        fits = {
            place
            for place, (type_, entries) in enumerate(wanted)
            if (rows_only or type_ == one.type) and len(entries & rows) >= min(2, len(entries))
        }
        right += bool(fits)
        reached |= fits
    return Score(len(found.differing), len(wanted), right, len(reached))


def one_sided(found: Comparison, key: dict[str, Any]) -> Score:
    names = ids(found, key)
    wanted = {
        (one["entry"], one["direction"], one["other_agency"]) for one in key["one_sided_contacts"]
    }
    got = {(names[one.place], one.way.value, one.other) for one in found.one_sided}
    right = len(got & wanted)
    return Score(len(got), len(wanted), right, right)
