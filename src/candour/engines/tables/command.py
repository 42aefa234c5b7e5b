"""What stands behind `candour chronology read` and `candour chronology merge`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from candour.engines.tables.chronology import read_chronology
from candour.engines.tables.entries import ChronologyFile
from candour.engines.tables.integrated import Integrated, merge
from candour.engines.tables.model import UnreadableFile

ENDINGS = (".docx", ".xlsx", ".csv", ".json")


def read_command(
    paths: Iterable[Path], case_path: Path | None, as_of: date
) -> tuple[list[str], int]:
    """Return a line of JSON for each file, and the exit code: 1 where any file was unreadable."""
    case = read_case(case_path)
    lines, code = [], 0
    for path in paths:
        read = read_file(path, case, as_of)
        if isinstance(read, UnreadableFile):
            code = 1
            lines.append(json.dumps(_refused(path, read), ensure_ascii=False))
        else:
            lines.append(json.dumps(read.to_json(), ensure_ascii=False))
    return lines, code


def merge_command(
    paths: Iterable[Path],
    out: Path,
    case_path: Path | None,
    as_of: date,
    agencies: Mapping[str, str] | None = None,
) -> tuple[list[str], int]:
    """Write the integrated chronology to `out` by its ending; return JSON lines on missing files.

    An unreadable file makes the exit code 1; the others are merged all the same, and a line says
    which is missing and why. `agencies` gives names by file name. Raises ValueError for an unknown
    ending.
    """
    if out.suffix.lower() not in ENDINGS:
        raise ValueError(f"--out must end in one of {', '.join(ENDINGS)}, not {out.suffix or out}")
    case = read_case(case_path)
    read = [(path, read_file(path, case, as_of)) for path in paths]
    files = [found for _, found in read if isinstance(found, ChronologyFile)]
    refused = [_refused(path, found) for path, found in read if isinstance(found, UnreadableFile)]
    integrated = merge(files, agencies)
    out.write_bytes(exported(integrated, out.suffix.lower(), _title(case)))
    return [json.dumps(line, ensure_ascii=False) for line in refused], 1 if refused else 0


def exported(integrated: Integrated, ending: str, title: str) -> bytes:
    """Return the integrated chronology as a file of the kind that the ending names."""
    from candour.engines.tables import export_sheets

    if ending == ".docx":
        from candour.engines.tables.export_word import chronology_docx

        return chronology_docx(integrated, title)
    if ending == ".xlsx":
        return export_sheets.chronology_xlsx(integrated, title)
    if ending == ".csv":
        return export_sheets.chronology_csv(integrated)
    return export_sheets.chronology_json(integrated)


def read_case(path: Path | None) -> dict[str, object] | None:
    """Return the case file, or None where none was given. Raises ValueError when it is not JSON."""
    if path is None:
        return None
    case = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(case, dict):
        raise ValueError(f"{path.name} does not hold a case: it must be one JSON object.")
    return case


def agencies_given(options: Iterable[str]) -> dict[str, str]:
    """Return names by file from FILE=NAME options. Raises ValueError where one has no name."""
    named = {}
    for option in options:
        file, equals, name = option.rpartition("=")
        if not (file and equals and name):
            raise ValueError(f"--agency must be FILE=NAME, not {option}")
        named[Path(file).name] = name
    return named


def read_file(
    path: Path, case: Mapping[str, object] | None, as_of: date
) -> ChronologyFile | UnreadableFile:
    """Return a chronology file as read, or why it could not be."""
    try:
        return read_chronology(path.read_bytes(), path.name, case=case, as_of=as_of)
    except UnreadableFile as refusal:
        return refusal
    except OSError as error:
        return UnreadableFile(
            "cannot_open",
            f"The file could not be opened: {error.strerror or error}.",
            "Check the path and that you may read the file.",
        )


def _refused(path: Path, refusal: UnreadableFile) -> dict[str, object]:
    problem = {
        "code": refusal.code,
        "where": "whole file",
        "message": refusal.message,
        "fix": refusal.fix,
    }
    return {"file": path.name, "rows": [], "problems": [problem]}


def _title(case: Mapping[str, object] | None) -> str:
    label = str(case.get("case", "")) if case else ""
    return f"Integrated chronology: {label}" if label else "Integrated chronology"
