"""Everything that matching can say of a case's chronologies: proposed, never decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from candour.engines.matching.account import Account
from candour.engines.matching.blocking import Ties
from candour.engines.matching.case import Case
from candour.engines.matching.differing import Differing, differing
from candour.engines.matching.grouping import Group, grouped
from candour.engines.matching.one_sided import OneSided, one_sided
from candour.engines.matching.reading import read_all
from candour.engines.matching.silences import Silence, declared_in_rows


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


def compare(
    accounts: Sequence[Account], case: Case, silences: Iterable[Silence] = ()
) -> Comparison:
    """Compare the accounts of all agencies of a case. `silences` are those that titles declare."""
    read, weights, _ = read_all(accounts, case)
    ties = Ties(read, weights)
    groups = grouped(read, ties)
    declared = (*silences, *declared_in_rows(accounts))
    return Comparison(
        accounts=tuple(accounts),
        groups=tuple(groups),
        differing=tuple(differing(read, groups, case)),
        one_sided=tuple(one_sided(read, groups, ties, weights, declared)),
        silences=declared,
    )


def differences_in(
    accounts: Sequence[Account], case: Case, groups: Iterable[Sequence[int]]
) -> list[Differing]:
    """The differences between accounts that a person has found to tell of one event each.

    `groups` are places in `accounts`.
    """
    read, _, _ = read_all(accounts, case)
    return differing(read, [Group(tuple(places), 0.0, ()) for places in groups], case)
