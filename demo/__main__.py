"""`candour demo`: set everything up, play the story, open both sites, say where and who."""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser
from pathlib import Path

FOLDER = Path("var/demo")
KEY = Path("var/demo-keys/service.key")
LOADED = FOLDER / "loaded"
# A busy machine takes its time to start three servers.
PATIENCE_SECONDS = 180


def main() -> int:
    """Run the demonstration until interrupted; 0 when it was stopped by hand."""
    given = _arguments()
    workspace, archive = _free_port(given.port), _free_port(given.port + 1)
    _environment(workspace, archive)
    if given.fresh or not LOADED.exists():
        _load()
    else:
        _bring_up_to_date()
    servers = _start(workspace, archive)
    try:
        _wait_until_answering(workspace, archive)
        _say(workspace, archive)
        if given.once:
            return 0
        if not given.no_browser:
            webbrowser.open(f"http://localhost:{workspace}/demo/")
        signal.pause()
    except KeyboardInterrupt:
        print("\nStopping. What you did is kept; `make demo` carries on from there.")
    finally:
        _stop(servers)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="candour demo", description=__doc__)
    parser.add_argument("--fresh", action="store_true", help="forget what was done, play it anew")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument("--once", action="store_true", help="stop as soon as both sites answer")
    parser.add_argument("--port", type=int, default=8001, help="first port to try")
    return parser.parse_args()


def _free_port(wanted: int) -> int:
    for port in range(wanted, wanted + 100, 2):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise SystemExit(f"No free port from {wanted} on. Stop something, or give --port.")


def _environment(workspace: int, archive: int) -> None:
    os.environ.update(
        CANDOUR_ENV="demo",
        CANDOUR_DEMO="true",
        CANDOUR_DATA_DIR=str(FOLDER),
        CANDOUR_KEY_FILE=str(KEY),
        CANDOUR_WORKSPACE_URL=f"http://localhost:{workspace}",
        CANDOUR_ARCHIVE_URL=f"http://localhost:{archive}",
        DJANGO_SETTINGS_MODULE="demo.settings",
        PYTHONPATH=os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")]),
    )


def _load() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.rmtree(KEY.parent, ignore_errors=True)
    from candour.command.setting_up import make_key_and_folders

    make_key_and_folders()
    import django

    django.setup()
    from demo.story import play

    play()
    LOADED.touch()


def _bring_up_to_date() -> None:
    """Give a demonstration played by an earlier version the tables of this one."""
    subprocess.run([sys.executable, "-m", "candour", "migrate"], check=True, env=os.environ)


def _start(workspace: int, archive: int) -> list[subprocess.Popen[bytes]]:
    gunicorn = [sys.executable, "-m", "gunicorn", "--threads", "4", "--log-level", "warning"]
    public = {**os.environ, "DJANGO_SETTINGS_MODULE": "candour.sites.archive.settings"}
    private = dict(os.environ)
    return [
        _server(
            "workspace",
            [*gunicorn, "--bind", f"127.0.0.1:{workspace}", "candour.sites.workspace.wsgi"],
            private,
        ),
        _server(
            "archive",
            [*gunicorn, "--bind", f"127.0.0.1:{archive}", "candour.sites.archive.wsgi"],
            public,
        ),
        _server("worker", [sys.executable, "-m", "candour", "worker"], private),
    ]


def _server(name: str, command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start one of the three; what it says goes into a log of its own."""
    with (FOLDER / f"{name}.log").open("ab") as log:
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log)


def _wait_until_answering(*ports: int) -> None:
    patience = time.monotonic() + PATIENCE_SECONDS
    for port in ports:
        while not _answers(port):
            if time.monotonic() > patience:
                raise SystemExit(
                    f"Nothing answers at http://localhost:{port}. "
                    f"The reason stands in {FOLDER}/*.log"
                )
            time.sleep(0.1)


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://localhost:{port}/health", timeout=5)
    except OSError:
        return False
    return True


def _say(workspace: int, archive: int) -> None:
    print(f"""
Candour is running.

  Workspace   http://localhost:{workspace}/demo/   choose a person; one click signs you in
  Archive     http://localhost:{archive}/        open to everybody

Good places to begin:
  Ruth Calloway, business manager    a rapid review on day 9 of 15, and an incident of this morning
  Frances Imrie, lead reviewer       Child R, from nine agencies' files to the published report
  Rashida Penhallow, panel adviser   the desk: what was sent, a letter answered, one that waits
  Nadia Whitcombe, agency author     a return to send: try one of the files in demo/data/child-r

What the cast sign in with is in {FOLDER / "cast.json"}. Ctrl-C stops everything.
""")


def _stop(servers: list[subprocess.Popen[bytes]]) -> None:
    for server in servers:
        server.terminate()
    for server in servers:
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()


if __name__ == "__main__":
    raise SystemExit(main())
