"""Which columns of a table say who told whom, and what kind of record a row came from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_WHO_WAS_TOLD: Final = re.compile(
    r"\b(told|informed|notified|shared with|copied to|communicated to|passed to|sent to|"
    r"onward sharing|referred to)\b(?!.*\bby\b)",
    re.IGNORECASE,
)
_WHO_TOLD: Final = re.compile(
    r"\b(told|informed|notified|reported|referred) by\b|\b(referrer|informant|received from)\b",
    re.IGNORECASE,
)
_KIND_OF_RECORD: Final = re.compile(r"\b(type|category|kind|record|contact)\b", re.IGNORECASE)


def columns_for_telling(text: Mapping[str, str], roles: Mapping[str, str]) -> dict[str, str]:
    """Return the cells that name the record, those told and those who told, by column heading."""
    found = {"source": "", "told": "", "told_by": ""}
    for heading, words in text.items():
        role = roles.get(heading, "other")
        if role == "other" and _WHO_TOLD.search(heading):
            found["told_by"] += f"{words}\n"
        elif role in ("other", "staff") and _WHO_WAS_TOLD.search(heading):
            found["told"] += f"{words}\n"
        elif role == "source" or (role == "other" and _KIND_OF_RECORD.search(heading)):
            found["source"] += f"{words}\n"
    return {key: words.strip() for key, words in found.items()}
