"""The check runs in the worker: it builds and searches files for some seconds."""

import uuid

from candour.cases.access import access_by_id
from candour.disclosure import services
from candour.disclosure.models import Check
from candour.platform.acting import present_actor
from candour.platform.outbox import job


@job(services.CHECK_JOB, retries=3, lease_seconds=900, atomic=False)
def check(case: str, check: str) -> None:
    """Do one check that somebody asked for."""
    actor = present_actor()
    assert actor is not None  # noqa: S101 - the worker always acts for the requester
    access = access_by_id(actor, uuid.UUID(case))
    services.run_check(access=access, check=Check.objects.get(pk=check))
