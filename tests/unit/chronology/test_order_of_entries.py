"""The order of entries is what the dates determine, and no more."""

from datetime import date, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from candour.chronology.order import Numbered, Place, days_differ, times_differ
from candour.chronology.order import numbered as numbered_in_order
from candour.engines.dates.standing import stands_at

DAY = date(2014, 3, 3)
AGENCY = uuid4()


def place(
    earliest: date | None,
    latest: date | None,
    time_from: str = "",
    time_to: str = "",
    agency: str = "Police",
    order: int = 1,
) -> Place:
    return Place(
        uuid4(), AGENCY, agency, AGENCY, order, 1, earliest, latest, time_from, time_to or time_from
    )


def numbered(found: list[Place]) -> list[Numbered]:
    """As the database puts them in order: by one number, then agency and place in the file."""
    dated = [(stands_at((p.earliest, p.latest), p.time_from, p.ends_latest), p) for p in found]
    ordered = sorted(
        ((stands, p.agency_name, p.order, at), p)
        for at, (stands, p) in enumerate(dated)
        if stands is not None
    )
    return numbered_in_order([p for _, p in ordered])


def on(days: int, time: str = "", **more: object) -> Place:
    day = DAY + timedelta(days=days)
    return place(day, day, time, **more)  # type: ignore[arg-type]


days = st.one_of(st.none(), st.integers(0, 6).map(lambda n: DAY + timedelta(days=n)))
times = st.sampled_from(["", "00:10", "09:00", "09:30", "23:50"])
places = st.builds(place, days, days, times, times).filter(
    lambda p: not (p.earliest and p.latest and p.earliest > p.latest)
)


@given(st.lists(places, max_size=12))
def test_an_entry_stands_between_the_numbers_it_could_have(found: list[Place]) -> None:
    for one in numbered(found):
        assert one.first <= one.number <= one.last


@given(st.lists(places, max_size=8))
def test_an_order_is_settled_only_against_entries_that_cannot_share_its_time(
    found: list[Place],
) -> None:
    ordered = numbered(found)
    for one in ordered:
        meeting = [
            other
            for other in ordered
            if other is not one
            and other.place.first_moment <= one.place.last_moment
            and one.place.first_moment <= other.place.last_moment
        ]
        assert one.settled == (not meeting)


@given(st.lists(places, max_size=8), st.randoms())
def test_the_order_in_which_entries_arrive_changes_nothing_that_dates_determine(
    found: list[Place], random: object
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    spans = {one.place.entry: (one.first, one.last) for one in numbered(found)}

    assert {one.place.entry: (one.first, one.last) for one in numbered(shuffled)} == spans


def test_entries_stand_by_earliest_then_latest_then_agency_then_place_in_the_file() -> None:
    march = place(date(2014, 3, 1), date(2014, 3, 31))
    first = on(-2, agency="School", order=2)
    second = on(-2, agency="School", order=9)
    other = on(-2, agency="Health")

    ordered = [one.place for one in numbered([second, march, first, other])]

    assert ordered == [other, first, second, march]


def test_a_month_among_days_could_stand_anywhere_among_them_and_they_stay_settled_otherwise() -> (
    None
):
    march = place(date(2014, 3, 1), date(2014, 3, 31))
    before, third, fifth, after = (on(n) for n in (-40, 0, 2, 60))

    found = {one.place.entry: one for one in numbered([march, before, third, fifth, after])}

    assert (found[march.entry].first, found[march.entry].last) == (2, 4)
    assert (found[third.entry].first, found[third.entry].last) == (2, 3)
    assert (found[fifth.entry].first, found[fifth.entry].last) == (3, 4)
    assert found[before.entry].settled
    assert found[after.entry].settled


def test_times_settle_the_order_within_a_day() -> None:
    late, early = on(0, "16:25", agency="A"), on(0, "09:00", agency="B")

    found = numbered([late, early])

    assert [one.place for one in found] == [early, late]
    assert all(one.settled for one in found)


def test_a_time_past_midnight_does_not_end_before_it_begins() -> None:
    night = on(0, "22:00", time_to="01:00")

    assert night.first_moment <= night.last_moment


def test_an_open_start_stands_at_its_last_possible_day() -> None:
    until = place(None, DAY)
    earlier = on(-5)

    found = numbered([until, earlier])

    assert [one.place for one in found] == [earlier, until]
    assert found[1].first == 1


def test_an_entry_without_a_date_has_no_number() -> None:
    assert numbered([place(None, None)]) == []


def test_accounts_differ_in_the_day_only_if_no_day_fits_them_all() -> None:
    assert days_differ([on(0), on(1)])
    assert not days_differ([on(0), place(DAY - timedelta(days=3), DAY)])


def test_accounts_differ_in_the_time_only_on_a_day_that_fits_them_all() -> None:
    assert times_differ([on(0, "09:00"), on(0, "10:30")])
    assert not times_differ([on(0, "09:00"), on(1, "10:30")])
    assert not times_differ([on(0, "09:00"), on(0)])
