"""Withdrawing what was published: done when the archive's own row says so, and not before."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import transaction

from candour.archive import deposits
from candour.archive.models import ReasonClass, TombstoneKind
from candour.audit.services import record
from candour.cases.access import Access, access_by_id
from candour.cases.legal_hold import may_dispose
from candour.cases.permissions import Act
from candour.duties.states import may_move, move
from candour.engines.anonymise.names_in_text import Names
from candour.kernel import clock
from candour.kernel.actor import SYSTEM, Actor
from candour.kernel.errors import Invalid, WrongState
from candour.platform.acting import acting
from candour.platform.outbox import enqueue
from candour.publication.models import Publication
from candour.reports.real_names import publishing_register

WITHDRAW_JOB = "publication.withdraw"


@dataclass(frozen=True)
class Withdrawal:
    """Why, and what may be said in its place; `public_text` is shown with a full tombstone only."""

    reason_class: ReasonClass
    tombstone: TombstoneKind
    reason: str
    public_text: str = ""
    panel_told_on: date | None = None


@transaction.atomic
def withdraw(*, access: Access, publication: Publication, withdrawal: Withdrawal) -> Publication:
    """Withdraw a published report from the archive.

    The wish is committed first, with a job that carries it out whatever happens; then, still
    before the person is answered, the archive's row is turned and the report marked withdrawn.
    WrongState unless it is published or already withdrawn (a later order may narrow the tombstone);
    Invalid where the words for the public hold a name from the register.
    """
    access.may(Act.WITHDRAW).require()
    _refuse_incomplete(withdrawal)
    _refuse_names(access, withdrawal.public_text)
    locked = Publication.objects.select_for_update().get(pk=publication.pk, case=access.case)
    if not locked.archive_record_id or locked.state == Publication.State.PUBLISHING:
        raise WrongState("not_published", "This report is not published, so nothing is withdrawn.")
    locked.state = Publication.State.WITHDRAWING
    locked.withdrawal_reason_class = withdrawal.reason_class.value
    locked.withdrawal_tombstone = withdrawal.tombstone.value
    locked.withdrawal_text = withdrawal.public_text.strip()
    locked.withdrawal_reason = withdrawal.reason.strip()
    locked.panel_told_of_withdrawal_on = withdrawal.panel_told_on
    locked.version += 1
    locked.save()
    record(
        "publication.withdrawal_asked",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(locked.pk),
        reason_class=withdrawal.reason_class.value,
        tombstone=withdrawal.tombstone.value,
    )
    _carry_out(access, locked)
    return locked


def withdraw_as_keeper(*, by: Actor, record_id: str, withdrawal: Withdrawal, urgent: bool) -> None:
    """Withdraw a review at the archive's own desk, whether or not it came from a case here.

    A report of a case is marked withdrawn with it, and its case's record of events says by whom.
    WrongState while a legal hold forbids disposal, unless a child's safety or a court demands it
    at once (`urgent`): what is then withdrawn from the public stays sealed in the case.
    """
    with acting(SYSTEM), transaction.atomic():
        found = Publication.objects.select_for_update().filter(archive_record_id=record_id).first()
        if found and not urgent:
            _refuse_held(found)
        if found and found.state == Publication.State.PUBLISHING:
            raise WrongState("being_published", "It is being published. Try again in a minute.")
        deposits.withdraw(
            record_id,
            tombstone=withdrawal.tombstone,
            reason_class=withdrawal.reason_class,
            public_text=withdrawal.public_text.strip(),
        )
        if found:
            _mark(found, withdrawal)
            record(
                "publication.withdrawn_by_keeper",
                by=by,
                case_id=found.case_id,
                subject=str(found.pk),
                reason_class=withdrawal.reason_class.value,
            )


def _refuse_held(publication: Publication) -> None:
    if not may_dispose(publication.case):
        raise WrongState(
            "legal_hold",
            "A legal hold forbids this. Ask the partnership that published the review; it knows "
            "who asked for the hold and whether it can be lifted.",
        )


def _mark(publication: Publication, withdrawal: Withdrawal) -> None:
    publication.state = Publication.State.WITHDRAWN
    publication.withdrawal_reason_class = withdrawal.reason_class.value
    publication.withdrawal_tombstone = withdrawal.tombstone.value
    publication.withdrawal_text = withdrawal.public_text.strip()
    publication.withdrawal_reason = withdrawal.reason.strip()
    publication.withdrawn_at = clock.now()
    publication.version += 1
    publication.save()


def _refuse_incomplete(withdrawal: Withdrawal) -> None:
    if withdrawal.panel_told_on and withdrawal.panel_told_on > clock.today():
        raise Invalid("day_ahead", "This day cannot lie ahead.", "panel_told_on")
    if not withdrawal.reason.strip():
        raise Invalid("reasons_missing", "Say why it is withdrawn.", "reason")


def _carry_out(access: Access, locked: Publication) -> None:
    enqueue(
        WITHDRAW_JOB,
        by=access.actor,
        case_id=access.case.pk,
        unique_key=f"withdraw:{locked.pk}:{locked.version}",
        case=str(access.case.pk),
    )
    transaction.on_commit(partial(_at_once, access), robust=True)


def _refuse_names(access: Access, public_text: str) -> None:
    if any(Names(publishing_register(access.case)).found_in(public_text)):
        raise Invalid(
            "text_names",
            "The words for the public hold a name from the register. Say it without.",
            "public_text",
        )


def _at_once(access: Access) -> None:
    with acting(access.actor):
        take_from_archive(access=access_by_id(access.actor, access.case.pk))


def take_from_archive(*, access: Access) -> Publication:
    """Turn the archive's row, then mark the report withdrawn. Safe to repeat after any fault."""
    publication = Publication.objects.get(case=access.case)
    if publication.state != Publication.State.WITHDRAWING:
        return publication
    deposits.withdraw(
        publication.archive_record_id,
        tombstone=TombstoneKind(publication.withdrawal_tombstone),
        reason_class=ReasonClass(publication.withdrawal_reason_class),
        public_text=publication.withdrawal_text,
    )
    return _withdrawn(access, publication)


@transaction.atomic
def _withdrawn(access: Access, publication: Publication) -> Publication:
    locked = Publication.objects.select_for_update().get(pk=publication.pk)
    if locked.state != Publication.State.WITHDRAWING:
        return locked
    locked.state = Publication.State.WITHDRAWN
    locked.withdrawn_at = clock.now()
    locked.version += 1
    locked.save()
    record("publication.withdrawn", by=access.actor, case_id=access.case.pk, subject=str(locked.pk))
    _move_on(access, locked)
    return locked


def _move_on(access: Access, publication: Publication) -> None:
    """The case follows at once where the panel has been told; else the page of the step asks."""
    facts = {
        "written_reason": "yes",
        "tombstone": publication.withdrawal_tombstone,
        "panel_told": publication.panel_told_of_withdrawal_on,
    }
    if may_move(access, "WITHDRAWN", facts):
        move(access=access, target="WITHDRAWN", facts=facts, reasons=publication.withdrawal_reason)
