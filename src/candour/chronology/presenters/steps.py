"""Steps that had to follow in time, as rows of a table."""

from collections.abc import Iterable

from candour.chronology.presenters.lines import interval
from candour.engines.contacts import Outcome, StepTaken
from candour.ui.wording import day

Cell = str | dict[str, str | bool]


def outcome_rows(outcomes: Iterable[Outcome]) -> list[list[Cell]]:
    """One row a standard and step: verdict with its reason, due day, what followed, the source."""
    return [
        [
            _step(each.start),
            f"{each.standard.then.label} {each.standard.words}",
            f"{each.verdict.words}. {each.reason}",
            _due(each),
            _step(each.then) if each.then else "No entry found",
            each.standard.source + ("" if each.standard.verified else " (unverified)"),
        ]
        for each in outcomes
    ]


def _step(taken: StepTaken) -> str:
    return f"{taken.step.label}, entry {taken.number}, {interval(taken.earliest, taken.latest)}"


def _due(outcome: Outcome) -> str:
    if outcome.due_first == outcome.due_last:
        return day(outcome.due_last)
    return f"{day(outcome.due_first)} to {day(outcome.due_last)}"


def seen_rows(found: Iterable[tuple[str, list[int], int]]) -> list[list[Cell]]:
    """One row an agency: counts, then its entries in all."""
    return [[name, *map(_number, counts), _number(whole)] for name, counts, whole in found]


def _number(count: int) -> Cell:
    return {"text": str(count), "numeric": True}
