"""What a page of search results tells beside the paragraphs, kept until the archive changes.

Every change of what may be shown is a line of the publication log. Its last line is read each time;
once there is another, nothing that was kept is used any more, so a withdrawn review is gone with
its commit. After `_SECONDS` everything is read anew, for the few facts that have no line.
"""

from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from time import monotonic
from typing import TypeVar

from django.db import connections

from candour.archive import selectors
from candour.archive.models import Publisher, ReviewRecord, Status, Term, Version
from candour.platform.databases import ARCHIVE

_SECONDS = 60.0
_MOST = 5_000
_LAST_LINE = (
    "select sequence, record_id, at from archive_publicationlog order by sequence desc limit 1"
)
_T = TypeVar("_T")
_BOARD = "board"


class Shelf:
    """Facts as of one line of the log."""

    def __init__(self, line: object) -> None:
        self.line = line
        self.until = monotonic() + _SECONDS
        self._latest: dict[str, Version | None] = {}
        self._known: dict[str, object] = {}

    def latest(self, record_ids: Iterable[str]) -> dict[str, Version]:
        """The latest version of each of these reviews whose report may be shown, without its text.

        Its record and the record's publishers are at hand.
        """
        wanted, known = set(record_ids), self._latest
        unknown = wanted - known.keys()
        if unknown:
            read = selectors.latest_versions(unknown)
            known = {**known, **{id: read.get(id) for id in unknown}}
            # Two readers at once may both read; the later one keeps what it read.
            self._latest = known if len(known) < _MOST else {}
        return {id: found for id in wanted if (found := known[id]) is not None}

    def withdrawn(self) -> frozenset[str]:
        """Reviews whose text no search may touch, whatever the index still holds."""
        return self._once("withdrawn", _withdrawn)

    def names(self, facet: str) -> Mapping[str, str]:
        """How the boards, or the terms of a vocabulary, are read, by what stands in the index."""
        return self._once(facet, lambda: _names(facet))

    def _once(self, name: str, read: Callable[[], _T]) -> _T:
        if name not in self._known:
            self._known[name] = read()
        return self._known[name]  # type: ignore[return-value]


class _Shelves:
    """The one shelf of this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._shelf = Shelf(None)

    def of_now(self) -> Shelf:
        with connections[ARCHIVE].cursor() as cursor:
            cursor.execute(_LAST_LINE)
            line = cursor.fetchone()
        with self._lock:
            if self._shelf.line != line or self._shelf.until < monotonic():
                self._shelf = Shelf(line)
            return self._shelf


_SHELVES = _Shelves()


def shelf() -> Shelf:
    """The facts of this moment."""
    return _SHELVES.of_now()


def _withdrawn() -> frozenset[str]:
    rows = ReviewRecord.objects.filter(status=Status.WITHDRAWN)
    return frozenset(rows.values_list("pk", flat=True))


def _names(facet: str) -> dict[str, str]:
    if facet == _BOARD:
        return dict(Publisher.objects.values_list("slug", "name"))
    return dict(Term.objects.filter(vocabulary=facet).values_list("code", "label"))
