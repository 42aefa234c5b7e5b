"""Steps of the process as their pages show them."""

from collections.abc import Iterable

from django.urls import reverse

from candour.cases.access import Access
from candour.cases.steps import Row
from candour.engines.statute.machines import machine
from candour.engines.statute.statewords import in_words
from candour.process.models import Statement
from candour.process.questions import QUESTIONS
from candour.process.steps import Need, NextStep
from candour.ui.wording import day, plural

Cell = str | dict[str, str]

_NAMES = {
    "as_at_evidence": "Evidence held at the time, for every key practice episode",
    "jigsaw_passed": "Compared with what is already public",
    "no_redaction_needed": "Nothing has to be blacked out",
    "no_live_restriction": "No court restriction is live",
    "anonymisation_passed": "Checked for names and identifying detail",
    "version_frozen": "The version is frozen",
    "letter_received": "The panel's letter",
    "after_panel_copy": "The panel had its copy long enough",
    "after_advance_copy": "The Panel and the Secretary of State had their copy long enough",
    "recommendations_complete": "Every recommendation has an owner, a day and a measure",
    "closed_by_somebody_else": "Every action was closed by somebody other than its owner",
}


def address(access: Access, page: str, **further: str) -> str:
    """The address of a page of this room."""
    return reverse(f"process:{page}", kwargs={"reference": access.case.reference, **further})


def step_rows(access: Access, steps: Iterable[NextStep]) -> list[list[Cell]]:
    """One row a step that may follow: what it is, who takes it, what is missing."""
    actors = machine(access.case.regime).actors
    return [
        [
            {
                "text": each.step.event + _leads_to(each, steps),
                "href": address(access, "step", target=each.step.target.lower()),
            },
            " or ".join(actors[actor] for actor in each.step.actors),
            _stands(each),
        ]
        for each in steps
    ]


def _leads_to(one: NextStep, steps: Iterable[NextStep]) -> str:
    """Where several steps have one name, where each leads."""
    alike = [each for each in steps if each.step.event == one.step.event]
    return f": {in_words(one.step.target)}" if len(alike) > 1 else ""


def _stands(each: NextStep) -> str:
    if each.missing:
        return f"{plural(len(each.missing), 'thing')} missing"
    return "Everything is on record"


def on_record(found: NextStep) -> list[str]:
    """What the step needs and has."""
    return [named(need) for need in found.needs if need.met]


def named(need: Need) -> str:
    """One thing a step needs, in words."""
    words = need.guard.name.replace("_", " ")
    return _NAMES.get(need.guard.name, words[:1].upper() + words[1:])


def missing(access: Access, found: NextStep) -> tuple[tuple[str, str], ...]:
    """What is not there yet, each with the page on which this person can supply it, or blank."""
    return tuple((need.guard.reason, _where(access, need)) for need in found.missing)


def _where(access: Access, need: Need) -> str:
    if need.asked and need.asked.by & access.roles:
        return address(access, "say", fact=need.fact)
    if need.page:
        return reverse(need.page, kwargs={"reference": access.case.reference})
    return ""


def statement_rows(statements: Iterable[Statement]) -> list[Row]:
    """What people have said of the case, latest first."""
    return [
        {
            "key": QUESTIONS[each.fact].question if each.fact in QUESTIONS else each.fact,
            "value": f"{'Yes' if each.answer else 'No'}. {each.note} "
            f"({each.by.name}, {day(each.recorded_at)})",
        }
        for each in statements
    ]
