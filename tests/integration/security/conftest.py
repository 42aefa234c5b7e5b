"""Two cases of two partnerships, built once for a module and thrown away at its end."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections, transaction
from pytest_django.plugin import DjangoDbBlocker
from tests.integration.security.browsing import Browser, joined
from tests.integration.security.built_case import BuiltCase, build
from tests.integration.security.finished_case import finish
from tests.integration.security.rows_of_a_case import fill

from candour.platform import child
from candour.platform.child_anonymise import check_for_leaks


def _in_this_process(run: Callable[..., Any]) -> Callable[..., Any]:
    """The leak check without a process for each file, which the tests of disclosure start."""

    def instead(function: str, data: bytes, options: dict[str, Any], *limits: object) -> Any:
        if function == "anonymise.check":
            return json.loads(json.dumps(check_for_leaks(data, options)))
        return run(function, data, options, *limits)

    return instead


@pytest.fixture(scope="module")
def one_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Everything that this module's tests write is rolled back after the last of them."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic("default"),
        transaction.atomic("archive"),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(child, "run", _in_this_process(child.run))
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
