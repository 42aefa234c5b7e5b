"""The agency checks what was read from its file: headings, held-back parts, unclear cells."""

from collections.abc import Iterable

from django.db import transaction

from candour.audit.services import record
from candour.contributions.models import EntryQuery, HeadingMeaning, HeldBack, Submission
from candour.contributions.releasing import join, leave
from candour.contributions.sender import Sender
from candour.contributions.services.receiving import (
    has_chronology,
    headings_of,
    read_submission,
    refuse_settled,
)
from candour.engines.dates import Context, Reading, read_date
from candour.engines.tables import ROLES
from candour.kernel import clock
from candour.kernel.errors import EditedElsewhere, Hidden, Invalid, WrongState

State = HeldBack.State


def confirm_headings(
    *, sender: Sender, submission: Submission, roles: dict[str, str]
) -> Submission:
    """Settle what each heading means, remembered for this agency.

    The file is read again where that differs from how it was read. `roles` gives a role for every
    heading. Invalid where a table would have more than one date, or no table both a date and what
    happened.
    """
    sender.may_check(submission).require()
    _require_laid_out(submission)
    known = {column["header"] for column in headings_of(submission)}
    settled = {heading: role for heading, role in roles.items() if heading in known}
    _refuse_roles(submission, settled, known)
    _remember(sender, submission, settled)
    if settled == submission.roles and has_chronology(submission):
        return _headings_as_read(submission)
    return read_submission(submission, settled)


@transaction.atomic
def _headings_as_read(submission: Submission) -> Submission:
    locked = Submission.objects.select_for_update().get(pk=submission.pk)
    refuse_settled(locked)
    locked.state = Submission.State.TO_CHECK
    locked.save(update_fields=["state"])
    return locked


def _refuse_roles(submission: Submission, roles: dict[str, str], known: set[str]) -> None:
    if set(roles) != known or not set(roles.values()) <= set(ROLES):
        raise Invalid("role_unknown", "Choose a meaning from the list for every heading.")
    each_table = [
        [roles.get(column["header"], "") for column in table["columns"]]
        for table in submission.tables
    ]
    if any(table.count("date") > 1 for table in each_table):
        raise Invalid("two_date_columns", "Only one heading of a table can hold the date.")
    if not any("date" in table and "event" in table for table in each_table):
        raise Invalid(
            "roles_missing", "Say which heading holds the date and which says what happened."
        )


@transaction.atomic
def _remember(sender: Sender, submission: Submission, roles: dict[str, str]) -> None:
    for heading, role in roles.items():
        HeadingMeaning.objects.update_or_create(
            case=sender.case,
            agency=sender.request.agency,
            heading=heading[:300],
            defaults={"role": role, "confirmed_by_id": sender.user_id},
        )
    record(
        "contributions.headings_confirmed",
        by=sender.actor,
        case_id=sender.case.pk,
        subject=str(submission.pk),
    )


@transaction.atomic
def release(*, sender: Sender, held: Iterable[HeldBack], reason: str) -> int:
    """Release held-back parts to the review, with one reason; they join their entries."""
    return _decide(sender, held, State.RELEASED, reason)


@transaction.atomic
def remove(*, sender: Sender, held: Iterable[HeldBack], reason: str) -> int:
    """Keep held-back parts out of the review, with one reason. The sealed file keeps them."""
    return _decide(sender, held, State.REMOVED, reason)


def _decide(sender: Sender, held: Iterable[HeldBack], state: State, reason: str) -> int:
    """Until sign-off a decision may be changed; answers with how many were."""
    if not reason.strip():
        raise Invalid("reasons_missing", "Give a reason; it is kept with the decision.", "reason")
    wanted = [part.pk for part in held]
    parts = list(
        HeldBack.objects.select_for_update(of=("self",))
        .select_related("submission__document", "entry")
        .filter(pk__in=wanted, submission__request=sender.request)
    )
    for part in parts:
        _require_open(sender, part.submission)
        _decide_one(sender, part, state, reason.strip())
    if parts:
        record(
            f"contributions.held_back_{state.value}",
            by=sender.actor,
            case_id=sender.case.pk,
            subject=str(parts[0].submission_id),
            count=len(parts),
            how=sender.how.value,
        )
    return len(parts)


