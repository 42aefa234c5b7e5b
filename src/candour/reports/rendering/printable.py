"""Characters that neither XML nor a font can carry, and that no reader would see."""

from __future__ import annotations

import re

from candour.reports.rewriting import rewritten
from candour.reports.tree import Report

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


def printable(report: Report) -> Report:
    """The report without control characters (XML 1.0, section 2.2), lone surrogates and byte order
    marks, which come in with text pasted from scans and old systems. Line feed and tab stay."""
    return rewritten(report, lambda text: _UNPRINTABLE.sub("", text.replace("\r\n", "\n")))
