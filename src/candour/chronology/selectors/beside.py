"""What is worked out beside entries: how old the children were, and how long after what."""

from dataclasses import dataclass
from datetime import date

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.naming import Showing
from candour.chronology.order import Numbered
from candour.chronology.selectors.entries import Chronology
from candour.identities.selectors import children_and_births

Births = tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """The children whose ages are told, each by the name to show, and the entry from which days
    are counted: one that was `chosen` for all, else the one before each, of which `before` is that
    of the first."""

    births: Births
    before: Numbered | None = None
    chosen: Numbered | None = None


def births_of(access: Access, shown: Showing) -> Births:
    """The children of the family whose birth date the register holds, subject children first.

    For those who read the whole chronology: to an agency the register is closed.
    """
    if not access.may_read(Kind.CHRONOLOGY):
        return ()
    return tuple(
        (real.forms[0] if shown.names else child.pseudonym, date.fromisoformat(real.born))
        for child, real in children_and_births(access.case)
    )


def beside(
    access: Access, shown: Showing, before: Numbered | None, whole: Chronology, counted: str = ""
) -> Beside:
    """What stands beside entries that follow on `before`. Days are counted from the entry whose id
    is `counted` instead, where it is one that this person may see."""
    chosen = (one for one in whole.dated if counted and str(one.place.entry) == counted)
    return Beside(births_of(access, shown), before, next(chosen, None))
