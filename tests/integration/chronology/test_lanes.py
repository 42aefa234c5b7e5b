"""Lanes, how often contacts were recorded, and gaps: nothing shown that dates leave open."""

import json

from django.urls import reverse
from tests import world
from tests.integration.chronology.conftest import Review

from candour.cases.access import Access
from candour.chronology.selectors import chronology
from candour.chronology.selectors.contacts import frequencies, gaps_of
from candour.chronology.selectors.lanes import lanes_by_person
from candour.people.roles import Role


def opened(access: Access, page: str, query: str = "") -> str:
    address = reverse(f"chronology:{page}", kwargs={"reference": access.case.reference})
    answer = world.a_browser(access).get(address + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_lanes_hold_every_dated_entry_once_and_no_words(review: Review) -> None:
    text = opened(review.reviewer, "lanes_data")

    drawn = json.loads(text)
    assert [lane["name"] for lane in drawn["lanes"]] == ["Testshire Health", "Testshire Police"]
    assert sorted(event[3] for event in drawn["events"]) == [1, 2, 3, 4, 5]
    # "March 2014" keeps its whole month, and the numbers between which it could stand.
    assert [0, 30] in [event[1:3] for event in drawn["events"]]
    assert "Sam" not in text and "seen" not in text


def test_an_entry_pointed_at_is_told_with_pseudonyms(review: Review) -> None:
    told = json.loads(opened(review.reviewer, "lanes_data", "?number=4"))

    assert (told["agency"], told["written"]) == ("Testshire Police", "05/03/2014")
    assert told["words"] == "Officer spoke with Mother"


def test_a_number_that_is_not_there_is_not_found(review: Review) -> None:
    address = reverse("chronology:lanes_data", kwargs={"reference": review.manager.case.reference})
    for number in ("99", "0", "-1", "x"):
        assert world.a_browser(review.reviewer).get(f"{address}?number={number}").status_code == 404


def test_lanes_of_people_show_who_is_named_and_never_professionals(review: Review) -> None:
    found = lanes_by_person(review.reviewer, chronology(review.reviewer).dated)

    named = {found.lanes[lane].name: 0 for lane, _ in found.places}
    for lane, _ in found.places:
        named[found.lanes[lane].name] += 1
    assert named.pop("Mother") == 1
    assert list(named.values()) == [1]


def test_the_lanes_of_an_agency_hold_its_own_entries_alone(review: Review) -> None:
    drawn = json.loads(opened(review.health, "lanes_data", "?by=person"))

    assert [lane["name"] for lane in drawn["lanes"]] == ["Testshire Health"]
    assert len(drawn["events"]) == 2


def test_the_page_says_the_same_as_tables(review: Review) -> None:
    page = opened(review.reviewer, "lanes")

    assert "Entries in each year, by agency" in page
    assert "5 dated entries shown" in page
    assert "1 entry without a date" in page


def test_months_count_only_entries_that_lie_within_them(review: Review) -> None:
    counted = frequencies(chronology(review.reviewer))

    assert [each.by_month for each in counted.values()] == [{(2014, 3): 2}, {(2014, 3): 3}]


def test_no_gap_is_sure_where_a_contact_may_have_fallen_on_any_day(review: Review) -> None:
    whole = chronology(review.reviewer)

    # Health: 4 and 6 March. The police have an entry of some day in March.
    found = gaps_of(review.reviewer, whole, at_least=1)
    assert [(each.agency, each.gap.surely) for each in found] == [("Testshire Health", 1)]
    assert "Days without a contact" in opened(review.reviewer, "gaps", "?days=1")


def test_gaps_about_a_child_count_only_entries_that_name_the_child(review: Review) -> None:
    page = opened(review.reviewer, "gaps", "?days=1&person=")
    assert "Anybody or nobody" in page
    assert "Anybody or nobody" not in opened(review.health, "gaps")


def test_an_empty_chronology_says_what_to_wait_for(db: None) -> None:

    empty = world.an_incident(name="Other Fictional")
    reviewer = world.a_member(empty, Role.LEAD_REVIEWER)
    assert "signed off" in opened(reviewer, "lanes")
    assert "signed off" in opened(reviewer, "gaps")


def test_what_lasted_is_drawn_to_its_last_day_and_its_row_says_until_when(db: None) -> None:
    manager = world.an_incident()
    rows = b"Date,Date ended,Event\n03/03/2014,10/03/2014,In hospital\n20/03/2014,,Seen at home\n"
    world.an_agency_with_entries(manager, "Testshire Health", rows)
    reviewer = world.a_member(manager, Role.LEAD_REVIEWER)

    drawn = json.loads(opened(reviewer, "lanes_data"))
    assert [event[1:] for event in drawn["events"]] == [[0, 0, 1, 1, 1, 7], [17, 17, 2, 2, 2]]
    assert "Until 10/03/2014" in opened(reviewer, "integrated")
    (gap,) = gaps_of(reviewer, chronology(reviewer), at_least=1)
    assert gap.gap.surely == 9
