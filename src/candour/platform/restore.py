"""Bringing a backup up in a fresh folder, on the same database engine or the other one.

All rows come in one transaction for each database, checked against the manifest before it is
committed. A restored copy writes to nobody: its mail is held until `candour release-mail`.
"""

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from threading import Thread
from typing import IO, Any

import pyrage
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import transaction

from candour.kernel.errors import Invalid, WrongState
from candour.platform.backup import FOLDERS, FORMAT
from candour.platform.config import config
from candour.platform.databases import ARCHIVE, WORKSPACE
from candour.platform.dump import clear, load, reset_sequences
from candour.platform.files import written
from candour.platform.keys import service_identity
from candour.platform.mail import hold_mail
from candour.platform.models import Job

_DAMAGED = (
    "backup_damaged",
    "This backup is incomplete or was altered; nothing has been restored. Use another copy.",
)


def read_identity(path: Path | None) -> pyrage.x25519.Identity:
    """The key that opens the backup: from a file, otherwise the service key."""
    if path is None:
        return service_identity()
    lines = path.read_text(encoding="ascii").splitlines()
    keys = [line for line in lines if line.startswith("AGE-SECRET-KEY-")]
    if not keys:
        raise Invalid("identity_not_readable", f"{path} holds no age secret key.")
    return pyrage.x25519.Identity.from_str(keys[0])


def restore_backup(source: Path, identity: pyrage.x25519.Identity) -> dict[str, int]:
    """Load a backup into fresh, migrated databases and a data folder without files.

    Answers with the number of rows by model. WrongState where this place already holds an
    installation; Invalid where the backup is damaged or the key is not its own. Either leaves the
    databases as they were and removes the files it wrote.
    """
    _require_fresh()
    placed: list[Path] = []
    try:
        with ExitStack() as stack:
            for alias in (WORKSPACE, ARCHIVE):
                stack.enter_context(transaction.atomic(using=alias))
                clear(alias)
            with _opened(source, identity) as pipe:
                rows = _take_in(pipe, placed)
            for alias in (WORKSPACE, ARCHIVE):
                reset_sequences(alias)
            Job.objects.filter(done_at__isnull=True).update(leased_until=None)
            hold_mail()
    except BaseException:
        for path in placed:
            path.unlink(missing_ok=True)
        raise
    return rows


def _require_fresh() -> None:
    files = config().data_dir / "files"
    if get_user_model()._default_manager.exists() or (files.exists() and any(files.iterdir())):
        raise WrongState(
            "already_in_use",
            f"There is an installation in {config().data_dir} or its database already. "
            "Restore into an empty folder and an empty database.",
        )


def _take_in(pipe: IO[bytes], placed: list[Path]) -> dict[str, int]:
    parts: dict[str, list[int | str]] = {}
    rows: dict[str, int] = {}
    manifest: dict[str, Any] = {}
    try:
        with tarfile.open(fileobj=pipe, mode="r|") as tar:
            for entry in tar:
                data = _bytes_of(tar, entry)
                if entry.name == "manifest.json":
                    manifest = json.loads(data)
                    continue
                parts[entry.name] = [len(data), hashlib.sha256(data).hexdigest()]
                _place(entry.name, data, rows, placed)
    except tarfile.TarError as error:
        raise Invalid(*_DAMAGED) from error
    if parts != manifest.get("parts"):
        raise Invalid(*_DAMAGED)
    return rows


def _bytes_of(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    content = tar.extractfile(entry) if entry.isfile() else None
    if content is None:
        raise Invalid(*_DAMAGED)
    return content.read()


def _place(name: str, data: bytes, rows: dict[str, int], placed: list[Path]) -> None:
    if name == "backup.json":
        _require_known_format(json.loads(data))
    elif name.startswith("rows/"):
        _, alias, label, _ = name.split("/")
        rows[label] = rows.get(label, 0) + load(apps.get_model(label), data.splitlines(), alias)
    else:
        path = _safe_path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with written(path) as file:
            file.write(data)
        placed.append(path)


def _require_known_format(head: dict[str, Any]) -> None:
    if head.get("format") != FORMAT:
        raise Invalid(
            "backup_of_another_release",
            f"This backup was made by Candour {head.get('version')}, in a form that this release "
            "does not read. Restore it with that release, then upgrade.",
        )


def _safe_path(name: str) -> Path:
    parts = PurePosixPath(name).parts
    if ".." in parts or not name.startswith(tuple(f"{folder}/" for folder in FOLDERS)):
        raise Invalid(*_DAMAGED)
    return config().data_dir.joinpath(*parts)


@contextmanager
def _opened(source: Path, identity: pyrage.x25519.Identity) -> Iterator[IO[bytes]]:
    """The plain bytes of a sealed file through a pipe; Invalid if it ends early or is not ours."""
    reading, writing = os.pipe()
    faults: list[Exception] = []

    def unseal() -> None:
        with source.open("rb") as sealed, os.fdopen(writing, "wb") as plain:
            try:
                pyrage.decrypt_io(sealed, plain, [identity])
            except Exception as error:
                faults.append(error)

    thread = Thread(target=unseal)
    thread.start()
    try:
        with os.fdopen(reading, "rb") as pipe:
            yield pipe
            pipe.read()
    except Invalid as refusal:
        thread.join()
        raise _wrong_key(faults) or refusal from refusal
    finally:
        thread.join()
    if faults:
        raise _wrong_key(faults) or Invalid(*_DAMAGED)


def _wrong_key(faults: list[Exception]) -> Invalid | None:
    if any("No matching keys" in str(fault) for fault in faults):
        return Invalid(
            "wrong_key",
            "This backup was sealed to another key. Give the right one with --identity.",
        )
    return None
