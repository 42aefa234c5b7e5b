"""What the worker does for the chronology: it compares entries, carries the reviewers' work over to
files sent again, writes files, and drops them a day later."""

import uuid

from django.http import QueryDict

from candour.cases.access import access_by_id
from candour.chronology.forms.entries import asked_filters
from candour.chronology.models import ComparisonAsked, ExportAsked
from candour.chronology.presenters.places import room_address
from candour.chronology.services.comparing import COMPARE_JOB, make_comparison
from candour.chronology.services.exporting import (
    EXPORT_JOB,
    forget_exports,
    write_export,
)
from candour.chronology.services.resubmission import carry_unchanged
from candour.contributions.models import Submission
from candour.contributions.services.signing_off import REPLACED_JOB
from candour.platform.acting import present_actor
from candour.platform.outbox import every, job


@job(COMPARE_JOB, retries=3, lease_seconds=900, atomic=False)
def compare(case: str, compared: str) -> None:
    """Compare the entries of a case as somebody asked; one that is made is left."""
    actor = present_actor()
    assert actor is not None  # noqa: S101 - the worker always acts for the requester
    access = access_by_id(actor, uuid.UUID(case))
    asked = ComparisonAsked.objects.filter(pk=compared, case=access.case).first()
    if asked is not None:
        make_comparison(access=access, asked=asked, path=room_address("same_events", access))


@job(REPLACED_JOB, retries=5, lease_seconds=900)
def carry(submission: str) -> None:
    """Put the reviewers' work on unchanged rows of a replaced file beside those of the later."""
    carry_unchanged(Submission.objects.get(pk=submission))


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
