"""One secret in each of the 32 channels of a Word file that outlive ordinary cleaning."""

import re
import zipfile
from io import BytesIO

import openpyxl
import pytest
from docx import Document
from PIL import Image

from candour.engines.anonymise.leaks import LeakReport, check
from candour.engines.anonymise.register import Identity, Kind, Register

CHANNELS = tuple(
    """hidden text/white text/deleted text/author of an insertion/author of a deletion/header/footer
    /comment/author of a comment/link target/EXIF of a picture/alternative text/name of a picture
    /bookmark/field code/document variable/style name/table description/title of a content control
    /company/manager/thumbnail/custom property/embedded workbook/title/subject/creator/keywords
    /description/last modified by/category/archive comment""".replace("\n    ", "").split("/")
)


WORD = "http://schemas.openxmlformats.org/officeDocument/2006"


def canary(channel: str) -> str:
    return f"Qanary{CHANNELS.index(channel):02}bird"


def planted_body() -> str:
    c = canary
    return f"""
<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{c("hidden text")}</w:t></w:r>
<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>{c("white text")}</w:t></w:r></w:p>
<w:p><w:del w:id="1" w:author="{c("author of a deletion")}"><w:r>
<w:delText>{c("deleted text")}</w:delText></w:r></w:del>
<w:ins w:id="2" w:author="{c("author of an insertion")}"><w:r><w:t>x</w:t></w:r></w:ins></w:p>
<w:p><w:bookmarkStart w:id="3" w:name="{c("bookmark")}"/><w:bookmarkEnd w:id="3"/>
<w:r><w:instrText>HYPERLINK "{c("field code")}"</w:instrText></w:r></w:p>
<w:tbl><w:tblPr><w:tblDescription w:val="{c("table description")}"/></w:tblPr><w:tblGrid/>
<w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>
<w:sdt><w:sdtPr><w:alias w:val="{c("title of a content control")}"/></w:sdtPr>
<w:sdtContent><w:p/></w:sdtContent></w:sdt>"""


def picture() -> bytes:
    exif = Image.Exif()
    exif[0x013B] = canary("EXIF of a picture")
    made = BytesIO()
    Image.new("RGB", (4, 4)).save(made, "JPEG", exif=exif)
    return made.getvalue()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active["B2"] = canary("embedded workbook")
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def with_python_docx() -> bytes:
    document = Document()
    core = document.core_properties
    core.title, core.subject = canary("title"), canary("subject")
    core.author, core.keywords = canary("creator"), canary("keywords")
    core.comments, core.category = canary("description"), canary("category")
    core.last_modified_by = canary("last modified by")
    section = document.sections[0]
    section.header.paragraphs[0].text = canary("header")
    section.footer.paragraphs[0].text = canary("footer")
    run = document.add_paragraph().add_run("a picture")
    run.add_picture(BytesIO(picture()))
    document.add_comment(run, canary("comment"), author=canary("author of a comment"))
    words = document.inline_shapes[0]._inline.docPr
    words.set("descr", canary("alternative text"))
    words.set("name", canary("name of a picture"))
    document.styles.add_style(canary("style name"), 1)
    document.part.relate_to(
        f"https://example.org/{canary('link target')}", f"{WORD}/relationships/hyperlink", True
    )
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def canary_file() -> bytes:
    """What python-docx can plant, then what only the bare parts can carry."""
    added = {
        "docProps/app.xml": f"<Properties><Company>{canary('company')}</Company>"
        f"<Manager>{canary('manager')}</Manager></Properties>".encode(),
        "docProps/custom.xml": f"<Properties><property><lpwstr>{canary('custom property')}"
        "</lpwstr></property></Properties>".encode(),
        "docProps/thumbnail.jpeg": b"\xff\xd8\xff\xe0\x00" + canary("thumbnail").encode(),
        "word/embeddings/book.xlsx": workbook(),
    }
    made = BytesIO()
    source = zipfile.ZipFile(BytesIO(with_python_docx()))
    with source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        target.comment = canary("archive comment").encode()
        for entry in source.infolist():
            if entry.filename not in added:
                target.writestr(entry.filename, with_bare_parts(entry.filename, source.read(entry)))
        for name, data in added.items():
            target.writestr(name, data)
    return made.getvalue()


def with_bare_parts(name: str, data: bytes) -> bytes:
    if name == "word/document.xml":
        return data.replace(b"<w:sectPr", planted_body().encode() + b"<w:sectPr", 1)
    if name == "word/settings.xml":
        variable = f'<w:docVars><w:docVar w:name="v" w:val="{canary("document variable")}"/>'
        return data.replace(b"</w:settings>", f"{variable}</w:docVars></w:settings>".encode())
    return data


@pytest.fixture(scope="module")
def report() -> LeakReport:
    identities = (
        Identity(f"c{number}", Kind.PERSON, "Somebody", (canary(channel),))
        for number, channel in enumerate(CHANNELS)
    )
    return check(canary_file(), "canaries.docx", Register(tuple(identities)))


def test_the_planted_file_still_opens_as_a_word_file() -> None:
    assert Document(BytesIO(canary_file())).core_properties.title == canary("title")


def test_all_32_canaries_are_planted() -> None:
    with zipfile.ZipFile(BytesIO(canary_file())) as packed:
        parts = b"".join(packed.read(name) for name in packed.namelist()) + packed.comment
        with zipfile.ZipFile(BytesIO(packed.read("word/embeddings/book.xlsx"))) as book:
            parts += b"".join(book.read(name) for name in book.namelist())
    planted = set(re.findall(rb"Qanary\d\dbird", parts))
    assert len(planted) == len(CHANNELS) == 32


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_secret_is_caught_in(report: LeakReport, channel: str) -> None:
    caught = {match.form for match in report.matches if match.kind == "exact"}
    assert canary(channel) in caught


def test_each_leak_says_where_it_is(report: LeakReport) -> None:
    where = {match.form: f"{match.place}: {match.channel}" for match in report.matches}
    assert where[canary("hidden text")] == "canaries.docx > word/document.xml: document: hidden"
    assert where[canary("deleted text")] == "canaries.docx > word/document.xml: document: deleted"
    assert where[canary("header")].startswith("canaries.docx > word/header")
    assert where[canary("alternative text")].endswith("document: alternative text")
    assert where[canary("embedded workbook")].startswith(
        "canaries.docx > word/embeddings/book.xlsx > xl/"
    )
    assert where[canary("archive comment")] == "canaries.docx: archive comment"


def test_pictures_are_listed_as_not_checked(report: LeakReport) -> None:
    unread = [entry.channel for entry in report.not_checked]
    assert any("word/media/image1" in channel for channel in unread)
    assert any("thumbnail" in channel for channel in unread)
