"""Both sites and the worker, started as their users start them, and browsers for their people."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.browser.cast import Login
from tests.browser.people import Sites
from tests.installation import Installation

# A case that has come as far as a case can, and everybody on it.
from tests.integration.security.conftest import browsers, one_world, other, own  # noqa: F401

_CHROMIUM = (
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
    "--disable-background-networking",
)
_TRIES = 600


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; missing, the tests are skipped, or fail where nothing may be skipped."""
    path = shutil.which("chromium")
    if path is None:
        missing = "Chromium is missing. Install it with: apt-get install chromium"
        if os.environ.get("CANDOUR_NOTHING_SKIPS"):
            pytest.fail(missing)
        pytest.skip(missing)
    # The browser's own event loop stands in this thread; Django is asked from the same thread only.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_CHROMIUM))
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def sites(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    """An installation of its own for the module: workspace, archive and worker, all running."""
    folder = tmp_path_factory.mktemp("sites")
    workspace, archive = _free_port(), _free_port()
    installed = Installation(
        folder / "data",
        {
            "CANDOUR_WORKSPACE_URL": f"http://localhost:{workspace}",
            "CANDOUR_ARCHIVE_URL": f"http://localhost:{archive}",
        },
    )
    installed.run("migrate")
    cast = _cast(installed)
    with (folder / "log").open("wb") as log:
        running = [
            _started(installed, log, "serve", site, "--bind", f"127.0.0.1:{port}", "--workers", "1")
            for site, port in (("workspace", workspace), ("archive", archive))
        ]
        running.append(_started(installed, log, "worker"))
    try:
        for port in (workspace, archive):
            _wait_for(f"http://127.0.0.1:{port}/help", folder / "log")
        yield Sites(
            f"http://localhost:{workspace}",
            f"http://localhost:{archive}",
            cast,
            folder / "data",
            tmp_path_factory.mktemp("pictures"),
        )
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _cast(installed: Installation) -> dict[str, Login]:
    told = subprocess.run(
        [sys.executable, "-m", "tests.browser.cast"],
        env=installed.environment | {"DJANGO_SETTINGS_MODULE": "candour.sites.workspace.settings"},
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return {key: Login(**login) for key, login in json.loads(told.stdout).items()}


def _started(installed: Installation, log, *words: str) -> "subprocess.Popen[bytes]":  # type: ignore[no-untyped-def]
    command = [sys.executable, "-m", "candour", *words]
    return subprocess.Popen(command, env=installed.environment, stdout=log, stderr=log)


def _wait_for(address: str, log: Path) -> None:
    pause = threading.Event()
    for _ in range(_TRIES):
        try:
            urllib.request.urlopen(address, timeout=5)  # noqa: S310 - our own server
            return
        except (urllib.error.URLError, OSError):
            pause.wait(0.1)
    pytest.fail(f"nothing answers at {address}: {log.read_text(encoding='utf-8')[-2000:]}")
