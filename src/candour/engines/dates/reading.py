"""What a date cell says: the answer, the context it was read in, and why it was refused."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from candour.kernel.clock import today

Status = Literal["resolved", "needs_context", "refused"]


class DayOrder(StrEnum):
    """The order of day and month in an all-number date.

    AUTO is day first, as agencies in England write, until a column's own rows prove otherwise
    (see `prove_day_order`).
    """

    DMY = "dmy"
    MDY = "mdy"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Reading:
    """One date cell as read.

    `earliest` and `latest` are inclusive days; None in a resolved reading is an open end.
    `edtf` is ISO 8601-2 level 1 text (a level 2 set where the cell lists days). `time_from` and
    `time_to` are "HH:MM" and never change the day. `qualifier` is "uncertain", "approximate" or
    "uncertain and approximate". `rule` names the rule that read the cell. `slips` are what was
    read although mistyped or mis-scanned, for a person to check. `recorded_on` is the day the
    entry was written up, where the cell says so.
    """

    raw: str
    edtf: str | None
    earliest: date | None
    latest: date | None
    time_from: str | None
    time_to: str | None
    qualifier: str | None
    status: Status
    rule: str
    reason: str | None
    slips: tuple[str, ...] = ()
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a date cell and may complete it.

    `born` completes ages; `year` and `month` come from a heading or year row; `above` is the
    reading of the row above, for "as above" and blank cells; `date_1904` is the workbook's day
    count. Nothing later than `as_of` is accepted (callers with a clock of their own pass its day).
    """

    day_order: DayOrder = DayOrder.AUTO
    born: date | None = None
    as_of: date = field(default_factory=today)
    year: int | None = None
    month: int | None = None
    above: Reading | None = None
    date_1904: bool = False


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """A time of day as written: "HH:MM" from and to, equal for a single time.

    Both are None where the words give no clock time ("evening", "out of hours"); one is None
    where the time is open ("after 2pm"). `reason` says why a cell could not be read.
    """

    raw: str
    time_from: str | None
    time_to: str | None
    rule: str
    reason: str | None = None


def to_json(reading: Reading) -> dict[str, str | None]:
    """The reading under the keys of the command-line contract."""
    return {
        "raw": reading.raw,
        "edtf": reading.edtf,
        "earliest": reading.earliest.isoformat() if reading.earliest else None,
        "latest": reading.latest.isoformat() if reading.latest else None,
        "time_from": reading.time_from,
        "time_to": reading.time_to,
        "qualifier": reading.qualifier,
        "status": reading.status,
        "rule": reading.rule,
        "reason": reading.reason,
    }
