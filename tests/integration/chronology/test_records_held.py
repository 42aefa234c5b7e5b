"""Records held: proposed by Candour, confirmed by a person, and never a word from later."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests import world

from candour.audit.models import Event as AuditEvent
from candour.cases.access import Access
from candour.chronology.models import HeldStatement
from candour.chronology.selectors import chronology
from candour.chronology.selectors.facts import FactOf, fact_of_entry
from candour.chronology.selectors.knowledge import proposals
from candour.chronology.selectors.spread import delays_of, spread_of
from candour.chronology.services import group
from candour.chronology.services.knowledge import (
    HeldDetails,
    confirm_held,
    decline_held,
    note_available,
    propose_held,
    state_held,
)
from candour.contributions.models import Entry
from candour.kernel.errors import EditedElsewhere, Invalid, NotPermitted, WrongState
from candour.people.models import Agency
from candour.people.roles import Role

POLICE = b"""Date,Event,Action,Comment
02/03/2014,wordone argument at the address,Notice to social care next day,wordlater in hindsight
05/03/2014,wordtwo mother seen. Report came 20/04/2014 wordreport,None,
09/03/2014,wordthree enquiries later established that they were out,None,
March 2014,wordfour several calls,None,
"""
SOCIAL_CARE = b"""Date,Event,Action,Comment
06/03/2014,Police notification of wordone argument received,wordfive filed,
10/03/2014,wordsix home visit,None,
"""
HOUSING = b"""Date,Event,Action,Comment
03/03/2014,wordseven neighbour complained of noise,Rang social care,
"""


class Told:
    """The case, its people and its entries by a word in them."""

    def __init__(self) -> None:
        self.manager = world.an_incident(name="Sam Fictional")
        self.police = world.an_agency_with_entries(self.manager, "Testshire Police", POLICE)
        self.care = world.an_agency_with_entries(
            self.manager, "Testshire Children's Social Care", SOCIAL_CARE
        )
        self.housing = world.an_agency_with_entries(
            self.manager, "Testshire Housing Association", HOUSING
        )
        self.reviewer = world.a_member(self.manager, Role.LEAD_REVIEWER)

    def entry(self, word: str, agency: Agency | None = None) -> Entry:
        found = Entry.objects.filter(case=self.manager.case, what__contains=word)
        return found.get(agency=agency) if agency else found.get()

    def argument(self) -> FactOf:
        """The argument, grouped from the rows of police and social care."""
        entries = [self.entry("wordone", agency) for agency in (self.police, self.care)]
        group(access=self.reviewer, entries=entries, title="Argument")
        return fact_of_entry(self.reviewer, chronology(self.reviewer), entries[0].pk)

    def waiting(self, agency: Agency) -> HeldStatement:
        return proposals(self.reviewer).get(agency=agency, event__isnull=False)

    def confirm(self, statement: HeldStatement, **changes: object) -> HeldStatement:
        told = {
            "status": HeldStatement.Status(statement.status),
            "how": HeldStatement.How(statement.how),
            "earliest": statement.earliest,
            "latest": statement.latest,
            "from_agency": statement.from_agency,
        }
        return confirm_held(
            access=self.reviewer,
            statement=statement,
            seen_version=statement.version,
            details=HeldDetails(**(told | changes)),  # type: ignore[arg-type]
        )


@pytest.fixture
def told(db: None) -> Told:
    return Told()


def page(access: Access, name: str, query: dict[str, str] | None = None, **more: object) -> str:
    address = reverse(f"chronology:{name}", kwargs={"reference": access.case.reference, **more})
    answer = world.a_browser(access).get(address, query or {})
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def asked(agency: Agency, on: date, **more: str) -> dict[str, str]:
    return {
        "agency": str(agency.pk),
        "on-day": str(on.day),
        "on-month": str(on.month),
        "on-year": str(on.year),
    } | more


def words_on(text: str) -> set[str]:
    """The planted words among the rows; what was asked for stands in the form above them."""
    rows = text.partition("<tbody")[2] if "<tbody" in text else text.partition("</form>")[2]
    return set(PLANTED.findall(rows))


# Each planted word and the first day on which its agency surely, and possibly, held it.
FIRST = {
    "wordone": {"police": (2, 2), "care": (6, 6)},
    "wordtwo": {"police": (5, 5)},
    "wordreport": {"police": (51, 51)},
    "wordthree": {"police": (999, 999)},
    "wordfour": {"police": (31, 1)},
    "wordlater": {"police": (999, 999)},
    "wordfive": {"care": (6, 6)},
    "wordsix": {"care": (10, 10)},
    "wordseven": {"housing": (3, 3)},
}
PLANTED = re.compile(rf"\b(?:{'|'.join(FIRST)})\b")
FIRST_DAY = date(2014, 2, 28)


def expected(agency: str, day_number: int, mode: str) -> set[str]:
    at = 0 if mode == "strict" else 1
    return {
        word
        for word, holders in FIRST.items()
        if agency in holders and holders[agency][at] <= day_number
    }


def every_question() -> Iterator[tuple[str, int, str]]:
    for agency in ("police", "care", "housing"):
        for day_number in (1, 2, 5, 6, 31, 50, 51):
            for mode in ("strict", "possible"):
                yield agency, day_number, mode


def test_for_every_agency_and_day_nothing_later_is_on_the_page_the_export_or_the_search(
    told: Told,
) -> None:
    told.argument()
    propose_held(access=told.reviewer)
    browser = world.a_browser(told.reviewer)
    reference = {"reference": told.manager.case.reference}
    for name, day_number, mode in every_question():
        query = asked(getattr(told, name), FIRST_DAY + timedelta(days=day_number), mode=mode)
        shown = browser.get(reverse("chronology:held_on", kwargs=reference), query)
        held = expected(name, day_number, mode)

        assert words_on(shown.content.decode()) == held, (name, day_number, mode)
        assert "Argument" not in shown.content.decode()
        if mode == "possible":
            taken = browser.get(reverse("chronology:held_on_csv", kwargs=reference), query)
            assert set(PLANTED.findall(taken.content.decode())) == held


def test_no_later_word_can_be_found_by_searching_or_counted(told: Told) -> None:
    browser = world.a_browser(told.reviewer)
    address = reverse("chronology:held_on", kwargs={"reference": told.manager.case.reference})
    on = FIRST_DAY + timedelta(days=5)
    for word in FIRST:
        text = browser.get(address, asked(told.police, on, words=word)).content.decode()

        found = word in expected("police", 5, "strict")
        assert ("No record in the files submitted" in text) is not found, word
        assert ("1 row" in text) is found, word


def test_a_proposal_stands_nowhere_until_a_named_person_confirms_it(told: Told) -> None:
    fact = told.argument()
    new = propose_held(access=told.reviewer)
    waiting = told.waiting(told.care)
    whole = chronology(told.reviewer)

    assert new >= 2
    assert waiting.latest == date(2014, 3, 6)
    assert delays_of(told.reviewer, whole, fact) == []
    assert "recorded as received" not in page(told.reviewer, "spread", event_id=fact.event.pk)  # type: ignore[union-attr]
    told.confirm(waiting)
    assert "recorded as received" in page(told.reviewer, "spread", event_id=fact.event.pk)  # type: ignore[union-attr]
    assert str(HeldStatement.objects.get(pk=waiting.pk).decided_by_id) == told.reviewer.actor.id
    assert AuditEvent.objects.filter(name="chronology.held_confirmed").count() == 1


def test_only_the_senders_word_is_said_to_be_only_the_senders(told: Told) -> None:
    propose_held(access=told.reviewer)
    alone = proposals(told.reviewer).get(agency=told.care, entry=told.entry("wordseven"))
    told.confirm(alone)

    text = page(told.reviewer, "spread_of_entry", entry_id=told.entry("wordseven").pk)

    assert "sender records telling; no receipt in the files submitted" in text
    assert "no record in the files submitted" in text
    assert "did not know" not in text


def test_each_sharing_stands_alone_with_both_its_sources_and_its_days(told: Told) -> None:
    fact = told.argument()
    propose_held(access=told.reviewer)
    told.confirm(told.waiting(told.care))

    (delay,) = delays_of(told.reviewer, chronology(told.reviewer), fact)

    assert (delay.fewest, delay.most) == (4, 4)
    assert delay.sender.entry == told.entry("wordone", told.police)
    assert delay.receiver.entry == told.entry("wordone", told.care)
    text = page(told.reviewer, "spread", event_id=fact.event.pk)  # type: ignore[union-attr]
    assert "4 days" in text
    assert "average" not in text.lower()


def test_an_uncertain_receipt_gives_the_fewest_and_the_most_days(told: Told) -> None:
    fact = told.argument()
    propose_held(access=told.reviewer)
    told.confirm(told.waiting(told.care), latest=date(2014, 3, 9))

    (delay,) = delays_of(told.reviewer, chronology(told.reviewer), fact)

    assert (delay.fewest, delay.most) == (4, 7)
    assert "Between 4 and 7 days" in page(told.reviewer, "spread", event_id=fact.event.pk)  # type: ignore[union-attr]


def test_what_was_learned_later_is_held_from_the_day_a_person_confirms(told: Told) -> None:
    propose_held(access=told.reviewer)
    statement = proposals(told.reviewer).get(evidence=told.entry("wordthree"))
    day = date(2014, 3, 20)
    told.confirm(statement, earliest=day, latest=day)

    def on(when: date) -> set[str]:
        return words_on(page(told.reviewer, "held_on", asked(told.police, when)))

    assert "wordthree" not in on(day - timedelta(days=1))
    assert "wordthree" in on(day)


def test_a_role_sees_only_what_was_confirmed_for_it(told: Told) -> None:
    told.argument()
    propose_held(access=told.reviewer)
    told.confirm(told.waiting(told.care), role="Duty worker")

    text = page(told.reviewer, "held_on", asked(told.care, date(2014, 3, 30), role="Duty worker"))

    assert words_on(text) == {"wordone", "wordfive"}


def test_what_was_decided_is_not_proposed_again(told: Told) -> None:
    told.argument()
    propose_held(access=told.reviewer)
    declined = told.waiting(told.care)
    decline_held(access=told.reviewer, statement=declined, seen_version=1, reason="Another one")

    assert propose_held(access=told.reviewer) == 0
    assert not proposals(told.reviewer).filter(pk=declined.pk).exists()


def test_what_was_confirmed_can_be_taken_back_and_is_gone_from_every_view(told: Told) -> None:
    fact = told.argument()
    propose_held(access=told.reviewer)
    confirmed = told.confirm(told.waiting(told.care))
    decline_held(access=told.reviewer, statement=confirmed, seen_version=2, reason="Misread")

    assert delays_of(told.reviewer, chronology(told.reviewer), fact) == []


def test_a_row_of_another_agency_is_no_record_of_receipt(told: Told) -> None:
    fact = told.argument()
    details = HeldDetails(
        HeldStatement.Status.RECORDED, HeldStatement.How.TOLD, date(2014, 3, 3), date(2014, 3, 3)
    )

    with pytest.raises(Invalid) as refused:
        state_held(
            access=told.reviewer,
            fact=fact,
            agency=told.care,
            evidence=told.entry("wordone", told.police),
            details=details,
        )

    assert refused.value.code == "not_its_own_row"


def test_a_reviewer_states_by_hand_what_a_row_shows(told: Told) -> None:
    fact = told.argument()
    day = date(2014, 3, 10)
    state_held(
        access=told.reviewer,
        fact=fact,
        agency=told.care,
        evidence=told.entry("wordsix"),
        details=HeldDetails(HeldStatement.Status.RECORDED, HeldStatement.How.OWN, day, day),
    )

    found = spread_of(told.reviewer, chronology(told.reviewer), fact)

    assert next(one for one in found if one.agency == told.care).window == (day, day)


def test_days_that_run_backwards_and_a_missing_reason_are_refused(told: Told) -> None:
    propose_held(access=told.reviewer)
    statement = proposals(told.reviewer).first()
    assert statement is not None

    with pytest.raises(Invalid, match="before the first"):
        told.confirm(statement, earliest=date(2014, 3, 9), latest=date(2014, 3, 8))
    with pytest.raises(Invalid, match="Say why"):
        decline_held(access=told.reviewer, statement=statement, seen_version=1, reason=" ")


def test_two_people_deciding_at_once_the_second_is_told(told: Told) -> None:
    propose_held(access=told.reviewer)
    statement = proposals(told.reviewer).first()
    assert statement is not None
    told.confirm(statement)

    with pytest.raises(EditedElsewhere):
        told.confirm(statement)
    with pytest.raises(WrongState):
        told.confirm(HeldStatement.objects.get(pk=statement.pk))


def test_the_procedure_then_in_force_must_be_cited_and_stands_beside_the_fact(told: Told) -> None:
    fact = told.argument()

    def note(procedure: str) -> None:
        note_available(
            access=told.reviewer,
            fact=fact,
            agency=told.care,
            words="A log search by telephone",
            procedure=procedure,
            day=None,
        )

    with pytest.raises(Invalid, match="Cite"):
        note(" ")
    note("Regional procedures 2012, 4.3")

    text = page(told.reviewer, "spread", event_id=fact.event.pk)  # type: ignore[union-attr]
    assert "Regional procedures 2012, 4.3" in text


def test_who_only_reads_sees_what_was_confirmed_and_no_proposal(told: Told) -> None:
    propose_held(access=told.reviewer)
    reader = world.a_member(told.manager, Role.SUB_GROUP)
    statement = proposals(told.reviewer).first()
    assert statement is not None
    browser: Client = world.a_browser(reader)
    where = {"reference": told.manager.case.reference}

    with pytest.raises(NotPermitted):
        propose_held(access=reader)
    held = browser.get(reverse("chronology:held", kwargs=where | {"statement_id": statement.pk}))
    assert held.status_code == 404
    assert browser.get(reverse("chronology:held_on", kwargs=where)).status_code == 200


def test_an_agencys_own_people_see_no_page_of_records_held(told: Told) -> None:
    request = world.an_asked_agency(told.manager, "Testshire Hospital")
    signer = world.a_browser(world.a_signer(told.manager, request))
    where = {"reference": told.manager.case.reference}
    query = asked(told.police, date(2014, 3, 30))

    assert signer.get(reverse("chronology:held_on", kwargs=where), query).status_code == 404


def test_a_proposal_is_confirmed_on_its_page_and_leads_to_the_next(told: Told) -> None:
    told.argument()
    propose_held(access=told.reviewer)
    statement = told.waiting(told.care)
    text = page(told.reviewer, "held", statement_id=statement.pk)
    assert "Measured on two made-up cases" in text
    assert "Confirm all" not in text

    address = reverse(
        "chronology:held",
        kwargs={"reference": told.manager.case.reference, "statement_id": statement.pk},
    )
    answer = world.a_browser(told.reviewer).post(
        address,
        {
            "version": "1",
            "status": "recorded",
            "how": "read in a document",
            "earliest-day": "6",
            "earliest-month": "3",
            "earliest-year": "2014",
            "latest-day": "6",
            "latest-month": "3",
            "latest-year": "2014",
        },
    )

    assert answer.status_code == 302, answer.content.decode()
    assert HeldStatement.objects.get(pk=statement.pk).state == "confirmed"
