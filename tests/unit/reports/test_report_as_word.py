import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from candour.reports.rendering.pictures import PictureNotReadable
from candour.reports.rendering.word import to_docx
from candour.reports.rendering.word_elements import anchor_of, bookmark_name
from candour.reports.tree import (
    CrossRef,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Report,
    anchors_in,
    plain,
)
from candour.reports.validation import ReportNotReadable


def opened(report: Report) -> Document:
    return Document(BytesIO(to_docx(report)))


def parts(report: Report) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(to_docx(report))) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_headings_lists_and_quotations_are_styles_not_looks(report: Report) -> None:
    styles = [p.style.name for p in opened(report).paragraphs if p.text]

    assert styles[:2] == ["Title", "Subtitle"]
    assert [name for name in styles if name.startswith("Heading")] == ["Heading 1", "Heading 2"]
    assert styles.count("List Bullet") == 2
    assert styles.count("List Number") == 2
    assert styles.count("Quote") == 2


def test_the_header_row_repeats_over_pages_and_no_other_row_does(report: Report) -> None:
    (table,) = opened(report).tables
    repeats = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert repeats == [True, False, False]
    assert [cell.text for cell in table.rows[2].cells] == ["School", "first\nsecond"]


def test_title_and_language_are_said(report: Report) -> None:
    document = opened(report)
    assert document.core_properties.title == "Child Q: a review <draft> & findings"
    assert document.core_properties.language == "en-GB"
    languages = document.styles.element.xpath("//w:docDefaults//w:lang/@w:val")
    assert languages == ["en-GB"]


def test_the_language_is_the_reports_own(report: Report) -> None:
    welsh = opened(replace(report, language="cy-GB"))
    assert welsh.styles.element.xpath("//w:docDefaults//w:lang/@w:val") == ["cy-GB"]


def test_the_file_names_no_person_no_day_and_holds_no_comment(report: Report) -> None:
    made = parts(report)

    core = etree.fromstring(made["docProps/core.xml"])
    assert {etree.QName(element).localname for element in core} == {"title", "language"}
    assert not [name for name in made if "comment" in name or "custom" in name or "app" in name]
    with zipfile.ZipFile(BytesIO(to_docx(report))) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_pictures_carry_their_words(report: Report) -> None:
    (shape,) = opened(report).inline_shapes
    assert shape._inline.docPr.get("descr") == "A blue bar of four contacts"
    assert (shape.width.inches, shape.height.inches) == pytest.approx((80 / 96, 40 / 96), rel=0.02)


def test_every_anchor_is_a_bookmark(report: Report) -> None:
    names = opened(report).element.xpath("//w:bookmarkStart/@w:name")
    anchors = [anchor for block in report.blocks for anchor in anchors_in(block)]
    assert [anchor_of(name) for name in names] == anchors


def test_a_reference_inside_the_report_leads_to_its_bookmark(report: Report) -> None:
    document = opened(report).element
    assert document.xpath("//w:hyperlink/@w:anchor") == [bookmark_name("contacts")]


def test_links_lead_outside_and_are_the_address_given(report: Report) -> None:
    document = opened(report)
    (link,) = document.element.xpath("//w:hyperlink/@r:id")
    assert document.part.rels[link].target_ref == "https://example.org/a?b=1&c=2"


def test_footnotes_are_footnotes(report: Report) -> None:
    notes = etree.fromstring(parts(report)["word/footnotes.xml"])
    text = "".join(notes.itertext())
    assert text.strip() == "A note with the Act"
    assert opened(report).element.xpath("//w:footnoteReference/@w:id") == ["1"]


def test_every_numbered_list_begins_at_one(report: Report) -> None:
    lists = tuple(
        ListBlock(True, (ListItem(plain("a"), f"a-{n}"), ListItem(plain("b"), f"b-{n}")))
        for n in range(2)
    )
    document = opened(replace(report, blocks=lists))
    numbers = document.element.xpath("//w:numPr/w:numId/@w:val")
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    restarts = document.part.numbering_part.element.xpath("//w:num[w:lvlOverride]/@w:numId")
    assert set(restarts) == set(numbers)


def test_the_marking_stands_on_every_page(report: Report) -> None:
    (section,) = opened(report).sections
    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    assert "OFFICIAL-SENSITIVE" in section.footer.paragraphs[0].text


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert to_docx(report) == to_docx(report)


def test_words_come_through_whole(report: Report) -> None:
    spoilt = Paragraph(plain("tab\there \x07& <w:t> ]]> line\nbreak  two spaces"), "p")
    paragraph = opened(replace(report, blocks=(spoilt,))).paragraphs[-1]
    assert paragraph.text == "tab\there & <w:t> ]]> line\nbreak  two spaces"


def test_a_picture_that_is_none_is_refused_by_its_words(report: Report) -> None:
    for image_type in ("image/png", "image/svg+xml"):
        spoilt = Figure(b"not a picture", image_type, "A bar", "", "f")
        with pytest.raises(PictureNotReadable, match="“A bar”"):
            to_docx(replace(report, blocks=(spoilt,)))


def test_a_report_with_a_fault_gives_no_file(report: Report) -> None:
    broken = (Heading(1, "One", "one"), Paragraph((CrossRef("x", "gone"),), "p"))
    with pytest.raises(ReportNotReadable):
        to_docx(replace(report, blocks=broken))
