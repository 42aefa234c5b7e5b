"""A page's entries stand where the whole chronology has them, whatever is asked for."""

from datetime import date

import pytest
from tests import world
from tests.integration.chronology.conftest import Review

from candour.cases.access import Access
from candour.chronology.naming import Showing
from candour.chronology.order import place_of
from candour.chronology.selectors import Filters, chosen, chronology
from candour.contributions.models import Entry, EntryPlace
from candour.people.roles import Role

HEAD = "Date,Time,Date ended,Event\n"
ROWS = (
    "2014,,,a year\nMarch 2014,,,a month\nbefore 5 March 2014,,,open\n"
    "03/03/2014,,,a day\n03/03/2014,09:00,,a time\n03/03/2014,,10/03/2014,a week\n"
    "03/03/2014,,04/03/2014,two days\nsome day,,,never\n05/03/2014,,,later\n"
)


@pytest.fixture
def reviewer(db: None) -> Access:
    manager = world.an_incident()
    for name in ("Testshire Police", "Testshire Health"):
        world.an_agency_with_entries(manager, name, (HEAD + ROWS).encode())
    return world.a_member(manager, Role.LEAD_REVIEWER)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(since=date(2014, 3, 4)),
        Filters(until=date(2014, 3, 3)),
        Filters(words="a day"),
        Filters(words="e"),
    ],
)
def test_every_slice_has_the_numbers_of_the_whole(reviewer: Access, filters: Filters) -> None:
    whole = chronology(reviewer)
    by_entry = {one.place.entry: one for one in whole.dated}
    wanted = chosen(reviewer, whole, filters, Showing(reviewer))

    assert list(wanted) == wanted[:] == [by_entry[one.place.entry] for one in wanted]
    for start in range(len(wanted)):
        assert wanted[start : start + 2] == list(wanted)[start : start + 2]
        assert wanted[start] == list(wanted)[start]
    if not filters:
        assert [one.number for one in wanted] == list(range(1, whole.dated_count + 1))


def test_entries_stand_by_day_then_time_then_how_long_they_lasted_then_agency(
    reviewer: Access,
) -> None:
    whole = chronology(reviewer)
    words = dict(Entry.objects.values_list("pk", "what"))

    told = [(words[one.place.entry], one.place.agency_name) for one in whole.dated]
    assert [what for what, _ in told[::2]] == [
        "a year", "a month", "a day", "two days", "a week", "a time", "open", "later",
    ]  # fmt: skip
    assert {agency for _, agency in told[::2]} == {"Testshire Health"}


def test_a_period_keeps_what_lasted_into_it(reviewer: Access) -> None:
    whole, words = chronology(reviewer), dict(Entry.objects.values_list("pk", "what"))
    since = chosen(reviewer, whole, Filters(since=date(2014, 3, 6)), Showing(reviewer))

    assert {words[one.place.entry] for one in since} == {"a year", "a month", "a week"}


def test_entries_asked_for_by_id_keep_their_places_and_others_are_left_out(review: Review) -> None:
    whole, own = chronology(review.reviewer), chronology(review.health)
    ids = [entry.pk for entry in Entry.objects.all()]

    assert whole.standing(ids) == [*whole.dated, *whole.undated]
    assert [place_of(one).agency_name for one in own.standing(ids)] == ["Testshire Health"] * 2
    assert whole.at(3) == whole.dated[2]
    assert whole.at(0) is None and whole.at(6) is None


def test_every_entry_in_force_has_a_place_and_no_other_when_a_file_comes_again(
    review: Review,
) -> None:
    request = review.entry("Officer spoke").submission.request
    world.a_signed_return(
        review.police, request, b"Date,Event\n01/02/2014,Another file\nMay 2014,Again\n"
    )

    placed = set(EntryPlace.objects.values_list("entry_id", flat=True))
    assert placed == set(Entry.objects.filter(in_force=True).values_list("pk", flat=True))
    assert [one.place.earliest for one in chronology(review.police).dated] == [
        date(2014, 2, 1),
        date(2014, 5, 1),
    ]
