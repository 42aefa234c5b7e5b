"""Misspelt and mis-scanned month and weekday names."""

from functools import lru_cache
from typing import Final

from candour.engines.dates.vocabulary import MONTH_NAMES, WEEKDAY_NAMES

# Letters a scanner puts for others: "0ctober", "Ju1y", "Apri1", "Augu5t"
_SCANNED: Final = (str.maketrans("015", "ols"), str.maketrans("015", "ois"))


@lru_cache(maxsize=1024)
def near_month(word: str) -> int | None:
    """The one month (1 to 12) that `word` misspells, or None.

    Words under six letters may only lose, double or swap letters, because exchanging one letter
    turns names into months ("Jane", "Marsh").
    """
    return _nearest(word, (*MONTH_NAMES, "sept"), {"sept": 9})


@lru_cache(maxsize=1024)
def near_weekday(word: str) -> int | None:
    """The one weekday (0 is Monday) that `word` misspells, or None."""
    found = _nearest(word, tuple(WEEKDAY_NAMES), {})
    return None if found is None else found - 1


def unscanned(word: str) -> tuple[str, ...]:
    """`word` with the digits a scanner puts for letters turned back, each way it may go."""
    return tuple(word.translate(table) for table in _SCANNED)


def _nearest(word: str, names: tuple[str, ...], numbers: dict[str, int]) -> int | None:
    if not 4 <= len(word) <= 12:
        return None
    near = {
        numbers.get(name, place)
        for place, name in enumerate(names, start=1)
        if abs(len(name) - len(word)) <= 2 and _near(word, name)
    }
    return near.pop() if len(near) == 1 else None


def _near(word: str, name: str) -> bool:
    if min(len(word), len(name)) < 4:
        return False
    if word[0] != name[0] and sorted(word[:2]) != sorted(name[:2]):
        return False
    allowed = 2 if len(name) >= 7 else 1
    return distance(word, name, exchange=1 if len(name) >= 6 else 2) <= allowed


def distance(word: str, name: str, *, exchange: int = 1) -> int:
    """Letters lost, added, exchanged or swapped between two words.

    `exchange` is what one letter in place of another costs; a swap of neighbours costs one.
    """
    before: list[int] = []
    above = list(range(len(name) + 1))
    for i, letter in enumerate(word, start=1):
        row = [i]
        for j, other in enumerate(name, start=1):
            cost = 0 if letter == other else exchange
            best = min(above[j] + 1, row[-1] + 1, above[j - 1] + cost)
            if i > 1 and j > 1 and letter == name[j - 2] and word[i - 2] == other:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, above = above, row
    return above[-1]
