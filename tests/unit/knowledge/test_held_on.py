"""Records held on a day: nothing learned later, strict within possible, only its own rows."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from candour.engines.knowledge import (
    Account,
    Fact,
    Held,
    Status,
    held_for_certain,
    known,
    perhaps_held,
    words_by,
)

DAY = date(2014, 3, 10)
days = st.dates(date(2009, 1, 1), date(2015, 12, 31))
ends = st.one_of(st.none(), days)


@st.composite
def held(draw: st.DrawFn) -> Held:
    first, last = draw(ends), draw(ends)
    if first and last and last < first:
        first, last = last, first
    status = draw(st.sampled_from(Status))
    return Held("A", status, first, last, evidence=draw(st.integers(0, 30)))


facts = st.lists(held().map(lambda one: Fact((), (one,))), max_size=8)


@settings(max_examples=60)
@given(facts, days)
def test_no_row_is_strict_that_may_have_come_later_nor_possible_that_must_have(
    listed: list[Fact], on: date
) -> None:
    found = known(listed, "A", on)
    rows = [fact.held[0] for fact in listed]

    for ref in found.strict:
        assert any(
            one.evidence == ref and one.status is Status.RECORDED and one.latest
            and one.latest <= on
            for one in rows
        )  # fmt: skip
    for ref in found.possible:
        assert any(
            one.evidence == ref and one.status is Status.RECORDED
            and (one.earliest or one.latest or date.max) <= on
            for one in rows
        )  # fmt: skip


@settings(max_examples=40)
@given(facts, days)
def test_every_strict_row_is_possible_and_each_stands_once(listed: list[Fact], on: date) -> None:
    found = known(listed, "A", on)

    assert set(found.strict) <= set(found.possible)
    assert len(set(found.possible)) == len(found.possible)


@settings(max_examples=40)
@given(facts, days, st.integers(0, 400))
def test_what_was_held_stays_held(listed: list[Fact], on: date, later: int) -> None:
    before, after = known(listed, "A", on), known(listed, "A", on + timedelta(days=later))

    assert set(before.strict) <= set(after.strict)
    assert set(before.possible) <= set(after.possible)


def test_a_telling_that_only_the_sender_records_is_not_held() -> None:
    said = Fact((), (Held("A", Status.SENDER_ONLY, DAY, DAY, evidence=1),))

    assert known([said], "A", DAY).possible == ()


def test_the_day_itself_counts_and_the_day_before_does_not() -> None:
    assert held_for_certain(DAY, DAY)
    assert not held_for_certain(DAY, DAY - timedelta(days=1))
    assert perhaps_held(DAY, None, DAY)
    assert not perhaps_held(DAY, None, DAY - timedelta(days=1))


def test_an_open_end_is_never_certain_and_two_open_ends_are_not_even_possible() -> None:
    assert not held_for_certain(None, date.max)
    assert not perhaps_held(None, None, date.max)
    assert perhaps_held(None, DAY, DAY)
    assert not perhaps_held(None, DAY, DAY - timedelta(days=1))


def test_a_sentence_that_names_a_later_day_is_left_out_and_the_others_stay() -> None:
    text = "Medical done. Report typed 02/04, sent 05/04. Child went home on 10 March."

    assert words_by(text, DAY, DAY) == "Medical done. Child went home on 10 March."
    assert words_by(text, date(2014, 4, 5), DAY) == text


def test_a_day_without_a_year_is_the_nearest_to_the_row() -> None:
    assert words_by("Call of 24 December noted.", DAY, date(2014, 1, 7)) != ""
    assert words_by("Review due 8 January.", date(2013, 12, 30), date(2013, 12, 20)) == ""


def test_a_later_year_is_left_out_whatever_the_rows_own_day() -> None:
    assert words_by("Not read-coded until June 2015.", DAY, None) == ""
    assert words_by("Letter of June 2012.", DAY, None) == "Letter of June 2012."


def test_an_account_has_its_words_without_its_source() -> None:
    account = Account("r", "A", DAY, DAY, "Seen.", "Filed.", source="Log")

    assert account.words == "Seen.\nFiled."
