from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from candour.reports.rendering.pdf import CannotTypeset, to_pdf
from candour.reports.rendering.pdf_facts import pdf_facts
from candour.reports.tree import Figure, Heading, Paragraph, Report, Table, plain
from candour.reports.validation import ReportNotReadable


def test_the_pdf_says_its_title_language_and_that_it_is_tagged(report: Report) -> None:
    facts = pdf_facts(to_pdf(report))

    assert facts.title == "Child Q: a review <draft> & findings"
    assert facts.lang == "en-GB"
    assert facts.marked
    assert facts.shows_title
    assert facts.claims_ua


def test_each_table_is_one_table_with_a_header_cell_for_each_column(report: Report) -> None:
    facts = pdf_facts(to_pdf(report))
    assert (facts.table_count, facts.th_count, facts.tags["TD"]) == (1, 2, 4)
    assert facts.tags["Caption"] == 2


def test_a_table_over_many_pages_stays_one_table_with_one_header(long_table_report: Report) -> None:
    facts = pdf_facts(to_pdf(long_table_report))

    assert facts.pages > 3
    assert (facts.table_count, facts.th_count, facts.tags["TR"]) == (1, 3, 151)


def test_pictures_carry_their_words_in_the_structure_tree(report: Report) -> None:
    assert pdf_facts(to_pdf(report)).alts == ("A blue bar of four contacts",)


def test_headings_keep_their_levels(report: Report) -> None:
    facts = pdf_facts(to_pdf(report))
    assert facts.headings == (1, 1, 0, 0, 0, 0)
    assert facts.outline == ("Introduction",)


def test_lists_quotations_and_notes_are_tagged_as_such(report: Report) -> None:
    tags = pdf_facts(to_pdf(report)).tags
    assert (tags["L"], tags["LI"], tags["BlockQuote"], tags["Note"]) == (2, 4, 1, 1)


def test_a_long_report_has_a_table_of_contents(report: Report) -> None:
    headings = tuple(Heading(1, f"Chapter {n}", f"chapter-{n}") for n in range(6))
    assert pdf_facts(to_pdf(replace(report, blocks=headings))).tags["TOCI"] == 6


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert to_pdf(report) == to_pdf(report)


def test_the_pdf_names_no_person_and_no_day(report: Report) -> None:
    data = to_pdf(report)
    assert set(pdf_facts(data).properties) == {"/Creator", "/Title"}
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_metadata() as about:
        assert not [name for name in about if "Date" in name or "creator" in name]


def test_invisible_control_characters_do_not_stop_the_pdf(report: Report) -> None:
    spoilt = Paragraph(plain("one\x07 \ufefftwo\x00"), "p")
    assert pdf_facts(to_pdf(replace(report, blocks=(spoilt,)))).pages == 1


def test_a_letter_without_a_font_is_named(report: Report) -> None:
    spoilt = replace(report, blocks=(Paragraph(plain("smile \U0001f600"), "p"),))
    with pytest.raises(CannotTypeset, match="no letters for “\U0001f600”"):
        to_pdf(spoilt)


def test_a_picture_that_cannot_be_read_is_refused_with_what_to_do(report: Report) -> None:
    spoilt = replace(report, blocks=(Figure(b"not a picture", "image/png", "A bar", "", "f"),))
    with pytest.raises(CannotTypeset, match="try again"):
        to_pdf(spoilt)


def test_the_pdf_of_a_table_without_rows_can_be_made(report: Report) -> None:
    empty = Table("Nothing received", (plain("Agency"), plain("Why")), (), "t")
    assert pdf_facts(to_pdf(replace(report, blocks=(empty,)))).th_count == 2


def test_a_report_with_a_fault_gives_no_pdf(report: Report) -> None:
    with pytest.raises(ReportNotReadable):
        to_pdf(replace(report, language=""))
