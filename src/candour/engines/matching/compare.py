"""Everything that matching can say of a case's chronologies: proposed, never decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from candour.engines.matching.account import Account
from candour.engines.matching.blocking import Ties
from candour.engines.matching.case import Case
from candour.engines.matching.differing import Differing, differing
from candour.engines.matching.grouping import Group, grouped
from candour.engines.matching.one_sided import OneSided, one_sided
from candour.engines.matching.order import orders_differ
from candour.engines.matching.reading import Read, read_all
from candour.engines.matching.silences import Silence, declared_in_rows

Tell = Callable[[int, int], None]
"""Told how far a comparison is: steps done, of how many."""


@dataclass(frozen=True)
class Comparison:
    """Proposed groups, differing accounts within them, and contacts recorded by one agency only.

    Places are positions in `accounts`.
    """

    accounts: tuple[Account, ...]
    groups: tuple[Group, ...]
    differing: tuple[Differing, ...]
    one_sided: tuple[OneSided, ...]
    silences: tuple[Silence, ...]
    case: Case = field(default_factory=Case, repr=False)
    read: tuple[Read, ...] = field(default=(), repr=False)

    def differences_in(self, groups: Iterable[Sequence[int]]) -> list[Differing]:
        """The differences between accounts that a person has found to tell of one event each, and
        between those events in their order. `groups` are places in `accounts`."""
        found = [Group(tuple(places), 0.0, ()) for places in groups]
        return [*differing(self.read, found, self.case), *orders_differ(self.read, found)]


def compare(
    accounts: Sequence[Account],
    case: Case,
    silences: Iterable[Silence] = (),
    tell: Tell = lambda done, of: None,
) -> Comparison:
    """Compare the accounts of all agencies of a case. `silences` are those that titles declare."""
    steps = 3 * len(accounts)
    read, weights, _ = read_all(accounts, case, lambda done: tell(done, steps))
    ties = Ties(read, weights)
    groups = grouped(read, ties, lambda done: tell(len(accounts) + done, steps))
    declared = (*silences, *declared_in_rows(accounts))
    alone = one_sided(read, groups, ties, weights, declared)
    tell(steps, steps)
    return Comparison(
        accounts=tuple(accounts),
        groups=tuple(groups),
        differing=tuple(differing(read, groups, case)),
        one_sided=tuple(alone),
        silences=declared,
        case=case,
        read=tuple(read),
    )
