"""Where something dated stands among others, as whole numbers that any database puts in order."""

from __future__ import annotations

from datetime import date
from typing import Final

from candour.engines.dates.elapsed import Window

MINUTES_IN_A_DAY: Final = 24 * 60
OPEN_START: Final = 0
OPEN_END: Final = date.max.toordinal() * MINUTES_IN_A_DAY * 2
NEVER: Final = 2 * OPEN_END
_DAY_BITS: Final = 22
_TIME_BITS: Final = 11
_LASTING_BITS: Final = 8


def stands_at(when: Window, time_from: str = "", ends: date | None = None) -> int | None:
    """One number by which to order: the earliest day, then the latest, then the time of day, none
    first, then how many days it lasted (255 and more count alike). None without any day.

    An open start stands at its last possible day, an open end after every known one.
    """
    earliest, latest = when
    start = earliest or latest
    if start is None:
        return None
    lasted = min(max((ends - start).days, 0), (1 << _LASTING_BITS) - 1) if ends else 0
    number = (start.toordinal() << _DAY_BITS) + (latest or date.max).toordinal()
    number = (number << _TIME_BITS) + (_minute(time_from) + 1 if time_from else 0)
    return (number << _LASTING_BITS) + lasted


def first_minute(when: Window, time_from: str = "") -> int:
    """The earliest minute at which it can have happened; a time counts on a single day alone.

    Without any day it is `NEVER`, after every other.
    """
    earliest, latest = when
    if earliest is None and latest is None:
        return NEVER
    if earliest is None:
        return OPEN_START
    own = _minute(time_from) if time_from and earliest == latest else 0
    return earliest.toordinal() * MINUTES_IN_A_DAY + own


def last_minute(when: Window, time_from: str = "", time_to: str = "") -> int:
    """The latest minute at which it can have happened; "22:00 to 01:00" runs to the day's end."""
    earliest, latest = when
    if earliest is None and latest is None:
        return NEVER
    if latest is None:
        return OPEN_END
    own = time_to if time_to >= time_from and earliest == latest else ""
    minutes = _minute(own) if own else MINUTES_IN_A_DAY
    return latest.toordinal() * MINUTES_IN_A_DAY + minutes


def _minute(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)
