"""Two archive nodes on a streaming replica, one of them killed in mid-traffic.

    .venv/bin/python bench/archive_nodes.py [reports]

Starts a PostgreSQL primary and its streaming replica from Debian's packages in a temporary folder,
the main archive's worker and server on the primary, and two nodes on the replica, each with an
index of its own. Visitors ask through a front that takes the nodes in turn and asks the other when
one does not answer, as nginx does with `proxy_next_upstream`. Then: a publication, a withdrawal, a
node killed and started again, and the replica cut off. Times are of the clock, in seconds, and
include the replica, the follower's round of a quarter of a second, and asking every 20 ms.
"""

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parent))
from archive_scale import Texts
from archive_site import _record

PRIMARY, REPLICA, MAIN, NODES = 55431, 55432, 8170, (8171, 8172)
VISITORS, MOST_BEHIND = 4, 30
DATABASE = "postgresql://{role}@127.0.0.1:{port}/candour_archive"
PEACE = 10
"""Seconds of traffic before and after what happens."""


class Postgres:
    """A primary and its replica, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        version = max(Path("/usr/lib/postgresql").iterdir(), key=lambda path: int(path.name))
        self.programs = version / "bin"
        # PostgreSQL refuses to run as root; Debian's package brings a user for it.
        self.user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.user:
            shutil.chown(folder, "postgres", "postgres")

    def run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [*self.user, str(self.programs / program), *arguments],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )

    def start(self, name: str, port: int) -> None:
        settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        data, log = self.folder / name, self.folder / f"{name}.log"
        self.run("pg_ctl", "-D", str(data), "-l", str(log), "-o", settings, "-w", "start")

    def stop(self, name: str) -> None:
        with contextlib.suppress(subprocess.CalledProcessError):
            self.run("pg_ctl", "-D", str(self.folder / name), "-m", "immediate", "stop")

    def primary(self) -> None:
        data = str(self.folder / "primary")
        self.run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8")
        self.start("primary", PRIMARY)
        self.sql(PRIMARY, "create database candour_archive", "postgres")
        for role in ("candour_workspace", "candour_archive"):
            self.sql(PRIMARY, f"create role {role} login nosuperuser nobypassrls", "postgres")

    def replica(self) -> None:
        source = ["-h", "127.0.0.1", "-p", str(PRIMARY), "-U", "postgres"]
        self.run("pg_basebackup", *source, "-D", str(self.folder / "replica"), "-R", "-c", "fast")
        self.start("replica", REPLICA)

    def sql(self, port: int, text: str, database: str = "candour_archive") -> None:
        import psycopg

        address = f"host=127.0.0.1 port={port} user=postgres dbname={database}"
        with psycopg.connect(address, autocommit=True) as link:
            link.execute(text)  # type: ignore[arg-type]

    def cut_off(self) -> None:
        """The replica stays up and answers, but hears no more of the primary."""
        self.sql(REPLICA, "alter system set primary_conninfo = ''")
        self.sql(REPLICA, "select pg_reload_conf()")


@dataclass
class Server:
    """One data folder with the `candour` processes that run on it."""

    folder: Path
    port: int
    settings: dict[str, str]
    running: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if "CANDOUR" not in name}
        own = {
            "CANDOUR_DATA_DIR": str(self.folder),
            "CANDOUR_KEY_FILE": str(self.folder.parent / "keys" / "service.key"),
            "CANDOUR_ARCHIVE_MOST_BEHIND": str(MOST_BEHIND),
        }
        return {**kept, **own, **self.settings}

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "candour", *arguments]
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            started = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.running.append(started)
        return started

    def do(self, *arguments: str) -> None:
        if self.start(*arguments).wait():
            told = (self.folder.parent / f"{self.folder.name}.log").read_text()[-2000:]
            raise RuntimeError(f"candour {arguments[0]} failed: {told}")
        self.running.pop()

    def serve(self) -> None:
        self.start("serve", "archive", "--bind", f"127.0.0.1:{self.port}", "--workers", "1")
        until(lambda: answer(self.port, "/health")[0] in (200, 503))

    def follow_and_serve(self) -> None:
        self.do("follow", "--once")
        self.start("follow")
        self.serve()

    def kill(self) -> None:
        for process in self.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running.clear()


class Front:
    """Asks the nodes in turn, and the other one when one does not answer."""

    def __init__(self) -> None:
        self.turn = 0
        self.given: Counter[str] = Counter()
        self.times: list[float] = []
        self.stopping = threading.Event()

    def ask(self, address: str) -> int:
        self.turn += 1
        status = 0
        for attempt in range(len(NODES) * 2):
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, _ = answer(NODES[(self.turn + attempt) % len(NODES)], address)
                if status < 500:
                    break
            self.given["asked again"] += 1
        return status

    def visit(self, addresses: list[str]) -> None:
        while not self.stopping.is_set():
            for address in addresses:
                started = time.perf_counter()
                status = self.ask(address)
                self.times.append(time.perf_counter() - started)
                self.given["answered" if status in (200, 410) else f"failed with {status}"] += 1
                if self.stopping.is_set():
                    return

    @contextlib.contextmanager
    def traffic(self, addresses: list[str]) -> Iterator[None]:
        visitors = [
            threading.Thread(target=self.visit, args=(addresses[n:] + addresses[:n],))
            for n in range(VISITORS)
        ]
        for each in visitors:
            each.start()
        try:
            yield
        finally:
            self.stopping.set()
            for each in visitors:
                each.join()


def answer(port: int, address: str) -> tuple[int, str]:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with contextlib.closing(link):
        link.request("GET", address)
        given = link.getresponse()
        return given.status, given.read().decode("utf-8", "replace")


def until(holds: Callable[[], bool], most: float = 120) -> float:
    started = time.perf_counter()
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if holds():
                return time.perf_counter() - started
        if time.perf_counter() - started > most:
            raise RuntimeError("it did not come about")
        time.sleep(0.02)


def everywhere(holds: Callable[[int], bool]) -> str:
    """The seconds until it holds at each node."""
    seen: dict[int, float] = {}

    def watch(port: int) -> None:
        seen[port] = until(lambda: holds(port))

    watching = [threading.Thread(target=watch, args=(port,)) for port in NODES]
    for each in watching:
        each.start()
    for each in watching:
        each.join()
    return " and ".join(f"{seen[port]:.2f} s" for port in NODES)


def _as_depositor(main: Server) -> None:
    os.environ.update(main.environment, DJANGO_SETTINGS_MODULE="candour.sites.archive.settings")
    import django

    django.setup()


def _publish(texts: Texts, number: int, word: str) -> str:
    from candour.archive.deposits import deposit

    paragraphs = [f"{word} {text}" for text in texts.report(number)]
    return str(deposit(_record(texts, number, paragraphs)).pk)  # type: ignore[arg-type]


def _found(word: str, record: str) -> Callable[[int], bool]:
    return lambda port: f"/review/{record}" in answer(port, f"/search?q={quote(word)}")[1]


def _story(texts: Texts, postgres: Postgres, nodes: list[Server]) -> None:
    from candour.archive.deposits import withdraw
    from candour.archive.models import ReasonClass, ReviewRecord, TombstoneKind

    records = list(ReviewRecord.objects.values_list("pk", flat=True)[:40])
    asked = [f"/search?q={quote(words)}" for kind, words in texts.questions() if kind != "phrase"]
    addresses = ["/", "/reviews", *(f"/review/{pk}/v1" for pk in records), *asked[:40]]
    front = Front()
    with front.traffic(addresses):
        time.sleep(PEACE)
        record = _publish(texts, 10**6, "zyxwvpublished")
        delay = everywhere(_found("zyxwvpublished", record))
        print(f"published to searchable on each node: {delay}", flush=True)
        withdraw(record, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.COURT_ORDER)
        delay = everywhere(lambda port: answer(port, f"/review/{record}/v1")[0] == 410)
        print(f"withdrawn to gone from the page: {delay}", flush=True)
        hidden = _found("zyxwvpublished", record)
        print(f"  and from the search: {everywhere(lambda port: not hidden(port))}", flush=True)
        words = everywhere(lambda port: not _holds(nodes[NODES.index(port)], b"zyxwvpublish"))
        print(f"  and its words from every byte of the index: {words}", flush=True)
        nodes[0].kill()
        print("one node killed (-9), server and follower", flush=True)
        time.sleep(PEACE)
        later = _publish(texts, 10**6 + 1, "zyxwvlater")
        nodes[0].follow_and_serve()
        print(f"started again, it has what it missed: {_found('zyxwvlater', later)(NODES[0])}")
        time.sleep(PEACE)
    print(f"visitors: {dict(front.given)}; failed: {_failed(front)} of {len(front.times)}")
    front.times.sort()
    p95 = front.times[len(front.times) * 95 // 100]
    print(f"  {len(front.times)} requests, p95 {p95 * 1000:.0f} ms, worst {front.times[-1]:.2f} s")
    postgres.cut_off()
    silent = everywhere(lambda port: answer(port, "/")[0] == 503)
    print(f"replica cut off: both nodes silent after {silent} (at most {MOST_BEHIND} s behind)")


def _failed(front: Front) -> int:
    return sum(number for what, number in front.given.items() if what.startswith("failed"))


def _holds(node: Server, word: bytes) -> bool:
    for path in (node.folder / "archive" / "index").rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            if path.is_file() and word in path.read_bytes():
                return True
    return False


def main(reports: int) -> None:
    texts = Texts(reports)
    with tempfile.TemporaryDirectory() as place, contextlib.ExitStack() as afterwards:
        folder = Path(place)
        folder.chmod(0o755)
        clusters = folder / "postgresql"
        clusters.mkdir()
        postgres = Postgres(clusters)
        for name in ("replica", "primary"):
            afterwards.callback(postgres.stop, name)
        postgres.primary()
        owner = DATABASE.format(role="postgres", port=PRIMARY)
        own = DATABASE.format(role="candour_workspace", port=PRIMARY)
        to_copy = DATABASE.format(role="candour_archive", port=REPLICA)
        centre = Server(
            folder / "main",
            MAIN,
            {"CANDOUR_ARCHIVE_DATABASE_URL": own, "CANDOUR_ARCHIVE_OWNER_DATABASE_URL": owner},
        )
        follows = {
            "CANDOUR_ARCHIVE_DATABASE_URL": to_copy,
            "CANDOUR_ARCHIVE_FOLLOWS": f"http://127.0.0.1:{MAIN}",
        }
        nodes = [Server(folder / f"node-{port}", port, follows) for port in NODES]
        for server in (centre, *nodes):
            server.folder.mkdir()
            afterwards.callback(server.kill)
        key = ["setup", "--partnership", "Bench", "--admin-name", "A", "--admin-email", "a@b.org"]
        centre.do(*key)
        _as_depositor(centre)
        for number in range(reports):
            _publish(texts, number, "")
        centre.start("worker")
        centre.serve()
        postgres.replica()
        started = time.perf_counter()
        for node in nodes:
            node.follow_and_serve()
        print(f"{reports * 200:,} paragraphs; both nodes built their index and answered after")
        print(f"  {time.perf_counter() - started:.1f} s, one after the other", flush=True)
        _story(texts, postgres, nodes)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
