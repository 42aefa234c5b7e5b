"""What kind of file the bytes truly are, whatever the name says.

A file that cannot be read is refused with what it is and how to send it instead.
"""

from __future__ import annotations

from typing import Literal

from candour.engines.tables.model import Problem, UnreadableFile
from candour.engines.tables.package import Package, locked

Format = Literal["docx", "xlsx", "odt", "ods", "xls", "csv"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS_WORD = "Open it in Word, choose Save As, Word Document (.docx), and send that."
_SAVE_AS_EXCEL = "Open it in Excel, choose Save As, Excel Workbook (.xlsx), and send that."
_SEND_THE_TABLE = "Send the Word, Excel, OpenDocument or CSV file that the chronology was typed in."

_PICTURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"BM", "a bitmap picture"),
)
_ENDINGS: dict[str, tuple[str, ...]] = {
    "docx": ("docx", "dotx"),
    "xlsx": ("xlsx", "xltx"),
    "odt": ("odt", "ott", "fodt"),
    "ods": ("ods", "ots"),
    "xls": ("xls", "xlt"),
    "csv": ("csv", "tsv", "txt", "tab"),
}


def recognise(data: bytes, name: str) -> Format:
    """Return the true format of the bytes. Raises UnreadableFile for anything that is not a table.

    The name is used only to tell a text file of commas from one of prose.
    """
    if not data.strip():
        raise UnreadableFile(
            "empty",
            "The file is empty: it holds no words at all.",
            "Check that the chronology was saved before it was sent, and send it again.",
        )
    if data.startswith(b"PK"):
        return _packaged(Package(data))
    if data.startswith(_OLE):
        return _old_office(data)
    _refuse_other_kinds(data)
    return _plain_text(data)


def name_differs(name: str, format: Format) -> Problem | None:
    """Return a problem where the name's ending belongs to another kind of file."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if not ending or ending in _ENDINGS[format]:
        return None
    return Problem(
        "name_differs",
        "file name",
        f"The file is named .{ending} but it is a .{format} file. It was read as what it is.",
        f"Nothing is needed. To avoid confusion, rename it so that it ends in .{format}.",
    )


def _packaged(package: Package) -> Format:
    if "[Content_Types].xml" in package:
        return _office_package(package)
    if "mimetype" in package and "content.xml" in package:
        return _open_document(package)
    raise UnreadableFile(
        "not_a_table_file",
        "The file is a zip folder or another kind of package, not a document.",
        "If it is a zip folder, open it and send the chronology that is inside.",
    )


def _office_package(package: Package) -> Format:
    types = package.read("[Content_Types].xml")
    parts = set(package.names())
    if b"macroEnabled" in types or any(part.endswith("vbaProject.bin") for part in parts):
        raise _holds_macros("Word Document (.docx) or Excel Workbook (.xlsx)")
    if "xl/workbook.bin" in parts:
        raise UnreadableFile("binary_workbook", "The file is a binary workbook.", _SAVE_AS_EXCEL)
    if b"wordprocessingml" in types:
        return "docx"
    if b"spreadsheetml" in types:
        return "xlsx"
    raise UnreadableFile(
        "not_a_table_file",
        "The file is an Office file, but neither a Word document nor an Excel workbook.",
        _SEND_THE_TABLE,
    )


def _open_document(package: Package) -> Format:
    if "META-INF/manifest.xml" in package:
        manifest = package.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise locked()
        if b"Basic/" in manifest or b"Scripts/" in manifest:
            raise _holds_macros("ODF Text Document (.odt) without macros")
    kind = package.read("mimetype")
    if b"opendocument.text" in kind:
        return "odt"
    if b"opendocument.spreadsheet" in kind:
        return "ods"
    raise UnreadableFile(
        "not_a_table_file",
        "The file is an OpenDocument file, but neither a text nor a spreadsheet.",
        _SEND_THE_TABLE,
    )


def _old_office(data: bytes) -> Format:
    if _has_stream(data, "EncryptedPackage"):
        raise locked()
    if _has_stream(data, "WordDocument"):
        raise UnreadableFile(
            "old_word",
            "The file is in the old Word format (.doc), whatever its name says.",
            _SAVE_AS_WORD,
        )
    if _has_stream(data, "__substg1.0_"):
        raise UnreadableFile(
            "email",
            "The file is an email message, not a document.",
            "Open the message, save the attachment, and send that.",
        )
    if _has_stream(data, "_VBA_PROJECT"):
        raise _holds_macros("Excel Workbook (.xlsx)")
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        return "xls"
    raise UnreadableFile(
        "not_a_table_file", "The file is an old Office file that holds no table.", _SEND_THE_TABLE
    )


def _has_stream(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in data


def _holds_macros(kind: str) -> UnreadableFile:
    return UnreadableFile(
        "macros",
        "The file holds macros (small programs), so it was not opened.",
        f"Open it, choose Save As, {kind}, and send that copy: the words stay, the macros go.",
    )


def _refuse_other_kinds(data: bytes) -> None:
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, kind in _PICTURES:
        if data.startswith(mark):
            raise _not_a_table("picture", f"The file is {kind}, whatever its name says.")
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        raise _not_a_table("picture", "The file is a photograph, whatever its name says.")
    if b"%PDF-" in data[:1024]:
        raise _not_a_table("pdf", "The file is a PDF, whatever its name says.")
    if start.startswith(b"{\\rtf"):
        raise UnreadableFile("rich_text", "The file is in Rich Text Format.", _SAVE_AS_WORD)
    if start[:200].lower().startswith((b"<!doctype html", b"<html", b"<table")):
        raise UnreadableFile("web_page", "The file is a web page.", _SAVE_AS_EXCEL)
    if start.startswith((b"<?xml", b"<")):
        raise UnreadableFile(
            "bare_xml",
            "The file is bare XML, such as Word or Excel wrote in 2003.",
            "Open it in Word or Excel, choose Save As, .docx or .xlsx, and send that.",
        )


def _not_a_table(code: str, message: str) -> UnreadableFile:
    return UnreadableFile(code, f"{message} A chronology cannot be read from it.", _SEND_THE_TABLE)


def _plain_text(data: bytes) -> Format:
    sample = data[:65536]
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in sample:
        raise UnreadableFile(
            "unknown", "The file is of a kind that Candour does not know.", _SEND_THE_TABLE
        )
    return "csv"
