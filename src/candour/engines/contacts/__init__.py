"""What the dates of contacts tell: gaps, frequency, and steps that had to follow in time."""

from candour.engines.contacts.frequency import Month, months_of, per_month
from candour.engines.contacts.gaps import Gap, Told, gaps_between
from candour.engines.contacts.standards import Standard, Step, standards
from candour.engines.contacts.steps import Outcome, StepTaken, Verdict, follow
from candour.engines.contacts.wording import Spoken, steps_spoken_of

__all__ = [
    "Gap",
    "Month",
    "Outcome",
    "Spoken",
    "Standard",
    "Step",
    "StepTaken",
    "Told",
    "Verdict",
    "follow",
    "gaps_between",
    "months_of",
    "per_month",
    "standards",
    "steps_spoken_of",
]
