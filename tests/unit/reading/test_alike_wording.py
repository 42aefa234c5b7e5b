"""What was recommended before is put before a person, however it is worded; measured, not felt."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from candour.engines.reading.learning import MOST_SHOWN, Wording

PAIRS = Path(__file__).parents[2] / "samples/recommended-before.tsv"


def pairs() -> list[list[str]]:
    return [line.split("\t") for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def test_nine_in_ten_of_the_same_recommendations_are_among_the_five_proposed() -> None:
    wording = Wording(text for _, *texts in pairs() for text in texts)
    pool = [other for _, _, other in pairs()]
    same = [(one, other) for label, one, other in pairs() if label == "same"]
    found = sum(
        other in [pool[place] for place, _ in wording.most_alike(one, pool)] for one, other in same
    )
    assert found >= 0.9 * len(same)


def test_no_more_are_proposed_than_a_person_reads_and_the_most_alike_come_first() -> None:
    pool = ["Ask where the baby sleeps."] * 9 + ["Keep a chronology.", "The baby sleeps well."]
    near = Wording(pool).most_alike("Ask where the baby sleeps.", pool)
    assert len(near) == MOST_SHOWN
    assert [score for _, score in near] == sorted((s for _, s in near), reverse=True)


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_the_same_both_ways_and_greatest_with_itself(one: str, other: str) -> None:
    wording = Wording([one, other])
    both = wording.likeness(one, other)
    assert abs(both - wording.likeness(other, one)) < 1e-6
    assert 0 <= both <= wording.likeness(one, one) + 1e-6 or both == 0
