"""How a case's entries were last compared, and whether they are still those."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.models import ComparisonAsked
from candour.chronology.selectors.facts import groups_of
from candour.chronology.selectors.kept import mark_of_entries
from candour.contributions.models import Entry, Submission
from candour.kernel.errors import Hidden
from candour.platform.health import worker_runs
from candour.platform.models import Job

State = ComparisonAsked.State


@dataclass(frozen=True)
class Standing:
    """The comparison that waits, the last that was made, and what has changed since it was."""

    waiting: ComparisonAsked | None
    failed: ComparisonAsked | None
    made: ComparisonAsked | None
    entries_changed: bool
    events_changed: bool
    worker_runs: bool


def standing(access: Access) -> Standing:
    """How the entries were last compared; Hidden but for those who may decide on proposals."""
    if not access.may_read(Kind.CHRONOLOGY) or not access.may_write(Kind.CHRONOLOGY):
        raise Hidden
    rows = ComparisonAsked.objects.filter(case=access.case)
    made = rows.filter(state=State.MADE).order_by("-made_at").first()
    last = rows.order_by("-recorded_at", "pk").first()
    open_one = last if last is not None and last.state == State.WAITING else None
    broken = open_one is not None and given_up(open_one)
    failed = last if last is not None and (broken or last.state == State.FAILED) else None
    return Standing(
        waiting=None if broken else open_one,
        failed=failed,
        made=made,
        entries_changed=made is not None and made.entries_mark != entries_mark(access),
        events_changed=made is not None and made.events_mark != events_mark(access),
        worker_runs=worker_runs(),
    )


def job_key(compared: ComparisonAsked) -> str:
    """The key under which the worker is asked for a comparison."""
    return f"compare:{compared.pk}"


def given_up(compared: ComparisonAsked) -> bool:
    """Whether the worker has tried a comparison for the last time."""
    return Job.objects.filter(unique_key=job_key(compared), failed_at__isnull=False).exists()


def entries_mark(access: Access) -> str:
    """What changes whenever an entry comes into or out of force or is given another day."""
    return _mark(mark_of_entries(access))


def events_mark(access: Access) -> str:
    """What changes whenever entries are grouped or taken out of an event."""
    found = groups_of(access)
    return _mark(sorted((str(event), sorted(map(str, rows))) for event, rows in found.items()))


def _mark(what: object) -> str:
    return hashlib.sha256(repr(what).encode()).hexdigest()


def entries_in_force(access: Access) -> int:
    """How many entries there are to compare."""
    return Entry.objects.filter(case=access.case, in_force=True).count()


def last_signed_off_at(access: Access) -> datetime | None:
    """When the latest of the files in force was signed off."""
    sent = Submission.objects.filter(case=access.case, state=Submission.State.SIGNED_OFF)
    found: datetime | None = sent.aggregate(last=Max("signed_off_at"))["last"]
    return found
