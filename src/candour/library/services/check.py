"""Looking over what was read, and writing its catalogue record."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from candour.audit.services import record
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import EditedElsewhere, Invalid, WrongState
from candour.library.models import Intake
from candour.library.policies import may_keep


@transaction.atomic
def look_for_names(*, by: Actor, intake: Intake, stopped: list[str], version: int) -> Intake:
    """Record that somebody looked at every string, and which of them must not be public."""
    locked = _locked(by, intake, version)
    known = {each["string"] for each in locked.names}
    if set(stopped) - known:
        raise Invalid("no_such_string", "Choose from the strings that were found.", "stopped")
    locked.stopped = stopped
    locked.looked_at, locked.looked_by_id = clock.now(), by.id
    _save(locked)
    record("library.names_looked_at", by=by, subject=str(locked.pk), stopped=len(stopped))
    return locked


@transaction.atomic
def write_facts(*, by: Actor, intake: Intake, facts: Mapping[str, Any], version: int) -> Intake:
    """Write the catalogue record of a file."""
    locked = _locked(by, intake, version)
    locked.facts = dict(facts)
    _save(locked)
    record("library.facts_written", by=by, subject=str(locked.pk))
    return locked


@transaction.atomic
def discard(*, by: Actor, intake: Intake, reason: str, version: int) -> Intake:
    """Put a file aside for good; the file itself is kept, sealed, and the reason with it."""
    locked = _locked(by, intake, version, read_only=False)
    locked.state = Intake.State.DISCARDED
    locked.discarded_reason = reason[:300]
    locked.reading, locked.names = {}, []
    _save(locked)
    record("library.discarded", by=by, subject=str(locked.pk))
    return locked


def _locked(by: Actor, intake: Intake, version: int, *, read_only: bool = True) -> Intake:
    may_keep(by).require()
    locked = Intake.objects.select_for_update().get(pk=intake.pk)
    if locked.version != version:
        raise EditedElsewhere("Somebody else has worked on this file meanwhile. Look again.")
    settled = locked.state in (Intake.State.APPROVED, Intake.State.DISCARDED)
    if settled or (read_only and locked.state != Intake.State.READ):
        raise WrongState("not_to_be_checked", "This file is not, or no longer, to be checked.")
    return locked


def _save(locked: Intake) -> None:
    locked.version += 1
    locked.save()
