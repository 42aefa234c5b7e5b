"""A contact between two agencies as one row records it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """Whether the row's agency told, or was told."""

    SENT = "sent"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Telling:
    """That the row's agency told another or was told by it; `at_once` for a call or a talk, which
    both have on the same day, and the words it rests on."""

    way: Way
    other: str
    at_once: bool
    words: str


CLAUSE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z“\"'(\d])|\n")
"""Where one clause ends and the next begins."""