def _decide_one(sender: Sender, part: HeldBack, state: State, reason: str) -> None:
    before = part.state
    part.state, part.reason = state, reason
    part.decided_by_id, part.decided_at = sender.user_id, clock.now()
    part.save()
    if part.entry_id and state == State.RELEASED and before != State.RELEASED:
        join(part)
    if part.entry_id and state == State.REMOVED and before == State.RELEASED:
        leave(part)


@transaction.atomic
def answer_query(
    *,
    sender: Sender,
    query: EntryQuery,
    answer: str,
    date_text: str = "",
    seen_version: int | None = None,
) -> EntryQuery:
    """Answer what is unclear; the answer stands beside the untouched original.

    A date given is read as any date is; Invalid, with the reader's reason, if it cannot be.
    EditedElsewhere if a colleague answered meanwhile.
    """
    locked = _open_query(sender, query, seen_version)
    if not answer.strip() and not date_text.strip():
        raise Invalid("answer_missing", "Write the answer, or give the date.", "answer")
    reading = _read(date_text.strip()) if date_text.strip() else None
    locked.edtf = (reading.edtf or "") if reading else ""
    locked.earliest = reading.earliest if reading else None
    locked.latest = reading.latest if reading else None
    locked.answer = "\n".join(filter(None, (date_text.strip(), answer.strip())))
    return _settle(sender, locked, EntryQuery.State.ANSWERED)


def _read(date_text: str) -> Reading:
    reading = read_date(date_text, Context(as_of=clock.today()))
    if reading.status != "resolved":
        reason = reading.reason or "This date could not be read."
        raise Invalid("date_not_read", f"{reason} Nothing was saved yet.", "date_text")
    return reading


@transaction.atomic
def leave_query(
    *, sender: Sender, query: EntryQuery, reason: str, seen_version: int | None = None
) -> EntryQuery:
    """Leave the cell as it is, with the reason why nothing better is known."""
    locked = _open_query(sender, query, seen_version)
    if not reason.strip():
        raise Invalid("reasons_missing", "Say why it stays as it is.", "reason")
    locked.answer = reason.strip()
    locked.edtf, locked.earliest, locked.latest = "", None, None
    return _settle(sender, locked, EntryQuery.State.LEFT)


def _open_query(sender: Sender, query: EntryQuery, seen_version: int | None) -> EntryQuery:
    locked = (
        EntryQuery.objects.select_for_update(of=("self",))
        .select_related("entry__submission__document")
        .filter(pk=query.pk, entry__submission__request=sender.request)
        .first()
    )
    if locked is None:
        raise Hidden
    _require_open(sender, locked.entry.submission)
    if seen_version is not None and locked.version != seen_version:
        raise EditedElsewhere(
            "A colleague answered this while you were writing. Their answer is shown on this page; "
            "yours is still in the form. Send it again if it should stand instead."
        )
    return locked


def _settle(sender: Sender, query: EntryQuery, state: EntryQuery.State) -> EntryQuery:
    query.state = state
    query.answered_by_id = sender.user_id
    query.answered_at = clock.now()
    query.version += 1
    query.save()
    record(
        f"contributions.query_{state.value}",
        by=sender.actor,
        case_id=sender.case.pk,
        subject=str(query.pk),
        how=sender.how.value,
    )
    return query


def _require_open(sender: Sender, submission: Submission) -> None:
    sender.may_check(submission).require()
    refuse_settled(submission)


def _require_laid_out(submission: Submission) -> None:
    refuse_settled(submission)
    if submission.state not in (Submission.State.HEADINGS, Submission.State.TO_CHECK):
        raise WrongState(
            "not_read", "This file has not been read, so its headings cannot be settled yet."
        )
