"""The clock of the day. Instants are UTC; days are days in London.

Duties are counted in days of England's calendar, so an act at 00:30 on 1 July British Summer
Time belongs to 1 July although UTC still says 30 June.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_travelled_to: ContextVar[datetime | None] = ContextVar("candour_clock", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _travelled_to.get() or datetime.now(UTC)


def played_day() -> datetime | None:
    """The instant being played (`standing_at`), or None where the real clock runs."""
    return _travelled_to.get()


def today() -> date:
    """The present day in London."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """The London day of an aware instant; a naive one is a programming error."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(LONDON).date()


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Play a past day through the real services, as the demonstration does."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    token = _travelled_to.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _travelled_to.reset(token)
