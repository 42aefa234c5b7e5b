"""Public holidays proclaimed or moved after this version was made: a partnership's own file.

The file `calendar.toml` of the folder of local rules:

    [[day]]
    day = 2029-05-14
    change = "holiday_added"
    reason = "Proclaimed on 1 March 2029"

A clock that was counted before keeps its day until somebody counts it again, with a reason.
"""

from datetime import date
from functools import cache
from pathlib import Path

from candour.engines.statute.rulefiles import RuleFile, local_rules, read_rule_file
from candour.engines.statute.workingdays import CalendarOverride, Change

NAME = "calendar.toml"


def calendar_overrides() -> tuple[CalendarOverride, ...]:
    """The changes of the calendar that stand; none where there is no local file."""
    return _overrides(local_rules())


@cache
def _overrides(local: Path | None) -> tuple[CalendarOverride, ...]:
    return read_calendar_overrides(local)


def read_calendar_overrides(local: Path | None) -> tuple[CalendarOverride, ...]:
    """Read `calendar.toml` of the folder `local`, if there is one.

    Raises Invalid (rule_file_unreadable, rule_file_invalid) with the place and what to put right.
    """
    if local is None or not (local / NAME).exists():
        return ()
    file = read_rule_file(NAME, local)
    days = file.contents.get("day", [])
    if not isinstance(days, list):
        raise file.fault("[[day]]", "each day begins with [[day]]")
    return tuple(_override(file, number, each) for number, each in enumerate(days, start=1))


def _override(file: RuleFile, number: int, table: object) -> CalendarOverride:
    where = f"[[day]] number {number}"
    if not isinstance(table, dict):
        raise file.fault(where, "each day begins with [[day]]")
    day, change, reason = (table.get(key) for key in ("day", "change", "reason"))
    if not isinstance(day, date):
        raise file.fault(where, "day must be a date, for example 2029-05-14")
    if change not in list(Change):
        raise file.fault(where, f"change must be one of {', '.join(Change)}")
    if not isinstance(reason, str) or not reason.strip():
        raise file.fault(where, "reason must say where the change was announced")
    return CalendarOverride(day, Change(str(change)), reason.strip())
