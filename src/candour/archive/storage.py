"""Where the archive keeps bytes: files under their SHA-256, the search index beside them."""

import os
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from candour.platform.config import config


def archive_folder() -> Path:
    """The folder of everything the archive keeps outside its database."""
    return config().data_dir / "archive"


def index_folder() -> Path:
    """The folder of the search index."""
    return archive_folder() / "index"


def path_of(digest: str) -> Path:
    """Where the file with this SHA-256 lies, whether or not it is there."""
    return archive_folder() / "files" / digest[:2] / digest


def kept_files() -> Iterator[Path]:
    """Every file that is kept, whether or not a row names it."""
    return (path for path in (archive_folder() / "files").glob("??/*") if len(path.name) == 64)


def keep(content: bytes) -> str:
    """Write the bytes once, completely or not at all, and return their SHA-256 in hexadecimal."""
    digest = sha256(content).hexdigest()
    path = path_of(digest)
    if path.exists():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(path)
    return digest


def base64_digest(digest: str) -> str:
    """A hexadecimal SHA-256 as base64, the form that HTTP headers carry (RFC 9530)."""
    return b64encode(bytes.fromhex(digest)).decode("ascii")


def forget(digest: str) -> None:
    """Remove the file with this SHA-256; a file that is gone already is no fault."""
    path_of(digest).unlink(missing_ok=True)
