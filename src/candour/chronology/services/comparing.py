"""Asking for the entries of a case to be compared, and comparing them."""

from __future__ import annotations

from django.db import connection, transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.chronology.models import ComparisonAsked
from candour.chronology.selectors.comparing import (
    entries_in_force,
    entries_mark,
    events_mark,
    given_up,
    job_key,
    last_signed_off_at,
)
from candour.chronology.services.matching import propose_matches
from candour.engines.matching.compare import Tell
from candour.kernel import clock
from candour.kernel.errors import RuleBroken
from candour.people.models import User
from candour.platform.acting import acting_apart
from candour.platform.mail import notify
from candour.platform.outbox import enqueue

COMPARE_JOB = "chronology.compare"
AT_ONCE = 400
"""Up to so many entries are compared while the page waits: measured at well under a second."""
State = ComparisonAsked.State


@transaction.atomic
def ask_to_compare(*, access: Access) -> ComparisonAsked:
    """Ask for all entries in force to be compared; the worker does it unless they are few.

    One comparison of a case waits at a time: asking again answers with it. One that the worker has
    given up is put down as failed, and another is asked for.
    """
    access.may_write(Kind.CHRONOLOGY).require()
    # One at a time for a case, so that two people asking at once ask for one.
    Case.objects.select_for_update().get(pk=access.case.pk)
    waiting = ComparisonAsked.objects.filter(case=access.case, state=State.WAITING).first()
    if waiting is not None and not given_up(waiting):
        return waiting
    if waiting is not None:
        _settle(access, waiting, State.FAILED, reason="The worker gave it up.")
    asked = ComparisonAsked.objects.create(
        case=access.case, by_id=access.actor.id, entries=entries_in_force(access)
    )
    case = access.case.pk
    record("chronology.comparison_asked", by=access.actor, case_id=case, subject=str(asked.pk))
    if asked.entries <= AT_ONCE:
        _compare(access, asked, lambda done, of: None)
    else:
        enqueue(
            COMPARE_JOB,
            by=access.actor,
            case_id=case,
            unique_key=job_key(asked),
            case=str(case),
            compared=str(asked.pk),
        )
    return asked


def make_comparison(*, access: Access, asked: ComparisonAsked, path: str) -> None:
    """Compare as was asked for, and tell the asker that `path` has the outcome.

    Safe to repeat: one that is made is left alone.
    """
    if asked.state != State.WAITING:
        return
    try:
        _compare(access, asked, lambda done, of: _tell(access, asked, done, of))
    except RuleBroken as refusal:
        _settle(access, asked, State.FAILED, reason=refusal.reason)
    asker = User.objects.get(pk=asked.by_id)
    notify(asker, access.case.reference, path, by=access.actor, by_mail=False)


def _compare(access: Access, asked: ComparisonAsked, tell: Tell) -> None:
    # Taken before reading: an entry that changes meanwhile makes the comparison out of date.
    marks = {"entries_mark": entries_mark(access), "last_signed_off_at": last_signed_off_at(access)}
    entries = entries_in_force(access)
    proposed = propose_matches(access=access, tell=tell)
    _settle(
        access,
        asked,
        State.MADE,
        **marks,
        events_mark=events_mark(access),
        entries=entries,
        proposed=proposed,
        made_at=clock.now(),
    )


_PROGRESS = 'update chronology_comparisonasked set done = %s, "of" = %s where id = %s'


def _tell(access: Access, asked: ComparisonAsked, done: int, of: int) -> None:
    if connection.vendor == "postgresql":
        # A job there is one transaction: its asker would see nothing of it until it ends.
        with acting_apart(access.actor) as cursor:
            cursor.execute(_PROGRESS, [done, of, asked.pk])
    else:
        ComparisonAsked.objects.filter(pk=asked.pk).update(done=done, of=of)


@transaction.atomic
def _settle(access: Access, asked: ComparisonAsked, state: State, **found: object) -> None:
    ComparisonAsked.objects.filter(pk=asked.pk).update(state=state, **found)
    asked.refresh_from_db()
    record(
        "chronology.comparison_settled",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(asked.pk),
        state=state.value,
    )
