"""The zip package of a Word or OpenDocument file, refused in this engine's own words."""

from __future__ import annotations

from candour.engines.reading.model import UnreadableDocument
from candour.engines.tables.model import UnreadableFile
from candour.engines.tables.package import Package, attribute, local_name

__all__ = ["Package", "attribute", "local_name", "opened"]

_FIXES = {
    "password_protected": "Open it with the password, take the password off, and send that copy.",
    "too_large_unpacked": "Save a copy with smaller pictures and send that.",
}


def opened(data: bytes) -> Package:
    """The package, its sizes checked before a byte is unpacked.

    Raises:
        UnreadableDocument: when it is broken, locked or built to overwhelm.
    """
    try:
        return Package(data)
    except UnreadableFile as refusal:
        raise translated(refusal) from None


def translated(refusal: UnreadableFile) -> UnreadableDocument:
    """A refusal of the package, as a refusal of the document."""
    messages = {
        "password_protected": "The file is protected with a password.",
        "too_large_unpacked": "The file unpacks to far more than a report could need.",
    }
    message = messages.get(refusal.code, "The file is incomplete or damaged.")
    fix = _FIXES.get(refusal.code, "Ask for it to be sent again, or save it anew and send that.")
    return UnreadableDocument(refusal.code, message, fix)
