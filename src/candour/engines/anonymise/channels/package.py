"""Word, Excel, OpenDocument and other files that are zip archives."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from candour.engines.anonymise.channels.contents import Contents

UNPACKED_LIMIT = 300_000_000
"""Bytes; an archive that unpacks to more is not read, and said so."""

Read = Callable[[Contents, bytes, str, str], None]

_LABELS = (
    (re.compile(r"docProps/|meta\.xml$"), "properties"),
    (re.compile(r"word/document\.xml$|content\.xml$"), "document"),
    (re.compile(r"word/(header|footer|comments|footnotes|endnotes|settings|styles|people)"), ""),
    (re.compile(r"\.rels$"), "links"),
    (re.compile(r"xl/sharedStrings\.xml$"), "cells"),
    (re.compile(r"xl/worksheets/"), "sheet"),
    (re.compile(r"xl/(pivotCache|workbook)"), ""),
)


def read_package(contents: Contents, data: bytes, place: str, read: Read) -> None:
    """Every member of the archive, its name, and the comments of archive and members."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except zipfile.BadZipFile as fault:
        contents.cannot_check(place, f"the archive cannot be opened ({fault})")
        return
    with archive:
        _read_bytes_between(contents, archive, data, place)
        if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_LIMIT:
            contents.cannot_check(place, f"it unpacks to more than {UNPACKED_LIMIT:,} bytes")
            return
        for entry in archive.infolist():
            contents.say("name of a part", place, entry.filename)
            _read_member(contents, archive, entry, f"{place} > {entry.filename}", read)


def _read_member(
    contents: Contents, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: str, read: Read
) -> None:
    try:
        data = archive.read(entry)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError) as fault:
        contents.cannot_check(place, f"the part cannot be unpacked ({fault})")
        return
    if data:
        read(contents, data, place, _label(entry.filename))


def _read_bytes_between(
    contents: Contents, archive: zipfile.ZipFile, data: bytes, place: str
) -> None:
    """Comments and extra fields, and what stands before the archive or after its end."""
    beside = [archive.comment, *(e.comment + e.extra for e in archive.infolist())]
    text = b"\n".join(beside).decode("utf-8", errors="replace")
    contents.say("archive comment", place, text)
    first = min((entry.header_offset for entry in archive.infolist()), default=len(data))
    contents.say("bytes before the archive", place, data[:first].decode("latin-1"), raw=True)


def _label(member: str) -> str:
    for pattern, label in _LABELS:
        found = pattern.search(member)
        if found:
            return label or found[1]
    return member
