"""What whoever calls the search may rely on, whatever stands behind it."""

from pathlib import Path

import pytest

from candour.engines.search.asking import parse
from candour.engines.search.documents import Document
from candour.engines.search.index import extend, index
from candour.engines.search.query import EVERYTHING, All, Query, Tagged
from candour.engines.search.searching import (
    Sort,
    Within,
    count,
    counts_by_tag,
    search,
    telling_words,
)
from candour.engines.search.synonyms import with_synonyms

OLD = ("theme:sleep", "year:2009")
NEW = ("theme:sleep", "theme:neglect", "year:2021")
DOCUMENTS = (
    Document("a1", "Sleep", "Advice on sleep, a cot death.", "a", "paragraph", OLD, 2009),
    Document("a2", "Visits", "Nobody gave advice at the visit.", "a", "paragraph", OLD, 2009),
    Document("b1", "Sleep", "SUDI and neglect; advice was late.", "b", "paragraph", NEW, 2021),
    Document("b", "Review b", "All about advice.", "b", "review", NEW, 2021),
)
PARAGRAPHS = Within(kind="paragraph")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("contract") / "index"
    index(DOCUMENTS, made)
    return made


def ids(
    folder: Path, query: Query, within: Within = PARAGRAPHS, sort: Sort = Sort.BEST
) -> list[str]:
    return [hit.id for hit in search(folder, query, within=within, sort=sort).hits]


def test_counts_are_of_the_documents_found_in_the_kind_asked_for(folder: Path) -> None:
    assert counts_by_tag(folder, parse("advice"), within=PARAGRAPHS) == {
        "theme:sleep": 3,
        "year:2009": 2,
        "theme:neglect": 1,
        "year:2021": 1,
    }


def test_a_count_is_the_number_of_hits(folder: Path) -> None:
    for typed in ("advice", "sleep -visit", "heading:sleep", "advice OR neglect"):
        query = parse(typed)
        assert count(folder, query, within=PARAGRAPHS) == len(ids(folder, query)), typed


def test_of_several_values_of_one_fact_one_is_enough_and_of_several_facts_all_are_needed(
    folder: Path,
) -> None:
    years = Within(kind="paragraph", any_tags=(("year:2009", "year:2021"),))
    assert set(ids(folder, parse("advice"), years)) == {"a1", "a2", "b1"}
    both = Within(kind="paragraph", any_tags=(("year:2009",), ("theme:neglect",)))
    assert ids(folder, parse("advice"), both) == []


def test_the_order_asked_for_holds_whatever_the_words(folder: Path) -> None:
    assert ids(folder, parse("advice"), sort=Sort.NEWEST)[0] == "b1"
    assert ids(folder, parse("advice"), sort=Sort.OLDEST)[-1] == "b1"


def test_nothing_that_is_shut_out_is_found_counted_or_reckoned(folder: Path) -> None:
    without = Within(kind="paragraph", not_groups=frozenset({"a"}))
    assert ids(folder, parse("advice"), without) == ["b1"]
    assert "year:2009" not in counts_by_tag(folder, parse("advice"), within=without)
    assert count(folder, parse("cot"), within=without) == 0


def test_a_fact_can_be_all_that_is_asked_and_everything_is_everything(folder: Path) -> None:
    fact = Query(All((Tagged(("theme:neglect",), "theme:neglect"),)))
    assert ids(folder, fact) == ["b1"]
    assert count(folder, EVERYTHING) == len(DOCUMENTS)


def test_a_typed_word_counts_more_than_its_other_name(folder: Path) -> None:
    assert ids(folder, with_synonyms(parse("SUDI")))[0] == "b1"
    assert ids(folder, with_synonyms(parse("cot death")))[0] == "a1"


def test_words_may_stand_apart_as_far_as_was_said(folder: Path) -> None:
    assert ids(folder, parse('"nobody advice"')) == []
    assert ids(folder, parse('"nobody advice"~1')) == ["a2"]


def test_a_replaced_group_is_found_no_more(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    index(DOCUMENTS, folder)
    later = Document("a1v2", "Sleep", "Corrected.", "a", "paragraph", ("year:2010",), 2010)
    extend([later], folder, replacing=["a"])
    assert ids(folder, parse("advice")) == ["b1"]
    assert counts_by_tag(folder, parse("corrected")) == {"year:2010": 1}


def test_telling_words_are_those_that_several_texts_share_but_not_all(folder: Path) -> None:
    query = telling_words(folder, "Advice on sleep at a visit by nobody known.")
    assert {wanted.typed for wanted in query.wanted} == {"advic"}
