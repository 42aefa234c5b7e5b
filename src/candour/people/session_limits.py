"""How long a session lives: 15 minutes without a request, 8 hours in all.

The figures are those of docs/adr/0005-sign-in.md. A session also ends when its owner's sessions
were ended.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.contrib.sessions.backends.base import SessionBase

from candour.kernel import clock
from candour.people.models import User

IDLE = timedelta(minutes=15)
WHOLE = timedelta(hours=8)
# Not every request is worth a write: a session is marked as used at most this often, and so may
# end this much earlier, never later.
MARKED_EVERY = timedelta(seconds=30)

_BEGUN, _SEEN = "begun_at", "seen_at"


class Ended(StrEnum):
    """Why a session is over."""

    IDLE = "idle"
    WHOLE = "whole"
    REVOKED = "revoked"


@dataclass(frozen=True)
class TimeLeft:
    """When a session ends if nothing more is asked of it. The page warns two minutes before."""

    ends_at: datetime
    seconds: int


def begin(session: SessionBase) -> None:
    """Start counting; done at sign-in."""
    session[_BEGUN] = session[_SEEN] = clock.now().isoformat()


def ended(session: SessionBase, user: User) -> Ended | None:
    """Why this session of this person is over, or None while it lives."""
    if _BEGUN not in session:
        begin(session)
    begun, now = _instant(session, _BEGUN), clock.now()
    if user.sessions_ended_at and begun < user.sessions_ended_at:
        return Ended.REVOKED
    if now - begun >= WHOLE:
        return Ended.WHOLE
    return Ended.IDLE if now - _instant(session, _SEEN) >= IDLE else None


def mark_used(session: SessionBase) -> None:
    """Count from now again."""
    if _SEEN not in session or clock.now() - _instant(session, _SEEN) >= MARKED_EVERY:
        session[_SEEN] = clock.now().isoformat()
        session.setdefault(_BEGUN, session[_SEEN])


def time_left(session: SessionBase) -> TimeLeft:
    """When this session will end, for the warning on the page."""
    ends_at = min(_instant(session, _SEEN) + IDLE, _instant(session, _BEGUN) + WHOLE)
    return TimeLeft(ends_at, int((ends_at - clock.now()).total_seconds()))


def _instant(session: SessionBase, key: str) -> datetime:
    return datetime.fromisoformat(session[key])
