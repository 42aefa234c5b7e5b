"""Findings with three values, so that what is not known stays not known.

All of several tests: not met if any part is not met, otherwise undetermined if any part is,
otherwise met. Any of several tests: the other way round. A test that does not arise counts as not
met inside a combination.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Finding(StrEnum):
    """What was found on one test."""

    MET = "met"
    NOT_MET = "not_met"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Tested:
    """One test answered: the finding, why, and the facts whose absence leaves it open."""

    finding: Finding
    reasons: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """The reasons as one text."""
        return " ".join(self.reasons)


def met(reason: str) -> Tested:
    """The test is met."""
    return Tested(Finding.MET, (reason,))


def not_met(reason: str) -> Tested:
    """The test is not met."""
    return Tested(Finding.NOT_MET, (reason,))


def undetermined(reason: str, *missing: str) -> Tested:
    """The test cannot be answered until the facts named in `missing` are settled."""
    return Tested(Finding.UNDETERMINED, (reason,), missing)


def not_applicable(reason: str) -> Tested:
    """The test does not arise."""
    return Tested(Finding.NOT_APPLICABLE, (reason,))


def all_of(parts: Iterable[Tested]) -> Tested:
    """Combine tests that must all be met; the reasons are those that settle the result."""
    tested = tuple(parts)
    failed = [part for part in tested if part.finding in (Finding.NOT_MET, Finding.NOT_APPLICABLE)]
    if failed:
        return Tested(Finding.NOT_MET, failed[0].reasons)
    return _open_or(tested, Finding.MET)


def any_of(parts: Iterable[Tested]) -> Tested:
    """Combine tests of which one is enough; the reasons are those that settle the result."""
    tested = tuple(parts)
    satisfied = [part for part in tested if part.finding is Finding.MET]
    if satisfied:
        return Tested(Finding.MET, _joined(satisfied))
    if tested and all(part.finding is Finding.NOT_APPLICABLE for part in tested):
        return tested[0]
    return _open_or(tested, Finding.NOT_MET)


def _open_or(tested: tuple[Tested, ...], settled: Finding) -> Tested:
    still_open = [part for part in tested if part.finding is Finding.UNDETERMINED]
    if not still_open:
        return Tested(settled, _joined(part for part in tested if part.finding is settled))
    missing = dict.fromkeys(fact for part in still_open for fact in part.missing)
    return Tested(Finding.UNDETERMINED, _joined(still_open), tuple(missing))


def _joined(parts: Iterable[Tested]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason for part in parts for reason in part.reasons))
