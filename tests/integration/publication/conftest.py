"""A case whose report is written, and an archive folder of its own."""

from pathlib import Path

import pytest
from tests import world
from tests.integration.platform.conftest import installation, migrated_folder  # noqa: F401

from candour.archive import storage
from candour.cases.access import Access


@pytest.fixture(autouse=True)
def archive_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the archive's own for each test."""
    folder = tmp_path / "archive"
    monkeypatch.setattr(storage, "archive_folder", lambda: folder)
    return folder


@pytest.fixture
def manager(db: None) -> Access:
    """The business manager of a case with a report."""
    manager = world.an_incident(name="Sam Fictional")
    world.a_report(manager)
    return manager
