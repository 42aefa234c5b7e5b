"""What a file is, by its own bytes and never by the name or type its sender gave."""

from typing import IO

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCM = "application/vnd.ms-word.document.macroenabled.12"
XLSM = "application/vnd.ms-excel.sheet.macroenabled.12"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
OLE = "application/x-ole-storage"
PDF = "application/pdf"
ZIP = "application/zip"
HTML = "text/html"
TEXT = "text/plain"
UNKNOWN = "application/octet-stream"

# The ending that a neutral file name gets. Old .doc and .xls files share one container.
_EXTENSIONS = {
    DOCX: ".docx",
    XLSX: ".xlsx",
    DOCM: ".docm",
    XLSM: ".xlsm",
    ODT: ".odt",
    ODS: ".ods",
    OLE: ".ole",
    PDF: ".pdf",
    ZIP: ".zip",
    HTML: ".html",
    TEXT: ".txt",
    "image/png": ".png",
    "image/jpeg": ".jpg",
}

_SIGNATURES = (
    (b"%PDF-", PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
# Names inside the container, in the directory that stands at its end.
_MEMBERS = (
    (b"word/vbaProject.bin", DOCM),
    (b"xl/vbaProject.bin", XLSM),
    (b"word/document.xml", DOCX),
    (b"xl/workbook.", XLSX),
)
_LOOK = 64 * 1024


def media_type_of(file: IO[bytes]) -> str:
    """The media type of a seekable file, from its first and last 64 KiB; left at its start."""
    file.seek(0)
    head = file.read(_LOOK)
    end = file.seek(0, 2)
    file.seek(max(0, end - _LOOK))
    tail = file.read(_LOOK)
    file.seek(0)
    return _sniff(head, tail)


def _sniff(head: bytes, tail: bytes) -> str:
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head.startswith(b"PK\x03\x04"):
        return _of_container(head, tail)
    return _of_text(head)


def _of_container(head: bytes, tail: bytes) -> str:
    for media_type in (ODT, ODS):
        if head[30:].startswith(b"mimetype" + media_type.encode("ascii")):
            return media_type
    for member, media_type in _MEMBERS:
        if member in tail or member in head:
            return media_type
    return ZIP


def _of_text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return TEXT
    if b"\0" in head or not head:
        return UNKNOWN
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:100].lower()
    return HTML if start.startswith((b"<!doctype html", b"<html")) else TEXT


def extension_of(media_type: str, given_name: str) -> str:
    """The ending of a neutral file name: by content; by name only between kin of one content."""
    given = given_name[given_name.rfind(".") :].lower()
    kin = {TEXT: (".csv", ".txt"), OLE: (".doc", ".xls")}
    if given in kin.get(media_type, ()):
        return given
    return _EXTENSIONS.get(media_type, ".bin")
