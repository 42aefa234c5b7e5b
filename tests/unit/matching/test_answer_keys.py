"""What the comparison finds in two cases whose answers are known. The engine never reads a key."""

from functools import cache

import pytest
from tests.unit.matching import measured

from candour.engines.matching import Comparison


@cache
def compared(case: str) -> Comparison:
    return measured.compared(case)


@pytest.mark.parametrize(("case", "recall"), [("child-r", 0.90), ("child-w", 0.89)])
def test_rows_proposed_as_one_event_are_one_event_in_the_key(case: str, recall: float) -> None:
    score = measured.same_event(compared(case), measured.key_of(case))

    assert score.precision >= 0.95, score
    assert score.recall >= recall, score


@pytest.mark.parametrize("case", ["child-r", "child-w"])
def test_differing_accounts_are_found_with_their_type(case: str) -> None:
    score = measured.differing(compared(case), measured.key_of(case))

    assert score.precision >= 0.90, score
    assert score.recall >= 0.85, score


@pytest.mark.parametrize("case", ["child-r", "child-w"])
def test_contacts_that_one_agency_records_are_found(case: str) -> None:
    score = measured.one_sided(compared(case), measured.key_of(case))

    assert score.precision >= 0.90, score
    assert score.recall >= 0.85, score


def test_entries_that_only_read_alike_are_not_proposed_as_one_event() -> None:
    key, found = measured.key_of("child-r"), compared("child-r")
    names = measured.ids(found, key)
    groups = [{names[place] for place in group.places} for group in found.groups]

    for alike in key["lookalikes_not_duplicates"]:
        together = [group & set(alike["entries"]) for group in groups]
        assert all(len(rows) < 2 for rows in together), alike["why"]


@pytest.mark.parametrize("case", ["child-r", "child-w"])
def test_every_proposal_gives_its_reasons(case: str) -> None:
    found = compared(case)

    assert all(group.reasons for group in found.groups)
    assert all(one.reasons for one in found.differing)
    assert all(one.reasons for one in found.one_sided)


def test_gaps_that_agencies_declare_are_told_from_missing_rows() -> None:
    declared = {silence.agency for silence in compared("child-r").silences}

    key = measured.key_of("child-r")["declared_silences"]
    assert declared == {one["agency"] for one in key}
