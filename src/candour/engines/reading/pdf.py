"""Reading a PDF by what stands on its pages; tags are not trusted, because most are wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from candour.engines.reading.furniture import without_furniture
from candour.engines.reading.layout import Layout
from candour.engines.reading.model import Contents, Problem, UnreadableDocument
from candour.engines.reading.pdf_lines import Line, lines_of
from candour.engines.reading.pdf_tables import Box, DrawnTable, tables_on

MOST_PAGES = 3_000
_FEW_LETTERS = 25
_UNREADABLE_SHARE = 0.2
_MOST_PLACES_NAMED = 12


@dataclass
class PageRead:
    """One page: its lines outside tables, its tables, and what is odd about it."""

    number: int
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[DrawnTable] = field(default_factory=list)
    is_picture: bool = False
    is_unreadable: bool = False


def read_pdf(data: bytes) -> Contents:
    """Headings, paragraphs, lists, drawn tables and footnotes of a PDF, page by page.

    Raises:
        UnreadableDocument: when it is locked, damaged, or has more pages than any report.
    """
    document = _opened(data)
    try:
        count = len(document)
        if not 0 < count <= MOST_PAGES:
            raise UnreadableDocument(
                "pages_not_readable",
                f"The file says that it has {count} pages; no more than {MOST_PAGES} are read.",
                "Split it into parts and send those.",
            )
        pages = [_page(document, number) for number in range(count)]
        title = document.get_metadata_value("Title")
    finally:
        document.close()
    return _contents(pages, title)


def _contents(pages: list[PageRead], title: str) -> Contents:
    lines, left_out, labels = without_furniture(
        [page.lines for page in pages], [page.height for page in pages]
    )
    contents = Contents(left_out=left_out, pages=len(pages), title=title)
    layout = Layout(lines, [page.tables for page in pages], labels)
    contents.blocks, contents.notes = layout.blocks(), layout.notes
    contents.problems += _problems(pages)
    return contents


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(fault).lower():
            raise UnreadableDocument(
                "password_protected",
                "The PDF is locked with a password.",
                "Ask the board for a copy without one, or take the password off and send that.",
            ) from None
        raise UnreadableDocument(
            "damaged",
            "The PDF is incomplete or damaged and cannot be opened.",
            "Ask for it to be sent again, or print it to a new PDF and send that.",
        ) from None


def _page(document: pdfium.PdfDocument, index: int) -> PageRead:
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return PageRead(index + 1, 0.0, is_unreadable=True)
    text_page = page.get_textpage()
    try:
        return _page_read(page, text_page.raw, index + 1)
    finally:
        text_page.close()
        page.close()


def _page_read(page: Any, text_page: Any, number: int) -> PageRead:
    paths, pictures = _drawn(page)
    lines = lines_of(text_page, number)
    tables = tables_on(paths, text_page)
    letters = "".join(line.text for line in lines)
    return PageRead(
        number=number,
        height=page.get_height(),
        lines=[line for line in lines if not _in_table(line, tables)],
        tables=tables,
        is_picture=pictures and len(letters) < _FEW_LETTERS,
        is_unreadable=_is_gibberish(letters),
    )


def _drawn(page: Any) -> tuple[list[Box], bool]:
    """The lines and frames drawn on a page, and whether there is a picture on it."""
    paths: list[Box] = []
    pictures = False
    for item in page.get_objects(max_depth=3):
        if item.type == raw.FPDF_PAGEOBJ_PATH and not _covers(bounds := item.get_bounds(), page):
            paths.append(Box(*bounds))
        pictures = pictures or item.type == raw.FPDF_PAGEOBJ_IMAGE
    return paths, pictures


def _covers(bounds: tuple[float, ...], page: Any) -> bool:
    left, bottom, right, top = bounds
    # A background drawn behind the whole page is no frame of a table.
    return bool((right - left) * (top - bottom) > 0.8 * page.get_width() * page.get_height())


def _in_table(line: Line, tables: list[DrawnTable]) -> bool:
    middle = (line.bottom + line.top) / 2
    return any(table.box.holds((line.left + line.right) / 2, middle) for table in tables)


def _is_gibberish(letters: str) -> bool:
    if len(letters) < _FEW_LETTERS:
        return False
    strange = sum(
        character == "\ufffd" or "\ue002" <= character <= "\uf8ff" or ord(character) < 32
        for character in letters
    )
    return strange > len(letters) * _UNREADABLE_SHARE


def _problems(pages: list[PageRead]) -> Iterator[Problem]:
    pictures = [page.number for page in pages if page.is_picture]
    if pictures:
        yield Problem(
            "page_is_a_picture",
            _places(pictures),
            "These pages are pictures without text. What they say is not in the reading version.",
            "Read the file with text recognition, or ask the board for the file it was made from.",
        )
    unreadable = [page.number for page in pages if page.is_unreadable]
    if unreadable:
        yield Problem(
            "letters_not_readable",
            _places(unreadable),
            "The letters of these pages have no meaning to a computer: their fonts lack a table.",
            "Read the file with text recognition, or ask the board for the file it was made from.",
        )


def _places(numbers: list[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:_MOST_PLACES_NAMED])
    more = len(numbers) - _MOST_PLACES_NAMED
    return f"page{'s' if len(numbers) > 1 else ''} {shown}" + (
        f" and {more} more" if more > 0 else ""
    )
