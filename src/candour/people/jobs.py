"""What the worker does about people."""

from candour.people.services.accounts import forget_ended_sessions
from candour.people.services.kept_forms import forget_old
from candour.platform.outbox import every


@every(seconds=3600)
def forget_kept_forms() -> int:
    """Delete what has been kept for 24 hours."""
    return forget_old()


@every(seconds=3600)
def forget_sessions() -> None:
    """Delete what is left of sessions that are over."""
    forget_ended_sessions()
