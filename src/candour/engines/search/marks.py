"""Which places of a text meet a query, and the part of it worth showing first.

Both are worked out from the text at hand, never from the index: what the reader sees is what the
record holds at this moment.
"""

from dataclasses import dataclass

from candour.engines.search.query import Query, Wanted
from candour.engines.search.words import words_with_places

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a text with the places that meet the query, counted in characters of the part."""

    text: str
    marks: tuple[Place, ...]
    cut_before: bool
    cut_after: bool


def places(text: str, query: Query) -> tuple[Place, ...]:
    """Start and end of every run of words in the text that the query asks for, in order."""
    words = words_with_places(text)
    forms = [form for form, _, _ in words]
    marked = {
        number
        for wanted in query.wanted
        for start in _starts(forms, wanted)
        for number in _met(forms, wanted, start)
    }
    return tuple((words[number][1], words[number][2]) for number in sorted(marked))


def snippet(text: str, query: Query, *, length: int = 320) -> Snippet:
    """The part of the text, of at most some `length` characters, with most places in it."""
    found = places(text, query)
    if len(text) <= length:
        return Snippet(text, found, False, False)
    start, end = _cut(text, _best_start(found, length), length)
    inside = tuple((a - start, b - start) for a, b in found if a >= start and b <= end)
    return Snippet(text[start:end], inside, start > 0, end < len(text))


def _starts(forms: list[str], wanted: Wanted) -> list[int]:
    first = wanted.stems[0]
    return [number for number, form in enumerate(forms) if form == first]


def _met(forms: list[str], wanted: Wanted, start: int) -> list[int]:
    """The places of all the words from this first one on; none when they are not all there."""
    places = [start]
    last = start + len(wanted.stems) + wanted.slop
    for form in wanted.stems[1:]:
        following = range(places[-1] + 1, min(last, len(forms)))
        place = next((number for number in following if forms[number] == form), None)
        if place is None:
            return []
        places.append(place)
    return places


def _best_start(found: tuple[Place, ...], length: int) -> int:
    if not found:
        return 0
    # A quarter of the part is left before the first place, so that it is read in its sentence.
    starts = [max(0, place[0] - length // 4) for place in found]
    return max(starts, key=lambda s: (sum(s <= a and b <= s + length for a, b in found), -s))


def _cut(text: str, start: int, length: int) -> Place:
    end = min(len(text), start + length)
    if start > 0:
        gap = text.find(" ", start, end)
        start = gap + 1 if gap >= 0 else start
    if end < len(text):
        gap = text.rfind(" ", start, end)
        end = gap if gap > start else end
    return start, end
