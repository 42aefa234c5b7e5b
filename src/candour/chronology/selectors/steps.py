"""Steps that reviewers found entries to tell of, what had to follow, and what may be one still."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.order import Numbered
from candour.chronology.selectors.entries import Chronology
from candour.chronology.selectors.working import taggings_of
from candour.contributions.selectors import entries_in_force
from candour.engines.contacts import (
    Outcome,
    Step,
    StepTaken,
    follow,
    standards,
    steps_spoken_of,
)
from candour.engines.statute.workingdays import WorkingDays
from candour.kernel.errors import Hidden

SEEN = (Step.CHILD_SEEN, Step.CHILD_SEEN_ALONE, Step.CHILD_HEARD, Step.CHILD_NOT_SEEN)


def steps_confirmed(access: Access) -> dict[Step, set[UUID]]:
    """The entries that a person found to tell of each step; Hidden for agencies' own people."""
    if not access.may_read(Kind.CHRONOLOGY):
        raise Hidden
    found: dict[Step, set[UUID]] = {}
    rows = taggings_of(access).exclude(tag__step="").values_list("tag__step", "entry_id")
    for step, entry in rows:
        found.setdefault(Step(step), set()).add(entry)
    return found


def outcomes(whole: Chronology, confirmed: dict[Step, set[UUID]]) -> list[Outcome]:
    """Every standard against every confirmed step, as far as the dates can tell."""
    taken = [
        StepTaken(step, one.number, one.place.earliest, one.place.latest)
        for one in whole.dated
        for step, entries in confirmed.items()
        if one.place.entry in entries and one.place.earliest and one.place.latest
    ]
    last = max((one.place.latest for one in whole.dated if one.place.latest), default=date.min)
    return follow(taken, standards(), WorkingDays(), last)


def seen_by_agency(
    whole: Chronology, confirmed: dict[Step, set[UUID]]
) -> list[tuple[str, list[int], int]]:
    """For each agency how many of its entries tell each of `SEEN`, and how many it has in all."""
    places = [*(one.place for one in whole.dated), *whole.undated]
    in_all = Counter(str(place.agency) for place in places)
    told = Counter(
        (str(place.agency), step)
        for step in SEEN
        if step in confirmed
        for place in places
        if place.entry in confirmed[step]
    )
    return [
        (name, [told[key, step] for step in SEEN], in_all[key])
        for key, name in whole.agencies.items()
    ]


def proposed(
    access: Access, whole: Chronology, step: Step, confirmed: dict[Step, set[UUID]]
) -> Sequence[Numbered]:
    """Dated entries whose words speak of a step and that nobody has confirmed, in order."""
    done = confirmed.get(step, set())
    rows = entries_in_force(access).order_by().values_list("pk", "what")
    spoken = {
        pk
        for pk, what in rows.iterator(chunk_size=2_000)
        if pk not in done and any(each.step is step for each in steps_spoken_of(what))
    }
    return [one for one in whole.dated if one.place.entry in spoken]
