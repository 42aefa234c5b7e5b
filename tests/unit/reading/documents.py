"""Documents to read, made as boards make them: by a typesetter, by Word, by OpenOffice, by hand."""

import io
import zipfile
from functools import cache

import pikepdf
import typst
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_PARAGRAPH = (
    "The health visitor weighed the infant every fortnight and wrote down what she saw. Nobody "
    "asked where the infant slept at night, and the midwife was not told that they had moved. "
)

TYPST = """
#set page(paper: "a4", header: [Northmere Board #h(1fr) Overview report: Child X],
  footer: context [Official #h(1fr) Page #counter(page).display() of 3])
#set text(size: 11pt)
#set heading(numbering: "1.1")
#set document(title: "Serious case review: Child X")
= Introduction
PARAGRAPH PARAGRAPH PARAGRAPH

1.1 This paragraph has a number of its own.#footnote[Working Together, chapter 4.] It goes on to
say more than one line can hold, so that the reader sees how lines are joined again into one text.

1.2 So has this one.

== What was found
- The first thing that was found
- The second thing, which takes up rather more than one line of the page, so that it must be joined
- The third

#table(columns: 3, [*Date*], [*Agency*], [*What happened*],
  [3 March], [GP], [Seen with a cough], [9 March], [Police], [Called to the home])

#pagebreak()
= Learning
PARAGRAPH PARAGRAPH
#pagebreak()
= Recommendations
PARAGRAPH
"""


@cache
def report_pdf() -> bytes:
    """A report of three pages: numbered paragraphs, a list, a table, a note, heads and feet."""
    return typst.compile(TYPST.replace("PARAGRAPH", _PARAGRAPH).encode(), pdf_standards=[])


@cache
def pages_pdf(count: int) -> bytes:
    """A PDF of so many pages, each saying which it is."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for number in range(1, count + 1):
        text = f"BT /F1 11 Tf 72 700 Td (This is what stands on page {number}.) Tj ET"
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Contents = pdf.make_stream(text.encode())
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF that opens with a password only."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pages_pdf(2))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def picture_pdf(pages: int = 2) -> bytes:
    """Pages that are pictures without a letter of text."""
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(595, 842))
        picture = pdf.make_stream(bytes(64 * 64))
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.Width = picture.Height = 64
        picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))
        page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im Do Q")
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def pdf_with_a_picture() -> bytes:
    """The report with a fourth page that is a picture."""
    out = io.BytesIO()
    report, added = io.BytesIO(report_pdf()), io.BytesIO(picture_pdf(1))
    with pikepdf.open(report) as pdf, pikepdf.open(added) as picture:
        pdf.pages.extend(picture.pages)
        pdf.save(out)
    return out.getvalue()


def mistagged_pdf() -> bytes:
    """A tagged PDF whose tags call everything a figure."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(report_pdf())) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem":
                item.S = pikepdf.Name.Figure
        pdf.save(out)
    return out.getvalue()


def report_docx() -> bytes:
    """The same report in Word, with a footnote and a deleted word that nobody must publish."""
    document = Document()
    document.core_properties.title = "Serious case review: Child X"
    document.add_heading("Introduction", 1)
    paragraph = document.add_paragraph("1.1 The infant was ")
    paragraph.add_run("seen").bold = True
    paragraph.add_run(" every fortnight.")
    deleted = OxmlElement("w:del")
    run, text = OxmlElement("w:r"), OxmlElement("w:delText")
    text.text = "by Jane Realname"
    run.append(text)
    deleted.append(run)
    paragraph._p.append(deleted)
    document.add_heading("Found", 2)
    for words in ("First thing found", "Second thing found"):
        document.add_paragraph(words, style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ("Date", "Agency", "3 March", "GP"), strict=True):
        cell.text = words
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "1")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    out = io.BytesIO()
    document.save(out)
    return _with_footnote(out.getvalue())


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _with_footnote(data: bytes) -> bytes:
    note = (
        f'<w:footnotes xmlns:w="{_W}"><w:footnote w:type="separator" w:id="0"/>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>Working Together, chapter 4.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                place = b"every fortnight.</w:t></w:r>"
                content = content.replace(place, place + reference.encode())
            new.writestr(name, content)
        new.writestr("word/footnotes.xml", note)
    return out.getvalue()


def report_odt() -> bytes:
    """The same report as an OpenDocument text."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = " ".join(
        f'xmlns:{short}="{office}{name}:1.0"'
        for short, name in (("office", "office"), ("text", "text"), ("table", "table"))
    )
    content = f"""<office:document-content {spaces}><office:body><office:text>
      <text:h text:outline-level="1">Introduction</text:h>
      <text:p>1.1 The infant was seen every<text:s/>fortnight.<text:note text:id="ftn1">
        <text:note-citation>1</text:note-citation><text:note-body><text:p>Working Together, chapter
        4.</text:p></text:note-body></text:note></text:p>
      <text:h text:outline-level="2">Found</text:h>
      <text:list><text:list-item><text:p>First thing found</text:p></text:list-item>
      <text:list-item><text:p>Second thing found</text:p></text:list-item></text:list>
      <table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Date</text:p>
      </table:table-cell><table:table-cell><text:p>Agency</text:p></table:table-cell>
      </table:table-row></table:table-header-rows><table:table-row><table:table-cell><text:p>3 March
      </text:p></table:table-cell><table:table-cell><text:p>GP</text:p></table:table-cell>
      </table:table-row></table:table></office:text></office:body></office:document-content>"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", content)
    return out.getvalue()


HTML = """<!doctype html><html lang="en"><head><title>Child X</title><meta charset="utf-8">
<script>alert("not text")</script></head><body><nav>Home Contact</nav><main>
<h1>Introduction</h1><p>1.1 The infant was seen every fortnight.<sup><a href="#fn1">1</a></sup></p>
<p hidden>A paragraph that nobody sees</p>
<h2>Found</h2><ul><li>First thing found</li><li>Second thing found</li></ul>
<table><tr><th>Date</th><th>Agency</th></tr><tr><td>3 March</td><td>GP</td></tr></table>
<p id="fn1">1. Working Together, chapter 4.</p><p>“Quoted” by the médecin – twice.</p>
</main></body></html>"""


def report_html() -> bytes:
    """The same report as a web page."""
    return HTML.encode()
