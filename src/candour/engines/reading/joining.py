"""Joining printed lines into running text, and running text into runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from candour.engines.reading.model import Look, Run, Runs
from candour.engines.reading.pdf_lines import RAISED_FROM, RAISED_TO, SOFT_HYPHEN

_RAISED = re.compile(f"{RAISED_FROM}(\\d+){RAISED_TO}")
_SPACES = re.compile(r"\s+")


def joined(lines: Sequence[str]) -> str:
    """One text of several lines; a word divided with a soft hyphen is whole again.

    A hyphen that was typed stays: nobody can tell "follow-up" from a word divided by hand.
    """
    text = ""
    for line in lines:
        if text.endswith(SOFT_HYPHEN):
            text = text.removesuffix(SOFT_HYPHEN) + line.lstrip()
        elif text.endswith("-") and line[:1].islower():
            text += line
        else:
            text = f"{text} {line}" if text else line
    return _SPACES.sub(" ", text.replace(SOFT_HYPHEN, "")).strip()


def runs_in(text: str) -> Runs:
    """Running text with its raised numbers as references to notes."""
    return tuple(_runs(text))


def _runs(text: str) -> Iterator[Run]:
    done = 0
    for mark in _RAISED.finditer(text):
        if mark.start() > done:
            yield Run(text[done : mark.start()])
        yield Run(mark.group(1), Look.NOTE, mark.group(1))
        done = mark.end()
    if done < len(text):
        yield Run(text[done:])
