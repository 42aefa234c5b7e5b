"""Law and guidance on reviews in England, each with the time in which it governed new reviews."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class GuidanceDocument:
    """An Act, regulations or guidance; `since` and `until` are `YYYY`, `YYYY-MM` or a full day.

    An empty `until` means that it is still in force. `regime` is SCR or LCSPR.
    """

    title: str
    kind: str
    regime: str
    since: str
    until: str
    note: str


@cache
def guidance_documents() -> tuple[GuidanceDocument, ...]:
    """Everything that has governed reviews in England since 2006, oldest first."""
    text = (Path(__file__).parent / "guidance.toml").read_text(encoding="utf-8")
    return tuple(GuidanceDocument(**entry) for entry in tomllib.loads(text)["document"])
