"""What is worked out beside entries: how old the children were, and how long after what."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.naming import Showing
from candour.chronology.order import Numbered, Place
from candour.chronology.selectors.entries import Chronology
from candour.identities.selectors import children_and_births

Births = tuple[tuple[str, date, date | None], ...]
Counted = tuple[int, Place]


@dataclass(frozen=True, slots=True)
class Beside:
    """The children whose ages are told, each by the name to show, and the entry from which days
    are counted, with its number: one that was `chosen` for all, else the one before each, of which
    `before` is that of the first."""

    births: Births
    before: Counted | None
    chosen: Counted | None


def births_of(access: Access, shown: Showing) -> Births:
    """The children of the family whose birth date the register holds, subject children first.

    For those who read the whole chronology: to an agency the register is closed.
    """
    if not access.may_read(Kind.CHRONOLOGY):
        return ()
    return tuple(
        (
            real.forms[0] if shown.names else child.pseudonym,
            date.fromisoformat(real.born),
            date.fromisoformat(real.died) if real.died else None,
        )
        for child, real in children_and_births(access.case)
    )


def beside(
    access: Access, shown: Showing, before: Counted | None, whole: Chronology, counted: str = ""
) -> Beside:
    """What stands beside entries that follow on `before`. Days are counted from the entry whose id
    is `counted` instead, where it is one that this person may see."""
    return Beside(births_of(access, shown), before, _chosen(whole, counted))


def _chosen(whole: Chronology, counted: str) -> Counted | None:
    try:
        found = whole.standing([UUID(counted)])
    except ValueError:
        return None
    return next(((one.number, one.place) for one in found if isinstance(one, Numbered)), None)
