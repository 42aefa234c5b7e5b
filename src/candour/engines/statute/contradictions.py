"""Facts that cannot stand together, and days out of order: pointed out, never put right.

The assessment goes on with the facts as given; whoever reads it sees what does not fit.
"""

from collections.abc import Iterator
from datetime import date

from candour.engines.statute.facts import (
    Answer,
    CaseFacts,
    ChildOutcome,
    DetentionSetting,
    HarmBasis,
    Responsible,
)

_LEAVING_CARE_AGE = 16
_DEPRIVED_OF_LIBERTY_AGES = (16, 17)


def contradictions(
    facts: CaseFacts,
    *,
    happened_on: date | None = None,
    decided_on: date | None = None,
    today: date | None = None,
) -> tuple[str, ...]:
    """What does not fit, each in a sentence that says what to check."""
    return (
        *_of_the_child(facts),
        *_of_place_and_care(facts),
        *_of_days(facts.known_on, happened_on, decided_on, today),
    )


def _of_the_child(facts: CaseFacts) -> Iterator[str]:
    lived = facts.outcome in (ChildOutcome.SERIOUS_HARM, ChildOutcome.NEITHER)
    if facts.suspected_suicide is Answer.YES and lived:
        yield "A suspected suicide is recorded, but not a death. Check what happened to the child."
    if facts.outcome is ChildOutcome.NEITHER and facts.harm_basis not in (
        HarmBasis.NONE,
        HarmBasis.BELOW_THRESHOLD,
        HarmBasis.NOT_YET_ASSESSED,
        HarmBasis.HARM_TO_OTHERS_BY_CHILD,
    ):
        yield "A kind of serious harm is recorded, but neither death nor serious harm. Check which."
    age = facts.age_years if isinstance(facts.age_years, int) else None
    if facts.care_leaver is Answer.YES and age is not None and age < _LEAVING_CARE_AGE:
        yield f"A care leaver of {age} is recorded: care cannot have ended after 16. Check the age."
    if facts.dol_order is Answer.YES and age is not None and age not in _DEPRIVED_OF_LIBERTY_AGES:
        yield (
            f"An order depriving of liberty is recorded at {age}; it can be made at 16 or 17. "
            "Check both."
        )
    if facts.care_leaver is Answer.NO and facts.care_leaver_age is not None:
        yield "An age as care leaver is recorded for somebody who is none. Check which."


def _of_place_and_care(facts: CaseFacts) -> Iterator[str]:
    if facts.in_area is Answer.YES and facts.outside_england is Answer.YES:
        yield "It is recorded as in our area and as outside England. Check where it happened."
    if facts.looked_after is Answer.NO and facts.responsible_authority is Responsible.YES:
        yield "Our authority is recorded as looking after a child who is not looked after. Check."
    held = facts.detention_setting not in (DetentionSetting.NONE, DetentionSetting.UNKNOWN)
    if held and facts.age_years == "unborn":
        yield "An unborn child is recorded as held in custody. Check both."


def _of_days(
    known_on: date | None,
    happened_on: date | None,
    decided_on: date | None,
    today: date | None,
) -> Iterator[str]:
    if known_on and happened_on and known_on < happened_on:
        yield "The authority is recorded as aware before it happened. Check both days."
    if known_on and decided_on and decided_on < known_on:
        yield "The decision is dated before the authority became aware. Check both days."
    if today:
        ahead = {"awareness": known_on, "the incident": happened_on, "the decision": decided_on}
        for what, on in ahead.items():
            if on and on > today:
                yield f"The day of {what} lies ahead. Check it."
