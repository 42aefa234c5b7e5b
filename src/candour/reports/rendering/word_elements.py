"""The few elements of WordprocessingML (ISO/IEC 29500-1, section 17) that a report is built of."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
NAMESPACES = {"w": W, "r": R, "wp": WP, "a": A, "pic": PIC}

Element = etree._Element

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(tag: str, *children: Element, **attributes: str | int) -> Element:
    """A `w:` element; attributes are `w:` attributes."""
    element = etree.Element(f"{{{W}}}{tag}", nsmap=NAMESPACES)
    for name, value in attributes.items():
        element.set(f"{{{W}}}{name}", str(value))
    element.extend(children)
    return element


def run(text: str, style: str = "") -> Element:
    """A run of characters; line feeds and tabs become Word's own."""
    properties = [w("rPr", w("rStyle", val=style))] if style else []
    return w("r", *properties, *_pieces(text))


def _pieces(text: str) -> Iterator[Element]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield w("br")
        for place, piece in enumerate(line.split("\t")):
            if place:
                yield w("tab")
            yield _characters(piece)


def _characters(text: str) -> Element:
    element = w("t")
    element.text = text
    element.set(_XML_SPACE, "preserve")
    return element


def paragraph(style: str, *children: Element, number_list: int | None = None) -> Element:
    """A paragraph in a named style, in a numbered list where `number_list` names one."""
    properties = w("pPr", w("pStyle", val=style))
    if number_list is not None:
        properties.append(w("numPr", w("ilvl", val=0), w("numId", val=number_list)))
    return w("p", properties, *children)


def bookmark_name(anchor: str) -> str:
    """Word's bookmarks know no hyphens; anchors know no underscores, so the way back is open."""
    return anchor.replace("-", "_")


def anchor_of(bookmark: str) -> str:
    """The anchor that a bookmark stands for."""
    return bookmark.replace("_", "-")


def field(instruction: str) -> list[Element]:
    """A field that Word fills in, such as PAGE."""
    code = w("instrText")
    code.text = f" {instruction} "
    kinds = ("begin", "separate", "end")
    begin, separate, end = (w("r", w("fldChar", fldCharType=kind)) for kind in kinds)
    return [begin, w("r", code), separate, run("1"), end]


_PICTURE = (
    '<w:drawing xmlns:w="{w}" xmlns:wp="{wp}" xmlns:a="{a}" xmlns:pic="{pic}" xmlns:r="{r}">'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent/><wp:docPr/>'
    '<a:graphic><a:graphicData uri="{pic}"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name=""/>'
    "<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip/><a:stretch><a:fillRect/></a:stretch>"
    '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
)


def picture(relationship: str, number: int, alt: str, size: tuple[int, int]) -> Element:
    """An inline picture with its alternative text; `size` in English Metric Units (914,400 to the
    inch)."""
    drawing = etree.fromstring(_PICTURE.format(w=W, wp=WP, a=A, pic=PIC, r=R))
    for extent in (*drawing.iter(f"{{{WP}}}extent"), *drawing.iter(f"{{{A}}}ext")):
        extent.set("cx", str(size[0]))
        extent.set("cy", str(size[1]))
    for words in drawing.iter(f"{{{WP}}}docPr"):
        words.attrib.update({"id": str(number), "name": f"Picture {number}", "descr": alt})
    for blip in drawing.iter(f"{{{A}}}blip"):
        blip.set(f"{{{R}}}embed", relationship)
    return w("r", drawing)
