"""A file is what its bytes say, whatever its sender calls it."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.platform import media_types
from candour.platform.media_types import extension_of, media_type_of


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        (".docx", media_types.DOCX),
        (".xlsx", media_types.XLSX),
        (".odt", media_types.ODT),
        (".csv", media_types.TEXT),
    ],
)
def test_the_sample_files_are_told_apart_by_content(
    samples: Path, ending: str, expected: str
) -> None:
    found = [file for file in (samples / "child-r").iterdir() if file.suffix == ending]
    assert found
    for file in found:
        with file.open("rb") as opened:
            assert media_type_of(opened) == expected, file.name
            assert opened.tell() == 0


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7\n", media_types.PDF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", media_types.OLE),
        (b"  <!DOCTYPE HTML><p>", media_types.HTML),
        (b"\xff\xfeD\x00", media_types.TEXT),
        (b"\x7fELF\0\0", media_types.UNKNOWN),
        (b"", media_types.UNKNOWN),
    ],
)
def test_signatures(content: bytes, expected: str) -> None:
    assert media_type_of(io.BytesIO(content)) == expected


@pytest.mark.parametrize(
    ("media_type", "name", "ending"),
    [
        (media_types.TEXT, "Chronology.CSV", ".csv"),
        (media_types.TEXT, "run.exe", ".txt"),
        (media_types.OLE, "old.doc", ".doc"),
        (media_types.DOCX, "renamed.pdf", ".docx"),
        (media_types.UNKNOWN, "x.html", ".bin"),
    ],
)
def test_the_ending_follows_the_content_not_the_name(
    media_type: str, name: str, ending: str
) -> None:
    assert extension_of(media_type, name) == ending


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_have_a_type_and_any_name_an_ending(content: bytes, name: str) -> None:
    media_type = media_type_of(io.BytesIO(content))
    assert extension_of(media_type, name).startswith(".")
