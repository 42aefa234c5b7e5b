"""What was worked out for a whole chronology, kept while the chronology stays as it is.

Ordering 100,000 entries takes seconds and changes only when an agency signs off, answers or
releases something. Each server process keeps what it worked out beside a mark of the state that it
was worked out from; when the mark differs it is worked out anew. Dates and ids are kept, no words.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

from candour.cases.access import Access
from candour.contributions.models import Submission
from candour.identities.models import Identity

Worked = TypeVar("Worked")
Mark = tuple[Hashable, ...]

_MOST_KEPT = 6


class Kept:
    """A few results of costly work on whole cases, the least lately used forgotten first."""

    def __init__(self) -> None:
        self._found: OrderedDict[Hashable, tuple[Mark, object]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, mark: Mark, work: Callable[[], Worked]) -> Worked:
        """What `work` answers, from before if the mark is the same."""
        with self._lock:
            held = self._found.get(key)
            if held is not None and held[0] == mark:
                self._found.move_to_end(key)
                return cast(Worked, held[1])
        worked = work()
        with self._lock:
            self._found[key] = mark, worked
            self._found.move_to_end(key)
            while len(self._found) > _MOST_KEPT:
                self._found.popitem(last=False)
        return worked


def mark_of_entries(access: Access) -> Mark:
    """What changes whenever an entry comes into or out of force: that is when a file is signed
    off, and what it says does not change afterwards."""
    sent = Submission.objects.filter(case=access.case).order_by("pk")
    return tuple(sent.values_list("pk", "version", "state", "request__agency__name"))


def mark_of_names(access: Access) -> Mark:
    """What changes whenever the register of the case does."""
    known = Identity.objects.filter(case=access.case).order_by("pk")
    return tuple(known.values_list("pk", "version", "pseudonym"))
