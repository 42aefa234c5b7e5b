"""Two cases of two partnerships, built once for a module and thrown away at its end."""

from collections.abc import Iterator

import pytest
from django.db import connections, transaction
from pytest_django.plugin import DjangoDbBlocker
from tests.integration.security.browsing import Browser, joined
from tests.integration.security.built_case import BuiltCase, build
from tests.integration.security.finished_case import finish
from tests.integration.security.rows_of_a_case import fill


@pytest.fixture(scope="module")
def one_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Everything that this module's tests write is rolled back after the last of them."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic("default"),
        transaction.atomic("archive"),
    ):
        yield
        transaction.set_rollback(True, "default")
        transaction.set_rollback(True, "archive")
    for connection in connections.all():
        assert not connection.in_atomic_block


@pytest.fixture(scope="module")
def own(one_world: None) -> BuiltCase:
    """The case that people are on."""
    built = build("Ownshire", 0)
    finish(built, published=True)
    fill(built)
    return built


@pytest.fixture(scope="module")
def other(own: BuiltCase) -> BuiltCase:
    """A case of another partnership, of which they must never learn anything."""
    built = build("Othershire", 5000)
    finish(built, published=False)
    fill(built)
    return built


@pytest.fixture(scope="module")
def browsers(own: BuiltCase, other: BuiltCase) -> dict[str, Browser]:
    """A browser for everybody on the case, signed in; and for those who are nobody there."""
    assert own.former is not None
    for user in (own.former, *(holder.user for holder in own.holders)):
        joined(user)
    found = {str(holder): Browser(holder.user) for holder in own.holders}
    found["former member"] = Browser(own.former)
    found["without a second factor"] = Browser(own.holders[0].user, second_factor=False)
    found["anonymous"] = Browser(None)
    return found
