"""Who told whom, read from a row's own words and from nothing else."""

import pytest
from tests.unit.knowledge.rows import DIRECTORY, row, told, told_by

from candour.engines.telling import Agency, Directory, tellings

SENT = [
    ("SCH", "Rang social care.", {"CSC"}),
    ("SCH", "Rang social services, spoke to the duty worker.", {"CSC"}),
    ("SCH", "Referred to social care and rang the health visitor.", {"CSC", "HV"}),
    ("CSC", "Letters to school, HV and GP.", {"SCH", "HV", "GP"}),
    ("CSC", "Standard letter to mother, copied to health visiting.", {"HV"}),
    ("HV", "Letter to parents and the GP.", {"GP"}),
    ("HOSP", "Form faxed to children’s social care by the midwife.", {"CSC"}),
    ("HOSP", "Police and social care informed by Dr Ames.", {"POL", "CSC"}),
    ("POL", "Probation told by e-mail.", {"PROB"}),
    ("POL", "EDT told 03:55.", {"CSC"}),
    ("GP", "Referred to Brightstep.", {"DAS"}),
    ("HV", "HV told SW that three appointments had been missed.", {"CSC"}),
    ("CSC", "Discussed the case with the health visitor.", {"HV"}),
    ("CSC", "health visitor consulted by telephone.", {"HV"}),
]


@pytest.mark.parametrize(("writer", "words", "expected"), SENT)
def test_an_agency_that_says_it_told_another_has_told_it(
    writer: str, words: str, expected: set[str]
) -> None:
    assert told(row(writer, "Contact.", words)) == expected
    assert told_by(row(writer, "Contact.", words)) == set()


RECEIVED = [
    ("CSC", "School rang: bruise on the arm.", {"SCH"}),
    ("CSC", "Police notification of an argument on 9 June.", {"POL"}),
    ("CSC", "EDT told by police that a child has been found.", {"POL"}),
    ("CSC", "Copy of hospital form received about a scald.", {"HOSP"}),
    ("HV", "Letter from audiology: loss in both ears.", {"HOSP"}),
    ("HV", "Health visitor told by ward sister at 4pm of the fall.", {"HOSP"}),
    ("SCH", "E-mail from social care: anonymous caller.", {"CSC"}),
    ("CSC", "Midwife Ann Poole rang: 29 weeks pregnant.", {"HOSP"}),
    ("GP", "HV letter: low mood.", {"HV"}),
    ("CSC", "HV reported in a call that he was seen.", {"HV"}),
    ("POL", "Social care asked whether anything is held on him.", {"CSC"}),
]


@pytest.mark.parametrize(("writer", "words", "expected"), RECEIVED)
def test_an_agency_that_says_it_was_told_was_told_by_the_other(
    writer: str, words: str, expected: set[str]
) -> None:
    assert told_by(row(writer, words)) == expected
    assert told(row(writer, words)) == set()


@pytest.mark.parametrize(
    "words",
    [
        "No contact made with social care.",
        "Social care not told.",
        "To inform the health visitor.",
        "Plan to ring school tomorrow.",
        "The GP should be told.",
        "Mother said “I told social services”.",
        "Jodie told school that he fell.",
        "Mother told school she had been in the bath.",
        "Letter to the GP awaited.",
        "Agreed to contact police.",
        "The health visitor was not on the copy list.",
    ],
)
def test_what_was_meant_denied_quoted_or_done_by_the_family_is_no_telling(words: str) -> None:
    assert told(row("HOSP", "Seen.", words)) == set()


def test_what_another_agency_says_that_it_told_a_third_is_no_telling_by_the_writer() -> None:
    account = row("HV", "School rang: bruised ear, has told social care.")

    assert told(account) == set()
    assert told_by(account) == {"SCH"}


def test_a_column_of_who_was_told_counts_unless_it_says_nobody() -> None:
    assert told(row("SCH", "Bruise seen.", told="Social care, Health visitor")) == {"CSC", "HV"}
    assert told(row("SCH", "Bruise seen.", told="Not passed to social care")) == set()


