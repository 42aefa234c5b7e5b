"""The register of differing accounts and of contacts that one agency records: each decided."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.models import DifferingAccount, DifferingEntry, Event, OneSidedContact
from candour.chronology.selectors.matching import signature_of
from candour.chronology.services.deciding import decide, locked_proposal
from candour.contributions.models import Entry
from candour.kernel.errors import Hidden, Invalid, WrongState

State = DifferingAccount.State
Disposition = DifferingAccount.Disposition


@transaction.atomic
def settle_difference(
    *,
    access: Access,
    difference: DifferingAccount,
    seen_version: int,
    disposition: str,
    relied_on: Entry | None,
    why: str,
) -> DifferingAccount:
    """Enter a difference in the register with its disposition, or change the one it has.

    Invalid without a reason, and where the account relied on is missing or not among the accounts.
    """
    access.may_write(Kind.CHRONOLOGY).require()
    locked = locked_proposal(access, DifferingAccount, difference, seen_version)
    chosen = Disposition(disposition)
    if not why.strip():
        raise Invalid("reason_missing", "Say why.", "why")
    if chosen is not Disposition.RELIED_ON:
        relied_on = None
    elif relied_on is None or not locked.rows.filter(entry=relied_on).exists():
        raise Invalid("account_missing", "Choose the account that is relied on.", "relied_on")
    locked.disposition, locked.relied_on = chosen, relied_on
    return decide(access, locked, State.CONFIRMED, why.strip(), "chronology.difference_settled")


@transaction.atomic
def decline_difference(
    *, access: Access, difference: DifferingAccount, seen_version: int, why: str
) -> DifferingAccount:
    """Say that the accounts do not differ in this; it is remembered and not asked again."""
    access.may_write(Kind.CHRONOLOGY).require()
    if not why.strip():
        raise Invalid("reason_missing", "Say why the accounts do not differ in this.", "why")
    locked = locked_proposal(access, DifferingAccount, difference, seen_version)
    if locked.state == State.DECLINED:
        raise WrongState("already_decided", "Somebody has declined this already.")
    locked.disposition, locked.relied_on = "", None
    return decide(access, locked, State.DECLINED, why.strip(), "chronology.difference_declined")


@transaction.atomic
def add_difference(
    *, access: Access, event: Event, type_: str, words: str, entries: Sequence[Entry]
) -> DifferingAccount:
    """Put down a difference that a reviewer sees in an event's accounts; it waits for its
    disposition like any other.

    Invalid where fewer than two entries of the event are named or nothing is said of it.
    """
    access.may_write(Kind.CHRONOLOGY).require()
    if event.case_id != access.case.pk:
        raise Hidden
    _require_words_and_accounts(event, words, entries)
    signature = signature_of(entries)
    standing = DifferingAccount.objects.filter(event=event, type=type_, signature=signature)
    if standing.exists():
        raise WrongState("stands_already", "A difference of this kind stands between them already.")
    made = DifferingAccount.objects.create(
        case=access.case, event=event, type=type_, signature=signature, reasons=[words.strip()]
    )
    DifferingEntry.objects.bulk_create(
        DifferingEntry(case=access.case, difference=made, entry=entry) for entry in entries
    )
    record(
        "chronology.difference_added",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(made.pk),
        event=str(event.pk),
    )
    return made


def _require_words_and_accounts(event: Event, words: str, entries: Sequence[Entry]) -> None:
    if not words.strip():
        raise Invalid("words_missing", "Say in what the accounts differ.", "words")
    among = event.groupings.filter(ended_at__isnull=True).values_list("entry_id", flat=True)
    if len(entries) < 2 or not {entry.pk for entry in entries} <= set(among):
        raise Invalid("too_few", "Choose two accounts of this event or more.", "entry")


@transaction.atomic
def confirm_one_sided(
    *, access: Access, contact: OneSidedContact, seen_version: int, why: str
) -> OneSidedContact:
    """Confirm that a contact is recorded by one agency only, with what was found out about it."""
    access.may_write(Kind.CHRONOLOGY).require()
    locked = locked_proposal(access, OneSidedContact, contact, seen_version)
    if not locked.entry.in_force:
        raise WrongState("entry_gone", "The row was replaced by a later file of the agency.")
    return decide(access, locked, State.CONFIRMED, why.strip(), "chronology.one_sided_confirmed")


@transaction.atomic
def decline_one_sided(
    *, access: Access, contact: OneSidedContact, seen_version: int, why: str
) -> OneSidedContact:
    """Say that the other agency does record it, or that there was no such contact."""
    access.may_write(Kind.CHRONOLOGY).require()
    if not why.strip():
        raise Invalid("reason_missing", "Say where the other agency records it, or why not.", "why")
    locked = locked_proposal(access, OneSidedContact, contact, seen_version)
    if locked.state == State.DECLINED:
        raise WrongState("already_decided", "Somebody has declined this already.")
    return decide(access, locked, State.DECLINED, why.strip(), "chronology.one_sided_declined")
