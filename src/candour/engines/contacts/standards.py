"""What had to follow what, and how soon: standards of contact as data, each with its source.

A standard that could not be verified in its own edition says so (`verified` is false) and every
page shows that mark beside it. Local and changed figures come from a file of the same shape.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Literal, cast

Unit = Literal["working_days", "days", "months"]


class Step(StrEnum):
    """A step that an entry may tell of."""

    REFERRAL = "referral"
    REFERRAL_DECISION = "referral_decision"
    STRATEGY_DISCUSSION = "strategy_discussion"
    INITIAL_CONFERENCE = "initial_conference"
    CORE_GROUP = "core_group"
    REVIEW_CONFERENCE = "review_conference"
    VISIT = "visit"
    CHILD_SEEN = "child_seen"
    CHILD_SEEN_ALONE = "child_seen_alone"
    CHILD_HEARD = "child_heard"
    CHILD_NOT_SEEN = "child_not_seen"

    @property
    def label(self) -> str:
        """The step in the words of practice."""
        return _LABELS[self]


_LABELS = {
    Step.REFERRAL: "Referral to children’s social care",
    Step.REFERRAL_DECISION: "Decision on the referral",
    Step.STRATEGY_DISCUSSION: "Strategy discussion",
    Step.INITIAL_CONFERENCE: "Initial child protection conference",
    Step.CORE_GROUP: "Core group",
    Step.REVIEW_CONFERENCE: "Review conference",
    Step.VISIT: "Visit under the plan",
    Step.CHILD_SEEN: "Child seen",
    Step.CHILD_SEEN_ALONE: "Child seen alone",
    Step.CHILD_HEARD: "Child’s words recorded",
    Step.CHILD_NOT_SEEN: "Child not seen",
}


@dataclass(frozen=True, slots=True)
class Standard:
    """After step `start`, step `then` was due within `limit` units, from `since` to `until`.

    `repeats` is for a step that had to come again and again while a plan was in force.
    """

    code: str
    start: Step
    then: Step
    limit: int
    unit: Unit
    since: date
    until: date | None
    source: str
    verified: bool
    repeats: bool = False

    def in_force(self, day: date) -> bool:
        """Whether the standard applied to a step of that day."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def words(self) -> str:
        """The limit in words."""
        unit = {"working_days": "working day", "days": "day", "months": "month"}[self.unit]
        plural = "" if self.limit == 1 else "s"
        return f"within {self.limit} {unit}{plural}"


@cache
def standards() -> tuple[Standard, ...]:
    """The standards that come with Candour. Raises ValueError for a file out of shape."""
    text = files("candour.engines.contacts").joinpath("standards.toml").read_text("utf-8")
    return tuple(_standard(row) for row in tomllib.loads(text)["standard"])


def _standard(row: dict[str, object]) -> Standard:
    unit, limit = row["unit"], row["limit"]
    if unit not in ("working_days", "days", "months") or not isinstance(limit, int):
        message = f"The standard {row.get('code')} has no limit that can be counted."
        raise ValueError(message)
    until = row.get("until")
    return Standard(
        code=str(row["code"]),
        start=Step(str(row["start"])),
        then=Step(str(row["then"])),
        limit=limit,
        unit=unit,
        since=cast(date, row["since"]),
        until=cast(date, until) if until else None,
        source=str(row["source"]),
        verified=bool(row["verified"]),
        repeats=bool(row.get("repeats", False)),
    )
