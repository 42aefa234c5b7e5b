"""Adding to the audit, and sealing it. Nothing else ever writes to it."""

import re
import uuid
from collections.abc import Mapping

from django.db import transaction

from candour.audit.chain import PayloadValue, seal_hash
from candour.audit.models import Event, Seal, Stream, hash_of
from candour.kernel import clock
from candour.kernel.actor import Actor

INSTALLATION = "installation"

_EVENT_NAME = re.compile(r"[a-z_]+(\.[a-z_]+)+")
# A reference holds no white space, so no sentence and no full name can slip into the chain.
_REFERENCE = re.compile(r"[A-Za-z0-9_.:@+/#-]{0,160}")


def record(
    name: str,
    *,
    by: Actor,
    case_id: uuid.UUID | None = None,
    subject: str = "",
    **payload: PayloadValue,
) -> Event:
    """Append one event in the caller's transaction.

    `name` is `room.what_happened`, past tense, never renamed. The payload holds references,
    codes, counts and hashes only: ValueError if a value could be prose or a name.
    """
    _check(name, subject, payload)
    with transaction.atomic():
        stream = _locked_stream(str(case_id) if case_id else INSTALLATION)
        event = Event(
            stream=stream.key,
            sequence=stream.sequence + 1,
            case_id=case_id,
            at=clock.now(),
            actor=by.reference,
            name=name,
            subject=subject,
            payload=payload,
            previous=stream.head,
        )
        event.hash = hash_of(event)
        event.save(force_insert=True)
        Stream.objects.filter(key=stream.key).update(sequence=event.sequence, head=event.hash)
    return event


def seal_heads() -> Seal | None:
    """Seal the present heads of all chains; None when nothing has been added since."""
    with transaction.atomic():
        last = Seal.objects.select_for_update().order_by("-sequence").first()
        heads: dict[str, list[object]] = {
            stream.key: [stream.sequence, stream.head] for stream in Stream.objects.order_by("key")
        }
        if not heads or (last and last.heads == heads):
            return None
        at = clock.now()
        sequence = last.sequence + 1 if last else 1
        previous = last.hash if last else ""
        digest = seal_hash(previous=previous, sequence=sequence, at=at, heads=heads)
        return Seal.objects.create(
            sequence=sequence, at=at, heads=heads, previous=previous, hash=digest
        )


def _locked_stream(key: str) -> Stream:
    Stream.objects.get_or_create(key=key)
    return Stream.objects.select_for_update().get(key=key)


def _check(name: str, subject: str, payload: Mapping[str, PayloadValue]) -> None:
    if not _EVENT_NAME.fullmatch(name):
        raise ValueError(f"event name {name!r} is not room.what_happened")
    for key, value in {"subject": subject, **payload}.items():
        parts = value if isinstance(value, list) else [value]
        for part in parts:
            if isinstance(part, str) and not _REFERENCE.fullmatch(part):
                raise ValueError(f"event {name}: {key} is not a reference")
