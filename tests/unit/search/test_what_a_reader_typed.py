"""A question is understood or refused with a reason; no part of it is silently dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.engines.search.query import LONGEST, Query, QueryRefused, any_words, either, parse


def asked(query: Query) -> list[list[tuple[str, ...]]]:
    return [[wanted.stems for wanted in alternatives] for alternatives in query.all_of]


def test_every_word_must_occur_in_any_of_its_endings() -> None:
    assert asked(parse("Neglected children")) == [[("neglect",)], [("children",)]]


def test_words_in_quotation_marks_stay_together_whatever_the_marks() -> None:
    assert asked(parse("“safe sleep” advice")) == asked(parse('"safe sleep" advice'))
    assert asked(parse('"safe sleep"')) == [[("safe", "sleep")]]


def test_a_minus_excludes_a_word_or_a_phrase() -> None:
    query = parse('neglect -school -"safe sleep"')
    assert [wanted.stems for wanted in query.none_of] == [("school",), ("safe", "sleep")]


def test_or_joins_its_two_neighbours() -> None:
    assert asked(parse("neglect OR abuse school")) == [[("neglect",), ("abus",)], [("school",)]]


def test_a_small_or_is_a_word() -> None:
    assert asked(parse("neglect or abuse")) == [[("neglect",)], [("or",)], [("abus",)]]


def test_a_word_with_a_hyphen_is_its_parts_together() -> None:
    assert asked(parse("co-sleeping")) == [[("co", "sleep")]]


def test_a_possessive_is_the_word() -> None:
    assert asked(parse("child's child’s")) == [[("child",)], [("child",)]]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("negl*", "no_wildcards"),
        ("title:neglect", "no_fields"),
        ("(neglect abuse)", "no_brackets"),
        ("neglect NOT school", "not_is_a_minus"),
        ('"safe sleep', "quotation_mark_alone"),
        ("OR neglect", "or_needs_two"),
        ("neglect OR", "or_needs_two"),
        ("neglect OR OR abuse", "or_needs_two"),
        ("-school", "nothing_to_look_for"),
        ("", "nothing_to_look_for"),
        ("…", "nothing_to_look_for"),
        ("a " * LONGEST, "query_too_long"),
    ],
)
def test_what_the_search_cannot_do_is_refused_with_a_reason(typed: str, code: str) -> None:
    with pytest.raises(QueryRefused) as refusal:
        parse(typed)
    assert refusal.value.code == code
    assert refusal.value.reason


def test_a_question_mark_is_punctuation_and_the_reader_is_told() -> None:
    query = parse("what is neglect?")
    assert asked(query)[-1] == [("neglect",)]
    assert "punctuation" in query.notes[0]


def test_signs_without_letters_are_named_not_dropped() -> None:
    assert "“&”" in parse("neglect & abuse").notes[0]


@given(st.text(max_size=LONGEST))
def test_any_text_is_understood_or_refused_and_never_breaks(typed: str) -> None:
    try:
        query = parse(typed)
    except QueryRefused as refusal:
        assert refusal.reason
    else:
        assert query.wanted
        assert all(wanted.stems for wanted in (*query.wanted, *query.none_of))


@given(st.text(max_size=200))
def test_plain_language_is_never_refused(typed: str) -> None:
    assert all(len(wanted.stems) == 1 for wanted in any_words(typed).wanted)


def test_either_asks_for_any_of_the_elements_and_keeps_the_exclusions() -> None:
    query = either(parse("neglect abuse -school"))
    assert len(query.all_of) == 1
    assert len(query.wanted) == 2
    assert query.none_of == parse("x -school").none_of
