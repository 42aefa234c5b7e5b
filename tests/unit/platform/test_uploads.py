"""A file on its way in has no name on disk, and one that cannot be kept breaks no form."""

import errno
from pathlib import Path

import pytest
from django.http import HttpRequest

from candour.kernel.errors import Invalid
from candour.platform.config import config
from candour.platform.files import StorageFull
from candour.platform.uploads import ReceivedFile, UnnamedFileUploadHandler, require_whole


@pytest.fixture(autouse=True)
def small_limit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(config(), "max_upload_mb", 1)
    monkeypatch.setattr(config(), "data_dir", tmp_path)


def sent(*chunks: bytes) -> ReceivedFile:
    handler = UnnamedFileUploadHandler(HttpRequest())
    handler.new_file("file", "Surname.csv", "text/csv", None)
    for chunk in chunks:
        handler.receive_data_chunk(chunk, 0)
    return handler.file_complete(sum(map(len, chunks)))


def test_a_file_arrives_whole_and_nameless(tmp_path: Path) -> None:
    upload = sent(b"a" * 1000, b"b" * 1000)
    require_whole(upload)
    assert upload.read() == b"a" * 1000 + b"b" * 1000
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_past_the_limit_it_is_drained_and_refused_with_a_way_on() -> None:
    upload = sent(*[b"x" * 1024 * 1024] * 3)
    assert upload.size == 3 * 1024 * 1024
    with pytest.raises(Invalid, match="larger than 1 megabytes"):
        require_whole(upload)


def test_a_full_disk_in_mid_upload_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def write(self, chunk: bytes) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        def seek(self, place: int) -> int:
            return place

    monkeypatch.setattr("candour.platform.uploads._unnamed", Full)
    with pytest.raises(StorageFull):
        require_whole(sent(b"x", b"y"))


def test_another_fault_of_the_disk_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def write(self, chunk: bytes) -> int:
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("candour.platform.uploads._unnamed", Broken)
    with pytest.raises(OSError, match="Input/output"):
        sent(b"x")
