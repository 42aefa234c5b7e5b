"""Small files made on the spot, so that each test shows the mess it is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

Parts = Mapping[str, str]
Maker = Callable[..., bytes]


def zipped(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return stream.getvalue()


def relationships(*links: tuple[str, str, str, bool]) -> str:
    items = "".join(
        f'<Relationship Id="{identifier}" Type="{R}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if external else ''}/>"
        for identifier, kind, target, external in links
    )
    return f'<Relationships xmlns="{RELS}">{items}</Relationships>'


def content_types(main: str) -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/main" ContentType="{main}"/></Types>'
    )


@pytest.fixture
def package() -> Callable[..., bytes]:
    """A zip of any parts."""
    return zipped


@pytest.fixture
def word() -> Maker:
    """A Word file from the XML of its body; further parts and document links may be given."""

    def make(
        body: str,
        parts: Parts | None = None,
        links: tuple[tuple[str, str, str, bool], ...] = (),
        content_type: str = WORD_TYPE,
    ) -> bytes:
        document = f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'
        return zipped(
            {
                "[Content_Types].xml": content_types(content_type),
                "_rels/.rels": relationships(("r1", "officeDocument", "word/document.xml", False)),
                "word/document.xml": document,
                "word/_rels/document.xml.rels": relationships(*links),
                **(parts or {}),
            }
        )

    return make


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def _cell(inner: str) -> str:
    return f"<w:tc>{inner if inner.startswith('<') else _paragraph(inner)}</w:tc>"


@pytest.fixture
def word_table(word: Maker) -> Maker:
    """A Word file with one table of Date and Event; a cell that starts with < is given as XML."""

    def make(*rows: tuple[str, ...] | str, **others: object) -> bytes:
        written = [("Date", "Event", "Response"), *rows]
        body = "".join(
            row if isinstance(row, str) else f"<w:tr>{''.join(map(_cell, row))}</w:tr>"
            for row in written
        )
        return word(f"<w:tbl>{body}</w:tbl>", **others)

    return make


@pytest.fixture
def workbook() -> Maker:
    """An Excel file of one sheet from the XML of its rows."""

    def make(
        rows: str,
        *,
        before: str = "",
        after: str = "",
        formats: tuple[str, ...] = ("General", "dd/mm/yyyy", "mmm-yy", "h:mm"),
        date_1904: bool = False,
        state: str = "visible",
        parts: Parts | None = None,
        content_type: str = SHEET_TYPE,
    ) -> bytes:
        own = "".join(
            f'<numFmt numFmtId="{164 + at}" formatCode="{code}"/>'
            for at, code in enumerate(formats)
        )
        styles = "".join(f'<xf numFmtId="{164 + at}"/>' for at in range(len(formats)))
        return zipped(
            {
                "[Content_Types].xml": content_types(content_type),
                "_rels/.rels": relationships(("r1", "officeDocument", "xl/workbook.xml", False)),
                "xl/workbook.xml": (
                    f'<workbook xmlns="{S}" xmlns:r="{R}">'
                    f'<workbookPr date1904="{int(date_1904)}"/>'
                    f'<sheets><sheet name="Sheet1" state="{state}" r:id="r1"/></sheets></workbook>'
                ),
                "xl/_rels/workbook.xml.rels": relationships(
                    ("r1", "worksheet", "worksheets/sheet1.xml", False),
                    ("r2", "styles", "styles.xml", False),
                ),
                "xl/styles.xml": (
                    f'<styleSheet xmlns="{S}"><numFmts>{own}</numFmts>'
                    f"<cellXfs>{styles}</cellXfs></styleSheet>"
                ),
                "xl/worksheets/sheet1.xml": (
                    f'<worksheet xmlns="{S}">{before}<sheetData>{rows}</sheetData>'
                    f"{after}</worksheet>"
                ),
                **(parts or {}),
            }
        )

    return make


@pytest.fixture
def sheet_row() -> Callable[..., str]:
    """The XML of one sheet row: texts become inline strings, numbers plain ones."""

    def make(
        index: int, *values: str | float | None, styles: str = "", hidden: bool = False
    ) -> str:
        cells = []
        for column, value in enumerate(values):
            reference = f"{chr(65 + column)}{index}"
            style = f' s="{styles[column]}"' if column < len(styles) else ""
            if isinstance(value, str):
                text = value.replace("&", "&amp;").replace("<", "&lt;")
                cells.append(f'<c r="{reference}" t="inlineStr"{style}><is><t>{text}</t></is></c>')
            elif value is not None:
                cells.append(f'<c r="{reference}"{style}><v>{value}</v></c>')
        mark = ' hidden="1"' if hidden else ""
        return f'<row r="{index}"{mark}>{"".join(cells)}</row>'

    return make


@pytest.fixture
def open_text() -> Maker:
    """An OpenDocument text from the XML of its body."""

    def make(body: str, parts: Parts | None = None) -> bytes:
        spaces = " ".join(
            f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
            for prefix in ("office", "text", "table")
        )
        return zipped(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": (
                    f'<office:document-content {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/">'
                    f"<office:body><office:text>{body}</office:text></office:body>"
                    "</office:document-content>"
                ),
                **(parts or {}),
            }
        )

    return make
