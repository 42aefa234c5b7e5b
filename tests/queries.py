"""Counting what a page asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

# Said to the database about the transaction, not asked of it; each engine has its own.
_AROUND = ("savepoint", "release", "rollback", "begin", "commit", "select set_config")


@contextmanager
def at_most(number: int, page: str = "") -> Iterator[None]:
    """Fail if more than `number` questions are asked inside."""
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = [
        query["sql"]
        for query in captured.captured_queries
        if not query["sql"].lower().startswith(_AROUND)
    ]
    assert len(asked) <= number, f"{page} asked {len(asked)} times:\n" + "\n".join(asked)
