"""What every test shares: databases, a folder of its own, no network, and warnings that fail."""

import gc
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import settings
from pytest_django.plugin import DjangoDbBlocker
from pytest_socket import socket_allow_hosts

# A busy machine is no fault of the code: laws are tested without a deadline.
settings.register_profile("candour", deadline=None)
settings.load_profile("candour")

# A world stands for many tests: looking through it for rubbish took a tenth of their time.
gc.set_threshold(100_000, 50, 100)

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(autouse=True)
def no_network() -> None:
    """Only this machine may be reached: the database and the sites the tests start."""
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


@pytest.fixture
def samples() -> Path:
    """The fictional sample files."""
    return SAMPLES


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """Tables come from the models: the migrations, which tell the same, take ten times as long.

    That they do is tested in tests/architecture; that they run, wherever `candour migrate` does.
    """
    return False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """With what only a migration makes: the triggers that keep the audit append-only."""
    append_only = import_module("candour.audit.migrations.0002_append_only")
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        append_only.add(None, editor)
