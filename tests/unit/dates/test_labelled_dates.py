"""The labelled strings: what is read is exactly right, what must be refused is refused."""

import csv
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from candour.engines.dates import Context, read_date
from candour.engines.dates.command import unescaped

AS_OF = Context(as_of=date(2026, 11, 22))
TESTS = Path(__file__).parents[2]


class Labelled(NamedTuple):
    """One row of a label file."""

    raw: str
    earliest: str
    latest: str
    must_refuse: bool


def labelled(path: Path) -> list[Labelled]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Labelled(
                unescaped(row["raw"]), row["earliest"], row["latest"], row["must_refuse"] == "1"
            )
            for row in rows
        ]


ROWS = labelled(TESTS / "samples" / "dates-dev.tsv") + labelled(
    Path(__file__).with_name("heldout.tsv")
)


@pytest.mark.parametrize("row", [row for row in ROWS if not row.must_refuse], ids=str)
def test_a_date_gets_exactly_the_days_its_words_mean(row: Labelled) -> None:
    reading = read_date(row.raw, AS_OF)
    assert reading.status == "resolved", reading.reason
    earliest = reading.earliest.isoformat() if reading.earliest else ""
    latest = reading.latest.isoformat() if reading.latest else ""
    assert (earliest, latest) == (row.earliest, row.latest)


@pytest.mark.parametrize("file", ["child-w/dates-held-out.tsv", "dates-adversary.tsv"])
def test_no_string_that_was_held_out_is_silently_wrong(file: str) -> None:
    """Answers written before the strings were run; a refusal asks, a wrong day misleads."""
    for row in labelled(TESTS / "samples" / file):
        reading = read_date(row.raw, AS_OF)
        if reading.status == "resolved":
            assert not row.must_refuse, row
            assert reading.earliest == (date.fromisoformat(row.earliest) if row.earliest else None)
            assert reading.latest == (date.fromisoformat(row.latest) if row.latest else None)


@pytest.mark.parametrize("row", [row for row in ROWS if row.must_refuse], ids=str)
def test_what_is_no_single_date_is_refused_with_a_reason(row: Labelled) -> None:
    reading = read_date(row.raw, AS_OF)
    assert reading.status in ("refused", "needs_context")
    assert (reading.earliest, reading.latest, reading.edtf) == (None, None, None)
    assert reading.reason
