"""Opening the zip package of an Office or OpenDocument file, with hostile files in mind.

Nothing is unpacked to disk. Sizes are checked before a byte is unpacked; XML is parsed without
entities, document types, network or huge trees (OWASP, XML External Entity Prevention).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from lxml import etree

from candour.engines.tables.model import UnreadableFile

MOST_MEMBERS = 5_000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_PER_PART = 120 * 1024 * 1024
MOST_RATIO = 400
RATIO_MATTERS_ABOVE = 8 * 1024 * 1024

_DOCUMENT_TYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True)
class Relationship:
    """A link from one part of the package to another, or to somewhere outside it."""

    id: str
    kind: str
    target: str
    external: bool


def damaged() -> UnreadableFile:
    """Return the refusal of a file that starts well and cannot be read to its end."""
    return UnreadableFile(
        "damaged",
        "The file is incomplete or damaged: it stops or breaks part of the way through.",
        "Ask for it to be sent again, or open it, choose Save As, and send the new copy.",
    )


def too_large() -> UnreadableFile:
    """Return the refusal of a file that would unpack to more than any chronology could need."""
    return UnreadableFile(
        "too_large_unpacked",
        "The file unpacks to far more than a chronology could need, so it was not opened.",
        "Save a copy with only the chronology in it, no pictures or empty rows, and send that.",
    )


def local_name(element: etree._Element | ElementTree.Element) -> str:
    """Return an element's name without its namespace: strict and transitional files then agree."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def named(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """Yield the elements of this local name in document order, none of them out of a sheet's rows,
    which are walked once and by themselves."""
    for child in root:
        if not child.tag.endswith("}sheetData"):
            yield from (each for each in child.iter() if local_name(each) == name)


def attribute(element: etree._Element | ElementTree.Element, name: str) -> str | None:
    """Return an attribute by its local name, whatever namespace prefix the writer used."""
    plain = element.get(name)
    if plain is not None:
        return plain
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def refuse_document_type(data: bytes) -> None:
    """Raise UnreadableFile for a part with a document type, the door to every entity attack."""
    if any(mark in data for mark in _DOCUMENT_TYPES):
        raise UnreadableFile(
            "document_type",
            "The file carries a document type declaration, which Office files never need and "
            "which can be used to attack the program that opens it.",
            "Open it in Word, Excel or LibreOffice, choose Save As, and send the new copy.",
        )


def parse_xml(data: bytes) -> etree._Element:
    """Parse one part. Raises UnreadableFile for a document type, an entity or broken XML."""
    refuse_document_type(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise damaged() from None


def parse_large(data: bytes) -> ElementTree.Element:
    """Parse one part into plain elements, in half the time of `parse_xml`: for sheets, which run
    to a million cells. The same refusals; without a document type there are no entities."""
    refuse_document_type(data)
    try:
        return ElementTree.fromstring(data)  # noqa: S314 - document types were refused above
    except (ElementTree.ParseError, ValueError, LookupError):
        raise damaged() from None


class Package:
    """The parts of one zip file, read on demand within the limits above.

    Raises UnreadableFile when opened if the zip is broken, locked or built to overwhelm.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise damaged() from None
        self._sizes = _checked_sizes(self._zip.infolist())

    def names(self) -> Iterator[str]:
        """Yield the name of every part."""
        return iter(self._sizes)

    def __contains__(self, name: str) -> bool:
        return name in self._sizes

    def read(self, name: str) -> bytes:
        """Return one part unpacked. Raises UnreadableFile when it is broken or over the limit."""
        if self._sizes.get(name, 0) > MOST_PER_PART:
            raise too_large()
        try:
            return self._zip.read(name)
        except (
            KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError
        ):  # fmt: skip
            raise damaged() from None

    def xml(self, name: str) -> etree._Element | None:
        """Return one part parsed, or None where the package has no such part."""
        return parse_xml(self.read(name)) if name in self else None

    def large_xml(self, name: str) -> ElementTree.Element | None:
        """Return one part parsed into plain elements, or None where there is no such part."""
        return parse_large(self.read(name)) if name in self else None

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """Return the links that a part declares, targets resolved to part names."""
        folder, _, name = part.rpartition("/")
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return ()
        return tuple(_relationship(element, folder) for element in root if local_name(element))


def _relationship(element: etree._Element, folder: str) -> Relationship:
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    kind = element.get("Type", "").rpartition("/")[2]
    return Relationship(element.get("Id", ""), kind, target, external)


def _checked_sizes(members: list[zipfile.ZipInfo]) -> dict[str, int]:
    if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_UNPACKED:
        raise too_large()
    for member in members:
        if member.flag_bits & 0x1:
            raise locked()
        if member.file_size > RATIO_MATTERS_ABOVE and member.file_size > MOST_RATIO * max(
            member.compress_size, 1
        ):
            raise too_large()
    sizes = {member.filename: member.file_size for member in members}
    if len(sizes) != len(members):
        raise damaged()
    return sizes


def locked() -> UnreadableFile:
    """Return the refusal of a file protected with a password."""
    return UnreadableFile(
        "password_protected",
        "The file is protected with a password, so nothing in it could be read.",
        "Open it with the password, choose File, Info, Protect, remove the password, save it, "
        "and send that copy.",
    )
