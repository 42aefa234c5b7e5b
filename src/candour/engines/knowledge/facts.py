"""Facts and who held them: what an agency's records show, and nothing about what anyone knew."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from candour.engines.knowledge.account import Account


class Status(StrEnum):
    """What the files submitted show of one agency and one fact. None says "did not know"."""

    RECORDED = "recorded"
    SENDER_ONLY = "sender_only"
    NO_RECORD = "no_record"


WORDING = {
    Status.RECORDED: "recorded as received",
    Status.SENDER_ONLY: "sender records telling; no receipt in the files submitted",
    Status.NO_RECORD: "no record in the files submitted",
}
"""How each status is said on every page and paper."""


class How(StrEnum):
    """How an agency came to hold a fact, as far as its own row says."""

    SAW = "own contact"
    TOLD = "told"
    READ = "read in a document"
    MEETING = "heard at a meeting"


@dataclass(frozen=True)
class Held:
    """One agency and one fact.

    `earliest` and `latest` are the inclusive days from which the agency held it, None where the
    records leave that end open. For `sender_only` they are the days on which the sender says that
    it told. `from_whom` is the code of another agency. `evidence` is the row this rests on, and
    `basis` says in words how the day was read from it. A suggestion until a person confirms it.
    """

    agency: str
    status: Status
    earliest: date | None = None
    latest: date | None = None
    how: How | None = None
    from_whom: str = ""
    evidence: Hashable | None = None
    basis: str = ""


@dataclass(frozen=True)
class Fact:
    """One thing that happened, as one or more rows tell it, and each agency's hold on it."""

    accounts: tuple[Account, ...]
    held: tuple[Held, ...]

    def held_by(self, agency: str) -> Held:
        """Return what the records show of one agency. Raises KeyError for one not of the case."""
        for held in self.held:
            if held.agency == agency:
                return held
        raise KeyError(agency)
