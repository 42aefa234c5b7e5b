"""Due dates, with every step of the count shown. No clock is ever stopped; lateness is recorded,
never a block.

Conventions: WD0 working days (see `workingdays`); CAL calendar days and MON months, which do not
roll to a working day (the same day n months on, or the last day of a shorter month); HRS elapsed
hours on the absolute time line, so a clock change moves the wall time. The day of the trigger is
its date in London.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from candour.engines.statute.calendar import calendar_overrides
from candour.engines.statute.rulebook import rule_set as standing_rule_set
from candour.engines.statute.rulesets import Basis, Clock, RuleSet, Source
from candour.engines.statute.workingdays import DAY, CalendarOverride, WorkingDays
from candour.kernel.errors import Invalid

LONDON = ZoneInfo("Europe/London")
LONGEST = 5000  # of any unit; a longer clock is a slip of the keyboard


@dataclass(frozen=True)
class Length:
    """How long a clock runs where it is agreed locally: quantity, unit (wd, days, months, hours),
    direction.
    """

    quantity: int | None = None
    unit: str | None = None
    direction: str | None = None


AS_IN_THE_RULES = Length()


@dataclass(frozen=True)
class Due:
    """When something is due, and how that was counted.

    `due_date` is None where no number of days was found in any source. `earliest` means the first
    day on which something may be done; then there is no latest working day for a reminder.
    """

    clock: str
    due_date: date | None
    due_datetime: datetime | None
    latest_working_day: date | None
    earliest: bool
    counted: tuple[str, ...]
    basis: Basis
    source: Source


def due(
    clock: str,
    rules: RuleSet | str,
    start: date | datetime,
    *,
    length: Length = AS_IN_THE_RULES,
    overrides: Iterable[CalendarOverride] | None = None,
) -> Due:
    """When the clock with this code falls due, counted from `start`.

    `start` is the trigger: a date, or a time with its offset from UTC; for a backward clock (S7b,
    C7b) it is the planned publication date. `overrides` of None are those of the local folder.
    Raises Invalid: rule_set_unknown, clock_unknown, start_without_offset, start_needs_a_time,
    length_missing, length_too_long.
    """
    known = rules if isinstance(rules, RuleSet) else standing_rule_set(rules)
    calendar = WorkingDays(calendar_overrides() if overrides is None else overrides)
    return _Count(_with_length(known.clock(clock), length), start, calendar).due()


def _with_length(clock: Clock, length: Length) -> Clock:
    return replace(
        clock,
        quantity=clock.quantity if length.quantity is None else length.quantity,
        unit=length.unit or clock.unit,
        direction=length.direction or clock.direction,
    )


def day_zero(start: date | datetime) -> date:
    """The date in London of the trigger.

    Raises Invalid (start_without_offset) for a time without an offset.
    """
    if not isinstance(start, datetime):
        return start
    if start.tzinfo is None:
        reason = (
            f"The time {start.isoformat()} does not say its offset from UTC. Give it, "
            f"for example +01:00 or Z."
        )
        raise Invalid("start_without_offset", reason, "start_datetime")
    return start.astimezone(LONDON).date()


def add_months(day: date, months: int) -> date:
    """The same day `months` on (or back, if negative), or the last day of the month if there is
    none.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class _Count:
    clock: Clock
    start: date | datetime
    calendar: WorkingDays

    def due(self) -> Due:
        zero = day_zero(self.start)
        began = f"Day 0 is {_written(zero)}: {self.clock.start}."
        if self.clock.quantity is None:
            return self._without_a_count(began)
        if self.clock.quantity > LONGEST:
            reason = f"{self.clock.quantity} {self.clock.unit} is too long. Give at most {LONGEST}."
            raise Invalid("length_too_long", reason, "quantity")
        if self.clock.unit == "hours":
            return self._hours(began, self.clock.quantity)
        if self.clock.unit == "wd":
            return self._capped(*self._working_days(zero, self.clock.quantity), began)
        return self._capped(*self._calendar(zero, self.clock.quantity), began)

    def _without_a_count(self, began: str) -> Due:
        if not self.clock.no_day_count:
            reason = f"The length of clock {self.clock.code} is agreed locally. Give a quantity."
            raise Invalid("length_missing", reason, "quantity")
        return self._result(None, None, (began, self.clock.no_day_count))

    def _hours(self, began: str, quantity: int) -> Due:
        if not isinstance(self.start, datetime):
            reason = (
                f"Clock {self.clock.code} counts hours. Give the time of the trigger, with "
                f"its offset."
            )
            raise Invalid("start_needs_a_time", reason, "start_datetime")
        moment = (self.start.astimezone(UTC) + timedelta(hours=self._signed(quantity))).astimezone(
            LONDON
        )
        lines = (
            began,
            f"{quantity} elapsed hours give {_written(moment.date())} at {moment:%H:%M}.",
        )
        return self._result(moment.date(), moment, lines)

    def _working_days(self, zero: date, quantity: int) -> tuple[date, tuple[str, ...]]:
        if self._signed(1) > 0:
            end = self.calendar.add(zero, quantity)
            return end, tuple(_forward_lines(zero, end, self.calendar))
        end = self.calendar.subtract(zero, quantity)
        line = (
            f"{_written(end)} is the latest working day with {quantity} working days "
            f"after it by {_written(zero)}."
        )
        return end, (line,)

    def _calendar(self, zero: date, quantity: int) -> tuple[date, tuple[str, ...]]:
        signed = self._signed(quantity)
        end = (
            add_months(zero, signed)
            if self.clock.unit == "months"
            else zero + timedelta(days=signed)
        )
        way = "on" if signed >= 0 else "back"
        return end, (
            f"{quantity} {self.clock.unit} {way} is {_written(end)}. It does not move to "
            f"a working day.",
        )

    def _signed(self, quantity: int) -> int:
        return -quantity if self.clock.direction == "backward" else quantity

    def _capped(self, end: date, lines: tuple[str, ...], began: str) -> Due:
        cap = self.clock.not_after
        if cap is not None and end > cap:
            return self._result(cap, None, (began, *lines, f"Never later than {_written(cap)}."))
        return self._result(end, None, (began, *lines))

    def _result(self, end: date | None, moment: datetime | None, counted: tuple[str, ...]) -> Due:
        remind = end is not None and moment is None and not self.clock.earliest
        return Due(
            clock=self.clock.code,
            due_date=end,
            due_datetime=moment,
            latest_working_day=self.calendar.latest_on_or_before(end)
            if end is not None and remind
            else None,
            earliest=self.clock.earliest,
            counted=counted,
            basis=self.clock.basis,
            source=self.clock.source,
        )


def _forward_lines(zero: date, end: date, calendar: WorkingDays) -> Iterable[str]:
    day, number = zero, 0
    while day < end:
        day += DAY
        holiday = calendar.holiday(day)
        if calendar.is_working_day(day):
            number += 1
            yield f"{_written(day)}: working day {number}."
        elif holiday is not None:
            yield f"{_written(day)}: not counted, public holiday ({holiday})."
        else:
            yield f"{_written(day)}: not counted, weekend."


@lru_cache(maxsize=20_000)
def _written(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
