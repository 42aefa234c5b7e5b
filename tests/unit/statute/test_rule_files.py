"""Rule sets as data: what governs when, local changes marked, mistakes refused by place."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.engines.statute import (
    Basis,
    CaseFacts,
    Notifiable,
    assess,
    due,
    read_rule_book,
    rule_set,
    rule_set_in_force,
    rule_sets,
)
from candour.engines.statute.facts import Answer, ChildOutcome, HarmBasis, Responsible
from candour.engines.statute.rulesets import Duty
from candour.kernel.errors import Invalid

SWITCHOVER = (date(2018, 6, 29), date(2019, 9, 28))


@pytest.mark.parametrize("duty", ["notification", "review"])
def test_the_rule_sets_follow_one_another_without_a_gap(duty: Duty) -> None:
    periods = [each.in_force_for(duty) for each in rule_sets()]
    for earlier, later in pairwise(periods):
        assert earlier.until is not None
        assert earlier.until >= later.since - timedelta(days=1)
    assert periods[-1].until is None


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2007, 9, 12), "WT2006"),
        (date(2010, 9, 2), "WT2010"),
        (date(2013, 7, 5), "WT2013"),
        (date(2015, 3, 25), "WT2013"),
        (date(2015, 3, 26), "WT2015"),
        (date(2018, 6, 28), "WT2015"),
        (date(2018, 6, 29), "WT2018"),
        (date(2024, 5, 14), "WT2023"),
    ],
)
def test_the_rule_set_of_the_day_governs_a_notification(on: date, code: str) -> None:
    assert rule_set_in_force(on, duty="notification").code == code


@given(since=st.dates(*SWITCHOVER), on=st.dates(*SWITCHOVER))
def test_a_board_decides_until_local_partner_arrangements_begin(since: date, on: date) -> None:
    governing = rule_set_in_force(on, duty="review", partners_since=since)
    assert governing.code == ("WT2015" if on < since else "WT2018")


def test_during_the_switchover_the_day_is_asked_for_not_guessed() -> None:
    with pytest.raises(Invalid) as refusal:
        rule_set_in_force(date(2018, 9, 1), duty="review")
    assert refusal.value.code == "partners_since_missing"


def test_a_day_before_the_first_rule_set_is_refused() -> None:
    with pytest.raises(Invalid, match="the first begins on 1991-10-01"):
        rule_set_in_force(date(1991, 1, 1), duty="review")


@pytest.mark.parametrize(
    ("on", "code"), [(date(1994, 5, 3), "PART8"), (date(2006, 3, 31), "CHAPTER8")]
)
def test_reviews_before_2006_carry_a_label_without_criteria_or_clocks(on: date, code: str) -> None:
    rules = rule_set_in_force(on, duty="review")
    assert (rules.code, rules.label_only) == (code, True)
    assert rules.criteria == rules.clocks == rules.review_grounds == ()


def test_nothing_is_assessed_or_counted_under_a_label() -> None:
    with pytest.raises(Invalid, match="kept as a label"):
        assess(CaseFacts(rule_set="CHAPTER8", notify_rule_set="CHAPTER8"))
    with pytest.raises(Invalid, match="kept as a label"):
        due("S3", "CHAPTER8", date(2004, 3, 1))


def test_a_review_of_2006_of_an_incident_known_before_is_assessed_without_a_notification() -> None:
    found = assess(CaseFacts(rule_set="WT2006", notify_rule_set="CHAPTER8"))
    assert found.notification.notifiable is Notifiable.UNDETERMINED
    assert "kept as a label only" in found.explanation


def test_an_unknown_rule_set_is_refused_and_the_known_are_named() -> None:
    with pytest.raises(Invalid, match=r"WT1999.*PART8, CHAPTER8, WT2006, WT2010"):
        rule_set("WT1999")


def local(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_partnerships_own_number_of_days_counts_and_is_marked_local(tmp_path: Path) -> None:
    folder = local(tmp_path, "WT2015.toml", "[clock.S4]\nquantity = 3\n")
    rules = read_rule_book(folder).rule_set("WT2015")
    assert rules.clock("S4").quantity == 3
    assert rules.clock("S4").basis is Basis.LOCAL
    assert rules.clock("S3") == rule_set("WT2015").clock("S3")
    assert due("S4", rules, date(2016, 3, 23)).due_date == date(2016, 3, 30)


def test_serious_harm_of_looked_after_children_is_notified_only_where_switched_on(
    tmp_path: Path,
) -> None:
    facts = CaseFacts(
        rule_set="WT2023",
        notify_rule_set="WT2023",
        age_years=10,
        outcome=ChildOutcome.SERIOUS_HARM,
        harm_basis=HarmBasis.LIFE_THREATENING_INJURY,
        looked_after=Answer.YES,
        responsible_authority=Responsible.YES,
    )
    folder = local(tmp_path, "WT2023.toml", "[setting.looked_after_serious_harm]\nvalue = true\n")
    assert assess(facts).notification.notifiable is not Notifiable.YES
    changed = assess(facts, read_rule_book(folder)).notification
    assert changed.notifiable is Notifiable.YES
    assert changed.route == ("L_lac_harm",)


@pytest.mark.parametrize(("counted", "finding"), [("met", "met"), ("not_met", "not_met")])
def test_whether_an_unborn_child_counts_can_be_settled_locally(
    tmp_path: Path, counted: str, finding: str
) -> None:
    folder = local(tmp_path, "WT2023.toml", f'[setting.unborn]\nvalue = "{counted}"\n')
    facts = CaseFacts(rule_set="WT2023", notify_rule_set="WT2023", age_years="unborn")
    assert assess(facts).finding("child") == "undetermined"
    assert assess(facts, read_rule_book(folder)).finding("child") == finding


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[clock.S4]\nunit = "weeks"\n', r"WT2015.toml, \[clock.S4\]: unit must be one of"),
        ('[clock.S4]\nquantity = "five"\n', r"\[clock.S4\]: quantity must be a whole number"),
        ('[criterion.child]\ntests = ["under_25"]\n', "no test or criterion called 'under_25'"),
        ('[criterion.child]\nsource = "hearsay"\n', "source 'hearsay' is not in sources.toml"),
        ('[criterion.child]\nbasis = "certain"\n', "basis must be one of verified, secondary"),
        ("[review.limb_b_i]\nways = []\noutcome = 'always'\n", "must be one of must_review"),
        ("[in_force.review]\nsince = 'spring'\n", "since must be a date"),
        ("clock = 3\n", "WT2015.toml, clock: it must hold tables"),
        ("[clock", "The rule file WT2015.toml could not be read"),
    ],
)
def test_a_mistake_in_a_rule_file_is_refused_with_file_and_place(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        read_rule_book(local(tmp_path, "WT2015.toml", text))


def test_what_was_not_seen_in_a_text_is_marked_unverified() -> None:
    for code, clock in [("WT2006", "S6"), ("WT2015", "S4"), ("WT2015", "S7"), ("WT2023", "C5")]:
        assert rule_set(code).clock(clock).basis is Basis.UNVERIFIED
    assert rule_set("WT2010").criterion("always_case") is not None
    assert rule_set("WT2010").criterion("always_case").basis is Basis.UNVERIFIED  # type: ignore[union-attr]
