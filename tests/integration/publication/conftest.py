"""A case whose report is written, and an archive folder of its own."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests import world
from tests.integration.platform.conftest import installation, migrated_folder  # noqa: F401

from candour.archive import storage
from candour.cases.access import Access
from candour.platform import child
from candour.platform.child_anonymise import check_for_leaks


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


@pytest.fixture(autouse=True)
def search_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same search without a process for each file, which the tests of disclosure start."""

    def run(function: str, data: bytes, options: dict[str, Any], limits: object) -> Any:
        return json.loads(json.dumps(check_for_leaks(data, options)))

    monkeypatch.setattr(child, "run", run)
