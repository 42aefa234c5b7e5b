"""What the worker does for the chronology: it writes files, and drops them a day later."""

import uuid

from django.http import QueryDict

from candour.cases.access import access_by_id
from candour.chronology.forms.entries import asked_filters
from candour.chronology.models import ExportAsked
from candour.chronology.services.exporting import (
    EXPORT_JOB,
    forget_exports,
    write_export,
)
from candour.platform.acting import present_actor
from candour.platform.outbox import every, job


@job(EXPORT_JOB, retries=3, lease_seconds=900, atomic=False)
def export(case: str, asked: str) -> None:
    """Write one file that somebody asked for; one that was dropped meanwhile is left."""
    actor = present_actor()
    assert actor is not None  # noqa: S101 - the worker always acts for the requester
    access = access_by_id(actor, uuid.UUID(case))
    wanted = ExportAsked.objects.filter(pk=asked, case=access.case).first()
    if wanted is not None:
        filters = asked_filters(access, QueryDict(wanted.query))
        write_export(access=access, asked=wanted, filters=filters)


@every(60 * 60)
def drop_old_exports() -> None:
    """Drop files that nobody should still need."""
    forget_exports()
