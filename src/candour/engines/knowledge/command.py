"""What stands behind `candour chronology knowledge` and `candour chronology known`."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from candour.engines.dates import DayOrder
from candour.engines.knowledge.account import Account, account_of
from candour.engines.knowledge.agencies import Agency, Directory, agencies_of
from candour.engines.knowledge.facts import Fact, Held
from candour.engines.knowledge.held_on import known
from candour.engines.knowledge.proposing import facts_of
from candour.engines.tables import ChronologyFile, UnreadableFile
from candour.engines.tables.command import read_case, read_file


@dataclass(frozen=True, slots=True)
class Ref:
    """Where a row stands: its file, table, sheet and row, as `candour chronology read` says."""

    file: str
    table: int
    sheet: str | None
    row_index: int

    def to_json(self) -> dict[str, object]:
        """Return the reference under the keys of the contract."""
        return {
            "file": self.file,
            "table": self.table,
            "sheet": self.sheet,
            "row_index": self.row_index,
        }


def knowledge_command(
    paths: Iterable[Path], case_path: Path | None, as_of: date
) -> tuple[list[str], int]:
    """Return one line of JSON with every fact and who held it, and the exit code."""
    case = read_case(case_path)
    facts, code, problems = _facts(paths, case, as_of)
    answer: dict[str, object] = {"facts": [_fact_shape(fact) for fact in facts]}
    return [_line(answer | problems)], code


def known_command(
    paths: Iterable[Path], case_path: Path | None, as_of: date, agency: str, on: date
) -> tuple[list[str], int]:
    """Return one line of JSON with the rows by which an agency held something on a day.

    Raises ValueError where the case has no such agency.
    """
    case = read_case(case_path)
    facts, code, problems = _facts(paths, case, as_of)
    codes = {held.agency for fact in facts for held in fact.held}
    if facts and agency not in codes:
        raise ValueError(f"no agency {agency} here; there are {', '.join(sorted(codes))}")
    found = known(facts, agency, on)
    answer: dict[str, object] = {
        "strict": [_ref_shape(ref) for ref in found.strict],
        "possible": [_ref_shape(ref) for ref in found.possible],
    }
    return [_line(answer | problems)], code


def accounts_in(file: ChronologyFile) -> list[Account]:
    """Return the rows of a file as accounts, each known by where it stands."""
    order = DayOrder(file.date_order.lower())
    return [
        account_of(e, Ref(e.file, e.table, e.sheet, e.row.row_index), order, e.agency or file.file)
        for e in file.entries
    ]


def directory_for(
    case: Mapping[str, object] | None, accounts: Sequence[Account], names: Mapping[str, str]
) -> Directory:
    """Return how agencies are named: those of the case, or each file as an agency of its name.

    `names` are what to call an agency of which the case says nothing.
    """
    listed = {agency.code: agency for agency in agencies_of(case)}
    texts: dict[str, list[str]] = {}
    for account in accounts:
        texts.setdefault(account.agency, []).append(account.words)
    agencies = [listed.get(code) or Agency(code, names.get(code, code)) for code in texts]
    agencies += [agency for code, agency in listed.items() if code not in texts]
    return Directory(agencies, texts, _family_of(case))


def _family_of(case: Mapping[str, object] | None) -> list[str]:
    people = case.get("people") if case else None
    listed = people if isinstance(people, list) else []
    return [str(person.get("name", "")) for person in listed if isinstance(person, dict)]


def _facts(
    paths: Iterable[Path], case: Mapping[str, object] | None, as_of: date
) -> tuple[Sequence[Fact], int, dict[str, object]]:
    read = [(path, read_file(path, case, as_of)) for path in paths]
    files = [found for _, found in read if isinstance(found, ChronologyFile)]
    refused = [(path, found) for path, found in read if isinstance(found, UnreadableFile)]
    accounts = [account for file in files for account in accounts_in(file)]
    directory = directory_for(case, accounts, {})
    facts = facts_of(accounts, _groups(files, case), directory)
    problems = [
        {"code": r.code, "where": path.name, "message": r.message, "fix": r.fix}
        for path, r in refused
    ]
    return facts, 1 if refused else 0, {"problems": problems} if problems else {}


def _groups(
    files: Sequence[ChronologyFile], case: Mapping[str, object] | None
) -> list[list[Hashable]]:
    return []


def _fact_shape(fact: Fact) -> dict[str, object]:
    return {
        "entries": [_ref_shape(account.ref) for account in fact.accounts],
        "held": [_held_shape(held) for held in fact.held],
    }


def _held_shape(held: Held) -> dict[str, object]:
    how = held.how.value if held.how else None
    return {
        "agency": held.agency,
        "status": held.status.value,
        "earliest": held.earliest.isoformat() if held.earliest else None,
        "latest": held.latest.isoformat() if held.latest else None,
        "how": f"{how} by {held.from_whom}" if how and held.from_whom else how,
        "basis": held.basis,
    }


def _ref_shape(ref: Hashable | None) -> dict[str, object]:
    return ref.to_json() if isinstance(ref, Ref) else {}


def _line(answer: Mapping[str, object]) -> str:
    return json.dumps(answer, ensure_ascii=False)
