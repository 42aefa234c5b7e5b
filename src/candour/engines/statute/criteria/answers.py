"""A yes-or-no fact as a finding."""

from candour.engines.statute.facts import Answer
from candour.engines.statute.findings import Tested, met, not_met, undetermined


def answered(answer: Answer, fact: str, yes: str, no: str, unknown: str) -> Tested:
    """Met on yes, not met on no, undetermined (naming `fact`) when not known."""
    match answer:
        case Answer.YES:
            return met(yes)
        case Answer.NO:
            return not_met(no)
    return undetermined(unknown, fact)
