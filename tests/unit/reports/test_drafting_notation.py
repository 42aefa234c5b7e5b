"""The notation of sections, anchors that stay, and dates at the grain of a publication."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.reports.anchors import kept_anchors
from candour.reports.grain import to_months, when
from candour.reports.notation import blocks, pieces
from candour.reports.tree import (
    CrossRef,
    Footnote,
    Heading,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Report,
    Text,
    text_of,
)
from candour.reports.validation import validate


def made(body: str):  # type: ignore[no-untyped-def]
    found = pieces(body)
    return blocks(found, [f"p-{number}" for number in range(1, len(found) + 1)])


def test_a_blank_line_ends_a_paragraph_and_a_single_one_is_kept() -> None:
    first, second = made("One\ntwo\n\nThree")
    assert text_of(first.inlines) == "One\ntwo"
    assert (second.anchor, text_of(second.inlines)) == ("p-2", "Three")


def test_lines_with_a_dash_are_one_list_and_numbered_lines_another() -> None:
    bullets, numbers = made("- one\n- two\n1. first\n2. second")
    assert isinstance(bullets, ListBlock)
    assert isinstance(numbers, ListBlock)
    assert (bullets.ordered, numbers.ordered) == (False, True)
    assert [item.anchor for item in numbers.items] == ["p-3", "p-4"]


def test_a_quotation_says_whose_words_they_are() -> None:
    (quote,) = made("> Nobody asked me.\n> -- Practitioner account 4")
    assert isinstance(quote, Quote)
    assert (text_of(quote.inlines), quote.attribution) == (
        "Nobody asked me.",
        "Practitioner account 4",
    )


def test_marks_in_a_line_become_emphasis_links_and_notes() -> None:
    (paragraph,) = made("**Strong**, *stressed*, [law](https://example.org) [here](#p-1)^[a note]")
    assert isinstance(paragraph, Paragraph)
    kinds = [type(inline) for inline in paragraph.inlines]
    assert kinds == [Text, Text, Text, Text, Link, Text, CrossRef, Footnote]


def test_marks_that_mean_nothing_are_text() -> None:
    text = "5 * 3 is not 2 ** 4; [not a link] (nor this) and <b>no mark-up</b>"
    (paragraph,) = made(text)
    assert text_of(paragraph.inlines) == text


def test_a_heading_never_skips_a_level() -> None:
    deep, _, deeper = made("### Deep\n\ntext\n\n### Deeper")
    assert isinstance(deep, Heading)
    assert isinstance(deeper, Heading)
    assert (deep.level, deeper.level) == (2, 3)


@given(st.text(alphabet="ab*[](#)^>-1. \n", max_size=200))
def test_whatever_is_typed_makes_a_report_that_can_be_rendered(body: str) -> None:
    report = Report("Title", "", "en-GB", "", (), (Heading(1, "One", "one"), *made(body)))
    assert {problem.code for problem in validate(report)} <= {"broken_reference"}


BEFORE = ["The first visit was on time.", "Nobody asked where the infant slept.", "A third."]
GIVEN = ["s-1", "s-2", "s-3"]


def test_a_paragraph_keeps_its_anchor_when_one_is_added_before_it() -> None:
    anchors, given_now = kept_anchors(BEFORE, GIVEN, ["Something new here!", *BEFORE], "s", 3)
    assert (anchors, given_now) == (["s-4", *GIVEN], 4)


def test_a_paragraph_changed_a_little_keeps_its_anchor() -> None:
    after = [BEFORE[0], "Nobody had asked where the baby slept at night.", BEFORE[2]]
    assert kept_anchors(BEFORE, GIVEN, after, "s", 3)[0] == GIVEN


def test_the_anchor_of_a_paragraph_taken_out_is_never_given_again() -> None:
    without, given_now = kept_anchors(BEFORE, GIVEN, BEFORE[:2], "s", 3)
    with_another, _ = kept_anchors(
        BEFORE[:2], without, [*BEFORE[:2], "Wholly other"], "s", given_now
    )
    assert with_another == ["s-1", "s-2", "s-4"]


@given(st.permutations(BEFORE))
def test_a_paragraph_that_moves_takes_its_anchor_along(after: list[str]) -> None:
    anchors, _ = kept_anchors(BEFORE, GIVEN, after, "s", 3)
    assert dict(zip(after, anchors, strict=True)) == dict(zip(BEFORE, GIVEN, strict=True))


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Seen 14/03/2014.", "Seen March 2014."),
        ("Seen on 14.3.14 at home", "Seen in March 2014 at home"),
        ("On Tuesday 3rd of March 2015 and 4 April", "In March 2015 and April"),
        ("2014-05-06 call", "May 2014 call"),
        ("Form 12/99/2014 and flat 3/14", "Form 12/99/2014 and flat 3/14"),
        ("They may go in 2 March 2014's week", "They may go in March 2014's week"),
    ],
)
def test_full_dates_in_entries_are_published_as_months(text: str, published: str) -> None:
    assert to_months(text) == published


@pytest.mark.parametrize(
    ("earliest", "latest", "grain", "words"),
    [
        (date(2014, 3, 3), date(2014, 3, 9), "month", "March 2014"),
        (date(2014, 3, 3), date(2014, 4, 9), "month", "Between March 2014 and April 2014"),
        (date(2014, 3, 3), date(2014, 3, 3), "day", "3 March 2014"),
        (None, date(2014, 3, 3), "month", "By March 2014"),
        (date(2014, 3, 3), None, "month", "From March 2014"),
        (None, None, "month", "Date not known"),
    ],
)
def test_an_uncertain_date_stays_uncertain_at_either_grain(
    earliest: date | None, latest: date | None, grain: str, words: str
) -> None:
    assert when(earliest, latest, grain) == words
