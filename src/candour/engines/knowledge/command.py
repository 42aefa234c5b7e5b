"""What stands behind `candour chronology knowledge` and `candour chronology known`."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from candour.engines.dates import DayOrder
from candour.engines.knowledge.account import Account, account_of
from candour.engines.knowledge.facts import Fact, Held
from candour.engines.knowledge.held_on import known
from candour.engines.knowledge.proposing import facts_of
from candour.engines.matching import Ref
from candour.engines.matching.command import compare_files
from candour.engines.tables import ChronologyFile, UnreadableFile
from candour.engines.tables.command import read_case, read_file
from candour.engines.telling import Agency, Directory, agencies_of


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


def accounts_in(file: ChronologyFile, agencies: Mapping[Ref, str]) -> list[Account]:
    """Return the rows of a file as accounts, each known by where it stands.

    `agencies` says whose each row is: agencies may share a file.
    """
    order = DayOrder(file.date_order.lower())
    found = []
    for entry in file.entries:
        ref = Ref(entry.file, entry.table, entry.sheet, entry.row.row_index)
        found.append(account_of(entry, ref, order, agencies.get(ref, "")))
    return found


def directory_for(case: Mapping[str, object] | None, accounts: Sequence[Account]) -> Directory:
    """Return how agencies are named: those of the case, or each file as an agency of its name."""
    listed = {agency.code: agency for agency in agencies_of(case)}
    texts: dict[str, list[str]] = {}
    for account in accounts:
        texts.setdefault(account.agency, []).append(account.words)
    agencies = [listed.get(code) or Agency(code, code) for code in texts]
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
    problems = [
        {"code": r.code, "where": path.name, "message": r.message, "fix": r.fix}
        for path, r in refused
    ]
    facts = facts_in(files, case, as_of)
    return facts, 1 if refused else 0, {"problems": problems} if problems else {}


def facts_in(
    files: Sequence[ChronologyFile], case: Mapping[str, object] | None, as_of: date
) -> Sequence[Fact]:
    """Return the facts that files as read tell of, their rows grouped as matching proposes."""
    compared = compare_files(files, case, as_of)
    refs = [account.ref for account in compared.accounts]
    agencies = {ref: one.agency for ref, one in zip(refs, compared.accounts, strict=True)}
    accounts = [
        account
        for file in files
        for account in accounts_in(file, {r: a for r, a in agencies.items() if isinstance(r, Ref)})
    ]
    groups = [[refs[place] for place in group.places] for group in compared.groups]
    return facts_of(accounts, groups, directory_for(case, accounts))


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
    return asdict(ref) if isinstance(ref, Ref) else {}


def _line(answer: Mapping[str, object]) -> str:
    return json.dumps(answer, ensure_ascii=False)
