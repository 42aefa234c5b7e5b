"""An installation of its own for each test that runs the `candour` command."""

import shutil
from pathlib import Path

import pytest
from tests.installation import Installation


@pytest.fixture(scope="session")
def migrated_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two fresh, migrated databases: made once, for it takes many seconds."""
    fresh = Installation(tmp_path_factory.mktemp("fresh") / "data")
    fresh.run("migrate")
    return fresh.data


@pytest.fixture
def installation(migrated_folder: Path, tmp_path: Path) -> Installation:
    """A migrated installation with nothing in it yet."""
    shutil.copytree(migrated_folder, tmp_path / "data")
    return Installation(tmp_path / "data")
