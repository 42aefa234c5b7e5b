"""From which day an agency's rows show it to have held a fact, how, and what nobody shows."""

from datetime import date

import pytest
from tests.unit.knowledge.rows import DIRECTORY, row

from candour.engines.knowledge import Account, Fact, Held, How, Status, facts_of
from candour.engines.knowledge.holding import day_held

MARCH_10 = date(2014, 3, 10)
MARCH_12 = date(2014, 3, 12)


def facts(*together: Account, alone: tuple[Account, ...] = ()) -> tuple[Fact, ...]:
    groups = [[account.ref for account in together]] if len(together) > 1 else []
    return facts_of((*together, *alone), groups, DIRECTORY)


def held(agency: str, *together: Account, alone: tuple[Account, ...] = ()) -> Held:
    return facts(*together, alone=alone)[0].held_by(agency)


def test_an_agency_holds_a_fact_from_the_day_of_its_own_row() -> None:
    found = held("POL", row("POL", "Argument at the address."))

    assert (found.status, found.earliest, found.latest) == (Status.RECORDED, MARCH_10, MARCH_10)
    assert (found.how, found.from_whom, found.basis) == (How.SAW, "", "entry date")


def test_each_agency_holds_it_from_its_own_row_and_not_from_the_event() -> None:
    log = row("POL", "Argument at the address.", "Notice sent.")
    notice = row("CSC", "Police notification of an argument.", day=MARCH_12)

    assert held("CSC", log, notice).earliest == MARCH_12
    assert held("CSC", log, notice).evidence == notice.ref
    assert (held("CSC", log, notice).how, held("CSC", log, notice).from_whom) == (How.READ, "POL")


def test_the_first_of_an_agencys_rows_counts() -> None:
    first, second = row("POL", "999 call."), row("POL", "Statement taken.", day=MARCH_12)

    assert held("POL", second, first).evidence == first.ref


def test_a_row_of_one_day_settles_a_row_of_a_month_about_the_same_fact() -> None:
    month = row("SCH", "Review.", day=date(2014, 3, 1), latest=date(2014, 3, 31))
    exact = row("SCH", "Deputy head also attended the review.", day=MARCH_12)

    found = held("SCH", month, exact)

    assert (found.earliest, found.latest) == (MARCH_12, MARCH_12)


def test_what_only_the_sender_records_is_the_senders_and_not_the_others() -> None:
    found = held("CSC", row("SCH", "Bruise seen.", "Rang social care."))

    assert (found.status, found.from_whom) == (Status.SENDER_ONLY, "SCH")
    assert (found.earliest, found.latest) == (MARCH_10, MARCH_10)
    assert "Rang social care." in found.basis


def test_the_senders_own_later_day_is_the_day_of_telling() -> None:
    found = held("CSC", row("POL", "Argument.", "Letter to social care sent 14/03/2014."))

    assert found.earliest == date(2014, 3, 14)


def test_a_receipt_of_its_own_outweighs_the_senders_word() -> None:
    sent = row("SCH", "Bruise seen.", "Rang social care.")
    receipt = row("CSC", "School rang: bruise.", day=MARCH_12)

    assert held("CSC", sent, receipt).status is Status.RECORDED


def test_an_agency_of_which_nothing_is_said_has_no_record_and_no_day() -> None:
    found = held("GP", row("SCH", "Bruise seen."))

    assert found == Held("GP", Status.NO_RECORD)


def test_a_date_that_cannot_be_read_holds_from_the_day_it_was_written_up_or_from_no_day() -> None:
    undated = row("GP", "Minutes scanned.", day=None, recorded_on=MARCH_12)
    unknown = row("GP", "Minutes scanned.", day=None)

    assert day_held(undated)[0] == (MARCH_12, MARCH_12)
    assert day_held(unknown)[0] == (None, None)


def test_a_day_typed_without_a_year_is_lent_the_year_of_another_row_of_the_event() -> None:
    undated = row("SCH", "Review.", day=None, typed="10 March")
    other = row("CSC", "Review conference.")

    assert held("SCH", undated, other).earliest == MARCH_10
    assert held("SCH", row("SCH", "Review.", day=None, typed="11 March"), other).earliest is None


