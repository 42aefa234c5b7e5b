"""A question is understood or refused with a reason; no part of it is silently dropped."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from candour.engines.search.asking import LONGEST, MOST_WORDS, parse
from candour.engines.search.query import (
    HEADING,
    All,
    Either,
    Query,
    QueryRefused,
    Wanted,
    Without,
    any_words,
    either,
    in_words,
)


def year(words: str) -> tuple[str, ...]:
    if not words.isdecimal():
        raise QueryRefused("no_such_year", f"“{words}” is not a year.")
    return (f"year:{words}",)


FACTS = {"year": year}


def read(typed: str) -> str:
    return in_words(parse(typed, FACTS).root)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("Neglected children", "(Neglected AND children)"),
        ("“safe sleep” advice", "(“safe sleep” AND advice)"),
        ("neglect OR abuse school", "((neglect OR abuse) AND school)"),
        ("neglect OR abuse OR harm", "(neglect OR abuse OR harm)"),
        ("neglect or abuse", "(neglect AND or AND abuse)"),
        ("(neglect school) OR abuse", "((neglect AND school) OR abuse)"),
        ("neglect NOT school", "(neglect AND NOT school)"),
        ("neglect -(school nursery)", "(neglect AND NOT (school AND nursery))"),
        ("neglect (-school -nursery)", "(neglect AND NOT (school OR nursery))"),
        ("heading:sleep sofa", "(sleep in a heading AND sofa)"),
        ("sleep year:2015", "(sleep AND year:2015)"),
        ("child’s", "child’s"),
        ("(sleep)", "sleep"),
    ],
)
def test_a_question_is_read_as_it_says(typed: str, understood: str) -> None:
    assert read(typed) == understood


def test_a_word_with_a_hyphen_is_its_parts_together() -> None:
    assert parse("co-sleeping").root == Wanted(("co", "sleep"), "co-sleeping")


def test_words_in_quotation_marks_are_meant_exactly_and_may_be_let_apart() -> None:
    root = parse('"safe sleep"~3').root
    assert root == Wanted(("safe", "sleep"), "safe sleep", exact=True, slop=3)


def test_a_minus_excludes_a_word_or_a_phrase() -> None:
    root = parse('neglect -school -"safe sleep"').root
    assert isinstance(root, All)
    assert [type(part) for part in root.parts] == [Wanted, Without, Without]


def test_words_of_a_heading_are_looked_for_there_alone() -> None:
    root = parse("heading:sleep").root
    assert isinstance(root, Wanted)
    assert root.place == HEADING


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("negl*", "no_wildcards"),
        ("title:neglect", "no_such_field"),
        ("year:soon", "no_such_year"),
        ("year: 2015", "fact_without_words"),
        ("(neglect abuse", "bracket_alone"),
        ("neglect)", "bracket_alone"),
        ("neglect OR abuse AND school", "and_or_mixed"),
        ("neglect OR -school", "not_beside_or"),
        ("neglect NOT", "not_alone"),
        ("neglect NOT NOT abuse", "not_alone"),
        ("#3 AND abuse", "no_such_line"),
        ('"safe sleep', "quotation_mark_alone"),
        ('"safe sleep"~99', "too_far_apart"),
        ("OR neglect", "or_needs_two"),
        ("neglect OR", "or_needs_two"),
        ("neglect OR OR abuse", "or_needs_two"),
        ("AND neglect", "and_needs_two"),
        ("-school", "nothing_to_look_for"),
        ("-school -nursery", "nothing_to_look_for"),
        ("", "nothing_to_look_for"),
        ("…", "nothing_to_look_for"),
        ("()", "nothing_to_look_for"),
        ("a " * LONGEST, "query_too_long"),
        ("a " * (MOST_WORDS + 1), "too_many_words"),
        ("(" * 12 + "a" + ")" * 12, "too_deep"),
    ],
)
def test_what_the_search_cannot_do_is_refused_with_a_reason(typed: str, code: str) -> None:
    with pytest.raises(QueryRefused) as refusal:
        parse(typed, FACTS)
    assert refusal.value.code == code
    assert refusal.value.reason


def test_a_question_mark_is_punctuation_and_the_reader_is_told() -> None:
    query = parse("what is neglect?")
    assert query.wanted[-1].stems == ("neglect",)
    assert "punctuation" in query.notes[0]


def test_signs_without_letters_are_named_not_dropped() -> None:
    assert "“&”" in parse("neglect & abuse").notes[0]


TYPED = st.one_of(
    st.text(max_size=LONGEST),
    st.lists(
        st.sampled_from(
            ["(", ")", '"', "-", "OR", "AND", "NOT", "sleep", "year:2015", "heading:x"]
        ),
        max_size=40,
    ).map(" ".join),
)


@given(TYPED)
def test_any_text_is_understood_or_refused_and_never_breaks(typed: str) -> None:
    try:
        query = parse(typed, FACTS)
    except QueryRefused as refusal:
        assert refusal.reason
    else:
        assert not isinstance(query.root, Without)
        assert all(wanted.stems for wanted in query.wanted)


@example('NOT ""0')
@given(TYPED)
def test_every_word_typed_stands_in_the_reading_or_in_a_note(typed: str) -> None:
    try:
        query = parse(typed, FACTS)
    except QueryRefused:
        return
    said = " ".join((in_words(query.root), *query.notes))
    pieces = typed.replace('"', " ").replace("(", " ").replace(")", " ").split()
    words = {piece for piece in pieces if piece.isalnum() and piece.isascii()}
    assert all(word in said for word in words - {"AND", "OR"})


@given(st.text(max_size=200))
def test_plain_language_is_never_refused(typed: str) -> None:
    assert all(len(wanted.stems) == 1 for wanted in any_words(typed).wanted)


def test_either_asks_for_any_of_the_words_and_keeps_facts_and_exclusions() -> None:
    query: Query = either(parse("neglect abuse -school year:2015", FACTS))
    assert isinstance(query.root, All)
    some, *rest = query.root.parts
    assert isinstance(some, Either)
    assert len(some.parts) == 2
    assert len(rest) == 2
