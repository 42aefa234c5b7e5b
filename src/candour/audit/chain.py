"""How an event is hashed: SHA-256 over canonical JSON that includes the hash before it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

PayloadValue = str | int | bool | None | list[str]


def event_hash(
    *,
    previous: str,
    stream: str,
    sequence: int,
    at: datetime,
    actor: str,
    name: str,
    subject: str,
    payload: Mapping[str, PayloadValue],
) -> str:
    """Hexadecimal hash of one event; changing any field or the order changes it."""
    return _digest(
        [previous, stream, sequence, at.isoformat(), actor, name, subject, dict(payload)]
    )


def seal_hash(
    *, previous: str, sequence: int, at: datetime, heads: Mapping[str, list[object]]
) -> str:
    """Hexadecimal hash of one seal over the heads of all chains."""
    return _digest([previous, sequence, at.isoformat(), dict(heads)])


def _digest(fields: list[object]) -> str:
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