def test_somebody_who_was_not_there_holds_it_from_the_minutes() -> None:
    absent = row("DAS", "Conference. Apologies sent.", "Minutes received 20 March 2014.")
    present = row("DAS", "Conference attended.", "Minutes received 20 March 2014.")

    assert day_held(absent)[0] == (date(2014, 3, 20),) * 2
    assert day_held(present)[0] == (MARCH_10, MARCH_10)


def test_what_was_learned_later_has_an_open_end_so_that_no_day_is_certain() -> None:
    later = row("POL", "Enquiries later established that they were out.")

    assert day_held(later)[0] == (MARCH_10, None)


def test_a_year_that_looks_like_a_january_slip_holds_from_the_day_meant() -> None:
    slip = row("HV", "Review.", day=date(2014, 1, 8), meant=date(2015, 1, 8))

    assert day_held(slip)[0] == (date(2015, 1, 8),) * 2


EARLIER = {"day": date(2014, 2, 20), "ref": "earlier"}


def test_a_row_that_names_the_day_and_the_teller_looks_back_on_the_fact() -> None:
    log = row("POL", "Door kicked in. Mark to her neck.", **EARLIER)
    later = row("CSC", "Police notification of incident on 20 February graded medium.")

    found = facts(log, alone=(later,))[0].held_by("CSC")

    assert (found.status, found.earliest, found.evidence) == (
        Status.RECORDED,
        MARCH_10,
        later.ref,
    )
    assert found.from_whom == "POL"


@pytest.mark.parametrize(
    "words",
    [
        "Police notification of incident on 21 February graded medium.",
        "Mother spoke of an incident on 20 February.",
    ],
)
def test_another_day_or_another_teller_looks_back_on_nothing(words: str) -> None:
    log = row("POL", "Door kicked in. Mark to her neck.", **EARLIER)

    found = facts(log, alone=(row("CSC", words),))[0].held_by("CSC")

    assert found.status is Status.NO_RECORD


def test_a_row_of_the_very_day_of_telling_is_the_receipt_and_one_of_another_day_is_not() -> None:
    sent = row("HOSP", "Liaison form sent to health visiting.", ref="sent")
    same = row("HV", "Liaison form from hospital: scald to right hand.")
    other = row("HV", "Liaison form from hospital: scald to right hand.", day=MARCH_12)

    assert facts(sent, alone=(same,))[0].held_by("HV").evidence == same.ref
    assert facts(sent, alone=(other,))[0].held_by("HV").status is Status.SENDER_ONLY


def test_nothing_looks_back_on_what_happened_after_it() -> None:
    log = row("POL", "Door kicked in.", day=date(2014, 4, 20), ref="after")
    before = row("CSC", "Police notification of incident on 20 April 2014.")

    assert facts(log, alone=(before,))[0].held_by("CSC").status is Status.NO_RECORD


def test_rare_words_from_the_agency_that_has_the_fact_look_back_on_it() -> None:
    others = tuple(row("GP", f"Cough number {word}.") for word in ("blue", "green", "grey", "red"))
    letter = row("DAS", "Progress letter: three clear breath tests.", **EARLIER)
    review = row("CSC", "Review conference; alcohol service reports clear breath tests.")
    chance = row("CSC", "Review conference; he had his tests.", day=date(2015, 3, 10))

    assert facts(letter, alone=(review, *others))[0].held_by("CSC").evidence == review.ref
    assert facts(letter, alone=(chance, *others))[0].held_by("CSC").status is Status.NO_RECORD


def test_a_figure_that_its_own_event_does_not_hold_looks_back() -> None:
    register = row("SCH", "Attendance 61% since Christmas.", **EARLIER)
    referral = row("SCH", "Referred to social care: hunger.", ref="sent")
    contact = row("CSC", "Contact from school: attendance 61%, hungry.", ref="received")

    others = tuple(row("GP", f"Cough number {word}.") for word in ("blue", "green", "grey", "red"))

    found = facts_of((register, referral, contact, *others), [["sent", "received"]], DIRECTORY)

    assert found[0].held_by("CSC").evidence == "received"


def test_a_row_in_no_group_is_a_fact_and_one_in_two_groups_belongs_to_both() -> None:
    first, second, third = (row("POL", "a", ref=1), row("CSC", "b", ref=2), row("HV", "c", ref=3))
    alone = row("GP", "d", ref=4)

    found = facts_of((first, second, third, alone), [[1, 2], [2, 3]], DIRECTORY)

    assert [[account.ref for account in fact.accounts] for fact in found] == [[1, 2], [2, 3], [4]]


