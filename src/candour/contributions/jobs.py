"""What the worker does for contributions."""

from candour.contributions.models import Submission
from candour.contributions.services.receiving import read_if_scanned
from candour.kernel.errors import WrongState
from candour.platform.outbox import job


@job("contributions.read", retries=200, atomic=False)
def read(submission: str) -> None:
    """Read a file that its page could not read: the scanner was down, or the server was killed.

    Safe to repeat: a file that has been read is left alone. WrongState while it still waits for
    the scanner, so that the worker comes back to it.
    """
    waiting = Submission.objects.filter(pk=submission, state=Submission.State.READING).first()
    if waiting is None:
        return
    if read_if_scanned(waiting).state == Submission.State.READING:
        raise WrongState("waiting_for_scanner", "The file still waits for the virus scanner.")
