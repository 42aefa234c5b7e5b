"""The text rule: how the words of a cell are written down, whatever program made the file."""

from __future__ import annotations

_SOFT_AND_HARD_HYPHENS = {0x00AD: None, 0x2011: "-"}


def tidy_line(text: str) -> str:
    """Return one line: soft hyphens gone, hard hyphens plain, each run of white space one space."""
    return " ".join(text.translate(_SOFT_AND_HARD_HYPHENS).split())


def tidy_lines(text: str) -> str:
    """Return the lines of a cell, each tidied and none empty, joined by line feeds."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    lines = (tidy_line(line) for line in text.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def worded(text: str) -> tuple[str, str | None]:
    """Return the tidied lines, and the lines as typed where tidying changed them.

    Typed lines keep their own white space inside; empty lines and ends go.
    """
    tidied = tidy_lines(text)
    if tidied == text:
        return tidied, None
    lines = (line.strip(" \t") for line in text.replace("\r\n", "\n").split("\n"))
    typed = "\n".join(line for line in lines if line.strip())
    return tidied, None if typed == tidied else typed
