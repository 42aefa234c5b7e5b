"""The report as a Word file, every part of it written here: no template that could bring a name."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from importlib.resources import files
from io import BytesIO

from lxml import etree

from candour.reports.rendering.printable import printable
from candour.reports.rendering.word_body import BULLETS, Body, Links
from candour.reports.rendering.word_elements import Element, R, W, field, paragraph, run, w
from candour.reports.tree import Report
from candour.reports.validation import require_readable

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_NUMBERED = 1
_PARTS_OF_EVERY_DOCUMENT = ("styles", "settings", "numbering", "footnotes", "header", "footer")


def to_docx(report: Report) -> bytes:
    """The report as a .docx: real headings, lists and header rows, language, title, alternative
    texts, a bookmark for every anchor, footnotes as footnotes.

    It names no author, no editor and no day, and holds no comments; the same report always gives
    the same bytes.

    Raises:
        ReportNotReadable: when `validate` finds a fault.
        PictureNotReadable: when a picture is not what it claims to be.
    """
    require_readable(report)
    report = printable(report)
    body = Body()
    document = _document(report, body)
    return _zipped(
        [
            *_about(report),
            ("word/document.xml", document),
            ("word/_rels/document.xml.rels", _document_relationships(body)),
            ("word/numbering.xml", _numbering(body)),
            ("word/footnotes.xml", _footnotes(body)),
            ("word/_rels/footnotes.xml.rels", _relationships(_outside(body.note_links))),
            *((f"word/media/picture{n}.png", png) for n, png in enumerate(body.pictures, start=1)),
        ]
    )


def _about(report: Report) -> Iterable[tuple[str, bytes]]:
    """The parts that do not depend on the body."""
    yield "[Content_Types].xml", _part("content_types")
    yield "_rels/.rels", _part("package_rels")
    yield "docProps/core.xml", _core(report)
    yield "word/styles.xml", _in_language(_part("styles"), report.language)
    yield "word/settings.xml", _in_language(_part("settings"), report.language)
    yield "word/header.xml", _bytes(w("hdr", paragraph("Header", run(report.marking))))
    yield "word/footer.xml", _bytes(_footer(report.marking))


def _document(report: Report, body: Body) -> bytes:
    blocks = [element for block in report.blocks for element in body.block(block)]
    return _bytes(w("document", w("body", *_front(report), *blocks, _page())))


def _front(report: Report) -> Iterable[Element]:
    yield paragraph("Title", run(report.title))
    if report.subtitle:
        yield paragraph("Subtitle", run(report.subtitle))
    for fact in report.metadata:
        yield paragraph("Normal", run(f"{fact.name}: ", "Strong"), run(fact.value))


def _page() -> Element:
    """A4, in twentieths of a point, with the marking in header and footer."""
    header, footer = w("headerReference", type="default"), w("footerReference", type="default")
    header.set(f"{{{R}}}id", "header")
    footer.set(f"{{{R}}}id", "footer")
    margins = w("pgMar", top=1440, right=1440, bottom=1440, left=1440, header=708, footer=708)
    return w("sectPr", header, footer, w("pgSz", w=11906, h=16838), margins)


def _footer(marking: str) -> Element:
    words = (run(f"{marking}  " if marking else ""), run("Page "), *field("PAGE"))
    return w("ftr", paragraph("Footer", *words))


def _numbering(body: Body) -> bytes:
    numbering = etree.fromstring(_part("numbering"))
    for number in range(1, body.numbered_lists + 1):
        restart = w("lvlOverride", w("startOverride", val=1), ilvl=0)
        kind = w("abstractNumId", val=_NUMBERED)
        numbering.append(w("num", kind, restart, numId=BULLETS + number))
    return _bytes(numbering)


def _footnotes(body: Body) -> bytes:
    notes = etree.fromstring(_part("footnotes"))
    notes.extend(body.notes)
    return _bytes(notes)


def _document_relationships(body: Body) -> bytes:
    inside = [(part, part, f"{part}.xml", False) for part in _PARTS_OF_EVERY_DOCUMENT]
    pictures = [
        (f"picture{n}", "image", f"media/picture{n}.png", False)
        for n in range(1, len(body.pictures) + 1)
    ]
    return _relationships([*inside, *pictures, *_outside(body.links)])


def _outside(links: Links) -> list[tuple[str, str, str, bool]]:
    return [
        (f"link{number}", "hyperlink", address, True)
        for number, address in enumerate(links.addresses, start=1)
    ]


def _relationships(rows: Iterable[tuple[str, str, str, bool]]) -> bytes:
    """Relationships from rows of identifier, type, target and whether it lies outside."""
    root = etree.fromstring(f'<Relationships xmlns="{_RELATIONSHIPS}"/>')
    for identifier, kind, target, outside in rows:
        entry = etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship")
        entry.attrib.update({"Id": identifier, "Type": f"{R}/{kind}", "Target": target})
        if outside:
            entry.set("TargetMode", "External")
    return _bytes(root)


def _core(report: Report) -> bytes:
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DC})
    etree.SubElement(root, f"{{{_DC}}}title").text = report.title
    etree.SubElement(root, f"{{{_DC}}}language").text = report.language
    return _bytes(root)


def _in_language(part: bytes, language: str) -> bytes:
    root = etree.fromstring(part)
    for name in ("lang", "themeFontLang"):
        for element in root.iter(f"{{{W}}}{name}"):
            element.set(f"{{{W}}}val", language)
    return _bytes(root)


def _part(name: str) -> bytes:
    return (files("candour.reports.rendering") / "word_parts" / f"{name}.xml").read_bytes()


def _bytes(root: Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _zipped(parts: list[tuple[str, bytes]]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            day_that_says_nothing = (1980, 1, 1, 0, 0, 0)
            entry = zipfile.ZipInfo(name, day_that_says_nothing)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return packed.getvalue()
