"""Keeping the reviewers' work when an agency sends its file again."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.chronology.carrying import hanging_on_entries
from candour.chronology.models import Grouping
from candour.chronology.selectors.resubmission import (
    Pair,
    changes,
    file_after,
    same_rows,
    worked_on,
)
from candour.contributions.models import Entry, Submission
from candour.kernel import clock
from candour.kernel.actor import SYSTEM
from candour.kernel.errors import Hidden


@transaction.atomic
def carry_unchanged(submission: Submission) -> int:
    """Put what hangs on rows of replaced files beside those rows of `submission`, the later file,
    whose words, headings and date as written are the same.

    Candour does so by itself; it decides nothing, for the row says what it said. Changed rows wait
    for a person (`carry_over`). Answers with how many rows were carried; safe to repeat.
    """
    earlier = Submission.objects.select_for_update().filter(
        request=submission.request_id,
        number__lt=submission.number,
        signed_off_at__isnull=False,
    )
    return sum(_carry_same(before) for before in earlier.order_by("number"))


def carry_all_unchanged(case: Case) -> int:
    """The same for every file of a case that has been replaced, should the worker not have run."""
    replaced = Submission.objects.filter(case=case, state=Submission.State.REPLACED)
    signed = replaced.filter(signed_off_at__isnull=False).order_by("request", "number")
    return sum(_carry_same(before) for before in signed)


def _carry_same(before: Submission) -> int:
    after, held = file_after(before), worked_on(before)
    if after is None or not held:
        return 0
    carried = _carry_all(pair for pair in same_rows(before, after) if _held(pair, held))
    if carried:
        record(
            "chronology.unchanged_carried",
            by=SYSTEM,
            case_id=before.case_id,
            subject=str(before.pk),
            rows=carried,
        )
    return carried


@transaction.atomic
def carry_over(*, access: Access, submission: Submission, rows: Iterable[UUID]) -> int:
    """Put what hangs on chosen rows of a replaced file beside the rows that took their place.

    `rows` are earlier rows that were changed: a person has read both wordings. Groupings, comments,
    tags, dispositions and decisions go along. Rows that were not chosen keep theirs on record.
    Answers with how many were carried; safe to repeat; without a later file there is nothing to
    carry.
    """
    access.may_write(Kind.CHRONOLOGY).require()
    locked = Submission.objects.select_for_update().filter(pk=submission.pk, case=access.case)
    before = locked.first()
    if before is None:
        raise Hidden
    after = file_after(before)
    if after is None:
        return 0
    chosen = set(rows) & worked_on(before)
    carried = _carry_all(pair for pair in changes(before, after) if _held(pair, chosen))
    record(
        "chronology.carried_over",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(before.pk),
        rows=carried,
    )
    return carried


def _held(pair: Pair, rows: set[UUID]) -> bool:
    return pair.before is not None and pair.before.pk in rows


def _carry_all(pairs: Iterable[Pair]) -> int:
    return sum(_carry(pair.before, pair.after) for pair in pairs if pair.before and pair.after)


def _carry(before: Entry, after: Entry) -> bool:
    moved = [hanging.move(before, after) for hanging in hanging_on_entries()]
    return any([_regroup(before, after), *moved])


def _regroup(before: Entry, after: Entry) -> bool:
    """The event keeps that the earlier row stood in it; the later row stands there now, put there
    by whoever found it of the earlier."""
    open_grouping = Grouping.objects.filter(entry=before, ended_at__isnull=True).first()
    if open_grouping is None:
        return False
    open_grouping.ended_at = clock.now()
    open_grouping.save(update_fields=["ended_at"])
    if not Grouping.objects.filter(entry=after, ended_at__isnull=True).exists():
        Grouping.objects.create(
            case_id=before.case_id,
            event_id=open_grouping.event_id,
            entry=after,
            by_id=open_grouping.by_id,
        )
    return True
