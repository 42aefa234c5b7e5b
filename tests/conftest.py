"""What every test shares: a folder of its own, no network, and warnings that fail."""

from pathlib import Path

import pytest
from hypothesis import settings
from pytest_socket import socket_allow_hosts

# A busy machine is no fault of the code: laws are tested without a deadline.
settings.register_profile("candour", deadline=None)
settings.load_profile("candour")

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(autouse=True)
def no_network() -> None:
    """Only this machine may be reached: the database and the sites the tests start."""
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


@pytest.fixture
def samples() -> Path:
    """The fictional sample files."""
    return SAMPLES
