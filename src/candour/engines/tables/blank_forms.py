"""An empty chronology for an agency to fill in, as a Word or an Excel file.

Whatever is typed into it reads back under the roles of its own columns, because its headings are
those that the reader knows; its instructions stand where no reader takes them for an entry.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

SEEN: Final = ("Seen", "Seen alone", "Not seen", "Not known")
# Heading, role and width in characters of each column.
COLUMNS: Final = (
    ("Date", "date", 16),
    ("Time", "time", 10),
    ("Event", "event", 60),
    ("Source of information", "source", 24),
    ("Child seen", "child_seen", 14),
    ("Action taken", "response", 36),
    ("Comment", "comment", 36),
    ("Date recorded", "recorded_on", 16),
)
INSTRUCTIONS: Final = (
    "One row for each contact or event, in any order. Leave the headings as they are.",
    "Write the date as your record has it. Where it is not certain say so in words, such as early "
    "March 2014 or between 3 and 5 April 2014. Do not guess a day.",
    "Write what the record says, whole. Say where in your records it stands.",
    "Use names as your record does. Names are replaced before anything leaves the review.",
    "Leave a cell empty where your record says nothing.",
    "Comment is for what you think of it now. Everything you write may be disclosed to a court.",
)
_ROWS: Final = 400
_WORD_ROWS: Final = 30
_WORDS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TWENTIETHS_A_CHARACTER: Final = 104


@dataclass(frozen=True)
class About:
    """What stands at the top: the review's reference, the agency, and what it was asked for."""

    reference: str
    agency: str
    asked_for: str = ""

    @property
    def title(self) -> str:
        """The heading of the form."""
        return f"Chronology for review {self.reference}: {self.agency}"


def blank_xlsx(about: About) -> bytes:
    """Return a workbook: a sheet to fill in, with a list of choices, and one of instructions."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": about.title, "author": "", "comments": ""})
    bold = book.add_format({"bold": True, "bg_color": "#D9D9D9", "text_wrap": True})
    # Text, so that a day stays as it was typed whatever country the program is set to.
    plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Chronology")
    for column, (heading, role, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width, plain)
        sheet.write_string(0, column, heading, bold)
        if role == "child_seen":
            choices = {"validate": "list", "source": list(SEEN), "error_type": "warning"}
            sheet.data_validation(1, column, _ROWS, column, choices)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    told = book.add_worksheet("How to fill this in")
    told.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
    for row, line in enumerate((about.title, about.asked_for, *INSTRUCTIONS)):
        told.write_string(row, 0, line)
    book.close()
    return stream.getvalue()


def blank_docx(about: About) -> bytes:
    """Return a Word file: the instructions, then a table of empty rows under its headings."""
    from docx import Document
    from docx.enum.section import WD_ORIENTATION
    from docx.oxml import parse_xml
    from docx.shared import Mm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(420), Mm(297)
    section.orientation = WD_ORIENTATION.LANDSCAPE
    section.header.paragraphs[0].text = "OFFICIAL-SENSITIVE when filled in"
    properties = document.core_properties
    properties.title, properties.author, properties.comments = about.title, "", ""
    properties.language = "en-GB"
    document.add_heading(about.title, level=1)
    for line in filter(None, (about.asked_for, *INSTRUCTIONS)):
        document.add_paragraph(line)
    last = document.element.body[-1]
    last.addprevious(parse_xml(_table()))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _table() -> str:
    widths = [width * _TWENTIETHS_A_CHARACTER for _, _, width in COLUMNS]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    heads = "".join(_cell(_run(heading, bold=True), width) for (heading, *_), width in _columns())
    empty = "".join(_cell(_choices() if role == "child_seen" else "", width)
                    for (_, role, _), width in _columns())  # fmt: skip
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl xmlns:w="{_WORDS}"><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"
        f"{f'<w:tr>{empty}</w:tr>' * _WORD_ROWS}</w:tbl>"
    )


def _columns() -> list[tuple[tuple[str, str, int], int]]:
    return [(column, column[2] * _TWENTIETHS_A_CHARACTER) for column in COLUMNS]


def _run(text: str, bold: bool = False) -> str:
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _choices() -> str:
    """A drop-down that shows blanks until something is chosen, so that an empty row stays empty."""
    quoted = map(quoteattr, SEEN)
    items = "".join(f"<w:listItem w:displayText={w} w:value={w}/>" for w in quoted)
    return (
        '<w:sdt><w:sdtPr><w:alias w:val="Child seen"/><w:showingPlcHdr/>'
        f"<w:dropDownList>{items}</w:dropDownList></w:sdtPr>"
        f"<w:sdtContent>{_run(' ' * 8)}</w:sdtContent></w:sdt>"
    )


def _cell(inner: str, width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>{inner}</w:p></w:tc>'
