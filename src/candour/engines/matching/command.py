"""What stands behind `candour chronology compare`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePath

from candour.engines.matching.account import Account, Ref, account_of
from candour.engines.matching.case import Case, case_of
from candour.engines.matching.compare import Comparison, compare
from candour.engines.matching.silences import Silence, declared_in_text
from candour.engines.matching.words import plain, tokens
from candour.engines.tables import ChronologyFile, Table, UnreadableFile, read_chronology
from candour.engines.telling import Agency, Directory


def compare_command(
    paths: Iterable[Path], case_path: Path | None, as_of: date
) -> tuple[list[str], int]:
    """Return the comparison as a line of JSON, then a line for each file that could not be read;
    and the exit code: 1 where any could not. The others are compared all the same."""
    described = json.loads(case_path.read_text(encoding="utf-8")) if case_path else None
    files: list[ChronologyFile] = []
    refused: list[dict[str, object]] = []
    for path in dict.fromkeys(paths):
        try:
            data = path.read_bytes()
            files.append(read_chronology(data, path.name, case=described, as_of=as_of))
        except OSError as error:
            refused.append(_refused(path, "not_opened", f"Cannot be opened: {error.strerror}.", ""))
        except UnreadableFile as refusal:
            refused.append(_refused(path, refusal.code, refusal.message, refusal.fix))
    found = shape(compare_files(files, described, as_of))
    lines = [json.dumps(line, ensure_ascii=False) for line in (found, *refused)]
    return lines, 1 if refused else 0


def _refused(path: Path, code: str, message: str, fix: str) -> dict[str, object]:
    problem = {"code": code, "where": path.name, "message": message, "fix": fix}
    return {"file": path.name, "problems": [problem]}


def compare_files(
    files: Sequence[ChronologyFile], described: Mapping[str, object] | None, as_of: date
) -> Comparison:
    """Compare the rows of files as read. Without a case, each file is an agency of its own name."""
    case = case_of(described)
    if not case.agencies:
        named = tuple(Agency(file.file, PurePath(file.file).stem) for file in files)
        case = Case(case.people, named)
    directory = Directory(case.agencies)
    accounts: list[Account] = []
    silences: list[Silence] = []
    for file in files:
        by_table = agencies_by_table(file, case, described)
        accounts += [account_of(entry, by_table[entry.table]) for entry in file.entries]
        silences += _silences(file, by_table, directory, as_of)
    return compare(accounts, case, silences)


def agencies_by_table(
    file: ChronologyFile, case: Case, described: Mapping[str, object] | None
) -> dict[int, str]:
    """Whose each table is: agencies that share a file are told apart by its tables' titles.

    A table whose title names none of them is the one agency's that is left over, else the first's.
    """
    listed = _sharing(file.file, case, described) or [Agency(file.agency or file.file, "")]
    tables = [table for table in file.tables.tables if table.is_chronology]
    found: dict[int, str] = {}
    for table in tables if len(listed) > 1 else ():
        fitting = max(listed, key=lambda agency: _shared_words(table, agency))
        if _shared_words(table, fitting):
            found[table.number] = fitting.code
    left = [agency.code for agency in listed if agency.code not in found.values()]
    rest = left[0] if left else listed[0].code
    return {table.number: found.get(table.number, rest) for table in tables}


def _sharing(name: str, case: Case, described: Mapping[str, object] | None) -> list[Agency]:
    listed = (described or {}).get("agencies")
    codes = {
        str(one.get("code", ""))
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict) and PurePath(str(one.get("file", ""))).name == name
    }
    return [agency for agency in case.agencies if agency.code in codes]


def _shared_words(table: Table, agency: Agency) -> int:
    title = f"{table.title} {table.sheet or ''}"
    return len(set(tokens(plain(title))) & set(tokens(plain(agency.name))))


_OUTSIDE_THE_TABLES = ("title", "header", "footer", "text")


def _silences(
    file: ChronologyFile, by_table: Mapping[int, str], directory: Directory, as_of: date
) -> Iterator[Silence]:
    """Gaps declared in titles, headers and guidance; in a file of several agencies, by the one
    whose work the words name."""
    first = next(iter(by_table.values()), file.agency or file.file)
    for leak in file.tables.leaks:
        if leak.where.startswith(_OUTSIDE_THE_TABLES):
            agency = _speaking(leak.text, set(by_table.values()), directory) or first
            yield from declared_in_text(agency, leak.text, as_of)
    for table in file.tables.tables:
        agency = by_table.get(table.number, first)
        outside = [
            row.text for row in table.non_entry_rows if row.kind in ("title", "guidance", "banner")
        ]
        for text in (table.title, *outside):
            yield from declared_in_text(agency, text, as_of)


def _speaking(text: str, agencies: set[str], directory: Directory) -> str:
    named = {one.code for one in directory.mentions(plain(text))} & agencies
    return min(named) if len(named) == 1 and len(agencies) > 1 else ""


def shape(found: Comparison) -> dict[str, object]:
    """The comparison under the keys of the command-line contract."""
    refs = [_ref(account.ref) for account in found.accounts]
    return {
        "groups": [
            {"entries": [refs[at] for at in one.places], "score": one.score} | _why(one.reasons)
            for one in found.groups
        ],
        "differing": [
            {"type": one.type, "entries": [refs[at] for at in one.places]} | _why(one.reasons)
            for one in found.differing
        ],
        "one_sided": [
            {"kind": one.way.value, "entry": refs[one.place], "other_agency": one.other}
            | _why(one.reasons)
            for one in found.one_sided
        ],
    }


def _why(reasons: Sequence[str]) -> dict[str, object]:
    return {"reasons": list(reasons)}


def _ref(ref: object) -> dict[str, object]:
    if not isinstance(ref, Ref):
        raise TypeError("only rows of files have a place in a file")
    return {
        "file": ref.file,
        "table": ref.table,
        "sheet": ref.sheet,
        "row_index": ref.row_index,
    }
