"""Where every entry of an integrated chronology came from, in W3C PROV (PROV-JSON, 2013)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from candour.engines.tables.entries import Entry
from candour.engines.tables.integrated import Integrated

_PREFIXES: Final = {"candour": "urn:candour:", "prov": "http://www.w3.org/ns/prov#"}
_MERGING: Final = "candour:merging"


def provenance(
    integrated: Integrated, made_at: datetime, sha256: Mapping[str, str] | None = None
) -> dict[str, object]:
    """Return a PROV-JSON document: files, the entries derived from their rows, the agencies that
    they are attributed to, and the merging that put them in one order.

    `sha256` gives the digest of a file by its name, where it is known.
    """
    digests = sha256 or {}
    files = sorted({entry.file for entry in integrated.entries})
    return {
        "prefix": dict(_PREFIXES),
        "entity": {
            **{_file(name): _about_file(name, digests.get(name, "")) for name in files},
            **{_entry(entry): _about(entry) for entry in integrated.entries},
        },
        "agent": {
            _agency(name): {"prov:type": "prov:Organization", "prov:label": name}
            for name in integrated.agencies
        },
        "activity": {_MERGING: {"prov:endTime": made_at.isoformat()}},
        **{kind: dict(_numbered(kind, integrated)) for kind in _RELATIONS},
    }


_RELATIONS: Final = {
    "wasDerivedFrom": lambda entry: {
        "prov:generatedEntity": _entry(entry),
        "prov:usedEntity": _file(entry.file),
    },
    "wasAttributedTo": lambda entry: {
        "prov:entity": _entry(entry),
        "prov:agent": _agency(entry.agency),
    },
    "wasGeneratedBy": lambda entry: {"prov:entity": _entry(entry), "prov:activity": _MERGING},
}


def _numbered(kind: str, integrated: Integrated) -> Iterator[tuple[str, dict[str, str]]]:
    for number, entry in enumerate(integrated.entries, start=1):
        yield f"_:{kind}{number}", _RELATIONS[kind](entry)


def _about_file(name: str, sha256: str) -> dict[str, str]:
    about = {"prov:type": "candour:file", "prov:label": name}
    return about | ({"candour:sha256": sha256} if sha256 else {})


def _about(entry: Entry) -> dict[str, object]:
    return {
        "prov:type": "candour:entry",
        "candour:table": entry.table,
        "candour:sheet": entry.sheet or "",
        "candour:row": entry.row.row_index,
    }


def _entry(entry: Entry) -> str:
    part = f"{entry.table}-{entry.sheet or ''}-{entry.row.row_index}-{entry.order}"
    return f"candour:entry/{_token(entry.file)}/{_token(part)}"


def _file(name: str) -> str:
    return f"candour:file/{_token(name)}"


def _agency(name: str) -> str:
    return f"candour:agency/{_token(name)}"


def _token(text: str) -> str:
    """A name that may stand in an identifier, whatever letters the text has."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