def test_every_fact_speaks_of_every_agency_of_the_case() -> None:
    found = facts(row("POL", "Argument."))[0]

    assert [one.agency for one in found.held] == [one.code for one in DIRECTORY.agencies]
    with pytest.raises(KeyError):
        found.held_by("NOBODY")


def test_a_row_without_a_day_or_of_another_month_settles_nothing() -> None:
    month = row("SCH", "Review.", day=date(2014, 3, 1), latest=date(2014, 3, 31))
    april = row("SCH", "Review again.", day=date(2014, 4, 2))
    undated = row("SCH", "Review once more.", day=None)

    found = held("SCH", month, april, undated)

    assert (found.earliest, found.latest) == (date(2014, 3, 1), date(2014, 3, 31))


def test_a_day_lent_must_be_one_day_and_the_typed_one() -> None:
    undated = row("SCH", "Review.", day=None, typed="10 March")
    month = row("CSC", "Review.", day=date(2014, 3, 10), latest=date(2014, 3, 12))

    assert held("SCH", undated, month).earliest is None


def test_a_row_looks_back_for_ninety_days_and_no_longer() -> None:
    words = "Police notification of incident on 2 December 2013."
    near = row("POL", "Door kicked in.", day=date(2013, 12, 10), ref="near")
    named = row("CSC", "Police notification of incident on 10 December 2013.")
    far = row("POL", "Door kicked in.", day=date(2013, 12, 2), ref="far")

    assert facts(near, alone=(named,))[0].held_by("CSC").status is Status.RECORDED
    assert facts(far, alone=(row("CSC", words),))[0].held_by("CSC").status is Status.NO_RECORD


def test_the_first_of_several_rows_that_look_back_counts() -> None:
    log = row("POL", "Door kicked in.", **EARLIER)
    second = row("CSC", "Police notification of incident on 20 February.", day=MARCH_12)
    first = row("CSC", "Police notification of incident on 20 February.")

    assert facts(log, alone=(second, first))[0].held_by("CSC").evidence == first.ref


def test_a_month_and_the_agency_named_look_back_where_a_word_is_shared() -> None:
    log = row("POL", "An argument over money.", day=date(2014, 2, 9), ref="log")
    close = row("CSC", "Screened and closed. Copied to health visiting.", ref="closed")
    copy = row("HV", "Letter from social care: police attended an argument in February.", ref="hv")
    other = row("HV", "Letter from social care: police attended an argument in January.", ref="hv")
    fact = [["log", "notice"], ["closed", "hv"]]
    notice = row("CSC", "Police notification of an argument.", ref="notice")

    def hv(letter: Account) -> Status:
        found = facts_of((log, notice, close, letter), fact, DIRECTORY)
        return found[0].held_by("HV").status

    assert hv(copy) is Status.RECORDED
    assert hv(other) is Status.NO_RECORD


@pytest.mark.parametrize(
    ("day", "settles"),
    [
        (date(2014, 2, 28), False),
        (date(2014, 3, 1), True),
        (date(2014, 3, 31), True),
        (date(2014, 4, 1), False),
    ],
)
def test_only_a_day_within_the_month_settles_it_its_first_and_last_included(
    day: date, settles: bool
) -> None:
    first, last = date(2014, 3, 1), date(2014, 3, 31)
    month = row("SCH", "Review.", day=first, latest=last)

    found = held("SCH", month, row("SCH", "Deputy head also attended the review.", day=day))

    if settles or day < first:
        assert (found.earliest, found.latest) == (day, day)
    else:
        assert (found.earliest, found.latest) == (first, last)


@pytest.mark.parametrize(
    ("words", "how"),
    [("Rang social care.", How.TOLD), ("Letter to social care.", How.READ)],
)
def test_what_the_sender_alone_records_is_told_by_voice_or_read_on_paper(
    words: str, how: How
) -> None:
    assert held("CSC", row("SCH", "Bruise seen.", words)).how is how


def test_what_an_agency_heard_by_voice_it_was_told_and_did_not_read() -> None:
    found = held(
        "CSC", row("SCH", "Bruise.", "Rang social care."), row("CSC", "School rang: bruise.")
    )

    assert (found.how, found.from_whom) == (How.TOLD, "SCH")
