"""Other names of a thing are looked for too, are shown, and are never forced on quoted words."""

import pytest

from candour.engines.search.asking import parse
from candour.engines.search.query import Either, QueryRefused, in_words
from candour.engines.search.synonyms import groups, spelled_out, with_synonyms
from candour.engines.search.words import stems


def looked_for(typed: str) -> set[str]:
    return {wanted.typed for wanted in with_synonyms(parse(typed)).wanted}


def test_an_abbreviation_finds_its_full_name_and_the_older_name() -> None:
    assert {"SUDI", "cot death", "sudden unexpected death in infancy"} <= looked_for("SUDI")


def test_a_name_of_several_words_is_known_without_quotation_marks() -> None:
    query = with_synonyms(parse("cot death sofa"))
    assert query.added[0].typed == "cot death"
    assert "SUDI" in query.added[0].names
    assert in_words(query.root) == "((cot AND death) AND sofa)"


def test_words_in_quotation_marks_get_no_other_names() -> None:
    assert with_synonyms(parse('"cot death"')).added == ()


def test_a_name_that_means_other_things_is_understood_and_never_added() -> None:
    assert "domestic abuse" in looked_for("DA")
    assert "DA" not in looked_for("domestic abuse")


def test_words_that_would_offend_today_are_understood_and_never_looked_for() -> None:
    assert "child prostitution" not in looked_for("sexual exploitation")
    assert "sexual exploitation" in looked_for("child prostitution")


def test_other_names_count_once_and_less_than_what_was_typed() -> None:
    root = with_synonyms(parse("SUDI")).root
    assert isinstance(root, Either)
    assert root.same
    assert next(part.weight for part in with_synonyms(parse("SUDI")).wanted) == 1.0
    assert all(part.weight < 1 for part in with_synonyms(parse("SUDI")).wanted[1:])


def test_a_question_that_other_names_would_blow_up_is_refused() -> None:
    with pytest.raises(QueryRefused):
        with_synonyms(parse("SUDI OR " * 20 + "SUDI"))


def test_abbreviations_are_spelled_out_for_a_reader_of_meaning() -> None:
    assert spelled_out("SUDI risk") == "SUDI risk (sudden unexpected death in infancy)"
    assert spelled_out("no such thing") == "no such thing"


def test_no_name_stands_in_two_groups_and_each_has_letters() -> None:
    forms = [stems(name) for group in groups() for name in group.all_names]
    assert all(forms)
    assert len(set(forms)) == len(forms)
