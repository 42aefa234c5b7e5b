"""`candour reading FILE...`: what a document says, one JSON object a file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from candour.engines.reading.model import UnreadableDocument
from candour.engines.reading.plain_form import as_json
from candour.engines.reading.reading import read_document


def main(arguments: Sequence[str]) -> int:
    """The command. Exit status 0: every file was read. 1: one was not; its line says why."""
    parser = argparse.ArgumentParser(prog="candour reading")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    status = 0
    for path in parser.parse_args(arguments).files:
        told, readable = read_file(path)
        status = status if readable else 1
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return status


def read_file(path: Path) -> tuple[dict[str, object], bool]:
    """One file's line, and whether it could be read."""
    try:
        return {"file": path.name, **as_json(read_document(path.read_bytes(), path.name))}, True
    except UnreadableDocument as refusal:
        told = {"code": refusal.code, "message": refusal.message, "fix": refusal.fix}
    except OSError as fault:
        told = {"code": "not_found", "message": fault.strerror or "cannot be opened", "fix": ""}
    return {"file": path.name, "refused": told}, False
