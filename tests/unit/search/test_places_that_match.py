"""What is marked in a text is what the question asked for, where it stands in that text."""

from hypothesis import given
from hypothesis import strategies as st

from candour.engines.search.asking import parse
from candour.engines.search.marks import places, snippet
from candour.engines.search.query import any_words
from candour.engines.search.words import stem

WORDS = st.lists(st.sampled_from(["neglect", "neglected", "child", "’", "–", "Ünfall", "the", "é"]))


def test_every_ending_of_a_word_is_marked_as_it_stands() -> None:
    text = "Neglect: a neglected child, neglecting."
    assert [text[a:b] for a, b in places(text, parse("neglect"))] == [
        "Neglect",
        "neglected",
        "neglecting",
    ]


def test_a_phrase_is_marked_only_where_its_words_stand_together() -> None:
    text = "Sleep was safe. Safe sleep was advised."
    assert [text[a:b] for a, b in places(text, parse('"safe sleep"'))] == ["safe", "Safe", "sleep"][
        1:
    ]


def test_words_that_may_stand_apart_are_marked_where_they_are_near_enough() -> None:
    text = "Safe and sound sleep. Safe, we were told, was the place for sleep."
    assert [text[a:b] for a, b in places(text, parse('"safe sleep"~2'))] == ["Safe", "sleep"]


def test_excluded_words_are_not_marked() -> None:
    assert places("school", parse("neglect -school")) == ()


def test_the_part_shown_holds_the_places_that_match_and_says_where_it_was_cut() -> None:
    text = "word " * 200 + "the orchard stood here " + "word " * 200
    part = snippet(text, parse("orchard"), length=100)
    assert [part.text[a:b] for a, b in part.marks] == ["orchard"]
    assert (part.cut_before, part.cut_after) == (True, True)
    assert len(part.text) <= 100


def test_a_short_text_is_shown_whole() -> None:
    part = snippet("Short.", parse("other"))
    assert (part.text, part.marks, part.cut_before, part.cut_after) == ("Short.", (), False, False)


@given(WORDS, st.integers(20, 80))
def test_marks_lie_in_order_inside_the_part_on_words_that_were_asked_for(
    words: list[str], length: int
) -> None:
    text = " ".join(words)
    part = snippet(text, any_words("neglect unfall"), length=length)
    assert part.text in text
    at = 0
    for start, end in part.marks:
        assert at <= start < end <= len(part.text)
        assert stem(part.text[start:end]) in {"neglect", "unfal"}
        at = end
