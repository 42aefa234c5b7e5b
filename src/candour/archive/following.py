"""What a node does all the time: keep its index and its files in step with the publication log."""

import signal
from contextlib import closing
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Event
from time import monotonic
from types import FrameType
from urllib.parse import urlsplit

from django.db import DatabaseError, close_old_connections
from django.urls import reverse

from candour.archive import storage
from candour.archive.indexing import index_pending, read_for_meaning, rebuild_if_replaced
from candour.archive.models import PublishedFile, Status
from candour.kernel.errors import WrongState
from candour.platform.config import config
from candour.platform.logs import log

_IDLE_SECONDS = 0.25
_AWAY_SECONDS = 5.0
_FILES_EVERY = 60.0
_A_DAY = 86_400.0
_ANSWER_WITHIN = 30


class Follower:
    """The loop: take in what the log tells, bring files, let go of others; ends on SIGTERM."""

    def __init__(self) -> None:
        """Make the data folder this node's own.

        Raises:
            WrongState: when this is no node, or the folder is a main archive's.
        """
        _own_folder()
        self._stopping = Event()
        self._rebuilt_at = monotonic()
        self._files_at = -_FILES_EVERY

    def run(self) -> None:
        """Follow until stopped."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        log.info("archive.follower_started")
        while not self._stopping.is_set():
            self._stopping.wait(self._turn())

    def catch_up(self) -> None:
        """Take in all that the log tells, bring files, let go of others."""
        lines, now = index_pending(), monotonic()
        if lines or now - self._files_at > _FILES_EVERY:
            bring_files()
            self._files_at = now
        if now - self._rebuilt_at > _A_DAY:
            rebuild_if_replaced()
            self._rebuilt_at = now
        read_for_meaning()

    def _turn(self) -> float:
        try:
            self.catch_up()
        except (DatabaseError, OSError) as error:
            log.error("archive.cannot_follow", error=error)
            return _AWAY_SECONDS
        finally:
            close_old_connections()
        return _IDLE_SECONDS

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping.set()


def _own_folder() -> None:
    if not config().archive_follows:
        raise WrongState(
            "not_a_node",
            "This is not a node: set CANDOUR_ARCHIVE_FOLLOWS to the address of the main archive. "
            "The worker of a main archive keeps its index itself.",
        )
    mark = storage.archive_folder() / "follows"
    if not mark.exists() and any(storage.kept_files()):
        raise WrongState(
            "not_a_nodes_folder",
            f"{storage.archive_folder()} holds the files of a main archive, and a node removes "
            "whatever it did not bring itself. Give the node a data folder of its own "
            "(CANDOUR_DATA_DIR) and start again.",
        )
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(config().archive_follows, encoding="utf-8")


def bring_files() -> int:
    """Fetch the published files that are not here and remove those that are published no more.

    Returns how many are still missing; they are asked for again later.
    """
    rows = PublishedFile.objects.filter(version__record__status=Status.PUBLISHED)
    named = rows.select_related("version").defer("version__body_html")
    wanted = {file.sha256: file for file in named}
    for path in storage.kept_files():
        if path.name not in wanted:
            storage.forget(path.name)
    missing = [file for digest, file in wanted.items() if not storage.path_of(digest).exists()]
    return len(missing) - sum(_brought(file) for file in missing)


def _brought(file: PublishedFile) -> bool:
    """Fetch one file from the main archive; it is kept only if it is the one that was deposited."""
    version = file.version
    path = reverse("archive:file", args=[version.record_id, version.number, file.name])
    try:
        content = _fetched(path, file.size)
    except (OSError, HTTPException) as fault:
        log.warning("archive.file_not_brought", error_type=type(fault).__name__)
        return False
    if sha256(content).hexdigest() != file.sha256:
        log.warning("archive.file_differs")
        return False
    storage.keep(content)
    return True


def _fetched(path: str, size: int) -> bytes:
    main = urlsplit(config().archive_follows)
    kind = HTTPSConnection if main.scheme == "https" else HTTPConnection
    link = kind(main.hostname or "", main.port, timeout=_ANSWER_WITHIN)
    with closing(link):
        link.request("GET", main.path.rstrip("/") + path)
        # A byte more than was deposited is enough to see that it is another file.
        return link.getresponse().read(size + 1)
