"""Any file, by what its bytes are and not by what its name says."""

from __future__ import annotations

import gzip
import zlib
from pathlib import PurePosixPath

from candour.engines.anonymise.channels.contents import Contents
from candour.engines.anonymise.channels.markup import read_html, read_xml
from candour.engines.anonymise.channels.package import read_package
from candour.engines.anonymise.channels.pdf import read_pdf
from candour.engines.anonymise.channels.picture import PICTURE_SIGNATURES, read_picture
from candour.engines.anonymise.channels.plain import decoded, read_json, read_raw, read_text

DEEPEST = 6
"""Files inside files; below that nothing is opened, and said so."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FONTS = (b"OTTO", b"\x00\x01\x00\x00", b"true", b"wOFF", b"wOF2")


def contents_of(data: bytes, name: str) -> Contents:
    """Every channel of the file, the file name among them."""
    contents = Contents()
    contents.say("file name", name, name)
    open_file(contents, data, name)
    return contents


def open_file(contents: Contents, data: bytes, place: str, label: str = "text") -> None:
    """Read one file, or a file inside another, with everything packed in it."""
    if place.count(" > ") > DEEPEST:
        contents.cannot_check(place, f"files are packed more than {DEEPEST} deep")
        return
    start = (decoded(data[:1024]) or "").lstrip()
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        read_package(contents, data, place, open_file)
    elif b"%PDF-" in data[:1024]:
        read_pdf(contents, data, place, open_file)
    elif data.startswith(b"\x1f\x8b"):
        _open_gzip(contents, data, place)
    elif data.startswith(PICTURE_SIGNATURES) and b"\x00" in data[:64]:
        read_picture(contents, data, place)
    elif data.startswith(_OLD_OFFICE):
        contents.cannot_check(place, "old Office files are not taken apart; save it as new")
    elif data.startswith(_FONTS) and b"\x00" in data[:64]:
        read_raw(contents, data, place)
    elif start.startswith("<"):
        _open_markup(contents, data, start, place, label)
    else:
        _open_text(contents, data, place)
    read_raw(contents, data, place)


def _open_markup(contents: Contents, data: bytes, start: str, place: str, label: str) -> None:
    is_xml = start.startswith("<?xml") or PurePosixPath(place).suffix in (".xml", ".svg", ".rels")
    if is_xml and "<html" not in start.lower():
        read_xml(contents, data, place, label)
    else:
        read_html(contents, data, place)


def _open_text(contents: Contents, data: bytes, place: str) -> None:
    if PurePosixPath(place).suffix in (".json", ".jsonl", ".geojson") or data[:1] == b"{":
        read_json(contents, data, place)
    elif decoded(data) is None:
        contents.cannot_check(place, "the kind of file is not known; its bytes were searched")
    else:
        read_text(contents, data, place)


def _open_gzip(contents: Contents, data: bytes, place: str) -> None:
    try:
        unpacked = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as fault:
        contents.cannot_check(place, f"the packed file cannot be unpacked ({fault})")
        return
    open_file(contents, unpacked, f"{place} > unpacked")
