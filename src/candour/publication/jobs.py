"""What the worker does for publication; each job may be repeated after any fault."""

import uuid

from candour.cases.access import Access, access_by_id
from candour.platform.acting import present_actor
from candour.platform.outbox import job
from candour.publication.services.publish import DEPOSIT_JOB, take_to_archive
from candour.publication.services.withdraw import WITHDRAW_JOB, take_from_archive


@job(DEPOSIT_JOB, retries=20, lease_seconds=120, atomic=False)
def deposit(case: str, edition: str) -> None:
    """Take one edition into the archive."""
    take_to_archive(access=_access(case), edition_id=uuid.UUID(edition))


@job(WITHDRAW_JOB, retries=20, lease_seconds=120, atomic=False)
def withdraw(case: str) -> None:
    """Finish a withdrawal that was interrupted; nothing to do where it was not."""
    take_from_archive(access=_access(case))


def _access(case: str) -> Access:
    actor = present_actor()
    assert actor is not None  # noqa: S101 - the worker always acts for the requester
    return access_by_id(actor, uuid.UUID(case))
