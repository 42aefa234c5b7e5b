"""Files on disk: sealed as they arrive, kept by their content within the case.

A file is sealed before its first byte touches a disk, waits in `quarantine/` under a name made
here, and moves to `files/<case id>/<sha256>.age` once it may be used. Each step is written to a
temporary name, forced to disk and renamed: a crash leaves the old state or the new, never half.
"""

import errno
import hashlib
import os
import secrets
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol, TypeAlias

from candour.kernel.errors import Invalid, RuleBroken
from candour.platform.config import config
from candour.platform.media_types import media_type_of


class Readable(Protocol):
    """What a sealer reads from."""

    def read(self, size: int = -1, /) -> bytes: ...


class Writable(Protocol):
    """What a sealer writes to."""

    def write(self, chunk: bytes, /) -> int: ...

    def flush(self) -> None: ...


# Reads everything from the first and writes it, sealed, to the second.
Seal: TypeAlias = Callable[[Readable, Writable], None]


BRING_BACK = (
    "This file is no longer on the server's disk as it was received. Tell the administrator, "
    "who can bring it back from the last backup."
)


class StorageFull(RuleBroken):
    """There is no room on the disk. Nothing was stored, and nothing half-made was left behind."""

    def __init__(self) -> None:
        super().__init__(
            "storage_full",
            "This file was not stored because the server's disk is full. Nothing else was "
            "changed. Keep the file, tell the administrator, and send it again once there is room.",
        )


class FileGone(RuleBroken):
    """A stored file is not where it was put, or is not what was put there."""


@dataclass(frozen=True)
class Quarantined:
    """A file that has arrived and been sealed: its name here, and what its content is."""

    name: str
    sha256: str
    size: int
    media_type: str


class _Measured:
    """Reads a file on behalf of a sealer, counting and hashing; refuses beyond the limit.

    It keeps the fault it raised, because sealers hand on only the words of one.
    """

    def __init__(self, source: IO[bytes], limit: int) -> None:
        self._source = source
        self._limit = limit
        self._hash = hashlib.sha256()
        self.size = 0
        self.fault: Exception | None = None

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(size)
        self.size += len(chunk)
        if self.size > self._limit:
            self.fault = too_large(self._limit)
            raise self.fault
        self._hash.update(chunk)
        return chunk


class FaultKeeper:
    """Writes on behalf of a sealer, keeping the fault of the disk that sealers hide."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.fault: Exception | None = None

    def write(self, chunk: bytes) -> int:
        try:
            return self._file.write(chunk)
        except OSError as error:
            self.fault = error
            raise

    def flush(self) -> None:
        self._file.flush()


def too_large(limit: int) -> Invalid:
    """The refusal of a file beyond `limit` bytes."""
    return Invalid(
        "file_too_large",
        f"This file is larger than {limit // (1024 * 1024)} megabytes. Save it without pictures, "
        "or split it, and send the parts.",
        "file",
    )


def quarantine(source: IO[bytes], seal: Seal) -> Quarantined:
    """Take in a seekable file, sealing it on the way; Invalid when empty or too large."""
    measured = _Measured(source, config().max_upload_mb * 1024 * 1024)
    media_type = media_type_of(source)
    name = f"{uuid.uuid4()}.age"
    with written(waiting_path(name)) as file:
        _seal(seal, measured, FaultKeeper(file))
        if measured.size == 0:
            raise Invalid("file_empty", "This file is empty. Choose the file again.", "file")
    return Quarantined(name, measured.sha256, measured.size, media_type)


def _seal(seal: Seal, measured: _Measured, target: FaultKeeper) -> None:
    try:
        seal(measured, target)
    except Exception as error:
        raise measured.fault or target.fault or error from error
    # A sealer may even swallow the fault of its last write.
    if target.fault:
        raise target.fault


def release(name: str, case_id: uuid.UUID, sha256: str) -> Path:
    """Move a file out of quarantine into its case; safe to repeat after a crash."""
    waiting, place = waiting_path(name), stored_path(case_id, sha256)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if waiting.exists():
        waiting.replace(place)
        _force(place.parent)
    elif not place.exists():
        raise FileGone("file_gone", BRING_BACK)
    return place


def waiting_or_stored(name: str, case_id: uuid.UUID, sha256: str) -> Path:
    """Where a received file is now: a crash may have come after it left quarantine."""
    waiting = waiting_path(name)
    return waiting if waiting.exists() else stored_path(case_id, sha256)


def discard(name: str) -> None:
    """Remove from quarantine a file whose arrival was rolled back."""
    waiting_path(name).unlink(missing_ok=True)


def read_stored(case_id: uuid.UUID, sha256: str) -> bytes:
    """The sealed bytes of a stored file; FileGone where the disk no longer has it."""
    place = stored_path(case_id, sha256)
    if not place.exists():
        raise FileGone("file_gone", BRING_BACK)
    return place.read_bytes()


def store(case_id: uuid.UUID, sha256: str, sealed: bytes) -> Path:
    """Keep what Candour itself made for a case, already sealed, under the hash of its content."""
    place = stored_path(case_id, sha256)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with written(place) as target:
        target.write(sealed)
    return place


def stored_path(case_id: uuid.UUID, sha256: str) -> Path:
    """Where the file of a case with this content is kept."""
    return config().data_dir / "files" / str(case_id) / f"{sha256}.age"


def sweep_unfinished() -> int:
    """Remove temporary files older than a day, left by a server that was killed; how many."""
    folders = [quarantine_folder(), *(config().data_dir / "files").glob("*")]
    return _remove(path for folder in folders for path in _old(folder.glob(".*")))


def sweep_quarantine(known: Callable[[set[str]], set[str]]) -> int:
    """Remove files from quarantine whose arrival was rolled back more than a day ago; how many.

    `known` answers which of the given names belong to a document.
    """
    old = {path.name: path for path in _old(quarantine_folder().glob("*.age"))}
    return _remove(old[name] for name in old.keys() - known(set(old)))


def _old(paths: Iterable[Path]) -> Iterator[Path]:
    before = time.time() - 24 * 60 * 60
    return (path for path in paths if path.stat().st_mtime < before)


def _remove(paths: Iterable[Path]) -> int:
    removed = list(paths)
    for path in removed:
        path.unlink(missing_ok=True)
    return len(removed)


def waiting_path(name: str) -> Path:
    """Where a file waits in quarantine."""
    return quarantine_folder() / name


def quarantine_folder() -> Path:
    """Where files wait; nothing is ever served from here."""
    folder = config().data_dir / "quarantine"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@contextmanager
def written(place: Path) -> Iterator[IO[bytes]]:
    """Write a file of mode 0600 whole or not at all; StorageFull leaves nothing behind."""
    temporary = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(place)
        _force(place.parent)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull from error
        raise
    finally:
        temporary.unlink(missing_ok=True)


def _force(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
