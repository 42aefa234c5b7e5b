"""Ages and intervals beside entries, in words that hold whatever their uncertain days stand for."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from candour.chronology.order import Numbered, Place
from candour.chronology.presenters.lines import ShownLine
from candour.chronology.selectors import Line
from candour.chronology.selectors.beside import Beside, Births
from candour.engines.dates.elapsed import Window, age_at, days_between


def with_ages(shown: Iterable[ShownLine], lines: Sequence[Line], beside: Beside) -> list[ShownLine]:
    """Lines as shown, each with the ages of the children and the days since the entry before, or
    since the one that was chosen."""
    found, before = [], beside.before
    for each, line in zip(shown, lines, strict=True):
        counted = days_from(beside.chosen or before, line.numbered)
        found.append(replace(each, ages=ages_told(beside.births, line.place), interval=counted))
        before = line.numbered or before
    return found


def ages_told(births: Births, place: Place) -> tuple[str, ...]:
    """How old each child was, such as "Child R: 3 years 2 months"; nothing without a day."""
    ages = ((name, age_at(born, _window(place))) for name, born in births)
    return tuple(f"{name}: {age.in_words()}" for name, age in ages if age)


def days_from(first: Numbered | None, second: Numbered | None) -> str:
    """How long the second came after the first, or before it, or from it either way."""
    if first is None or second is None or first.number == second.number:
        return ""
    before, after = _window(first.place), _window(second.place)
    words = days_between(before, after).in_words()
    if not words:
        return ""
    return f"{words[0].upper()}{words[1:]} {_which_way(before, after)} number {first.number}"


def _which_way(before: Window, after: Window) -> str:
    found = days_between(before, after)
    if found.most == 0:
        return "as"
    if found.in_order:
        return "after"
    return "before" if days_between(after, before).in_order else "before or after"


def _window(place: Place) -> Window:
    return place.earliest, place.latest
