import re
from dataclasses import replace

import pytest
from lxml import html
from lxml.html import HtmlElement

from candour.reports.rendering.html import to_html
from candour.reports.tree import Paragraph, Report, plain
from candour.reports.validation import ReportNotReadable


def page_of(report: Report) -> HtmlElement:
    return html.fragment_fromstring(to_html(report), create_parent="main")


def test_markup_in_the_words_stays_words(report: Report) -> None:
    page = page_of(report)
    assert "Plain & <b>not bold</b> #let" in page.text_content()
    assert not page.xpath("//b")


def test_every_anchor_of_the_tree_is_an_id_and_no_id_stands_twice(report: Report) -> None:
    ids = page_of(report).xpath("//@id")
    assert {"introduction", "p-1", "l-1", "o-2", "contacts", "figure-1", "q-1"} <= set(ids)
    assert len(ids) == len(set(ids))


def test_every_link_inside_the_page_arrives(report: Report) -> None:
    page = page_of(report)
    targets = [href[1:] for href in page.xpath("//a/@href") if href.startswith("#")]
    assert len(targets) == 3
    assert set(targets) <= set(page.xpath("//@id"))


def test_tables_have_caption_column_headers_and_row_headers(report: Report) -> None:
    (table,) = page_of(report).xpath("//table")
    assert table.xpath("./caption/text()") == ["Contacts by agency"]
    assert table.xpath("./thead//th[@scope='col']/text()") == ["Agency", "Contacts"]
    assert table.xpath("./tbody//th[@scope='row']/text()") == ["Police", "School"]
    assert table.xpath("./tbody/tr/@id") == ["contacts-row-1", "contacts-row-2"]


def test_level_one_stands_below_the_title_of_the_page(report: Report) -> None:
    page = page_of(report)
    assert page.xpath("//h2/text()") == ["Introduction", "Notes"]
    assert page.xpath("//h3/text()") == ["What happened"]
    assert not page.xpath("//h1")


def test_pictures_carry_their_words(report: Report) -> None:
    (picture,) = page_of(report).xpath("//figure/img")
    assert picture.get("alt") == "A blue bar of four contacts"
    assert picture.get("src").startswith("data:image/svg+xml;base64,")


def test_footnotes_lead_there_and_back(report: Report) -> None:
    page = page_of(report)
    (mark,) = page.xpath("//a[@role='doc-noteref']")
    (note,) = page.xpath(f"//li[@id='{mark.get('href')[1:]}']")
    assert note.text_content().startswith("A note with the Act")
    assert note.xpath(".//a[@role='doc-backlink']/@href") == ["#note-1-mark"]


def test_no_style_and_no_script_stands_in_the_page(report: Report) -> None:
    assert not re.search(r"<(style|script)|\sstyle=|\son\w+=", to_html(report))


def test_line_breaks_are_kept(report: Report) -> None:
    report = replace(report, blocks=(Paragraph(plain("one\ntwo"), "p"),))
    assert to_html(report) == '<p id="p">one<br>two</p>\n'


def test_a_report_with_a_fault_gives_no_page(report: Report) -> None:
    with pytest.raises(ReportNotReadable):
        to_html(replace(report, title=""))
