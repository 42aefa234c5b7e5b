"""`candour anonymise FILE --register R.json --out FILE2` and `candour anonymise check FILE`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from candour.engines.anonymise.blocks import Block, FileNotReadable, blocks_of
from candour.engines.anonymise.built_anew import built_anew
from candour.engines.anonymise.leaks import LeakReport, check
from candour.engines.anonymise.names_in_text import Names
from candour.engines.anonymise.pseudonyms import Replacement, apply_pseudonyms
from candour.engines.anonymise.register import Register, doubts, register_from_json
from candour.kernel.errors import Invalid


def main(arguments: Sequence[str]) -> int:
    """The command: one JSON object on standard output.

    Exit status 0: an answer was given, leaks are inside it. 1: an input was unreadable. 2: usage.
    """
    checking = list(arguments[:1]) == ["check"]
    parser = argparse.ArgumentParser(prog=f"candour anonymise{' check' if checking else ''}")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--register", type=Path, required=True, metavar="R.json")
    if not checking:
        parser.add_argument("--out", type=Path, required=True, metavar="FILE2")
    given = parser.parse_args(arguments[checking:])
    try:
        if checking:
            answer = check_file(given.file, given.register)
        else:
            answer = anonymise_file(given.file, given.register, given.out)
    except Invalid as refusal:
        sys.stderr.write(f"{parser.prog}: {refusal.reason}\n")
        return 1
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 0


def anonymise_file(file: Path, register: Path, out: Path) -> dict[str, object]:
    """Build `out` anew from the visible words of `file`, names replaced, then search it for leaks.

    The answer lists the replacements, what of the file was left out, the leaks still found in the
    new file and what was not checked. `out` is never written over.

    Raises:
        FileNotReadable: when `file` cannot be read or `out` exists or cannot be written.
        RegisterNotReadable: when the register cannot be used.
    """
    people = _register(register)
    found = blocks_of(file)
    names = Names(people)
    rewritten = [_anonymised(block, names) for block in found.blocks]
    data = built_anew(tuple(block for block, _ in rewritten), out.suffix)
    _write_new(out, data)
    return {
        "out": out.name,
        "replacements": _replacements([made for _, made in rewritten]),
        "left_out": list(found.left_out),
        "doubts": [asdict(doubt) for doubt in doubts(people)],
        **_leaks(check(data, out.name, people)),
    }


def check_file(file: Path, register: Path) -> dict[str, object]:
    """Leaks of the register in every channel of the file, with place; what was checked and not.

    Raises:
        FileNotReadable: when the file cannot be opened.
        RegisterNotReadable: when the register cannot be used.
    """
    return {"file": file.name, **_leaks(check(_read(file), file.name, _register(register)))}


def _anonymised(block: Block, names: Names) -> tuple[Block, tuple[Replacement, ...]]:
    if block.kind != "table":
        text, made = apply_pseudonyms(block.text, names)
        return replace(block, text=text), made
    cells = [[apply_pseudonyms(cell, names) for cell in row] for row in block.rows]
    rows = tuple(tuple(text for text, _ in row) for row in cells)
    text = "\n".join("\t".join(row) for row in rows)
    made = tuple(each for row in cells for _, replacements in row for each in replacements)
    return replace(block, text=text, rows=rows), made


def _replacements(blocks: list[tuple[Replacement, ...]]) -> list[dict[str, object]]:
    return [
        {"block": number, "written": each.written, "pseudonym": each.pseudonym}
        for number, made in enumerate(blocks, start=1)
        for each in made
    ]


def _leaks(report: LeakReport) -> dict[str, object]:
    return {
        "leaks": [asdict(match) for match in report.matches],
        "checked": list(report.checked),
        "not_checked": [asdict(part) for part in report.not_checked],
    }


def _register(file: Path) -> Register:
    return register_from_json(_read(file).decode("utf-8", errors="replace"))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise FileNotReadable(f"{file.name} cannot be read: {fault.strerror}.") from fault


def _write_new(file: Path, data: bytes) -> None:
    try:
        with file.open("xb") as target:
            target.write(data)
    except FileExistsError as fault:
        raise FileNotReadable(f"{file.name} exists already: choose another name.") from fault
    except OSError as fault:
        raise FileNotReadable(f"{file.name} cannot be written: {fault.strerror}.") from fault
