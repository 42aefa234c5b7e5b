"""What a rule set is: the guidance of one period, as data.

Every rule carries a basis mark that says how far it may be trusted; a rule whose text could not be
opened is a setting that a partnership can change without a release, never a constant in the
program.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from candour.kernel.errors import Invalid

Duty = Literal["notification", "review"]


class Basis(StrEnum):
    """How far to trust a rule."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    LOCAL = "local"
    UNVERIFIED = "unverified"
    DESIGN = "design"

    @property
    def meaning(self) -> str:
        """The mark in words, for pages and tables."""
        return _BASIS_MEANING[self]


_BASIS_MEANING = {
    Basis.VERIFIED: "read in the text itself, or in a procedure that quotes it",
    Basis.SECONDARY: "read at one remove; check against the text",
    Basis.LOCAL: "one area's own procedure or setting",
    Basis.UNVERIFIED: "the text could not be opened; a setting, to be confirmed locally",
    Basis.DESIGN: "a convention of this product",
}


class Regime(StrEnum):
    """The kind of review that a rule set governs."""

    PART8_CH8 = "PART8_CH8"
    SCR = "SCR"
    CSPR = "CSPR"


class ReviewOutcome(StrEnum):
    """What follows for the review."""

    MUST_REVIEW = "must_review"
    MUST_REVIEW_UNLESS_DEFINITIVELY_NO_CONCERN = "must_review_unless_definitively_no_concern"
    RAPID_REVIEW_REQUIRED = "rapid_review_required"
    CONSIDER = "consider"
    REFER_TO_OTHER_AREA = "refer_to_other_area"
    NOT_REQUIRED = "not_required"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True)
class Source:
    """Where a rule was read: a title, and the address of the text if there is one."""

    key: str
    title: str
    address: str


@dataclass(frozen=True)
class InForce:
    """The days on which a rule set governs one duty, both ends included; `until` is None while it
    still does.
    """

    since: date
    until: date | None
    basis: Basis
    note: str

    def covers(self, day: date) -> bool:
        """Is `day` inside the period?"""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Criterion:
    """One question that is answered about a case; any one of its `tests` is enough to meet it."""

    code: str
    question: str
    help: str
    tests: tuple[str, ...]
    basis: Basis
    source: Source


@dataclass(frozen=True)
class ReviewGround:
    """One ground for a review: any of the `ways`, each a set of tests that must all be met, and the
    place test.
    """

    route: str
    outcome: ReviewOutcome
    ways: tuple[tuple[str, ...], ...]
    place: str
    basis: Basis
    source: Source


@dataclass(frozen=True)
class NotificationGround:
    """One ground for a notification and who is told; not listed where a ground in `covered_by` is
    met.
    """

    route: str
    tell: tuple[str, ...]
    ways: tuple[tuple[str, ...], ...]
    covered_by: tuple[str, ...]
    basis: Basis
    source: Source


@dataclass(frozen=True)
class Clock:
    """One duty with a time: `quantity` `unit` forward or backward from its start.

    Units: wd (England and Wales working days), days, months, hours. `earliest`: the date is the
    first day on which something may be done, not the last. `not_after` caps the date. `quantity`
    None: agreed locally, or, where `no_day_count` says so, no number of days was found in any
    source.
    """

    code: str
    name: str
    start: str
    quantity: int | None
    unit: str
    direction: str
    earliest: bool
    not_after: date | None
    no_day_count: str
    basis: Basis
    source: Source
    note: str


SettingValue = bool | int | str | tuple[str, ...]


@dataclass(frozen=True)
class Setting:
    """A value that tests use, with its mark."""

    code: str
    value: SettingValue
    basis: Basis
    source: Source
    note: str


@dataclass(frozen=True)
class RuleSet:
    """The guidance of one period: when it governs, what it asks, what follows, and by when.

    One that is `label_only` says by its name under which guidance a review was held, and nothing
    else: it has no criteria and no clocks.
    """

    code: str
    title: str
    regime: Regime
    summary: str
    notification: InForce
    review: InForce
    criteria: tuple[Criterion, ...]
    review_grounds: tuple[ReviewGround, ...]
    notification_grounds: tuple[NotificationGround, ...]
    clocks: tuple[Clock, ...]
    settings: Mapping[str, Setting]
    label_only: bool = False

    def criterion(self, code: str) -> Criterion | None:
        """The criterion with this code, or None where this rule set does not ask it."""
        return next((criterion for criterion in self.criteria if criterion.code == code), None)

    def clock(self, code: str) -> Clock:
        """The clock with this code. Raises Invalid (clock_unknown), naming the clocks there are."""
        for clock in self.clocks:
            if clock.code == code:
                return clock
        known = ", ".join(clock.code for clock in self.clocks)
        has = f"It has: {known}." if known else "It is kept as a label and has no clocks."
        raise Invalid("clock_unknown", f"{self.code} has no clock {code!r}. {has}", "clock_code")

    def in_force_for(self, duty: Duty) -> InForce:
        """The period in which this rule set governs `duty`."""
        return self.notification if duty == "notification" else self.review

    def names(self, code: str) -> tuple[str, ...]:
        """The setting as a tuple of names; empty where the rule set does not have it."""
        setting = self.settings.get(code)
        return setting.value if setting and isinstance(setting.value, tuple) else ()

    def word(self, code: str) -> str:
        """The setting as one word; blank where the rule set does not have it."""
        setting = self.settings.get(code)
        return str(setting.value) if setting else ""

    def number(self, code: str) -> int | None:
        """The setting as a number; None where the rule set does not have it."""
        setting = self.settings.get(code)
        return setting.value if setting and isinstance(setting.value, int) else None

    def switched_on(self, code: str) -> bool:
        """Is the setting switched on? One that the rule set does not have is off."""
        setting = self.settings.get(code)
        return setting is not None and setting.value is True
