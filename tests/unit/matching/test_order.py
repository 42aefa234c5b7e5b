"""Events that two agencies put in a different order: proposed from their own days and times."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from candour.engines.matching import Account, Agency, Case, Comparison, Differing, compare

CASE = Case(agencies=(Agency("POL", "Testshire Police"), Agency("CSC", "Testshire Social Care")))
FIRST = date(2014, 3, 1)


def row(
    ref: str, agency: str, day: int, event: str = "Something happened.", time: str = ""
) -> Account:
    when = FIRST + timedelta(days=day)
    return Account(ref, agency, when, when, event, time_from=time)


def differing(*accounts: Account) -> list[Differing]:
    """What differs where the rows are, in turn, of the first and of the second event."""
    found: Comparison = compare(accounts, CASE)
    events = [range(place, len(accounts), 2) for place in (0, 1)]
    return [one for one in found.differences_in(events) if one.type == "order"]


def test_two_events_in_a_different_order_are_proposed_with_what_each_agency_says() -> None:
    found = differing(
        row("a", "POL", 0), row("b", "POL", 2), row("c", "CSC", 3), row("d", "CSC", 1)
    )

    assert [one.places for one in found] == [(0, 1, 2, 3)]
    assert found[0].reasons == (
        "POL: 01/03/2014, then 03/03/2014. The other way round: CSC: 02/03/2014, then 04/03/2014",
    )


def test_times_of_one_day_settle_an_order() -> None:
    morning, evening = "09:00", "19:30"
    rows = (row("a", "POL", 0, time=morning), row("b", "POL", 0, time=evening))

    assert differing(*rows, row("c", "CSC", 0, time=evening), row("d", "CSC", 0, time=morning))
    assert not differing(*rows, row("c", "CSC", 0, time=evening), row("d", "CSC", 0))


def test_a_row_of_word_that_arrived_settles_no_order() -> None:
    told = "Letter received from the police about the first event."

    assert not differing(
        row("a", "POL", 0), row("b", "POL", 2), row("c", "CSC", 3, told), row("d", "CSC", 1)
    )


def test_one_day_mistyped_is_proposed_once_and_says_what_follows() -> None:
    """An agency puts one event after three that another puts it before."""
    police = [row(f"p{n}", "POL", n) for n in range(4)]
    care = [row(f"c{n}", "CSC", 9 if n == 0 else n) for n in range(4)]
    found = compare((*police, *care), CASE).differences_in([n, n + 4] for n in range(4))

    orders = [one for one in found if one.type == "order"]
    assert len(orders) == 1
    assert "further events out of order with these: 2" in orders[0].reasons


@given(st.lists(st.integers(0, 30), min_size=4, max_size=4), st.integers(0, 3))
def test_agencies_that_agree_or_whose_days_leave_it_open_differ_in_nothing(
    days: list[int], vague: int
) -> None:
    """Whichever days the rows have: a proposal needs both agencies' days to be sure and opposed."""
    rows = [row(str(n), "POL" if n < 2 else "CSC", day) for n, day in enumerate(days)]
    rows[vague] = Account("v", rows[vague].agency, FIRST, FIRST + timedelta(days=30), "Some day")
    assert not differing(*rows)

    sure = [row(str(n), "POL" if n < 2 else "CSC", day) for n, day in enumerate(days)]
    opposed = (days[0] < days[1] and days[2] > days[3]) or (days[0] > days[1] and days[2] < days[3])
    assert bool(differing(*sure)) is opposed
