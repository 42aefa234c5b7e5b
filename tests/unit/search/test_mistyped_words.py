"""A mistyped word is helped with a word that several works use, and never with a name."""

from pathlib import Path

import pytest

from candour.engines.search.asking import parse
from candour.engines.search.documents import Document
from candour.engines.search.index import extend, index
from candour.engines.search.searching import unknown_words
from candour.engines.search.spelling import nearest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = ("The neglect of Oakley was known.", "Neglect, neglect; Oakley moved.", "of neglect")
    index((Document(str(n), "", text, f"g{n}") for n, text in enumerate(texts)), tmp_path / "ix")
    extend([Document("9", "", "more neglect by Oakley, an orchard", "g9")], tmp_path / "ix")
    return tmp_path / "ix"


def test_a_slip_is_answered_with_the_word_in_use(folder: Path) -> None:
    assert nearest(folder, "neglct") == "neglect"
    assert nearest(folder, "Negelct") == "neglect"


def test_a_name_is_never_proposed_however_many_works_hold_it(folder: Path) -> None:
    assert nearest(folder, "oakly") == ""


def test_a_word_of_few_works_is_never_proposed(folder: Path) -> None:
    assert nearest(folder, "orchrd") == ""


def test_words_that_stand_nowhere_are_known(folder: Path) -> None:
    assert unknown_words(folder, parse("neglect neglct")) == ("neglct",)
