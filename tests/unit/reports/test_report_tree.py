import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.reports.rewriting import rewritten
from candour.reports.stored_form import NotAStoredReport, from_json, to_json
from candour.reports.tree import (
    Block,
    CrossRef,
    Figure,
    Footnote,
    Heading,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Report,
    Table,
    Text,
    plain,
    text_of,
)
from candour.reports.validation import ReportNotReadable, require_readable, validate


def with_blocks(report: Report, *blocks: Block) -> Report:
    return replace(report, blocks=blocks)


def codes(report: Report) -> set[str]:
    return {problem.code for problem in validate(report)}


def test_a_whole_report_has_no_problems(report: Report) -> None:
    assert validate(report) == ()


def test_a_skipped_heading_level_is_refused_with_the_level_to_use(report: Report) -> None:
    blocks = (Heading(1, "One", "a"), Heading(3, "Three", "b"))
    (problem,) = validate(with_blocks(report, *blocks))

    assert problem.code == "heading_skipped"
    assert problem.where == "b"
    assert "make it level 2" in problem.message


def test_headings_may_climb_back_any_number_of_levels(report: Report) -> None:
    levels = (1, 2, 3, 1, 2)
    blocks = (Heading(level, "Words", f"h-{n}") for n, level in enumerate(levels))
    assert validate(with_blocks(report, *blocks)) == ()


FAULTS = {
    "no_alt_text": Figure(b"<svg/>", "image/svg+xml", " ", "", "f"),
    "no_image": Figure(b"", "image/png", "A bar", "", "f"),
    "no_caption": Table("", (plain("A"),), (), "t"),
    "no_table_header": Table("Caption", (plain("A"), plain("")), (), "t"),
    "table_ragged": Table("Caption", (plain("A"),), ((plain("1"), plain("2")),), "t"),
    "empty_list": ListBlock(True, ()),
    "empty_heading": Heading(1, " ", "h"),
    "heading_level": Heading(6, "Deep", "h"),
    "anchor_form": Paragraph(plain("x"), "1st"),
    "anchor_reserved": Paragraph(plain("x"), "note-1"),
    "broken_reference": Paragraph((CrossRef("there", "nowhere"),), "p"),
    "unsafe_link": Paragraph((Footnote((Link("x", "javascript:alert(1)"),)),), "p"),
    "empty_link": Paragraph((Link(" ", "https://example.org"),), "p"),
}


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_is_named(report: Report, code: str) -> None:
    assert codes(with_blocks(report, FAULTS[code])) == {code}


def test_two_places_may_not_share_an_anchor(report: Report) -> None:
    item = ListBlock(False, (ListItem(plain("x"), "same"),))
    assert codes(with_blocks(report, Paragraph(plain("x"), "same"), item)) == {"anchor_repeated"}


def test_a_report_needs_a_title_and_a_language(report: Report) -> None:
    assert codes(replace(report, title=" ", language="English")) == {"no_title", "no_language"}


def test_a_report_with_a_fault_is_not_rendered(report: Report) -> None:
    with pytest.raises(ReportNotReadable, match="Give the report a title") as refusal:
        require_readable(replace(report, title=""))
    assert refusal.value.problems[0].code == "no_title"


def test_the_text_of_a_line_leaves_footnotes_out() -> None:
    words = (Text("One"), Footnote((Text("note"),)), Link(" two", "https://example.org"))
    assert text_of(words) == "One two"


def test_a_report_comes_back_from_storage_as_it_was(report: Report) -> None:
    assert from_json(to_json(report)) == report


@given(text=st.text(), image=st.binary())
def test_no_character_and_no_byte_is_lost_in_storage(text: str, image: bytes) -> None:
    blocks = (Paragraph(plain(text), "p"), Figure(image, "image/png", text, text, "f"))
    stored = Report(text, text, "en-GB", "", (), blocks)
    assert from_json(to_json(stored)) == stored


@pytest.mark.parametrize("stored", ["", "[]", '{"kind":"Text","text":"x"}', '{"kind":"Nonsense"}'])
def test_other_json_is_refused_by_name(stored: str) -> None:
    with pytest.raises(NotAStoredReport, match="not a stored report"):
        from_json(stored)


def strings_in(value: object) -> list[str]:
    if isinstance(value, dict):
        kept = ("kind", "anchor", "emphasis", "image_type", "base64", "language", "marking")
        return [s for k, v in value.items() if k not in kept for s in strings_in(v)]
    if isinstance(value, list):
        return [s for item in value for s in strings_in(item)]
    return [value] if isinstance(value, str) else []


def test_rewriting_reaches_every_string_of_the_report(report: Report) -> None:
    changed = rewritten(report, lambda text: f"«{text}»")

    strings = strings_in(json.loads(to_json(changed)))
    assert len(strings) > 30
    assert all(text.startswith("«") and text.endswith("»") for text in strings)
    assert rewritten(report, lambda text: text) == report


def test_rewriting_keeps_anchors(report: Report) -> None:
    quote = Quote(plain("Words"), "Mother", "q-9")
    (block,) = rewritten(with_blocks(report, quote), str.upper).blocks
    assert block == Quote(plain("WORDS"), "MOTHER", "q-9")
