"""Taking a file off the wire without ever giving it a name on disk.

A large upload waits in an unnamed temporary file: if the server is killed in mid-upload the
operating system takes it away, and nobody can find it under a path meanwhile.
"""

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from candour.platform.config import config
from candour.platform.files import StorageFull, too_large

if TYPE_CHECKING:
    # Django's own class takes no parameter when it runs.
    Upload: TypeAlias = UploadedFile[bytes]
else:
    Upload = UploadedFile


class ReceivedFile(Upload):
    """An upload as it came, or the reason why it could not be taken whole."""

    fault: Exception | None = None


class UnnamedFileUploadHandler(FileUploadHandler):
    """Writes to an unnamed file in data_dir; past the limit or on a full disk it only drains.

    The rest of the form is still read, so that the page can answer with everything else kept.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._limit = config().max_upload_mb * 1024 * 1024

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._written = 0
        self._fault: Exception | None = None
        self._file = _unnamed()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._written += len(raw_data)
        if self._written > self._limit:
            self._fault = too_large(self._limit)
        if self._fault is None:
            with self._noting_a_full_disk():
                self._file.write(raw_data)

    def file_complete(self, file_size: int) -> Upload:
        with self._noting_a_full_disk():
            self._file.seek(0)
        received = ReceivedFile(
            self._file,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
        received.fault = self._fault
        return received

    @contextmanager
    def _noting_a_full_disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            self._fault = StorageFull()


def require_whole(upload: Upload) -> None:
    """Raise what kept this upload from being taken whole, if anything did."""
    fault = getattr(upload, "fault", None)
    if fault is not None:
        raise fault


def _unnamed() -> IO[bytes]:
    folder = config().data_dir / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return tempfile.TemporaryFile(dir=folder)
