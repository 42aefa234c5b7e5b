"""Reading any document that a board may have published."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from candour.engines.reading.fingerprint import words_digest
from candour.engines.reading.model import (
    Contents,
    Heading,
    Problem,
    ReadDocument,
    UnreadableDocument,
    runs_of,
    words,
)
from candour.engines.tables.model import UnreadableFile

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_STARTS_WITHIN = 1024
_FEW_WORDS = 20


def read_document(data: bytes, name: str) -> ReadDocument:
    """Return everything that one file says, in reading order.

    The bytes decide what kind of file it is; `name` only settles what bytes leave open, and is
    named where it says otherwise.

    Raises:
        UnreadableDocument: and nothing else, when no word of it can be read.
    """
    kind = _kind(data, name)
    try:
        contents = _READERS[kind](data)
    except (UnreadableDocument, MemoryError):
        raise
    except UnreadableFile as refusal:
        from candour.engines.reading.package import translated

        raise translated(refusal) from None
    except Exception as fault:  # a hostile file may break any parser in any way
        raise _damaged() from fault
    _require_words(contents)
    return ReadDocument(
        format=kind,
        sha256=hashlib.sha256(data).hexdigest(),
        text_sha256=words_digest(_said(contents)),
        title=contents.title.strip(),
        language=contents.language or "en-GB",
        pages=contents.pages,
        blocks=tuple(contents.blocks),
        notes=tuple(contents.notes),
        left_out=tuple(contents.left_out),
        problems=(*_named_otherwise(name, kind), *contents.problems),
    )


def _said(contents: Contents) -> Iterator[str]:
    """What can be cited, in the order in which it is rendered; headings are no part of it."""
    for block in contents.blocks:
        if not isinstance(block, Heading):
            yield from (words(runs) for runs in runs_of(block))
    yield from (words(note.runs) for note in contents.notes)


def _kind(data: bytes, name: str) -> str:
    if not data.strip():
        raise UnreadableDocument("empty", "The file is empty.", "Ask for it to be sent again.")
    if b"%PDF-" in data[:_PDF_STARTS_WITHIN]:
        return "pdf"
    if data.startswith(_ZIP):
        return _kind_of_package(data)
    if data.startswith(_OLD_OFFICE):
        raise UnreadableDocument(
            "old_or_locked_office",
            "This is a Word file of before 2007, or one locked with a password.",
            "Open it in Word or LibreOffice, save it as .docx without a password, and send that.",
        )
    if _looks_like_html(data) or name.lower().endswith((".html", ".htm", ".xhtml")):
        return "html"
    raise UnreadableDocument(
        "kind_not_read",
        "This is no PDF, Word, OpenDocument or web page, whatever its name says.",
        "Save it as .pdf, .docx, .odt or .html and send that.",
    )


def _kind_of_package(data: bytes) -> str:
    from candour.engines.reading.package import opened

    package = opened(data)
    if "word/document.xml" in package:
        return "docx"
    if "content.xml" in package and b"opendocument.text" in package.read("mimetype")[:80]:
        return "odt"
    if any(name.endswith("document.xml") for name in package.names()):
        return "docx"
    raise UnreadableDocument(
        "kind_not_read",
        "This package holds no Word or OpenDocument text.",
        "Unpack it and send the report itself, as .pdf, .docx, .odt or .html.",
    )


def _looks_like_html(data: bytes) -> bool:
    start = data[:2048].replace(b"\x00", b"").lower()
    return any(mark in start for mark in (b"<html", b"<!doctype html", b"<body", b"<head"))


def _named_otherwise(name: str, kind: str) -> tuple[Problem, ...]:
    ending = name.lower().rpartition(".")[2] if "." in name else ""
    known = {"htm": "html", "xhtml": "html"}.get(ending, ending)
    if not known or known == kind:
        return ()
    return (
        Problem(
            "named_otherwise",
            "the file's name",
            f"The name ends in .{ending}, but the file is {kind.upper()}. It was read as that.",
        ),
    )


def _require_words(contents: Contents) -> None:
    said = sum(len(words(runs).split()) for block in contents.blocks for runs in runs_of(block))
    if said >= _FEW_WORDS:
        return
    if any(problem.code == "page_is_a_picture" for problem in contents.problems):
        raise UnreadableDocument(
            "only_pictures",
            "The pages are pictures of text, without words that can be read or searched.",
            "Read it with text recognition first, or ask the board for the file it was made from.",
        )
    if not said:
        raise UnreadableDocument(
            "no_words",
            "The file opens, but there is no text in it.",
            "Ask for it to be sent again.",
        )


def _damaged() -> UnreadableDocument:
    return UnreadableDocument(
        "damaged",
        "The file is incomplete or damaged: it starts well and cannot be read to its end.",
        "Ask for it to be sent again, or open it, save it again and send the new copy.",
    )


def _pdf(data: bytes) -> Contents:
    from candour.engines.reading.pdf import read_pdf

    return read_pdf(data)


def _docx(data: bytes) -> Contents:
    from candour.engines.reading.word import read_word

    return read_word(data)


def _odt(data: bytes) -> Contents:
    from candour.engines.reading.open_text import read_open_text

    return read_open_text(data)


def _html(data: bytes) -> Contents:
    from candour.engines.reading.web import read_web

    return read_web(data)


_READERS: dict[str, Callable[[bytes], Contents]] = {
    "pdf": _pdf,
    "docx": _docx,
    "odt": _odt,
    "html": _html,
}
