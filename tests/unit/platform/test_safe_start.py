"""A production server refuses to start without its safeguards, each overridden on its own."""

from pathlib import Path

import pytest

from candour.platform.checks import faults_of, faults_of_workspace
from candour.platform.config import Config, Environment


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, object]:
    """A production installation that lacks nothing."""
    key = tmp_path / "keys" / "service.key"
    key.parent.mkdir()
    key.touch(mode=0o600)
    return {
        "env": Environment.PRODUCTION,
        "data_dir": tmp_path / "data",
        "key_file": key,
        "database_url": "postgresql://candour_workspace@db/candour",
        "clamd_socket": "/run/clamd",
        "https": True,
    }


def faults(settings: dict[str, object], **changed: object) -> set[str]:
    config = Config(**{**settings, **changed})
    found = [*faults_of(config), *faults_of_workspace(config)]
    assert all(fault.hint for fault in found)
    return {str(fault.id) for fault in found}


def test_an_installation_that_lacks_nothing_may_start(settings: dict[str, object]) -> None:
    assert faults(settings) == set()


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"database_url": ""}, "candour.sqlite"),
        ({"clamd_socket": ""}, "candour.scanner"),
        ({"https": False}, "candour.https"),
        ({"demo": True}, "candour.demo"),
        ({"as_owner": True}, "candour.owner"),
        ({"key_file": Path("no-such-place/service.key")}, "candour.key_missing"),
    ],
)
def test_each_missing_safeguard_alone_is_named(
    settings: dict[str, object], changed: dict[str, object], fault: str
) -> None:
    assert faults(settings, **changed) == {fault}


def test_a_key_inside_the_data_folder_is_refused(settings: dict[str, object]) -> None:
    inside = Path(str(settings["data_dir"])) / "keys" / "service.key"
    inside.parent.mkdir(parents=True)
    inside.touch(mode=0o600)
    assert faults(settings, key_file=inside) == {"candour.key_place"}
    assert faults(settings, key_file=inside, allow_key_beside_data=True) == set()


def test_a_key_inside_the_data_folder_is_found_through_a_link(
    settings: dict[str, object], tmp_path: Path
) -> None:
    inside = Path(str(settings["data_dir"])) / "service.key"
    inside.parent.mkdir(parents=True)
    inside.touch(mode=0o600)
    link = tmp_path / "link.key"
    link.symlink_to(inside)
    assert faults(settings, key_file=link) == {"candour.key_place"}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_may_read_is_refused(settings: dict[str, object], mode: int) -> None:
    Path(str(settings["key_file"])).chmod(mode)
    assert faults(settings) == {"candour.key_mode"}


@pytest.mark.parametrize(
    ("changed", "override"),
    [({"database_url": ""}, "allow_sqlite"), ({"clamd_socket": ""}, "allow_no_scanner")],
)
def test_an_override_lifts_one_refusal_and_no_other(
    settings: dict[str, object], changed: dict[str, object], override: str
) -> None:
    assert faults(settings, **changed, **{override: True}) == set()
    assert faults(settings, https=False, **{override: True}) == {"candour.https"}


def test_all_faults_come_at_once(settings: dict[str, object]) -> None:
    assert len(faults(settings, database_url="", clamd_socket="", https=False)) == 3


def test_outside_production_only_the_owner_s_role_is_refused(settings: dict[str, object]) -> None:
    relaxed = {"env": Environment.DEVELOPMENT, "database_url": "", "clamd_socket": ""}
    assert faults(settings, **relaxed, https=False) == set()
    assert faults(settings, **relaxed, as_owner=True) == {"candour.owner"}
