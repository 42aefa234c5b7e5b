"""What the worker carries between a case and a desk; each may be repeated after any fault."""

import uuid

from candour.oversight.models import DeskLetter
from candour.oversight.services.advising import DELIVER_JOB, deliver
from candour.oversight.services.receiving import receive_pack
from candour.oversight.services.sending import RECEIVE_JOB
from candour.platform.outbox import job


@job(RECEIVE_JOB, retries=20)
def receive(pack: str) -> None:
    """Put a pack on the desk it was sent to."""
    receive_pack(uuid.UUID(pack))


@job(DELIVER_JOB, retries=20)
def deliver_letter(letter: str) -> None:
    """Put a desk's letter with the case it is about."""
    deliver(DeskLetter.objects.select_related("notified", "desk").get(pk=letter))
