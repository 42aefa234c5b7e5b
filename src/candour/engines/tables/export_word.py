"""The integrated chronology as a Word document: A3 landscape, headings repeated on every page."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

from candour.engines.tables.colours import tint_of
from candour.engines.tables.integrated import HEADINGS, Integrated
from candour.engines.tables.layout import COLUMNS, EVERYTHING, Layout

_LANGUAGE: Final = "en-GB"
_WORDS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Twentieths of a point; together no wider than the page, so that a date is never broken.
_WIDTHS: Final = dict(
    zip(
        COLUMNS,
        (1500, 1350, 1350, 1350, 1000, 1700, 4150, 1000, 2500, 2000, 1500, 1700, 1800, 1900, 1500),
        strict=True,
    )
)
_HOLDS_WORDS: Final = 2000
_NOT_ALLOWED: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def chronology_docx(
    integrated: Integrated,
    title: str,
    marking: str = "OFFICIAL-SENSITIVE",
    layout: Layout = EVERYTHING,
) -> bytes:
    """Return a Word file with one table: a row for each entry, under a repeated header row.

    `marking` stands at the top of every page.
    """
    from docx import Document
    from docx.enum.section import WD_ORIENTATION
    from docx.oxml import parse_xml
    from docx.shared import Mm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(420), Mm(297)
    section.orientation = WD_ORIENTATION.LANDSCAPE
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(15))
    section.header.paragraphs[0].text = marking
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.language = _LANGUAGE
    _speak_english(document.styles.element)
    document.add_heading(title, level=1)
    last = document.element.body[-1]
    last.addprevious(parse_xml(_table(integrated, layout)))
    return _saved(document)


def _saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def _speak_english(styles: object) -> None:
    for language in styles.iter(f"{{{_WORDS}}}lang"):  # type: ignore[attr-defined]
        language.set(f"{{{_WORDS}}}val", _LANGUAGE)


def _table(integrated: Integrated, layout: Layout) -> str:
    widths = _widths(layout.headings)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths.values())
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = "".join(_rows(integrated, layout, widths))
    return (
        f'<w:tbl xmlns:w="{_WORDS}"><w:tblPr><w:tblW w:w="5000" w:type="pct"/>'
        f"<w:tblBorders>{borders}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1"/>'
        '<w:tblCaption w:val="Integrated chronology"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _widths(headings: Sequence[str]) -> dict[str, int]:
    """The columns' own widths; what is left out goes to those that hold words."""
    page = sum(_WIDTHS[name] for name in HEADINGS)
    spare = page - sum(_WIDTHS[name] for name in headings)
    wide = [name for name in headings if _WIDTHS[name] >= _HOLDS_WORDS] or list(headings)
    return {name: _WIDTHS[name] + (spare // len(wide) if name in wide else 0) for name in headings}


def _rows(integrated: Integrated, layout: Layout, widths: Mapping[str, int]) -> Iterator[str]:
    tints = tint_of(integrated.agencies)
    heads = "".join(_cell(name, width, "D9D9D9", bold=True) for name, width in widths.items())
    yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"
    for entry, words in layout.records(integrated):
        cells = "".join(
            _cell(words[name], width, tints[entry.agency] if name == "Agency" else None)
            for name, width in widths.items()
        )
        yield f"<w:tr>{cells}</w:tr>"


def _cell(text: str, width: int, fill: str | None = None, bold: bool = False) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    look = f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="18"/></w:rPr>'
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line.translate(_NOT_ALLOWED))}</w:t>'
        for line in text.split("\n")
    )
    run = f"<w:r>{look}{lines}</w:r>" if text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:after="0"/></w:pPr>{run}</w:p></w:tc>'
    )
