"""The public site as visitors meet it, filled through its own door."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from tests.integration.archive.public_site import public_site

from candour.archive import shelf, storage
from candour.sites.archive import kept_pages


@pytest.fixture(autouse=True)
def archive_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the archive's own for each test."""
    folder = tmp_path / "archive"
    monkeypatch.setattr(storage, "archive_folder", lambda: folder)
    return folder


@pytest.fixture(autouse=True)
def archive_site() -> Iterator[None]:
    """The pages, layers and addresses of the public process."""
    with public_site():
        yield


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page is made anew, so that a test may change a row without a line in the log."""
    monkeypatch.setattr(kept_pages, "_SECONDS", -1.0)
    monkeypatch.setattr(kept_pages, "_SECONDS_TEXT", -1.0)
    monkeypatch.setattr(shelf, "_SECONDS", -1.0)


@pytest.fixture
def visitor() -> Client:
    """Somebody with a browser and no account."""
    return Client(raise_request_exception=True)
