"""Commands of the owner connect as the owner, whatever was read before."""

import django
import pytest

from candour.command.product import load
from candour.platform.config import config


def test_settings_read_before_do_not_keep_a_command_from_being_the_owners(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CANDOUR_AS_OWNER", "false")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "unchanged")
    monkeypatch.setattr(django, "setup", lambda: None)
    assert not config().as_owner
    try:
        load(as_owner=True)
        assert config().as_owner
    finally:
        monkeypatch.undo()
        config.cache_clear()
