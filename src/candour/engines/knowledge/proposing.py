"""Facts with what each agency held: put together from rows, their groups and their words."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

from candour.engines.knowledge.account import Account
from candour.engines.knowledge.facts import Fact, Held, How, Status
from candour.engines.knowledge.holding import (
    Rows,
    by_agency,
    day_held,
    recorded,
    sender_only,
)
from candour.engines.knowledge.looking_back import Index, LookingBack
from candour.engines.telling import Directory, tellings


def facts_of(
    accounts: Sequence[Account],
    groups: Sequence[Sequence[Hashable]],
    directory: Directory,
) -> tuple[Fact, ...]:
    """Return every fact of a case with each agency's hold on it, in the order of the rows.

    `groups` are references of rows that tell of one event; a row in no group is a fact of its own.
    Agencies are those of the directory. An agency without rows of a fact, of which nobody says
    that it was told and whose rows never look back on it, has no record in the files submitted.
    """
    proposing = _Proposing(accounts, groups, directory)
    return tuple(proposing.fact(rows) for rows in proposing.together())


class _Proposing:
    def __init__(
        self,
        accounts: Sequence[Account],
        groups: Sequence[Sequence[Hashable]],
        directory: Directory,
    ) -> None:
        self._accounts = accounts
        self._by_ref = {account.ref: account for account in accounts}
        self._groups = groups
        self._rows = Rows(directory, {a.ref: tellings(a, directory) for a in accounts})
        self._index = Index(accounts, self._rows)
        self._fellows = self._fellows_of()

    def _fellows_of(self) -> Mapping[Hashable, Sequence[Account]]:
        fellows: dict[Hashable, list[Account]] = {}
        for group in self._groups:
            together = [self._by_ref[ref] for ref in group]
            for ref in group:
                fellows.setdefault(ref, []).extend(together)
        return fellows

    def together(self) -> Iterator[Sequence[Account]]:
        grouped = {ref for group in self._groups for ref in group}
        facts = [[self._by_ref[ref] for ref in group] for group in self._groups]
        facts += [[account] for account in self._accounts if account.ref not in grouped]
        place = {account.ref: number for number, account in enumerate(self._accounts)}
        yield from sorted(facts, key=lambda rows: min(place[row.ref] for row in rows))

    def fact(self, rows: Sequence[Account]) -> Fact:
        own = by_agency(rows)
        back = self._index.looking_back_on(rows, self._fellows)
        held = []
        for agency in self._rows.directory.agencies:
            if agency.code in own:
                held.append(recorded(own[agency.code], self._rows, rows))
            elif agency.code in back:
                held.append(_heard(back[agency.code]))
            else:
                told = sender_only(agency.code, rows, self._rows)
                held.append(told or Held(agency.code, Status.NO_RECORD))
        return Fact(tuple(rows), tuple(held))


def _heard(back: LookingBack) -> Held:
    (earliest, latest), basis = day_held(back.account)
    return Held(
        back.account.agency,
        Status.RECORDED,
        earliest,
        latest,
        How.TOLD,
        back.from_whom,
        back.account.ref,
        f"{basis}; the row looks back on it ({back.why})",
    )
