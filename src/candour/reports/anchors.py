"""Anchors that stay with their paragraph while the text around it, or a little of it, changes."""

from collections.abc import Sequence

from rapidfuzz import fuzz

_ALIKE = 60.0
"""Of 100: below it a paragraph has been written anew, and gets an anchor of its own."""


def kept_anchors(
    before: Sequence[str], anchors: Sequence[str], after: Sequence[str], prefix: str, given: int
) -> tuple[list[str], int]:
    """An anchor for each text of `after`, and the last number given.

    A text that stood before keeps its anchor wherever it moved; one that changed a little keeps
    it too; what is new gets `<prefix>-<number>`, a number never given before.
    """
    kept = _matched(before, after)
    made: list[str] = []
    for place in range(len(after)):
        if place in kept:
            made.append(anchors[kept[place]])
        else:
            given += 1
            made.append(f"{prefix}-{given}")
    return made, given


def _matched(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Places after, each with its place before: the most alike first, and the nearest of equals."""
    pairs = [
        (-fuzz.ratio(old, new), abs(there - here), here, there)
        for here, new in enumerate(after)
        for there, old in enumerate(before)
    ]
    kept: dict[int, int] = {}
    taken: set[int] = set()
    for unlike, _, here, there in sorted(pairs):
        if -unlike >= _ALIKE and here not in kept and there not in taken:
            kept[here] = there
            taken.add(there)
    return kept
