"""Gaps, months and steps in time, as far as uncertain dates can tell."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candour.engines.contacts import (
    Standard,
    Step,
    StepTaken,
    Told,
    Verdict,
    follow,
    gaps_between,
    months_of,
    per_month,
    standards,
    steps_spoken_of,
)
from candour.engines.statute.workingdays import WorkingDays

DAY = timedelta(days=1)
START = date(2014, 1, 1)


def told(number: int, first: int, last: int | None = None) -> Told:
    return Told(number, START + first * DAY, START + (first if last is None else last) * DAY)


def test_a_gap_runs_from_the_day_after_one_contact_to_the_day_before_the_next() -> None:
    (gap,) = gaps_between([told(1, 0), told(2, 40)], at_least=30)
    assert (gap.surely, gap.at_most) == (39, 39)
    assert (gap.first_day, gap.last_day) == (START + DAY, START + 39 * DAY)


def test_a_contact_that_may_have_fallen_on_any_day_of_a_year_leaves_no_sure_gap_in_it() -> None:
    assert not gaps_between([told(1, 0), told(2, 0, 364), told(3, 200)], at_least=30)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 300), st.integers(0, 40), st.one_of(st.none(), st.integers(0, 90))
        ),
        max_size=12,
    ),
    st.data(),
)
def test_no_contact_can_fall_into_a_sure_gap_wherever_in_its_window_it_fell(
    windows: list[tuple[int, int, int | None]], data: st.DataObject
) -> None:
    contacts = [lasting(at, *window) for at, window in enumerate(windows)]
    begun = [data.draw(st.dates(each.earliest, each.latest)) for each in contacts]
    ended = [max(day, each.last_end) for day, each in zip(begun, contacts, strict=True)]
    for gap in gaps_between(contacts, at_least=1):
        spans = zip(begun, ended, strict=True)
        assert not [1 for day, end in spans if day <= gap.last_day and gap.first_day <= end]
        assert gap.surely <= gap.at_most


def lasting(number: int, first: int, long: int, lasted: int | None) -> Told:
    begun = told(number, first, first + long)
    end = None if lasted is None else begun.earliest + lasted * DAY
    return replace(begun, ends_earliest=end, ends_latest=end)


def test_a_gap_begins_when_what_lasted_has_ended() -> None:
    (gap,) = gaps_between([lasting(1, 0, 0, 20), told(2, 10), told(3, 40)], at_least=10)
    assert (gap.first_day, gap.surely) == (START + 21 * DAY, 19)


def test_a_gap_of_no_days_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="one day"):
        gaps_between([], at_least=0)


def test_a_contact_of_uncertain_month_is_counted_in_none() -> None:
    windows = [(START, START), (START, START + 90 * DAY), (START, None)]
    found = per_month(windows)
    assert (found.by_month, found.of_no_month) == ({(2014, 1): 1}, 2)
    assert months_of((2013, 11), (2014, 2)) == [(2013, 11), (2013, 12), (2014, 1), (2014, 2)]


def taken(step: Step, first: date, last: date | None = None) -> StepTaken:
    return StepTaken(step, 1, first, last or first)


CONFERENCE = next(rule for rule in standards() if rule.code == "initial_conference")


@pytest.mark.parametrize(
    ("conference", "verdict"),
    [
        ((date(2014, 3, 24),), Verdict.MET),
        ((date(2014, 3, 25),), Verdict.NOT_RECORDED),
        ((date(2014, 3, 20), date(2014, 3, 28)), Verdict.CANNOT_TELL),
        (None, Verdict.NOT_RECORDED),
    ],
)
def test_a_conference_is_due_fifteen_working_days_after_the_strategy_discussion(
    conference: tuple[date, ...] | None, verdict: Verdict
) -> None:
    steps = [taken(Step.STRATEGY_DISCUSSION, date(2014, 3, 3))]
    if conference:
        steps.append(taken(Step.INITIAL_CONFERENCE, *conference))
    (found,) = follow(steps, [CONFERENCE], WorkingDays(), date(2015, 1, 1))
    assert (found.due_last, found.verdict) == (date(2014, 3, 24), verdict)


def test_a_chronology_that_ends_before_the_time_ran_out_cannot_tell() -> None:
    steps = [taken(Step.STRATEGY_DISCUSSION, date(2014, 3, 3))]
    (found,) = follow(steps, [CONFERENCE], WorkingDays(), date(2014, 3, 10))
    assert found.verdict is Verdict.CANNOT_TELL


def test_a_standard_is_asked_only_of_steps_in_its_time() -> None:
    old = Standard(
        "x", Step.REFERRAL, Step.REFERRAL_DECISION, 1, "days", START, START + DAY, "x", True
    )
    steps = [taken(Step.REFERRAL, START + 5 * DAY)]
    assert not follow(steps, [old], WorkingDays(), START + 90 * DAY)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 20), st.integers(0, 10), st.integers(0, 40), st.integers(0, 10), st.data())
def test_met_holds_on_every_day_of_the_windows_and_late_on_none(
    start: int, long: int, then: int, wide: int, data: st.DataObject
) -> None:
    first = taken(Step.STRATEGY_DISCUSSION, START + start * DAY, START + (start + long) * DAY)
    later = taken(Step.INITIAL_CONFERENCE, START + then * DAY, START + (then + wide) * DAY)
    (found,) = follow([first, later], [CONFERENCE], WorkingDays(), START + 900 * DAY)
    began = data.draw(st.dates(first.earliest, first.latest))
    came = data.draw(st.dates(later.earliest, later.latest))
    in_time = began <= came <= WorkingDays().add(began, 15)
    if found.verdict is Verdict.MET:
        assert in_time
    if found.verdict is Verdict.NOT_RECORDED:
        assert not in_time


def test_every_standard_that_comes_with_candour_has_a_source_and_says_it_is_unverified() -> None:
    assert all(rule.source and not rule.verified for rule in standards())


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        ("Strategy discussion held with police", {Step.STRATEGY_DISCUSSION}),
        ("No strategy discussion was held", set()),
        ("Strategy meeting to be arranged", set()),
        ("Considered whether a strategy discussion was needed", set()),
        ("Referral received from the school", {Step.REFERRAL}),
        ("Child was seen alone in her room", {Step.CHILD_SEEN_ALONE, Step.CHILD_SEEN}),
        ("Home visit, child not seen", {Step.VISIT, Step.CHILD_NOT_SEEN}),
        ("Telephone call to the housing office", set()),
    ],
)
def test_words_are_proposed_as_steps_unless_they_put_them_off(words: str, steps: set[Step]) -> None:
    assert {each.step for each in steps_spoken_of(words)} == steps
