import base64
import gzip
import json
import zipfile
from io import BytesIO

import openpyxl
import pikepdf
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from candour.engines.anonymise.channels import package
from candour.engines.anonymise.leaks import LeakReport, check
from candour.engines.anonymise.register import Register

NAME = "Peregrine Ashby-Thorne"


def zipped(**parts: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return made.getvalue()


def exact(report: LeakReport) -> set[str]:
    return {match.identity for match in report.matches if match.kind == "exact"}


def pdf_with(change: object) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    change(pdf)  # type: ignore[operator]
    made = BytesIO()
    pdf.save(made)
    return made.getvalue()


def test_clean_bytes_give_no_match_and_say_what_was_read(register: Register) -> None:
    report = check(b"Child K came to school.", "review.txt", register)
    assert report.matches == ()
    assert report.not_checked == ()
    assert "review.txt: text" in report.checked


def test_a_file_name_is_a_channel(register: Register) -> None:
    (match,) = check(b"nothing", "notes about Peregrine.txt", register).matches
    assert (match.identity, match.channel) == ("child", "file name")


WRAPPED = {
    "UTF-16": f"x {NAME}".encode("utf-16"),
    "Windows-1252": f"caf\u00e9 {NAME}".encode("cp1252"),
    "soft hyphens": "Pere\u00adgrine Ashby-Thorne".encode(),
    "zero width": "Pere\u200bgrine Ashby\u2060-Thorne".encode(),
    "letters spaced out": b"P e r e g r i n e   A s h b y",
    "dots between letters": b"P.e.r.e.g.r.i.n.e",
    "broken over lines": b"Pere-\ngrine came",
    "percent": b"https://example.org/Peregrine%20Ashby-Thorne",
    "entities": b"Peregri&#110;e",
    "escapes": rb"P\u0065regrine",
    "quoted-printable": b"Pere=\ngrine =C3=A9",
    "base64": base64.b64encode(NAME.encode()),
    "base64 of UTF-16": base64.b64encode(NAME.encode("utf-16-le")),
    "base64 in an address": b"data:text/plain;base64," + base64.b64encode(f"x {NAME}".encode()),
    "gzip": gzip.compress(f"x {NAME}".encode()),
    "JSON escapes": json.dumps({"a": ["P\u00e9regrine"]}).encode(),
    "JSON key": b'{"Peregrine": 1}',
    "CSV": b"Date,Name\n1 May,Peregrine\n",
    "calendar file": b"BEGIN:VEVENT\r\nSUMMARY:Peregrine\r\n",
}


@pytest.mark.parametrize("wrapping", WRAPPED)
def test_a_name_is_found_through(register: Register, wrapping: str) -> None:
    suffix = "json" if "JSON" in wrapping else "txt"
    assert "child" in exact(check(WRAPPED[wrapping], f"a.{suffix}", register))


def test_a_ligature_is_read_as_its_letters() -> None:
    from candour.engines.anonymise.register import Identity, Kind

    people = Register((Identity("f", Kind.PERSON, "Friend", ("Griffin",)),))
    assert exact(check("Gri\ufb03n or Gri\ufb00in".encode(), "a.txt", people)) == {"f"}


HTML = {
    "words split by tags": b"<p>Pere<b>grine</b> came</p>",
    "title": b"<html><head><title>Peregrine</title></head><body></body></html>",
    "meta": b"<meta name=description content='About Peregrine'><p>x</p>",
    "comment": b"<p>x<!-- Peregrine --></p>",
    "comment before the page": b"<!-- Peregrine --><html><body><p>x</p></body></html>",
    "attribute": b"<p data-name='Peregrine'>x</p>",
    "alternative text": b"<img alt='Peregrine at home'>",
    "script": b"<script>var a = 'Peregrine'</script>",
    "address": b"<a href='/people/peregrine'>x</a>",
    "picture": b"<img src='data:image/svg+xml;base64,"
    + base64.b64encode(b"<svg><title>Peregrine</title></svg>")
    + b"'>",
}


@pytest.mark.parametrize("channel", HTML)
def test_a_name_is_found_in_a_page_in_its(register: Register, channel: str) -> None:
    assert exact(check(HTML[channel], "a.html", register)) == {"child"}


def test_a_feed_is_read_with_the_pages_inside_it(register: Register) -> None:
    feed = b"<?xml version='1.0'?><feed><entry><content type='html'>"
    feed += b"&lt;p&gt;Pere&lt;i&gt;grine&lt;/i&gt;&lt;/p&gt;</content></entry></feed>"
    assert exact(check(feed, "feed.xml", register)) == {"child"}


def test_words_of_neighbouring_cells_are_not_one_word(register: Register) -> None:
    page = b"<table><tr><td>Pere</td><td>grine</td></tr></table>"
    assert exact(check(page, "a.html", register)) == set()


def test_a_workbook_is_read_with_hidden_sheets_names_and_serial_days(register: Register) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 40058
    hidden = book.create_sheet("Grace")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "Quillet Court"
    made = BytesIO()
    book.save(made)
    assert exact(check(made.getvalue(), "a.xlsx", register)) == {"birth", "mother", "home"}


def test_archives_are_opened_inside_archives(register: Register) -> None:
    inner = zipped(a_dot_txt=b"Peregrine")
    report = check(zipped(inner_dot_zip=inner), "outer.zip", register)
    assert [match.place for match in report.matches] == ["outer.zip > inner.zip > a.txt"]


def test_text_packed_in_a_picture_is_read_and_its_pixels_are_not(register: Register) -> None:
    words = PngInfo()
    words.add_text("Comment", "Photograph of Peregrine", zip=True)
    made = BytesIO()
    Image.new("RGB", (4, 4)).save(made, "PNG", pnginfo=words)

    report = check(made.getvalue(), "a.png", register)

    assert exact(report) == {"child"}
    assert "what the picture shows" in report.not_checked[0].channel


def test_every_string_of_a_pdf_is_read(register: Register) -> None:
    def plant(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Orphan = pdf.make_indirect(pikepdf.Dictionary(Note="Grace Ashby-Thorne"))
        pdf.pages[0].Annots = pikepdf.Array(
            [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Contents=pikepdf.String("Quillet Court"))]
        )
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("K. Vantongeren", 0))
        with pdf.open_metadata() as about:
            about["dc:description"] = "999 000 1234"
        pdf.docinfo["/Author"] = "Peregrine"

    assert exact(check(pdf_with(plant), "a.pdf", register)) == {
        "child",
        "mother",
        "home",
        "worker",
        "nhs",
    }


