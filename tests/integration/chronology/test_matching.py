"""Proposals from comparing entries: kept apart until a person decides each, and remembered."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker
from tests import world
from tests.integration.chronology.compared import Compared, build

from candour.audit.models import Event as AuditEvent
from candour.chronology.models import (
    DifferingAccount,
    Event,
    Grouping,
    OneSidedContact,
    SameEvent,
)
from candour.chronology.selectors import counted_events
from candour.chronology.selectors.matching import one_sided, register, same_events
from candour.chronology.services.differing import (
    add_difference,
    confirm_one_sided,
    decline_difference,
    decline_one_sided,
    settle_difference,
)
from candour.chronology.services.matching import (
    confirm_same_event,
    decline_same_event,
    propose_matches,
)
from candour.kernel.errors import EditedElsewhere, Hidden, Invalid, NotPermitted, WrongState
from candour.people.roles import Role

pytestmark = pytest.mark.django_db(databases=["default", "archive"])


@pytest.fixture(scope="module")
def compared(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Compared]:
    """Built once; whatever the tests of this module write is rolled back after each."""
    with django_db_blocker.unblock(), transaction.atomic("default"), transaction.atomic("archive"):
        yield build()
        transaction.set_rollback(True, "default")
        transaction.set_rollback(True, "archive")


@pytest.fixture
def grouped(compared: Compared) -> Event:
    return confirmed(compared)


def confirmed(compared: Compared) -> Event:
    proposal = compared.proposal()
    event = confirm_same_event(
        access=compared.reviewer,
        proposal=proposal,
        seen_version=proposal.version,
        entries=list(proposal.entries.all()),
        title="Core group",
    )
    propose_matches(access=compared.reviewer)
    return event


def test_a_proposal_names_its_rows_and_reasons_and_groups_nothing(compared: Compared) -> None:
    proposal = compared.proposal()

    assert {entry.what[:10] for entry in proposal.entries.all()} == {"Core group"}
    assert any("core group" in reason for reason in proposal.reasons)
    assert not Grouping.objects.exists()
    assert not counted_events(compared.reviewer).exists()
    assert not register(compared.reviewer).exists()


def test_looking_again_proposes_nothing_twice(compared: Compared) -> None:
    assert propose_matches(access=compared.reviewer) == 0
    assert SameEvent.objects.count() == 1


def test_a_confirmed_proposal_becomes_an_event_by_a_named_person(
    compared: Compared, grouped: Event
) -> None:
    proposal = SameEvent.objects.get()

    assert proposal.state == SameEvent.State.CONFIRMED
    assert str(proposal.decided_by_id) == compared.reviewer.actor.id
    assert grouped.groupings.count() == 2
    assert AuditEvent.objects.filter(name="chronology.same_event_confirmed").exists()


def test_only_entries_of_the_proposal_are_confirmed(compared: Compared) -> None:
    proposal = compared.proposal()

    with pytest.raises(Invalid, match="of this proposal"):
        confirm_same_event(
            access=compared.reviewer,
            proposal=proposal,
            seen_version=proposal.version,
            entries=[compared.entry("Clinic")],
            title="Core group",
        )


def test_a_declined_proposal_is_remembered(compared: Compared) -> None:
    proposal = compared.proposal()
    with pytest.raises(Invalid, match="why"):
        decline_same_event(
            access=compared.reviewer, proposal=proposal, seen_version=proposal.version, why=" "
        )

    decline_same_event(
        access=compared.reviewer, proposal=proposal, seen_version=proposal.version, why="Two days"
    )

    assert propose_matches(access=compared.reviewer) == 0
    assert not same_events(compared.reviewer).exists()


def test_two_people_deciding_at_once_do_not_overwrite_each_other(compared: Compared) -> None:
    proposal = compared.proposal()
    seen = proposal.version
    decline_same_event(
        access=compared.reviewer, proposal=proposal, seen_version=seen, why="Two days"
    )

    with pytest.raises(EditedElsewhere):
        decline_same_event(
            access=compared.manager, proposal=proposal, seen_version=seen, why="Not the same"
        )


def test_differences_are_looked_for_in_events_a_person_confirmed_only(compared: Compared) -> None:
    assert not DifferingAccount.objects.exists()

    event = confirmed(compared)

    assert {one.type for one in event.differing.all()} == {"date", "count"}
    assert not register(compared.reviewer).exists(), "a proposal is not in the register"


def settled(compared: Compared, difference: DifferingAccount, **said: object) -> DifferingAccount:
    told = {"disposition": "both_stand", "relied_on": None, "why": "Each from its own notes"}
    return settle_difference(
        access=compared.reviewer,
        difference=difference,
        seen_version=difference.version,
        **(told | said),  # type: ignore[arg-type]
    )


def test_a_difference_enters_the_register_with_a_disposition_and_why(
    compared: Compared, grouped: Event
) -> None:
    difference = grouped.differing.get(type="count")

    settled(compared, difference)

    entered = register(compared.reviewer).get()
    assert (entered.disposition, entered.why) == ("both_stand", "Each from its own notes")


def test_the_account_relied_on_is_one_of_the_accounts(compared: Compared, grouped: Event) -> None:
    difference = grouped.differing.get(type="date")

    with pytest.raises(Invalid, match="relied on"):
        settled(compared, difference, disposition="relied_on")
    with pytest.raises(Invalid, match="relied on"):
        settled(compared, difference, disposition="relied_on", relied_on=compared.entry("Clinic"))
    with pytest.raises(Invalid, match="Say why"):
        settled(compared, difference, why="")
    relied = settled(
        compared, difference, disposition="relied_on", relied_on=compared.entry("Core group at the")
    )

    assert relied.relied_on == compared.entry("Core group at the")


def test_a_declined_difference_is_remembered(compared: Compared, grouped: Event) -> None:
    difference = grouped.differing.get(type="date")

    decline_difference(
        access=compared.reviewer,
        difference=difference,
        seen_version=difference.version,
        why="Written up the next day",
    )

    assert propose_matches(access=compared.reviewer) == 0
    assert grouped.differing.count() == 2


def test_a_reviewer_adds_a_difference_that_nothing_proposed(
    compared: Compared, grouped: Event
) -> None:
    entries = [compared.entry("Core group at the"), compared.entry("attended")]

    made = add_difference(
        access=compared.reviewer,
        event=grouped,
        type_="detail",
        words="Where it met",
        entries=entries,
    )

    assert made.state == DifferingAccount.State.PROPOSED
    with pytest.raises(WrongState, match="already"):
        add_difference(
            access=compared.reviewer, event=grouped, type_="detail", words="Again", entries=entries
        )
    with pytest.raises(Invalid, match="two accounts"):
        add_difference(
            access=compared.reviewer,
            event=grouped,
            type_="detail",
            words="Where",
            entries=[compared.entry("Clinic"), entries[0]],
        )


def test_a_telling_without_receipt_is_proposed_and_confirmed_by_a_person(
    compared: Compared,
) -> None:
    contact = one_sided(compared.reviewer, "proposed").get()
    assert (contact.way, contact.other_agency.name) == ("sent", "Testshire Health Visiting")
    assert not one_sided(compared.reviewer).exists()

    confirm_one_sided(
        access=compared.reviewer, contact=contact, seen_version=contact.version, why=""
    )

    assert one_sided(compared.reviewer).get() == contact
    assert propose_matches(access=compared.reviewer) == 0


def test_a_declined_contact_says_where_it_is_recorded(compared: Compared) -> None:
    contact = OneSidedContact.objects.get()

    with pytest.raises(Invalid, match="Say where"):
        decline_one_sided(
            access=compared.reviewer, contact=contact, seen_version=contact.version, why=""
        )
    decline_one_sided(
        access=compared.reviewer, contact=contact, seen_version=contact.version, why="In the diary"
    )

    assert not one_sided(compared.reviewer, "proposed").exists()


def test_readers_do_not_decide_and_agencies_see_no_proposal(compared: Compared) -> None:
    reader = world.a_member(compared.manager, Role.SUB_GROUP)

    with pytest.raises(NotPermitted):
        propose_matches(access=reader)
    for access in (reader, compared.health):
        with pytest.raises(Hidden):
            same_events(access)
    assert not register(reader).exists()


def test_a_proposal_of_another_case_is_hidden(compared: Compared) -> None:
    other = world.a_member(world.an_incident(name="Kim Fictional"), Role.LEAD_REVIEWER)
    proposal = compared.proposal()

    with pytest.raises(Hidden):
        decline_same_event(
            access=other, proposal=proposal, seen_version=proposal.version, why="Not ours"
        )
