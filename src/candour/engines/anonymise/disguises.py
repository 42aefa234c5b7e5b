"""Text as it reads once a wrapping is taken off: percent signs, entities, escapes, base64, words
broken over lines, letters spaced out."""

from __future__ import annotations

import base64
import binascii
import html
import quopri
import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_ENTITY = re.compile(r"&(?:#\w+|\w+);")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2}))")
_QUOTED_PRINTABLE = re.compile(r"=(?:[0-9A-F]{2}|\r?\n)")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/_\-]{4}[\r\n]{0,2}){2,}[A-Za-z0-9+/_\-]{0,4}={0,2}")
_BROKEN_WORD = re.compile(r"(?<=\w)[-\u00ad\u2010]\s*\n\s*(?=\w)")
_SPACED_OUT = re.compile(r"(?<![^\W_])(?:[^\W_][ \u00a0._\-*|]{1,3}){3,}[^\W_](?![^\W_])")
_READABLE_SHARE = 0.85
_SHORTEST = 4


def undisguised(text: str) -> Iterator[tuple[str, str]]:
    """Each way of reading the text that differs from the text, with the name of its wrapping."""
    if _PERCENT.search(text):
        yield "percent-encoded", unquote(text)
    if _ENTITY.search(text):
        yield "HTML entities", html.unescape(text)
    if _ESCAPE.search(text):
        yield "escapes", _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), text)
    if _QUOTED_PRINTABLE.search(text):
        plain = quopri.decodestring(text.encode("utf-8", errors="replace"))
        yield "quoted-printable", plain.decode("utf-8", errors="replace")
    if _BROKEN_WORD.search(text):
        yield "broken over lines", _BROKEN_WORD.sub("", text)
    yield from (("base64", words) for words in _unpacked(text))
    spaced = [_closed_up(match[0]) for match in _SPACED_OUT.finditer(text)]
    if spaced:
        yield "letters spaced out", "\n".join(spaced)


def _closed_up(spaced: str) -> str:
    """Letters together again; a wider gap than the others parts two words."""
    gaps = re.findall(r"[\W_]+", spaced)
    usual = min(len(gap) for gap in gaps)
    words = re.split(rf"[\W_]{{{usual + 1},}}", spaced)
    return " ".join(re.sub(r"[\W_]+", "", word) for word in words)


def _unpacked(text: str) -> Iterator[str]:
    for match in _BASE64.finditer(text):
        # An ordinary word in small letters is no base64 of any text
        if not match[0].islower() and not match[0][1:].islower():
            yield from _words_in_base64(match[0])


@lru_cache(maxsize=20_000)
def _words_in_base64(run: str) -> tuple[str, ...]:
    packed = re.sub(r"[\r\n]", "", run).replace("-", "+").replace("_", "/")
    return tuple(filter(None, map(_readable, _decoded(packed))))


def _decoded(packed: str) -> Iterator[bytes]:
    """The bytes, also where the run begins with up to three letters that do not belong to it."""
    bare = packed.rstrip("=")
    for skipped in range(4):
        piece = bare[skipped:]
        piece = piece[: len(piece) - (len(piece) % 4 == 1)]
        try:
            yield base64.b64decode(piece + "=" * (-len(piece) % 4))
        except (binascii.Error, ValueError):
            continue


def _readable(data: bytes) -> str:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        try:
            words = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        usual = sum(c.isascii() and (c.isprintable() or c in "\r\n\t") for c in words)
        if len(words) >= _SHORTEST and usual >= _READABLE_SHARE * len(words):
            return words
    return ""