def test_an_attachment_of_a_pdf_is_opened_as_a_file(register: Register) -> None:
    def plant(pdf: pikepdf.Pdf) -> None:
        packed = zipped(a_dot_txt=b"Peregrine")
        pdf.attachments["a.zip"] = pikepdf.AttachedFileSpec(pdf, packed, filename="a.zip")

    report = check(pdf_with(plant), "a.pdf", register)

    assert exact(report) == {"child"}
    assert "attachment" in report.matches[0].place


def test_an_earlier_version_left_inside_a_pdf_is_read(register: Register) -> None:
    def plant(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Note = pdf.make_stream(b"Peregrine")

    before = pdf_with(plant)
    after = pdf_with(lambda pdf: None)

    report = check(before + after, "a.pdf", register)

    assert exact(report) == {"child"}
    assert "earlier version 1" in report.matches[0].place


UNREADABLE = {
    "locked.pdf": "password",
    "broken.pdf": "cannot be opened",
    "broken.docx": "cannot be opened",
    "old.doc": "old Office",
    "broken.xml": "cannot be parsed",
    "broken.json": "cannot be parsed",
    "broken.gz": "cannot be unpacked",
    "unknown.bin": "not known",
    "bomb.zip": "unpacks to more",
}


def unreadable(name: str) -> bytes:
    if name == "locked.pdf":
        locked = BytesIO()
        pikepdf.open(BytesIO(pdf_with(lambda pdf: None))).save(
            locked, encryption=pikepdf.Encryption(user="u", owner="o")
        )
        return locked.getvalue()
    return {
        "broken.pdf": b"%PDF-1.7\nnothing",
        "broken.docx": b"PK\x03\x04 truncated",
        "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and the rest",
        "broken.xml": b"<?xml version='1.0'?><a><b></a>",
        "broken.json": b'{"a": ',
        "broken.gz": b"\x1f\x8b nothing",
        "unknown.bin": b"\x00\x01\x02\x03" * 20,
        "bomb.zip": zipped(a_dot_txt=b"x" * 2_000),
    }[name]


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_listed_and_never_passed(
    register: Register, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "UNPACKED_LIMIT", 1_000)
    report = check(unreadable(name), name, register)
    assert any(UNREADABLE[name] in part.why for part in report.not_checked)


def test_a_damaged_part_of_a_word_file_is_listed_with_its_place(register: Register) -> None:
    report = check(zipped(word__document_dot_xml=b"<w:p>Peregrine"), "a.docx", register)
    assert report.not_checked[0].channel == "a.docx > word/document.xml"
    assert exact(report) == {"child"}


def test_a_part_that_cannot_be_unpacked_is_listed_with_its_place(register: Register) -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.txt", b"plain words")
    report = check(made.getvalue().replace(b"plain", b"spoil"), "a.zip", register)
    assert [part.channel for part in report.not_checked] == ["a.zip > a.txt"]


@pytest.mark.parametrize("word", ["Peregrin", "Pergerine", "Peregrines", "Vantongerin"])
def test_a_misspelt_name_is_a_near_match(register: Register, word: str) -> None:
    report = check(f"Then {word} came.".encode(), "a.txt", register)
    assert [match.kind for match in report.matches] == ["near"]


@pytest.mark.parametrize("word", ["pilgrim", "Quality", "Peregrination", "place", "Thorns"])
def test_ordinary_words_are_not_near_matches(register: Register, word: str) -> None:
    assert check(f"Then {word} came.".encode(), "a.txt", register).matches == ()


@pytest.mark.parametrize("text", ["peregrineashbythorne", "p_Peregrine.Ashby.Thorne@x"])
def test_a_name_run_together_is_a_near_match(register: Register, text: str) -> None:
    assert "child" in {match.identity for match in check(text.encode(), "a.txt", register).matches}


PATTERNS = {
    "NHS number": "943 476 5919",
    "telephone number": "01632 960 417",
    "postcode": "ZZ99 4RQ",
    "e-mail address": "someone@example.org",
    "National Insurance number": "QQ 12 34 56 C".replace("QQ", "AB"),
    "case or crime reference": "HC/2177/12",
    "date of birth": "DOB 2/9/2011",
    "vehicle mark": "ZZ04 QQQ",
    "address": "14 Larch Walk",
}


@pytest.mark.parametrize("kind", PATTERNS)
def test_a_string_shaped_like_an_identifier_is_a_pattern_match(
    register: Register, kind: str
) -> None:
    report = check(f"Then {PATTERNS[kind]} was given.".encode(), "a.txt", register)
    assert [(match.form, match.kind) for match in report.matches] == [(kind, "pattern")]


@pytest.mark.parametrize(
    "text",
    ["on 03/02/2015 at 14:05", "section 47", "999", "Working Together 2015", "2014/15", "page 12"],
)
def test_dates_and_counts_are_no_identifiers(register: Register, text: str) -> None:
    assert check(text.encode(), "a.txt", register).matches == ()


def test_each_match_says_form_channel_place_and_words_around(register: Register) -> None:
    page = b"<p>It was said that Perry\n went out.</p>"
    (match,) = check(page, "a.html", register).matches
    assert (match.form, match.identity, match.channel, match.place) == (
        "Perry",
        "child",
        "text",
        "a.html",
    )
    assert match.excerpt == "It was said that Perry went out."
