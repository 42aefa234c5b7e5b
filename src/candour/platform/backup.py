"""One sealed file that holds a whole installation, except the key that opens it.

Inside the age seal is a tar: `backup.json` (what made it and when), the rows of both databases
as JSON lines, the sealed files of cases and the files of the archive, and at the end
`manifest.json` with the size and SHA-256 of each. Rows are read in one snapshot; files are only
ever added, so those that the snapshot speaks of are all there when it has been read.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from threading import Thread
from typing import IO

import pyrage
from django.db import connections, transaction

from candour.kernel import clock
from candour.kernel.errors import Invalid
from candour.platform.config import config
from candour.platform.databases import ARCHIVE, WORKSPACE
from candour.platform.dump import chunks, kept_models
from candour.platform.files import FaultKeeper, written
from candour.platform.keys import service_recipient

FORMAT = 1
# What stands under data_dir and cannot be made again. Databases go in as rows; indexes, locks,
# static files and the signing secret are made anew.
FOLDERS = ("files", "quarantine", "archive/files")


@dataclass
class Contents:
    """What a backup holds: rows by model, and each part with its size and SHA-256."""

    format: int = FORMAT
    version: str = field(default_factory=lambda: version("candour"))
    made_at: str = field(default_factory=lambda: clock.now().isoformat())
    rows: dict[str, int] = field(default_factory=dict)
    parts: dict[str, list[int | str]] = field(default_factory=dict)


def make_backup(out: Path, recipient: str = "") -> Contents:
    """Write a backup to `out`, sealed to `recipient`, or to the service key and the recovery one.

    StorageFull leaves nothing behind; Invalid for a recipient that is not an age public key, or a
    file that already exists.
    """
    if out.exists():
        raise Invalid("file_exists", f"{out} already exists. Choose another name for the backup.")
    contents = Contents()
    with (
        written(out) as file,
        _sealed(file, _recipients(recipient)) as pipe,
        tarfile.open(fileobj=pipe, mode="w|") as tar,
    ):
        _fill(tar, contents)
    return contents


def _fill(tar: tarfile.TarFile, contents: Contents) -> None:
    head = {"format": FORMAT, "version": contents.version, "made_at": contents.made_at}
    _add(tar, contents, "backup.json", json.dumps(head).encode())
    for alias in (WORKSPACE, ARCHIVE):
        with snapshot(alias):
            _add_rows(tar, contents, alias)
    for path in _files():
        name = path.relative_to(config().data_dir).as_posix()
        _add(tar, contents, name, path.read_bytes())
    _add(tar, contents, "manifest.json", json.dumps(asdict(contents)).encode())


@contextmanager
def snapshot(alias: str) -> Iterator[None]:
    """Read one moment of a database without keeping anybody from writing to it."""
    connection = connections[alias]
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("begin deferred")
            try:
                yield
            finally:
                cursor.execute("rollback")
    else:
        with transaction.atomic(using=alias), connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
            yield


def _add_rows(tar: tarfile.TarFile, contents: Contents, alias: str) -> None:
    for model in kept_models(alias):
        label = model._meta.label_lower
        contents.rows[label] = 0
        for number, (count, lines) in enumerate(chunks(model, alias)):
            contents.rows[label] += count
            _add(tar, contents, f"rows/{alias}/{label}/{number:06}.jsonl", lines)


def _add(tar: tarfile.TarFile, contents: Contents, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(data), 0o600
    tar.addfile(entry, io.BytesIO(data))
    contents.parts[name] = [len(data), hashlib.sha256(data).hexdigest()]


def _files() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((config().data_dir / folder).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path


def _recipients(given: str) -> list[pyrage.x25519.Recipient]:
    try:
        if given:
            return [pyrage.x25519.Recipient.from_str(given)]
        own = [service_recipient()]
        recovery = config().recovery_recipient
        return [*own, pyrage.x25519.Recipient.from_str(recovery)] if recovery else own
    except pyrage.RecipientError as error:
        raise Invalid(
            "recipient_not_readable",
            "The recipient is not an age public key. One begins with age1; `age-keygen` makes one.",
        ) from error


@contextmanager
def _sealed(file: IO[bytes], recipients: list[pyrage.x25519.Recipient]) -> Iterator[IO[bytes]]:
    """What is written to the pipe arrives sealed in the file, never whole in memory or plain."""
    reading, writing = os.pipe()
    target = FaultKeeper(file)
    faults: list[Exception] = []

    def seal() -> None:
        with os.fdopen(reading, "rb") as plain:
            try:
                pyrage.encrypt_io(plain, target, recipients)
            except Exception as error:
                faults.append(error)

    thread = Thread(target=seal)
    thread.start()
    try:
        with os.fdopen(writing, "wb") as pipe:
            yield pipe
    finally:
        thread.join()
        # A sealer hides the fault of the disk, and may even swallow that of its last write.
        fault = target.fault or next(iter(faults), None)
        if fault:
            raise fault
