"""Recognising a report by its words, in whatever file they come."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable


def words_digest(texts: Iterable[str]) -> str:
    """SHA-256 of the letters and figures alone, in their order.

    Case, punctuation, spaces and hyphens at the end of lines make no difference.
    """
    letters = re.sub(r"[\W_]+", "", " ".join(texts).casefold())
    return hashlib.sha256(letters.encode()).hexdigest()
