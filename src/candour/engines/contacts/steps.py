"""Whether what had to follow is recorded as having followed in time: met, not recorded, unknown.

Every date is a window. *Met* is said only where it holds on every day of the windows, *not recorded
as met* only where it fails on every day, and all else cannot be told. What is not recorded may
still have happened: the words never say that it did not.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from candour.engines.contacts.standards import Standard, Step
from candour.engines.statute.workingdays import WorkingDays


class Verdict(StrEnum):
    """What the entries show of one standard after one step."""

    MET = "met"
    NOT_RECORDED = "not_recorded"
    CANNOT_TELL = "cannot_tell"

    @property
    def words(self) -> str:
        """The verdict as a page says it."""
        return {
            Verdict.MET: "Met",
            Verdict.NOT_RECORDED: "Not recorded as met",
            Verdict.CANNOT_TELL: "Cannot tell",
        }[self]


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step that a person found an entry to tell of, within [earliest, latest]."""

    step: Step
    number: int
    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class Outcome:
    """One standard after one step: what followed, by when it was due, and why the verdict."""

    standard: Standard
    start: StepTaken
    then: StepTaken | None
    due_first: date
    due_last: date
    verdict: Verdict
    reason: str


def follow(
    taken: Sequence[StepTaken], rules: Sequence[Standard], calendar_of: WorkingDays, until: date
) -> list[Outcome]:
    """Every standard against every step that began its time, in the order of those steps.

    `until` is the last day that the chronology covers: a limit that ends later cannot be judged.
    """
    begun = sorted(taken, key=lambda step: (step.earliest, step.latest, step.number))
    return [
        _outcome(rule, start, _next(begun, rule.then, start), calendar_of, until)
        for start in begun
        for rule in rules
        if rule.start is start.step and rule.in_force(start.earliest)
    ]


def _next(taken: Sequence[StepTaken], wanted: Step, start: StepTaken) -> StepTaken | None:
    """The first such step that can have come on or after the start."""
    later = (step for step in taken if step.step is wanted and step.latest >= start.earliest)
    return min(later, key=lambda step: (step.latest, step.earliest, step.number), default=None)


def _outcome(
    rule: Standard, start: StepTaken, then: StepTaken | None, days: WorkingDays, until: date
) -> Outcome:
    due_first, due_last = _due(rule, start.earliest, days), _due(rule, start.latest, days)
    verdict, reason = _judged(start, then, due_first, due_last, until)
    return Outcome(rule, start, then, due_first, due_last, verdict, reason)


def _judged(
    start: StepTaken, then: StepTaken | None, due_first: date, due_last: date, until: date
) -> tuple[Verdict, str]:
    if then is None and until < due_last:
        return Verdict.CANNOT_TELL, "The chronology ends before the time ran out."
    if then is None:
        return Verdict.NOT_RECORDED, "No entry that follows was found to tell of it."
    if then.earliest >= start.latest and then.latest <= due_first:
        return Verdict.MET, "On every day that the dates allow."
    if then.earliest > due_last:
        return Verdict.NOT_RECORDED, "The first entry that tells of it stands later."
    return Verdict.CANNOT_TELL, "The dates allow both."


def _due(rule: Standard, day: date, days: WorkingDays) -> date:
    if rule.unit == "working_days":
        return days.add(day, rule.limit)
    if rule.unit == "days":
        return day + timedelta(days=rule.limit)
    month = day.month - 1 + rule.limit
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
