"""Ages and intervals beside entries, in words that hold whatever their uncertain days stand for."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from candour.chronology.order import Place
from candour.chronology.presenters.lines import ShownLine
from candour.chronology.selectors import Line
from candour.chronology.selectors.beside import Beside, Births, Counted
from candour.engines.dates.elapsed import Window, age_at, days_between


def with_ages(shown: Iterable[ShownLine], lines: Sequence[Line], beside: Beside) -> list[ShownLine]:
    """Lines as shown, each with the ages of the children and the days since the entry before, or
    since the one that was chosen."""
    found, before = [], beside.before
    for each, line in zip(shown, lines, strict=True):
        own = (line.numbered.number, line.place) if line.numbered else None
        counted = days_from(beside.chosen or before, own)
        found.append(replace(each, ages=ages_told(beside.births, line.place), interval=counted))
        before = own or before
    return found


def ages_told(births: Births, place: Place) -> tuple[str, ...]:
    """How old each child was, such as "Child R: 3 years 2 months"; nothing without a day."""
    ages = ((name, age_at(born, _window(place), died)) for name, born, died in births)
    return tuple(f"{name}: {age.in_words()}" for name, age in ages if age)


def days_from(first: Counted | None, second: Counted | None) -> str:
    """How long the second came after the first, or before it, or from it either way."""
    if first is None or second is None or first[0] == second[0]:
        return ""
    before, after = _window(first[1]), _window(second[1])
    words = days_between(before, after).in_words()
    if not words:
        return ""
    return f"{words[0].upper()}{words[1:]} {_which_way(before, after)} number {first[0]}"


def _which_way(before: Window, after: Window) -> str:
    found = days_between(before, after)
    if found.most == 0:
        return "as"
    if found.in_order:
        return "after"
    return "before" if days_between(after, before).in_order else "before or after"


def _window(place: Place) -> Window:
    return place.earliest, place.latest
