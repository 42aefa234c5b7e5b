"""Whoever is told that something goes on is told of what began it: the injury, the pregnancy."""

from datetime import date, timedelta

import pytest
from tests.unit.knowledge.rows import DIRECTORY, row

from candour.engines.knowledge import Account, How, Status, facts_of

BEGAN = date(2014, 3, 10)


def heard_of(fact: Account, later: Account) -> tuple[Status, date | None, str]:
    """What the later row's agency holds of the first fact, from when and from whom."""
    held = facts_of([fact, later], [], DIRECTORY)[0].held_by(later.agency)
    return held.status, held.earliest, held.from_whom


def injury() -> Account:
    return row("CSC", "Boy of five admitted after a fall.", day=BEGAN)


def after(days: int, words: str) -> Account:
    return row("SCH", words, day=BEGAN + timedelta(days=days))


def test_a_school_told_that_the_child_is_in_hospital_is_told_of_the_injury() -> None:
    told = after(2, "Social worker rang: siblings with an aunt. He is in hospital.")

    assert heard_of(injury(), told) == (Status.RECORDED, BEGAN + timedelta(days=2), "CSC")
    assert facts_of([injury(), told], [], DIRECTORY)[0].held_by("SCH").how is How.TOLD


@pytest.mark.parametrize(
    "later",
    [
        after(8, "Social worker rang: siblings with an aunt. He is in hospital."),
        after(2, "Social worker rang about the bus pass."),
        after(2, "Grandmother said at the gate that he is in hospital."),
    ],
)
def test_not_a_week_later_nor_where_nobody_told_or_it_says_nothing_of_it(later: Account) -> None:
    assert heard_of(injury(), later)[0] is Status.NO_RECORD


def test_word_of_a_pregnancy_tells_of_its_booking_as_long_as_it_lasts() -> None:
    booking = row("HOSP", "Booking for second pregnancy, 12 weeks.", day=BEGAN)
    told = row("CSC", "Midwife rang: she is 29 weeks pregnant.", day=BEGAN + timedelta(days=120))
    late = row("CSC", "Midwife rang: she is pregnant.", day=BEGAN + timedelta(days=281))

    assert heard_of(booking, told) == (Status.RECORDED, BEGAN + timedelta(days=120), "HOSP")
    assert heard_of(booking, late)[0] is Status.NO_RECORD
