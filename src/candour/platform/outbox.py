"""Work asked for inside a transaction and done after it: `enqueue` and `job`.

A job is a row in the caller's transaction: if the act is rolled back, the work was never asked
for; once it is committed, the work is done even if every process is killed in between.
"""

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from django.db import transaction

from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.platform.models import Job

PayloadValue: TypeAlias = str | int | bool | list[str] | None
Handler: TypeAlias = Callable[..., None]
Task: TypeAlias = Callable[[], object]

_KIND = re.compile(r"[a-z_]+\.[a-z_]+")
# The rule of the audit: a reference holds no white space, so no prose slips into a job.
_REFERENCE = re.compile(r"[A-Za-z0-9_.:@+/#-]{0,160}")


@dataclass(frozen=True)
class Registered:
    """A handler and how it is to be run.

    `atomic`: the handler and the note that it is done are one transaction, so its effect on the
    database happens once. Long handlers set it to False, keep their own transactions short and
    must be safe to repeat. `lease` is how long a silent worker is trusted with the job.
    """

    run: Handler
    retries: int
    lease: timedelta
    atomic: bool


@dataclass(frozen=True)
class Regular:
    """Something the worker does every so often, as Candour itself."""

    name: str
    run: Task
    every: timedelta


HANDLERS: dict[str, Registered] = {}
REGULAR: dict[str, Regular] = {}


def job(
    kind: str, *, retries: int = 8, lease_seconds: int = 300, atomic: bool = True
) -> Callable[[Handler], Handler]:
    """Register the function that does jobs of this kind; stands in a room's `jobs.py`.

    It is called with the payload as keyword arguments, `present_actor()` being the requester.
    """
    if not _KIND.fullmatch(kind):
        raise ValueError(f"job kind {kind!r} is not room.verb")

    def register(handler: Handler) -> Handler:
        if kind in HANDLERS and HANDLERS[kind].run is not handler:
            raise ValueError(f"job kind {kind!r} is registered twice")
        HANDLERS[kind] = Registered(handler, retries, timedelta(seconds=lease_seconds), atomic)
        return handler

    return register


def every(seconds: int) -> Callable[[Task], Task]:
    """Register what the worker does every so many seconds; must be safe to repeat."""

    def register(task: Task) -> Task:
        name = f"{task.__module__}.{task.__name__}"
        REGULAR[name] = Regular(name, task, timedelta(seconds=seconds))
        return task

    return register


def enqueue(
    kind: str,
    *,
    by: Actor,
    case_id: uuid.UUID | None = None,
    unique_key: str | None = None,
    run_after: datetime | None = None,
    **payload: PayloadValue,
) -> Job:
    """Ask for work in the caller's transaction.

    With `unique_key` the same work is asked for once, ever: a second call returns the first job.
    ValueError if the kind has no handler or the payload could hold prose or a name.
    """
    if kind not in HANDLERS:
        raise ValueError(f"no room handles jobs of kind {kind!r}")
    _check(kind, payload)
    fields = {
        "kind": kind,
        "payload": payload,
        "requester": by.reference,
        "case_id": case_id,
        "run_after": run_after or clock.now(),
    }
    with transaction.atomic():
        if unique_key is None:
            return Job.objects.create(**fields)
        return Job.objects.get_or_create(unique_key=unique_key, defaults=fields)[0]


def _check(kind: str, payload: Mapping[str, PayloadValue]) -> None:
    for key, value in payload.items():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, str) and not _REFERENCE.fullmatch(part):
                raise ValueError(f"job {kind}: {key} is not a reference")
