"""Dates, counts and marked passages as people read them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring

from candour.ui.wording import day, instant, marked, plural


def test_a_day_is_written_without_a_leading_nought() -> None:
    assert day(date(2015, 3, 3)) == "3 March 2015"


def test_an_instant_is_told_in_london_time_and_day() -> None:
    just_past_midnight = datetime(2015, 6, 30, 23, 30, tzinfo=UTC)

    assert instant(just_past_midnight) == "1 July 2015 at 12:30am"
    assert day(just_past_midnight) == "1 July 2015"
    assert instant(datetime(2015, 3, 3, 14, 5, tzinfo=UTC)) == "3 March 2015 at 2:05pm"


def test_no_date_gives_no_words() -> None:
    assert day(None) == instant(None) == ""


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 entries"), (1, "1 entry"), (1200, "1,200 entries")]
)
def test_a_count_agrees_with_its_noun(count: int, words: str) -> None:
    assert plural(count, "entry", "entries") == words


def test_a_plain_plural_needs_no_second_form() -> None:
    assert plural(2, "row") == "2 rows"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), st.data())
def test_marking_changes_no_word_and_escapes_all(text: str, data: st.DataObject) -> None:
    cut = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))

    shown = fragment_fromstring(f"<p>{marked(text, [(cut[0], cut[1])])}</p>")

    assert shown.text_content() == text
    assert [mark.text_content() for mark in shown.iter("mark")] == [text[cut[0] : cut[1]]]
    assert {element.tag for element in shown.iter()} == {"p", "mark"}


@pytest.mark.parametrize("spans", [[(0, 9)], [(2, 3), (1, 2)], [(2, 1)]])
def test_a_span_that_does_not_fit_is_refused(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        marked("words", spans)
