"""Pages kept in memory as they were sent, until the archive changes.

Every change of what may be shown is a line of the publication log. Its number is asked before each
answer: once it has moved on, no page is sent any more that the new lines may have changed, so a
withdrawn review is gone with its commit. The text of a report tells of its own review alone and
goes with a line of that review; every other page goes with any line. A page is also made anew after
some time, for the few facts that have no line in the log. What somebody searched for is never kept,
and no page that depends on who asks exists here.
"""

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from candour.platform.databases import ARCHIVE

_SECONDS = 300.0
# A text may show an earlier helpline of its board for so long; nothing else in it lacks a line.
_SECONDS_TEXT = 600.0
_MOST_LINES = 200
_TEXT = re.compile(r"/review/([A-Za-z0-9-]+)/v\d+(?:/chapter/\d+)?")
_MOST_BYTES = 128 * 1024 * 1024
_LONGEST_ADDRESS = 300
# Searches, the reader's list, alerts, and whatever tells the state of this process.
_NEVER = ("/search", "/list", "/alerts", "/health", "/static/")
_DEPENDS_ON = frozenset({"accept-encoding", "accept"})
_LAST_LINE = "select coalesce(max(sequence), 0) from archive_loghead"
_CHANGED = (
    "select record_id from archive_publicationlog where sequence > %s and sequence <= %s limit %s"
)

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A response as it went out, and until when it may be sent again."""

    status: int
    content: bytes
    headers: tuple[tuple[str, str], ...]
    until: float


class KeptPagesMiddleware:
    """Sends a kept page again; a page that the visitor has already is answered with 304."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._pages: OrderedDict[Key, _Kept] = OrderedDict()
        self._bytes = 0
        self._line = -1
        self._lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = _key(request)
        if key is None:
            return self.get_response(request)
        line = _last_line()
        kept = self._find(key, line)
        if kept is not None:
            return _again(kept, request)
        response = self.get_response(request)
        if _may_be_kept(response) and isinstance(response, HttpResponse):
            self._keep(key, line, response)
        return response

    def _find(self, key: Key, line: int) -> _Kept | None:
        with self._lock:
            if line != self._line:
                self._let_go(_changed(self._line, line))
                self._line = line
            kept = self._pages.get(key)
            if kept is None or kept.until < monotonic():
                return None
            self._pages.move_to_end(key)
            return kept

    def _let_go(self, changed: frozenset[str] | None) -> None:
        for key in list(self._pages):
            record = _record_of(key[0])
            if changed is None or not record or record in changed:
                self._bytes -= len(self._pages.pop(key).content)

    def _keep(self, key: Key, line: int, response: HttpResponse) -> None:
        headers = tuple(response.items())
        seconds = _SECONDS_TEXT if _record_of(key[0]) else _SECONDS
        kept = _Kept(response.status_code, response.content, headers, monotonic() + seconds)
        with self._lock:
            if line != self._line:
                return
            before = self._pages.pop(key, None)
            self._bytes += len(kept.content) - (len(before.content) if before else 0)
            self._pages[key] = kept
            while self._bytes > _MOST_BYTES:
                _, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.content)


def _key(request: HttpRequest) -> Key | None:
    address = request.get_full_path()
    if (
        request.method != "GET"
        or len(address) > _LONGEST_ADDRESS
        or request.path.startswith(_NEVER)
    ):
        return None
    if "q" in request.GET:
        return None
    compressed = "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else ""
    return address, compressed, request.headers.get("Accept", "")[:200]


def _record_of(address: str) -> str:
    """The review whose text this address is, or nothing for any other page."""
    found = _TEXT.fullmatch(address)
    return found[1] if found else ""


def _changed(before: int, now: int) -> frozenset[str] | None:
    """The reviews that the lines between tell of; none when they are too many, or went back."""
    if before < 0 or now < before:
        return None
    with connections[ARCHIVE].cursor() as cursor:
        cursor.execute(_CHANGED, [before, now, _MOST_LINES])
        records = frozenset(record for (record,) in cursor.fetchall())
    return None if now - before >= _MOST_LINES else records


def _last_line() -> int:
    with connections[ARCHIVE].cursor() as cursor:
        cursor.execute(_LAST_LINE)
        row = cursor.fetchone()
    return int(row[0])


def _may_be_kept(response: HttpResponseBase) -> bool:
    depends = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and depends <= _DEPENDS_ON
    )


def _again(kept: _Kept, request: HttpRequest) -> HttpResponse:
    headers = dict(kept.headers)
    asked = {tag.strip() for tag in request.headers.get("If-None-Match", "").split(",")}
    if headers.get("ETag") and headers["ETag"] in asked:
        passed = ("ETag", "Vary", "Cache-Control", "Link", "Expires")
        answer = HttpResponse(status=304)
        del answer["Content-Type"]
        for name in passed:
            if name in headers:
                answer[name] = headers[name]
        return answer
    return HttpResponse(kept.content, status=kept.status, headers=headers)
