"""Who acts in the present transaction, told to the database as well.

On PostgreSQL every confidential table is under row-level security that reads the setting
`candour.actor`; it is local to a transaction, so nothing leaks through a connection pool. On
SQLite there is no second net: the policies alone hold (see docs/adr/0006).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from candour.kernel import clock
from candour.kernel.actor import Actor

_actor: ContextVar[Actor | None] = ContextVar("candour_actor", default=None)


def present_actor() -> Actor | None:
    """Who acts now, or nobody."""
    return _actor.get()


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Run everything inside as `actor`; on PostgreSQL in one transaction that carries it."""
    outer = _actor.get()
    token = _actor.set(actor)
    try:
        if connection.vendor == "postgresql":
            with transaction.atomic():
                _tell_database(actor.reference)
                yield
                if not connection.needs_rollback:
                    _tell_database(outer.reference if outer else "")
        else:
            yield
    finally:
        _actor.reset(token)


@contextmanager
def acting_apart(actor: Actor) -> Iterator[CursorWrapper]:
    """A cursor on a connection of its own, on PostgreSQL only: what it writes is seen at once,
    while the transaction of a long job goes on. It must not touch what that job has locked."""
    apart = connection.copy()
    try:
        with apart.cursor() as cursor:
            cursor.execute("select set_config('candour.actor', %s, false)", [actor.reference])
            yield cursor
    finally:
        apart.close()


def _tell_database(reference: str) -> None:
    played = clock.played_day()
    with connection.cursor() as cursor:
        # The demonstration plays past days; memberships are judged on the day being played.
        cursor.execute(
            "select set_config('candour.actor', %s, true), set_config('candour.now', %s, true)",
            [reference, played.isoformat() if played else ""],
        )
