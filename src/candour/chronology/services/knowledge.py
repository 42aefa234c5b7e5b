"""What agencies' records show them to have held: proposed by Candour, confirmed by a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.cases.versions import locked_for_edit
from candour.chronology.models import Availability, HeldStatement
from candour.chronology.selectors import chronology
from candour.chronology.selectors.facts import (
    FactOf,
    accounts_in,
    directory_of,
    groups_of,
)
from candour.contributions.models import Entry
from candour.engines.knowledge import Fact, Held, How, Status, facts_of
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, WrongState
from candour.people.models import Agency

State = HeldStatement.State


@dataclass(frozen=True)
class HeldDetails:
    """What a person says of an agency and a fact."""

    status: HeldStatement.Status
    how: HeldStatement.How
    earliest: date | None
    latest: date | None
    role: str = ""
    from_agency: Agency | None = None
    from_other: str = ""


@transaction.atomic
def propose_held(*, access: Access) -> int:
    """Read all entries in force for what they show of telling; answer with how many are new.

    An agency's own row is its own record and needs no proposal; proposed is what its words, or
    another agency's, say of hearing and telling. What a person has decided is never proposed again.
    """
    access.may_write(Kind.CHRONOLOGY).require()
    # One at a time for a case, so that two people asking at once get each proposal once.
    Case.objects.select_for_update().get(pk=access.case.pk)
    standing = {_identity(one) for one in HeldStatement.objects.filter(case=access.case)}
    fresh = [one for one in _proposals(access) if _identity(one) not in standing]
    HeldStatement.objects.bulk_create(fresh, batch_size=500)
    record(
        "chronology.held_proposed",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(access.case.pk),
        proposed=len(fresh),
    )
    return len(fresh)


def _identity(one: HeldStatement) -> tuple[object, ...]:
    return tuple(str(key) for key in (one.event_id, one.entry_id, one.agency_id, one.evidence_id))


def _proposals(access: Access) -> Iterator[HeldStatement]:
    whole = chronology(access)
    places = [*(one.place for one in whole.dated), *whole.undated]
    accounts = list(accounts_in(access, places))
    groups = groups_of(access)
    by_rows: dict[frozenset[object], UUID] = {
        frozenset(entries): event for event, entries in groups.items()
    }
    facts = facts_of(accounts, list(groups.values()), directory_of(access, accounts))
    for fact in facts:
        rows = frozenset(account.ref for account in fact.accounts)
        for held in fact.held:
            if not _is_its_own_record(fact, held):
                yield _proposal(access, by_rows.get(rows), fact, held)


def _is_its_own_record(fact: Fact, held: Held) -> bool:
    if held.status is Status.NO_RECORD:
        return True
    own = any(account.ref == held.evidence for account in fact.accounts)
    plain = held.how is How.SAW and held.basis == "entry date"
    return own and plain and held.status is Status.RECORDED


def _proposal(access: Access, event_id: UUID | None, fact: Fact, held: Held) -> HeldStatement:
    return HeldStatement(
        case=access.case,
        event_id=event_id,
        entry_id=None if event_id else _entry(fact.accounts[0].ref),
        agency_id=held.agency,
        status=held.status.value,
        earliest=held.earliest,
        latest=held.latest,
        how=held.how.value if held.how else How.SAW.value,
        from_agency_id=held.from_whom or None,
        evidence_id=_entry(held.evidence),
        basis=held.basis,
    )


def _entry(ref: object) -> UUID:
    if not isinstance(ref, UUID):
        raise TypeError("every account of a case is known by its entry")
    return ref


@transaction.atomic
def confirm_held(
    *, access: Access, statement: HeldStatement, seen_version: int, details: HeldDetails
) -> HeldStatement:
    """Confirm one proposal, corrected where it was wrong. There is no confirming of several."""
    access.may_write(Kind.CHRONOLOGY).require()
    locked = locked_for_edit(_of_case(access, statement), seen_version)
    _refuse_stale(locked.evidence)
    if locked.state == State.CONFIRMED:
        raise WrongState("already_confirmed", "Somebody has confirmed this already.")
    _fill(locked, details)
    return _confirmed(access, locked)


@transaction.atomic
def decline_held(
    *, access: Access, statement: HeldStatement, seen_version: int, reason: str
) -> HeldStatement:
    """Decline a proposal, or take back what was confirmed. It is remembered and not asked again."""
    access.may_write(Kind.CHRONOLOGY).require()
    if not reason.strip():
        raise Invalid("reason_missing", "Say why the records do not show this.", "reason")
    locked = locked_for_edit(_of_case(access, statement), seen_version)
    if locked.state == State.DECLINED:
        raise WrongState("already_declined", "Somebody has declined this already.")
    _decide(access, locked, State.DECLINED, reason.strip())
    record("chronology.held_declined", **_about(access, locked))
    return locked


@transaction.atomic
def state_held(
    *, access: Access, fact: FactOf, agency: Agency, evidence: Entry, details: HeldDetails
) -> HeldStatement:
    """Say by hand what a row shows that an agency held; it is confirmed by whoever says it."""
    access.may_write(Kind.CHRONOLOGY).require()
    _refuse_stale(evidence)
    _of_this_case(access, evidence)
    if fact.keys["event"] is None and fact.keys["entry"] is None:
        raise Hidden
    standing = HeldStatement.objects.filter(
        case=access.case, agency=agency, evidence=evidence, **fact.keys
    ).first()
    if standing is not None:
        return confirm_held(
            access=access, statement=standing, seen_version=standing.version, details=details
        )
    statement = HeldStatement(
        case=access.case, agency=agency, evidence=evidence, basis="stated by hand", **fact.keys
    )
    _fill(statement, details)
    return _confirmed(access, statement)


@transaction.atomic
def note_available(
    *, access: Access, fact: FactOf, agency: Agency, words: str, procedure: str, day: date | None
) -> Availability:
    """Note what was open to an agency under the procedure then in force, which must be cited."""
    access.may_write(Kind.CHRONOLOGY).require()
    if not words.strip():
        raise Invalid("words_missing", "Say what was available, and how.", "words")
    if not procedure.strip():
        raise Invalid("procedure_missing", "Cite the procedure then in force.", "procedure")
    noted = Availability.objects.create(
        case=access.case,
        agency=agency,
        words=words.strip(),
        procedure=procedure.strip(),
        available_on=day,
        by_id=access.actor.id,
        **fact.keys,
    )
    record(
        "chronology.availability_noted",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(noted.pk),
    )
    return noted


def _fill(statement: HeldStatement, details: HeldDetails) -> None:
    if details.earliest and details.latest and details.latest < details.earliest:
        raise Invalid("days_reversed", "The last possible day is before the first.", "latest")
    own = statement.evidence.agency_id == statement.agency_id
    if details.status == HeldStatement.Status.RECORDED and not own:
        raise Invalid(
            "not_its_own_row",
            "A row of another agency shows that this one was told, not that it received it. "
            "Choose the agency’s own row, or say that only the sender records it.",
            "status",
        )
    if details.status == HeldStatement.Status.SENDER_ONLY and own:
        raise Invalid("own_row", "An agency’s own row is a record of its own.", "status")
    statement.status, statement.how = details.status, details.how
    statement.earliest, statement.latest = details.earliest, details.latest
    statement.role, statement.from_other = details.role.strip(), details.from_other.strip()
    statement.from_agency = details.from_agency


def _confirmed(access: Access, statement: HeldStatement) -> HeldStatement:
    _decide(access, statement, State.CONFIRMED, "")
    record("chronology.held_confirmed", **_about(access, statement))
    return statement


def _decide(
    access: Access, statement: HeldStatement, state: HeldStatement.State, reason: str
) -> None:
    statement.state, statement.reason = state, reason
    statement.decided_by_id = UUID(access.actor.id)
    statement.decided_at = clock.now()
    statement.save()


def _about(access: Access, statement: HeldStatement) -> dict[str, Any]:
    return {
        "by": access.actor,
        "case_id": access.case.pk,
        "subject": str(statement.pk),
        "agency": str(statement.agency_id),
        "evidence": str(statement.evidence_id),
    }


def _of_case(access: Access, statement: HeldStatement) -> HeldStatement:
    found = HeldStatement.objects.filter(pk=statement.pk, case=access.case).first()
    if found is None:
        raise Hidden
    return found


def _of_this_case(access: Access, entry: Entry) -> None:
    if entry.case_id != access.case.pk:
        raise Hidden


def _refuse_stale(entry: Entry) -> None:
    if not entry.in_force:
        raise WrongState(
            "entry_gone", "The row this rests on was replaced by a later file of the agency."
        )