def test_a_column_of_who_told_counts() -> None:
    assert told_by(row("CSC", "Bruise seen.", told_by="School")) == {"SCH"}


def test_a_police_notice_without_an_address_goes_to_social_care() -> None:
    assert told(row("POL", "Argument.", "Standard risk. Notice sent 18/07/2011.")) == {"CSC"}
    assert told(row("POL", "Argument.", "No notice sent.")) == set()
    assert told(row("HOSP", "Seen.", "Notice sent 18/07/2011.")) == set()


@pytest.mark.parametrize(
    ("source", "words", "sender"),
    [
        ("Letter in", "Audiology: did not attend.", "HOSP"),
        ("Discharge summary", "Born at 38 weeks.", "HOSP"),
        ("Letter in", "Conference minutes scanned.", "CSC"),
        ("Letter in", "Brightstep: closed, did not engage.", "DAS"),
    ],
)
def test_a_paper_that_came_in_is_from_whoever_writes_such_papers(
    source: str, words: str, sender: str
) -> None:
    assert told_by(row("GP", words, source=source)) == {sender}
    assert told_by(row("GP", words, source="Surgery")) in (set(), {sender})


def test_those_listed_at_a_meeting_heard_what_was_said_there() -> None:
    assert told(row("CSC", "Strategy discussion: police, health visitor, school.")) == {
        "POL",
        "HV",
        "SCH",
    }
    assert told(row("CSC", "Core group. School present.")) == {"SCH"}
    assert told(row("CSC", "Core group. School sent apologies.")) == set()
    assert told(row("HOSP", "Broken wrist.", "Plaster. Police present.")) == set()


def test_under_what_was_done_an_agency_e_mailed_was_told_and_as_an_event_it_told() -> None:
    assert told(row("SCH", "", "Social care e-mailed.")) == {"CSC"}
    assert told_by(row("SCH", "Social care e-mailed.")) == {"CSC"}


def test_an_agency_named_in_its_own_row_is_never_told_by_itself() -> None:
    account = row("CSC", "Social care told. Letter from social worker.")

    assert tellings(account, DIRECTORY) == ()


def test_a_word_that_fits_two_agencies_names_neither() -> None:
    two = Directory((Agency("S1", "Elm Primary School"), Agency("S2", "Oak Primary School")))

    assert two.mentions("the school rang") == []
    assert [mention.code for mention in two.mentions("Oak Primary rang")] == ["S2"]


def test_the_more_special_service_is_meant_where_the_case_has_one() -> None:
    both = Directory((Agency("N", "Little Acorns Nursery"), Agency("S", "Elm Primary School")))

    assert [mention.code for mention in both.mentions("the nursery and the school")] == ["N", "S"]


def test_a_doctor_named_by_one_agency_alone_speaks_for_it() -> None:
    texts = {"HOSP": ["Medical by Dr Hale."], "CSC": ["Dr Hale rang with the result."]}
    known = Directory(DIRECTORY.agencies, texts)

    assert [mention.code for mention in known.mentions("Dr Hale rang")] == ["HOSP"]
    assert DIRECTORY.mentions("Dr Hale rang") == []


def test_a_street_of_an_agencys_name_is_not_the_agency() -> None:
    homes = Directory((Agency("H", "Saltmarsh Homes"),))

    assert homes.mentions("seen at Saltmarsh Road") == []
    assert [mention.code for mention in homes.mentions("e-mail from Saltmarsh")] == ["H"]


def test_what_was_done_with_a_paper_that_came_in_does_not_say_who_sent_it() -> None:
    assert told_by(row("GP", "Registered.", "Hospital to follow up.", source="Letter in")) == set()


def test_a_telling_keeps_the_sentence_it_was_read_in_and_its_way() -> None:
    (telling,) = tellings(row("SCH", "Bruise seen.", "Cold day. Rang social care."), DIRECTORY)

    assert (telling.words, telling.way, telling.sent) == ("Rang social care.", "told", True)
    (paper,) = tellings(row("SCH", "Letter from social care: closed."), DIRECTORY)
    assert (paper.way, paper.sent) == ("document", False)
