"""Keeping the reviewers' work when an agency sends its file again."""

from __future__ import annotations

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.models import (
    DifferingAccount,
    DifferingEntry,
    EntryComment,
    Grouping,
    OneSidedContact,
    SameEventEntry,
    Tagging,
)
from candour.chronology.selectors.resubmission import Pair, changes, file_after
from candour.contributions.models import Entry, Submission
from candour.kernel import clock
from candour.kernel.errors import Hidden


@transaction.atomic
def carry_over(*, access: Access, submission: Submission) -> int:
    """Put what hangs on the rows of a replaced file beside the rows that took their place.

    Answers with how many rows were carried. Groupings, comments, tags, dispositions and decisions
    go with rows whose words are the same, and with changed rows too: what was said stays, and the
    page shows the change. Rows that went keep theirs on record. Safe to repeat; without a later
    file there is nothing to carry.
    """
    access.may_write(Kind.CHRONOLOGY).require()
    locked = Submission.objects.select_for_update().filter(pk=submission.pk, case=access.case)
    before = locked.first()
    if before is None:
        raise Hidden
    after = file_after(before)
    if after is None:
        return 0
    carried = sum(_carry(access, pair) for pair in changes(before, after))
    record(
        "chronology.carried_over",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(before.pk),
        rows=carried,
    )
    return carried


def _carry(access: Access, pair: Pair) -> bool:
    if pair.before is None or pair.after is None:
        return False
    return any([_regroup(access, pair.before, pair.after), _move(pair.before, pair.after)])


def _regroup(access: Access, before: Entry, after: Entry) -> bool:
    """The event keeps that the earlier row stood in it; the later row stands there now."""
    open_grouping = Grouping.objects.filter(entry=before, ended_at__isnull=True).first()
    if open_grouping is None:
        return False
    open_grouping.ended_at = clock.now()
    open_grouping.save(update_fields=["ended_at"])
    if not Grouping.objects.filter(entry=after, ended_at__isnull=True).exists():
        Grouping.objects.create(
            case=access.case, event=open_grouping.event, entry=after, by_id=access.actor.id
        )
    return True


def _move(before: Entry, after: Entry) -> bool:
    moved = EntryComment.objects.filter(entry=before).update(entry=after)
    standing = Tagging.objects.filter(entry=after, ended_at__isnull=True).values("tag")
    tagged = Tagging.objects.filter(entry=before, ended_at__isnull=True)
    moved += tagged.exclude(tag__in=standing).update(entry=after)
    for model, of in ((SameEventEntry, "proposal"), (DifferingEntry, "difference")):
        there = model._default_manager.filter(entry=after).values(of)
        rows = model._default_manager.filter(entry=before).exclude(**{f"{of}__in": there})
        moved += rows.update(entry=after)
    moved += DifferingAccount.objects.filter(relied_on=before).update(relied_on=after)
    moved += OneSidedContact.objects.filter(entry=before).update(entry=after)
    return bool(moved)
