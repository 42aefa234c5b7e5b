"""The keeper's ledger: what the archive held, whatever became of its public record."""

from functools import partial
from typing import Any

from django.db import transaction

from candour.archive.models import ReviewRecord, Status
from candour.audit.services import record
from candour.kernel.actor import SYSTEM, Actor
from candour.kernel.errors import Invalid, WrongState
from candour.library.models import Intake, LedgerEntry, Withdrawal
from candour.library.policies import may_keep
from candour.library.services.take_in import forget_original

STRUCK_OUT = "struck_out_under"
_MOST_AT_ONCE = 500


@transaction.atomic
def enter(review: ReviewRecord) -> LedgerEntry:
    """Enter a review as it stands, or add to its entry that and how it was withdrawn.

    What the entry holds is never overwritten by a record that a purge has emptied, and what a
    court struck out never comes back.
    """
    entry, is_new = LedgerEntry.objects.get_or_create(record_id=review.pk)
    if STRUCK_OUT in entry.ordered:
        return entry
    if review.title:
        entry.facts = _facts(review)
    if review.status == Status.WITHDRAWN:
        entry.ordered = _ordered(review)
    entry.save()
    if is_new:
        record("library.ledger_entered", by=SYSTEM, subject=review.pk)
    return entry


def enter_all() -> int:
    """Enter every held review that the ledger lacks; how many."""
    known = set(LedgerEntry.objects.values_list("record_id", flat=True))
    held = ReviewRecord.objects.filter(versions__isnull=False).distinct()
    missing = [review for review in held.iterator() if review.pk not in known][:_MOST_AT_ONCE]
    for review in missing:
        enter(review)
    return len(missing)


@transaction.atomic
def strike_out(*, by: Actor, record_id: str, order: str) -> LedgerEntry:
    """Empty an entry because a court orders that not even the keeper may hold it.

    The file as it came to the desk goes with it, and what was written of it there. Invalid without
    the order's reference: nothing else empties the ledger. WrongState while the review still
    stands in the archive: it is withdrawn first.
    """
    may_keep(by).require()
    if not order.strip():
        raise Invalid("order_missing", "Give the court’s name and the order’s number.", "order")
    if ReviewRecord.objects.filter(pk=record_id).exclude(status=Status.WITHDRAWN).exists():
        raise WrongState(
            "still_held", "The review still stands in the archive. Withdraw it under the order."
        )
    entry = LedgerEntry.objects.select_for_update().get(record_id=record_id)
    entry.facts, entry.ordered = {}, {STRUCK_OUT: order.strip()}
    entry.save()
    _forget_files(record_id)
    Withdrawal.objects.filter(record_id=record_id).update(public_text="")
    record("library.ledger_struck_out", by=by, subject=record_id)
    return entry


def _forget_files(record_id: str) -> None:
    for intake in Intake.objects.select_for_update().filter(archive_record_id=record_id):
        transaction.on_commit(partial(forget_original, intake.sha256))
        intake.name, intake.facts, intake.same_as, intake.stopped = "struck out", {}, "", []
        # Even a hash would prove what a copy is; the place is held by what says nothing.
        intake.sha256, intake.text_sha256 = f"struck out {intake.pk.hex}", ""
        intake.save()


def _facts(review: ReviewRecord) -> dict[str, Any]:
    texts = review.versions.order_by("number").prefetch_related("files")
    return {
        "title": review.title,
        "label": review.label,
        "year": review.year_text,
        "published": review.published_text,
        "publishers": [body.name for body in review.publishers.all()],
        "texts": [
            {
                "number": text.number,
                "deposited": text.deposited_at.isoformat(),
                "sha256": text.body_sha256,
                "files": {file.kind: file.sha256 for file in text.files.all()},
            }
            for text in texts
        ],
    }


def _ordered(review: ReviewRecord) -> dict[str, Any]:
    tombstone = review.tombstone
    return {
        "withdrawn": tombstone.withdrawn_at.isoformat(),
        "reason": tombstone.reason_class,
        "tombstone": tombstone.kind,
    }
