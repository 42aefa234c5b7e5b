"""A row of a file as an account: its own words, and nothing that was added for the review."""

from datetime import date

from candour.engines.dates import DayOrder
from candour.engines.knowledge import Account, account_of
from candour.engines.tables import read_chronology
from candour.engines.telling import Agency, Directory, columns_for_telling

FILE = b"""Date,Type,Event,Action,Who was told,Referred by,Comment,Entered on
10/03/2014,Letter in,Argument seen,Filed,Social care,School,Known later,12/03/2014
12/01/2014 & 14/01/2014,Call,Two calls,None,,,,
undated,Call,No day,None,,,,15/03/2014
"""


def accounts(agency: str = "") -> list[Account]:
    read = read_chronology(FILE, "own.csv", as_of=date(2015, 1, 1))
    return [account_of(entry, entry.order, DayOrder.DMY, agency) for entry in read.entries]


def test_each_column_goes_where_its_heading_says() -> None:
    first = accounts()[0]

    assert (first.event, first.response, first.source) == ("Argument seen", "Filed", "Letter in")
    assert (first.told, first.told_by) == ("Social care", "School")
    assert first.recorded_on == date(2014, 3, 12)
    assert first.window == (date(2014, 3, 10), date(2014, 3, 10))
    assert "Known later" not in first.words


def test_of_two_days_in_a_cell_the_first_counts_and_of_no_day_none() -> None:
    _, two, none = accounts()

    assert two.window == (date(2014, 1, 12), date(2014, 1, 12))
    assert (none.window, none.typed) == ((None, None), "undated")


def test_the_agency_is_as_given() -> None:
    assert {account.agency for account in accounts("POL")} == {"POL"}


def test_a_column_with_a_role_of_its_own_is_no_column_of_telling() -> None:
    text = {"Date notified": "x", "Source": "Log", "Type of visit": "Home", "Informed": "GP"}
    roles = {"Date notified": "date", "Source": "source", "Type of visit": "other"}

    found = columns_for_telling(text, roles)

    assert found == {"source": "Log\nHome", "told": "GP", "told_by": ""}


def test_initials_and_the_first_words_of_a_name_mean_the_agency() -> None:
    known = Directory((Agency("A", "North Marsh General Hospital"), Agency("B", "Elm Homes")))

    def meant(words: str) -> list[str]:
        return [mention.code for mention in known.mentions(words)]

    assert meant("seen at NMG") == ["A"]
    assert meant("letter from North Marsh") == ["A"]
    assert meant("letter from Elm Homes") == ["B"]
    # A short first word may be any word.
    assert meant("under the Elm") == []
    assert meant("NM rang") == []
