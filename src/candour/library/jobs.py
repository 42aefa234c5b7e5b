"""What the worker does for the librarians."""

import uuid

from candour.archive.keeping import keeps_before_purge
from candour.kernel.actor import SYSTEM
from candour.library.services import ledger, withdrawing
from candour.library.services.take_in import READ_JOB, read
from candour.platform.outbox import every, job

keeps_before_purge(ledger.enter)


@job(READ_JOB, retries=3, lease_seconds=3600, atomic=False)
def read_file(intake: str) -> None:
    """Read one file that was taken in."""
    read(by=SYSTEM, intake_id=uuid.UUID(intake))


@every(5 * 60)
def enter_what_is_new() -> None:
    """Bring the ledger up to what the archive holds."""
    ledger.enter_all()


@every(24 * 60 * 60)
def tell_of_orders_that_end() -> None:
    """Tell the librarians of each review whose order has ended, once."""
    withdrawing.tell_of_ended_orders()
