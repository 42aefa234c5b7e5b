"""Tests that need PostgreSQL: run with CANDOUR_TEST_DATABASE=postgres."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import connection

from candour.platform import row_security

ON_POSTGRESQL = os.environ.get("CANDOUR_TEST_DATABASE") == "postgres"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = "needs PostgreSQL (apt-get install postgresql), then: make test-postgres"
    for item in items:
        if "tests/postgres" in str(item.path) and not ON_POSTGRESQL:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture
def secured(transactional_db: None) -> None:
    """The database as `candour migrate` leaves it."""
    row_security.create_roles()
    row_security.apply()


@pytest.fixture
def as_server(secured: None) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Become the role with which the workspace's server connects, which owns nothing."""

    @contextmanager
    def become() -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute(f"set role {row_security.WORKSPACE_ROLE}")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("reset role")

    yield become
