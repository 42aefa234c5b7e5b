"""All agencies' entries in one order, nothing altered, nothing guessed, nothing shown too far."""

import csv
import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse
from tests import world
from tests.integration.chronology.conftest import Review
from tests.queries import at_most

from candour.audit.models import Event as AuditEvent
from candour.chronology.exports import Format, export
from candour.chronology.naming import Showing, showing
from candour.chronology.selectors import Filters, chosen, chosen_undated, chronology, lines_of
from candour.contributions.models import Entry
from candour.kernel.errors import NotPermitted
from candour.people.roles import Role


def told(access, found) -> list[str]:  # type: ignore[no-untyped-def]
    return [line.entry.what for line in lines_of(access, found)]


def page_of(review: Review, name: str = "integrated", query: str = "", **more: object) -> str:
    address = reverse(
        f"chronology:{name}", kwargs={"reference": review.manager.case.reference, **more}
    )
    answer = world.a_browser(review.reviewer).get(address + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_all_agencies_entries_stand_in_one_order_with_answers_in_their_place(
    review: Review,
) -> None:
    found = chronology(review.reviewer)

    assert [words.split()[0] for words in told(review.reviewer, found.dated)] == [
        "Several",
        "Sam",
        "Sam",
        "Officer",
        "Missed",
    ]
    assert told(review.reviewer, found.undated) == ["Neighbour rang"]


def test_an_answer_supplies_the_whole_interval_and_the_original_stays(review: Review) -> None:
    line = lines_of(review.reviewer, chronology(review.reviewer).dated)[-1]

    assert line.answered is not None
    assert (line.place.earliest, line.place.latest) == (date(2014, 3, 6), date(2014, 3, 6))
    assert (line.entry.date_raw, line.entry.earliest) == ("on a day nobody wrote down", None)


def test_agencys_own_people_see_their_own_entries_alone(review: Review) -> None:
    assert told(review.health, chronology(review.health).dated) == [
        "Sam seen in the street by the health visitor",
        "Missed appointment",
    ]


def test_entries_that_are_not_in_force_do_not_count(review: Review) -> None:
    Entry.objects.filter(what__contains="Several").update(in_force=False)

    assert "Several calls to the address" not in told(
        review.reviewer, chronology(review.reviewer).dated
    )


def test_a_filter_by_agency_period_and_words_keeps_the_numbers(review: Review) -> None:
    found = chronology(review.reviewer)
    health = next(a for a, name in found.agencies.items() if name == "Testshire Health")
    shown = Showing(review.reviewer)

    def numbers(filters: Filters) -> list[int]:
        return [one.number for one in chosen(review.reviewer, found, filters, shown)]

    assert numbers(Filters(agencies=frozenset({health}))) == [3, 5]
    assert numbers(Filters(since=date(2014, 3, 5), until=date(2014, 3, 5))) == [1, 4]
    assert numbers(Filters(words="HEALTH VISITOR")) == [3]
    assert chosen_undated(review.reviewer, found, Filters(words="rang"), shown)


def test_nobody_finds_out_a_name_by_searching_for_it(review: Review) -> None:
    found = chronology(review.reviewer)
    sought = Filters(words="Ms Fictional")

    assert not chosen(review.reviewer, found, sought, Showing(review.reviewer))
    named = showing(review.reviewer, names=True)
    assert len(chosen(review.reviewer, found, sought, named)) == 1


def test_the_page_shows_pseudonyms_until_names_are_asked_for(review: Review) -> None:
    page = page_of(review)

    assert "Fictional" not in page
    assert "Officer spoke with Mother" in page
    assert "Officer spoke with Ms Fictional" in page_of(review, query="?names=shown")
    assert AuditEvent.objects.filter(name="chronology.names_read").count() == 1


def test_names_are_refused_to_who_may_not_read_the_register(review: Review) -> None:
    with pytest.raises(NotPermitted):
        showing(review.health, names=True)

    address = reverse("chronology:integrated", kwargs={"reference": review.manager.case.reference})
    browser = world.a_browser(review.health)
    assert browser.get(address + "?names=shown").status_code == 403
    assert b"Show names" not in browser.get(address).content


def test_the_page_says_what_was_written_what_was_understood_and_what_the_dates_leave_open(
    review: Review,
) -> None:
    page = page_of(review)

    assert "March 2014" in page
    assert "Understood as: 1 March 2014 to 31 March 2014" in page
    assert "could stand anywhere from 1 to 5" in page
    assert "As answered by the agency: 6 March 2014" in page
    assert "1 entry without a date" in " ".join(page.split())


def test_the_undated_list_gives_the_reason(review: Review) -> None:
    page = page_of(review, "undated")

    assert "in the spring?? or so" in page
    assert review.entry("Neighbour").refusal in page.replace("&#39;", "'")


@pytest.mark.parametrize(
    "query", ["?agency=nobody", "?since-day=x&since-month=&since-year=", "?page=99", "?page=x"]
)
def test_a_filter_that_is_not_understood_leaves_the_page_standing(
    review: Review, query: str
) -> None:
    assert "Testshire Police" in page_of(review, query=query)


def test_an_entry_opens_at_its_source_row(review: Review) -> None:
    entry = review.entry("Missed")
    page = page_of(review, "entry", entry_id=entry.pk)

    document = entry.submission.document
    assert document.neutral_name in page
    assert document.sha256 in page
    assert "on a day nobody wrote down" in page
    assert "The diary says so" in page


def test_an_entry_of_another_agency_is_hidden_from_an_agencys_people(review: Review) -> None:
    address = reverse(
        "chronology:entry",
        kwargs={
            "reference": review.manager.case.reference,
            "entry_id": review.entry("Officer").pk,
        },
    )

    assert world.a_browser(review.health).get(address).status_code == 404


def test_word_leaves_as_a_reference_with_pseudonyms_in_landscape_a3(review: Review) -> None:
    made = export(access=review.reviewer, file_format=Format.WORD, filters=Filters(), names=False)

    assert made.name == f"{review.manager.case.reference}-chronology.docx"
    document = zipfile.ZipFile(io.BytesIO(made.content))
    body = document.read("word/document.xml").decode()
    assert "Fictional" not in "".join(
        document.read(n).decode("latin-1") for n in document.namelist()
    )
    assert "OFFICIAL-SENSITIVE" in document.read("word/header1.xml").decode()
    assert 'w:orient="landscape"' in body
    assert "w:tblHeader" in body
    assert body.count("<w:tr>") == 7
    assert "[as answered by the agency: 06/03/2014 The diary says so]" in body


def test_csv_holds_no_formula_and_every_entry_with_undated_last(review: Review) -> None:
    made = export(
        access=review.reviewer,
        file_format=Format.CSV,
        filters=Filters(words="seen in the street"),
        names=True,
    )
    everything = export(
        access=review.reviewer, file_format=Format.CSV, filters=Filters(), names=False
    )

    rows = list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"))))
    assert [row["Agency"] for row in rows] == ["Testshire Police", "Testshire Health"]
    assert rows[0]["Event"].startswith("Sam Fictional")
    whole = list(csv.DictReader(io.StringIO(everything.content.decode("utf-8-sig"))))
    assert len(whole) == 6
    assert whole[-1]["Event"] == "Neighbour rang"
    assert not any(cell.startswith(("=", "+", "@")) for row in whole for cell in row.values())


def test_taking_the_chronology_away_is_an_event(review: Review) -> None:
    address = reverse("chronology:csv", kwargs={"reference": review.manager.case.reference})

    answer = world.a_browser(review.reviewer).get(address)

    assert answer["Content-Disposition"].startswith('attachment; filename="CR-')
    event = AuditEvent.objects.get(name="chronology.exported")
    assert event.payload["entries"] == 6
    assert event.payload["names"] is False


def test_an_export_with_names_is_refused_to_who_may_not_read_the_register(
    review: Review,
) -> None:
    with pytest.raises(NotPermitted):
        export(access=review.police, file_format=Format.CSV, filters=Filters(), names=True)
    assert not AuditEvent.objects.filter(name="chronology.exported").exists()


def test_before_any_sign_off_the_page_says_what_comes_first(db: None) -> None:
    manager = world.a_case()
    reviewer = world.a_member(manager, Role.LEAD_REVIEWER)

    page = page_of(Review(manager, reviewer, reviewer, reviewer))

    assert "No agency has signed off its chronology yet" in page


def test_the_list_asks_the_database_at_most_thirty_times(review: Review) -> None:
    address = reverse("chronology:integrated", kwargs={"reference": review.manager.case.reference})
    browser = world.a_browser(review.reviewer)

    with at_most(30, address):
        browser.get(address + "?words=seen")
