"""Documents are found by their words, within the bounds that were set, best first."""

from pathlib import Path

import pytest

from candour.engines.search.asking import parse
from candour.engines.search.documents import Document
from candour.engines.search.index import extend, index, words_of
from candour.engines.search.searching import EVERYWHERE, Within, group_size, search

DOCUMENTS = (
    Document("a1", "Sleep", "Safe sleep advice was given.", "a", "paragraph", ("y2015",)),
    Document("a2", "Schools", "The infant slept on a sofa.", "a", "paragraph", ("y2015",)),
    Document("b1", "Schools", "Sleep and school: advice on safe routines.", "b", "paragraph"),
    Document("b", "Review B", "A summary about sleep.", "b", "review"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    index(DOCUMENTS, tmp_path / "index")
    return tmp_path / "index"


def found(folder: Path, typed: str, within: Within = EVERYWHERE) -> list[str]:
    result = search(folder, parse(typed), within=within)
    assert result.total == len(result.hits)
    return [hit.id for hit in result.hits]


def test_all_words_must_occur_in_title_or_text(folder: Path) -> None:
    assert sorted(found(folder, "school advice")) == ["b1"]
    assert sorted(found(folder, "schools infant")) == ["a2"]


def test_a_heading_counts_more_than_the_text(folder: Path) -> None:
    assert found(folder, "sleep", Within(kind="paragraph"))[0] == "a1"


def test_a_phrase_needs_its_words_together(folder: Path) -> None:
    assert found(folder, '"safe sleep"') == ["a1"]


def test_excluded_words_exclude(folder: Path) -> None:
    assert sorted(found(folder, "sleep -school")) == ["a1", "b"]


def test_either_word_is_enough_with_or(folder: Path) -> None:
    assert sorted(found(folder, "sofa OR routines")) == ["a2", "b1"]


def test_bounds_hold_for_group_kind_tag_and_what_is_shut_out(folder: Path) -> None:
    assert found(folder, "sleep", Within(group="b", kind="review")) == ["b"]
    assert found(folder, "sleep", Within(tags=("y2015",))) == ["a1"]
    assert sorted(found(folder, "sleep", Within(not_groups=frozenset({"a"})))) == ["b", "b1"]


def test_a_bound_does_not_move_one_hit_before_another(folder: Path) -> None:
    free = search(folder, parse("sofa"))
    bound = search(folder, parse("sofa"), within=Within(group="a", kind="paragraph"))
    assert [hit.score for hit in free.hits] == [hit.score for hit in bound.hits]


def test_the_total_counts_what_lies_beyond_the_page(folder: Path) -> None:
    result = search(folder, parse("sleep"), limit=1, offset=1)
    assert (result.total, len(result.hits)) == (3, 1)


def test_documents_added_later_are_found(folder: Path) -> None:
    assert found(folder, "orchard") == []
    extend([Document("c1", "", "An orchard.", "c")], folder)
    assert found(folder, "orchard") == ["c1"]
    assert group_size(folder, "c") == 1


def test_the_index_holds_no_text_but_tells_its_words(folder: Path) -> None:
    assert {"sofa", "sleep", "slept"} <= words_of(folder)
    content = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b"slept on a sofa" not in content


def test_an_index_is_never_built_over_another(folder: Path) -> None:
    with pytest.raises(FileExistsError):
        index(DOCUMENTS, folder)


def test_a_folder_without_an_index_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        search(tmp_path, parse("sleep"))
