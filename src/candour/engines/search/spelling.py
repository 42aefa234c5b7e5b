"""Help with mistyped words: the nearest word that several works use.

A name must never be proposed. The list therefore holds only words that are written small, and
proposes one only when at least `_ENOUGH` different works use it.
"""

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from candour.engines.search.documents import Document
from candour.engines.search.words import stems

_FILE = "spelling.json"
_SMALL = re.compile(r"(?<![\w’'-])[a-z]{4,24}(?![\w’'-])")
_ENOUGH = 3
_LONG_WORD = 8


class WordsInUse:
    """Counts in how many works each word stands, while documents pass by in order of their work."""

    def __init__(self, counted: dict[str, int] | None = None) -> None:
        self.counted = counted or {}
        self._group: str | None = None
        self._words: set[str] = set()

    def take(self, document: Document) -> None:
        """Count the words of one document; a document without a work is a work of its own."""
        group = document.group or document.id
        if group != self._group:
            self._finish_group()
            self._group = group
        self._words.update(_SMALL.findall(document.text))

    def keep(self, folder: Path) -> None:
        """Write the list beside the index."""
        self._finish_group()
        path = folder / _FILE
        temporary = path.with_suffix(".new")
        temporary.write_text(json.dumps(self.counted, ensure_ascii=False), encoding="utf-8")
        temporary.replace(path)

    def _finish_group(self) -> None:
        for word in self._words:
            self.counted[word] = self.counted.get(word, 0) + 1
        self._words = set()


def words_in_use(folder: Path) -> dict[str, int]:
    """In how many works each word stands; empty for an index without the list."""
    path = folder / _FILE
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def nearest(folder: Path, typed: str) -> str:
    """The likeliest word meant by one that nothing contains; empty when none is near.

    One slip is forgiven in a word of four to seven letters, two in a longer one.
    """
    path = folder / _FILE
    if not path.exists() or len(typed) < 4:
        return ""
    known = _proposable(path, path.stat().st_mtime_ns)
    slips = 1 if len(typed) < _LONG_WORD else 2
    near = extract(
        typed.casefold(),
        known.keys(),
        scorer=OSA.distance,
        processor=None,
        score_cutoff=slips,
        limit=20,
    )
    return _likeliest(typed, near, known)


def _likeliest(typed: str, near: Iterable[tuple[str, float, object]], known: dict[str, int]) -> str:
    others = [(distance, -known[word], word) for word, distance, _ in near]
    others = [entry for entry in others if stems(entry[2]) != stems(typed)]
    return min(others)[2] if others else ""


@lru_cache(maxsize=4)
def _proposable(path: Path, changed: int) -> dict[str, int]:
    # The time of the last change stands in the key, so that a new list is read.
    listed = json.loads(path.read_text(encoding="utf-8"))
    return {word: count for word, count in listed.items() if count >= _ENOUGH}
