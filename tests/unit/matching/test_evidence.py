"""What speaks for two rows being one event, each rule on rows of agencies that exist nowhere."""

from datetime import date, timedelta

from candour.engines.matching import Account, Agency, Case, Comparison, Person, compare
from candour.engines.matching.kinds import kinds_in

CHILD = Person("c1", frozenset({"robin"}), frozenset({"robin"}), "", is_child=True)
CASE = Case(
    people=(CHILD,),
    agencies=(
        Agency("CSC", "Testshire Children's Social Care"),
        Agency("HOSP", "Testshire General Hospital"),
        Agency("SCH", "Hillside Primary School"),
        Agency("POL", "Testshire Police"),
    ),
)
FIRST = date(2016, 5, 2)


def row(agency: str, day: int, event: str, response: str = "") -> Account:
    when = FIRST + timedelta(days=day)
    return Account(f"{agency}{day}", agency, when, when, event, response)


def together(found: Comparison) -> list[tuple[int, ...]]:
    return [group.places for group in found.groups]


def test_word_of_the_injury_on_the_next_day_is_of_the_injury() -> None:
    injury = row("HOSP", 0, "Robin brought by ambulance, unresponsive. Intubated.")
    news = row("SCH", 1, "Social care rang: Robin in hospital after swallowing tablets.")

    assert together(compare([injury, news], CASE)) == [(0, 1)]


def test_that_a_child_is_still_in_hospital_is_no_news_of_the_injury() -> None:
    injury = row("HOSP", 0, "Robin brought by ambulance, unresponsive. Intubated.")
    later = row("SCH", 2, "Social care rang about the siblings. Robin still in hospital.")

    assert together(compare([injury, later], CASE)) == []


def test_a_row_that_names_the_day_and_the_person_of_another_tells_of_it() -> None:
    move = row("POL", 0, "Robin seen at the new address.")
    asked = row("SCH", 8, "Parent asks to change address for Robin from 2 May.")

    assert together(compare([move, asked], CASE)) == [(0, 1)]


def test_a_contact_is_not_received_by_a_row_that_has_nothing_to_do_with_it() -> None:
    asked = row("POL", 8, "Social care asked whether anything is held on a Mr Blake.")
    other = Account(
        "x", "CSC", FIRST, FIRST + timedelta(days=6), "Duty call about school uniform grants."
    )

    found = compare([asked, other], CASE).one_sided

    assert [(one.place, one.other) for one in found] == [(0, "CSC")]


def test_a_wording_of_any_ending_is_found_however_short_it_begins() -> None:
    assert [kind for *_, kind in kinds_in(["dogs"])] == ["dog"]
    assert [kind for *_, kind in kinds_in(["immunised"])] == ["immunisation"]
    assert not list(kinds_in(["doctrine"]))


def test_progress_is_told_up_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    rows = [row(("POL", "SCH")[day % 2], day, "Core group.") for day in range(300)]

    compare(rows, CASE, tell=lambda done, of: told.append((done, of)))

    assert told == sorted(told)
    assert told[-1] == (900, 900)
    assert len(told) >= 4
