"""What the worker does so that nothing is late unseen."""

from candour.platform.outbox import every
from candour.worklist.digests import send_digests
from candour.worklist.reminding import remind


@every(seconds=15 * 60)
def reminders() -> None:
    """Tell whoever must be told of what falls due."""
    remind()


@every(seconds=30 * 60)
def digests() -> None:
    """Queue the messages of the day."""
    send_digests()
