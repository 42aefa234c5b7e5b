"""The public site as visitors meet it, filled through its own door."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from candour.archive import storage
from candour.sites.archive import kept_pages
from candour.sites.archive import settings as site


@pytest.fixture(autouse=True)
def archive_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the archive's own for each test."""
    folder = tmp_path / "archive"
    monkeypatch.setattr(storage, "archive_folder", lambda: folder)
    return folder


@pytest.fixture(autouse=True)
def archive_site() -> Iterator[None]:
    """The pages, layers and addresses of the public process."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    with override_settings(
        SITE=site.SITE,
        ROOT_URLCONF=site.ROOT_URLCONF,
        MIDDLEWARE=site.MIDDLEWARE,
        TEMPLATES=site.TEMPLATES,
        ALLOWED_HOSTS=["testserver"],
        APPEND_SLASH=site.APPEND_SLASH,
        SECURE_REFERRER_POLICY="no-referrer",
    ):
        yield


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page is made anew, so that a test may change a row without a line in the log."""
    monkeypatch.setattr(kept_pages, "_SECONDS", -1.0)


@pytest.fixture
def visitor() -> Client:
    """Somebody with a browser and no account."""
    return Client(raise_request_exception=True)
