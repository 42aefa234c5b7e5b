"""Text, tables of values and JSON; and the readable runs inside any bytes at all."""

from __future__ import annotations

import codecs
import json
import re

from candour.engines.anonymise.channels.contents import Contents

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_READABLE = re.compile(rb"[\t\n\r\x20-\x7e\xa0-\xff]{5,}")
_READABLE_UTF16_LE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){4,}")
_READABLE_UTF16_BE = re.compile(rb"(?:\x00[\x20-\x7e\xa0-\xff]){4,}")


def decoded(data: bytes) -> str | None:
    """The text of the bytes: by byte order mark, else UTF-8, else Windows-1252; None when they hold
    control characters that no text has, so that nothing unreadable passes for text."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if b"\x00" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_text(contents: Contents, data: bytes, place: str) -> None:
    """Plain text, CSV, calendar files: the words, and the words with folded lines joined."""
    text = decoded(data)
    if text is None:
        contents.cannot_check(place, "the bytes are no text in a known encoding")
        return
    contents.say("text", place, text)


def read_json(contents: Contents, data: bytes, place: str) -> None:
    """Every key and every string value, escapes undone, each with its path."""
    try:
        value = _parsed(decoded(data) or "")
    except ValueError:
        contents.cannot_check(place, "the JSON cannot be parsed; its bytes were searched as text")
        read_text(contents, data, place)
        return
    waiting: list[tuple[str, object]] = [("", value)]
    while waiting:
        path, here = waiting.pop()
        if isinstance(here, dict):
            for key, item in here.items():
                contents.say("JSON key", f"{place}{path}", str(key))
                waiting.append((f"{path}/{key}", item))
        elif isinstance(here, list):
            waiting.extend((f"{path}/{number}", item) for number, item in enumerate(here))
        else:
            contents.say("JSON value", f"{place}{path}", str(here))


def _parsed(text: str) -> object:
    """One JSON value, or one on each line."""
    try:
        return json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def read_raw(contents: Contents, data: bytes, place: str) -> None:
    """Readable runs of any bytes, as single bytes, as UTF-8 and as UTF-16 of either order."""
    runs = [run.decode("utf-8", errors="ignore") for run in _READABLE.findall(data)]
    wide = [run.decode("utf-16-le") for run in _READABLE_UTF16_LE.findall(data)]
    wide += [run.decode("utf-16-be") for run in _READABLE_UTF16_BE.findall(data)]
    contents.say("bytes", place, "\n".join(runs), raw=True)
    contents.say("bytes as UTF-16", place, "\n".join(wide), raw=True)
