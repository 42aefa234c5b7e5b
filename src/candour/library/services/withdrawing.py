"""Taking a review out of the archive: asked for by one librarian, carried out by another."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from candour.archive.models import ReasonClass, ReviewRecord, Status, TombstoneKind
from candour.audit.services import record
from candour.kernel import clock
from candour.kernel.actor import SYSTEM, Actor
from candour.kernel.errors import Invalid, WrongState
from candour.library.models import Withdrawal
from candour.library.policies import may_carry_out, may_keep
from candour.library.selectors import ending
from candour.library.services import ledger
from candour.people.roles import Role
from candour.people.selectors import holders_of
from candour.platform.mail import notifications_of, notify
from candour.publication.services.withdraw import Withdrawal as AsOrdered
from candour.publication.services.withdraw import withdraw_as_keeper

SEEN_BEFOREHAND = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Order:
    """Why a review goes, what may be said in its place, and who ordered or asked for it."""

    reason_class: ReasonClass
    tombstone: TombstoneKind
    ordered_by: str
    public_text: str = ""


@transaction.atomic
def ask_to_withdraw(*, by: Actor, review: ReviewRecord, order: Order) -> Withdrawal:
    """Ask that a review is withdrawn; under a court's order, or where a child may be recognised,
    do it at once.

    Invalid without the order's or the request's reference, and before the last day of an order
    that lets it stand until then; WrongState where somebody has asked already.
    """
    may_keep(by).require()
    _require_whole(review, order)
    asked = Withdrawal.objects.filter(record_id=review.pk, outcome=Withdrawal.Outcome.OPEN)
    if asked.exists():
        raise WrongState("asked_already", "Somebody has asked for this. Carry that out or refuse.")
    made = Withdrawal.objects.create(
        record_id=review.pk,
        reason_class=order.reason_class.value,
        tombstone=order.tombstone.value,
        ordered_by=order.ordered_by.strip(),
        public_text=order.public_text.strip(),
        asked_by_id=by.id,
    )
    record(
        "library.withdrawal_asked",
        by=by,
        subject=review.pk,
        reason_class=made.reason_class,
        tombstone=made.tombstone,
    )
    return carry_out(by=by, withdrawal=made) if made.reason_class in Withdrawal.URGENT else made


@transaction.atomic
def carry_out(*, by: Actor, withdrawal: Withdrawal) -> Withdrawal:
    """Withdraw the review as it was asked; from this moment nothing of it is served.

    The ledger keeps what it was. WrongState where the same person asked, where it is settled, and
    under a legal hold of the case that published it.
    """
    locked = Withdrawal.objects.select_for_update().get(pk=withdrawal.pk)
    may_carry_out(by, locked).require(WrongState)
    review = ReviewRecord.objects.get(pk=locked.record_id)
    ledger.enter(review)
    withdraw_as_keeper(
        by=by,
        record_id=locked.record_id,
        withdrawal=AsOrdered(
            reason_class=ReasonClass(locked.reason_class),
            tombstone=TombstoneKind(locked.tombstone),
            reason=locked.ordered_by,
            public_text=locked.public_text,
        ),
        urgent=locked.reason_class in Withdrawal.URGENT,
    )
    ledger.enter(ReviewRecord.objects.get(pk=locked.record_id))
    return _settle(by, locked, Withdrawal.Outcome.CARRIED_OUT)


@transaction.atomic
def refuse(*, by: Actor, withdrawal: Withdrawal, why: str) -> Withdrawal:
    """Leave the review where it stands, with the reason; whoever asked may take it back so too."""
    may_keep(by).require()
    locked = Withdrawal.objects.select_for_update().get(pk=withdrawal.pk)
    if locked.outcome != Withdrawal.Outcome.OPEN:
        raise WrongState("settled", "This has been carried out or refused already.")
    if not why.strip():
        raise Invalid("reasons_missing", "Say why it stays.", "reason")
    locked.refused_why = why.strip()[:300]
    return _settle(by, locked, Withdrawal.Outcome.REFUSED)


def tell_of_ended_orders() -> int:
    """Tell every librarian of each review whose last day has passed, once; how many were told."""
    path, told = reverse("library:keeping"), 0
    for review in ending(SYSTEM, before=clock.today()):
        for librarian in holders_of(Role.LIBRARIAN):
            known = notifications_of(librarian.pk).filter(subject_reference=review.pk, path=path)
            if not known.exists():
                notify(librarian, review.pk, path, by=SYSTEM)
                told += 1
    return told


def _settle(by: Actor, locked: Withdrawal, outcome: Withdrawal.Outcome) -> Withdrawal:
    locked.outcome = outcome
    locked.settled_by_id, locked.settled_at = by.id, clock.now()
    locked.save()
    record("library.withdrawal_settled", by=by, subject=locked.record_id, outcome=outcome.value)
    return locked


def _require_whole(review: ReviewRecord, order: Order) -> None:
    # A later order may let less be said, so the urgent classes stay open after a withdrawal.
    if review.status == Status.WITHDRAWN and order.reason_class not in Withdrawal.URGENT:
        raise WrongState("withdrawn", "This review has been withdrawn already.")
    if not order.ordered_by.strip():
        raise Invalid(
            "order_missing", "Name the order or the request: whose, of which day.", "ordered_by"
        )
    ends = order.reason_class == ReasonClass.RETENTION_END
    if ends and (review.kept_until is None or review.kept_until >= clock.today()):
        raise Invalid(
            "not_yet_ended",
            "No order lets it stand only until a day that has passed. Enter that day under “Who "
            "may find it, and how long it may stand” first.",
            "reason_class",
        )
