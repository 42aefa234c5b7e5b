"""Pictures: the text that travels with them. What is drawn in them is never read."""

from __future__ import annotations

import re
import zlib

from candour.engines.anonymise.channels.contents import Contents
from candour.engines.anonymise.channels.plain import read_raw

PICTURE_SIGNATURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")

LOOK_AT_PICTURES = "letters drawn in pictures are not read: look at it"

_PACKED_TEXT = re.compile(rb"(zTXt|iTXt)")


def read_picture(contents: Contents, data: bytes, place: str) -> None:
    """EXIF, XMP and text chunks as bytes, packed text chunks unpacked; pixels are listed as not
    checked, because nothing here reads letters that are drawn."""
    contents.cannot_check(f"{place}: what the picture shows", LOOK_AT_PICTURES)
    read_raw(contents, data, place)
    for chunk in _PACKED_TEXT.finditer(data):
        length = int.from_bytes(data[chunk.start() - 4 : chunk.start()], "big")
        read_raw(contents, _unpacked(data[chunk.end() : chunk.end() + length]), place)


def _unpacked(chunk: bytes) -> bytes:
    """PNG, 11.3.3: keyword, flags, then a zlib stream; where it begins is tried byte by byte."""
    for start in range(min(len(chunk), 200)):
        if chunk[start : start + 1] != b"\x78":
            continue
        try:
            return zlib.decompressobj().decompress(chunk[start:], 1_000_000)
        except zlib.error:
            continue
    return b""
