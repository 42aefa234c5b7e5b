"""What is installed from the wheel: the product, and nothing of the demonstration or the tests."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.architecture.source import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names of the files in the wheel, built as for a release but without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as package:
        return package.namelist()


def test_the_wheel_holds_the_product_alone(wheel: list[str]) -> None:
    tops = {name.partition("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"candour"}


def test_one_click_sign_in_is_not_in_the_wheel(wheel: list[str]) -> None:
    told = [name for name in wheel if "demo" in Path(name).parts or "sign_in" in name]
    assert told == []


def test_no_test_sample_key_or_database_is_in_the_wheel(wheel: list[str]) -> None:
    endings = (".sqlite3", ".key", ".age", ".tsv", "cast.json", "truth.json", "secret-key")
    assert [name for name in wheel if name.endswith(endings) or "tests" in Path(name).parts] == []


def test_pages_rules_and_migrations_are_in_the_wheel(wheel: list[str]) -> None:
    for needed in (
        "candour/__main__.py",
        "candour/cases/migrations/0001_initial.py",
        "candour/ui/templates/layout.html",
        "candour/sites/workspace/templates/workspace/case.html",
    ):
        assert needed in wheel
