"""The sealed register: opened by few, every opening an event, corrected and never deleted."""

import uuid

import pytest
from django.urls import reverse
from tests.world import a_browser, a_case, a_member

from candour.audit.models import Event
from candour.cases.access import Access
from candour.identities.models import Identity, NameProposal
from candour.identities.sealed import RealIdentity
from candour.identities.selectors import opened_register, sealed_register
from candour.identities.services import FoundName, correct, enter, propose
from candour.kernel.errors import EditedElsewhere, Invalid, NotPermitted
from candour.people.roles import Role

pytestmark = pytest.mark.django_db

CHILD = Identity.Relationship.SUBJECT_CHILD
REAL = RealIdentity(forms=("Quillon Ashby", "Quill"), born="2021-02-03")


@pytest.fixture
def manager() -> Access:
    return a_case()


def entered(
    access: Access, pseudonym: str = "Child K", real: RealIdentity = REAL, kind: str = "person"
) -> Identity:
    return enter(
        access=access,
        kind=Identity.Kind(kind),
        relationship=CHILD,
        pseudonym=pseudonym,
        real=real,
    )


def proposed(access: Access, string: str = "Kerry Wilde") -> NameProposal:
    found = FoundName(string, "person", "police.docx, row 14", "A pair of capitalised words")
    propose(case=access.case, by=access.actor, found=[found])
    return NameProposal.objects.get(case=access.case, state="pending")


def page(access: Access, name: str, *ids: object) -> str:
    return reverse(f"identities:{name}", args=[access.case.reference, *ids])


def sent_form(**given: str) -> dict[str, str]:
    return {"submission": str(uuid.uuid4()), **given}


# Entering and correcting


@pytest.mark.parametrize("pseudonym", ["Child Quill", "quillon ashby", "Ashby family"])
def test_a_pseudonym_never_holds_the_name_or_a_part_of_it(manager: Access, pseudonym: str) -> None:
    with pytest.raises(Invalid, match="pseudonym_names"):
        entered(manager, pseudonym)


def test_a_surname_that_is_an_ordinary_word_does_not_stand_in_the_way(manager: Access) -> None:
    assert entered(manager, "Child K", RealIdentity(forms=("Sam Child",)))


def test_an_organisation_may_be_shown_by_its_kind(manager: Access) -> None:
    real = RealIdentity(forms=("Testshire Police",))
    assert entered(manager, "The Police", real, kind="organisation")


def test_one_pseudonym_stands_for_one_person_also_after_a_correction(manager: Access) -> None:
    entered(manager)
    other = entered(manager, "Child L", RealIdentity(forms=("Bram Vale",)))

    with pytest.raises(Invalid, match="pseudonym_taken"):
        entered(manager, "Child K", RealIdentity(forms=("Cora Vale",)))
    with pytest.raises(Invalid, match="pseudonym_taken"):
        correct(
            access=manager,
            identity=other,
            seen_version=1,
            pseudonym="Child K",
            relationship=CHILD,
            real=RealIdentity(forms=("Bram Vale",)),
        )


def test_a_wrongly_logged_child_is_corrected_and_every_page_follows(manager: Access) -> None:
    identity = entered(manager)

    correct(
        access=manager,
        identity=identity,
        seen_version=1,
        pseudonym="Child K",
        relationship=CHILD,
        real=RealIdentity(forms=("Tamsin Vale",)),
    )

    (known,) = sealed_register(manager.case).identities
    assert known.forms == ("Tamsin Vale",)
    with pytest.raises(EditedElsewhere):
        correct(
            access=manager,
            identity=identity,
            seen_version=1,
            pseudonym="Child K",
            relationship=CHILD,
            real=REAL,
        )


def test_there_is_no_way_to_delete_an_identity(manager: Access) -> None:
    shown = a_browser(manager).get(page(manager, "register")).content.decode()

    assert "never deleted" in shown
    assert "Delete" not in shown


# Reading


def test_every_opening_of_the_register_is_an_event(manager: Access) -> None:
    identity = entered(manager)
    browser = a_browser(manager)

    browser.get(page(manager, "register"))
    browser.get(page(manager, "correct", identity.pk))

    assert Event.objects.filter(name="identities.read", case_id=manager.case.pk).count() == 2


@pytest.mark.parametrize("role", [Role.NOTIFIER, Role.ACTION_OWNER, Role.CORONER])
def test_who_may_not_read_names_finds_no_register(manager: Access, role: Role) -> None:
    member = a_member(manager, role)

    assert a_browser(member).get(page(manager, "register")).status_code in (403, 404)
    with pytest.raises(NotPermitted):
        opened_register(member)


def test_the_lead_reviewer_reads_names_and_changes_none(manager: Access) -> None:
    identity = entered(manager)
    browser = a_browser(a_member(manager, Role.LEAD_REVIEWER))

    shown = browser.get(page(manager, "register")).content.decode()

    assert "Quillon Ashby" in shown
    assert "3 February 2021" in shown
    for name, ids in (("enter", ()), ("correct", (identity.pk,)), ("proposals", ())):
        assert browser.get(page(manager, name, *ids)).status_code == 403, name


def test_an_identity_of_another_case_is_not_found(manager: Access) -> None:
    elsewhere = entered(a_case())

    assert a_browser(manager).get(page(manager, "correct", elsewhere.pk)).status_code == 404


# By pages


def test_a_person_is_entered_and_corrected_on_pages(manager: Access) -> None:
    browser = a_browser(manager)
    given = {"pseudonym": "Child K", "kind": "person", "relationship": "subject_child"}
    given |= {"forms": "Quillon Ashby\nQuill", "born-day": "3", "born-month": "2"}
    browser.post(page(manager, "enter"), sent_form(**given, **{"born-year": "2021"}))
    identity = Identity.objects.get(case=manager.case)

    opened = browser.get(page(manager, "correct", identity.pk)).content.decode()
    assert "Quillon Ashby" in opened
    assert 'value="2021"' in opened

    changed = {"pseudonym": "Child L", "relationship": "sibling", "forms": "Quillon Vale"}
    browser.post(page(manager, "correct", identity.pk), sent_form(version="1", **changed))
    identity.refresh_from_db()
    assert (identity.pseudonym, identity.version) == ("Child L", 2)


def test_two_people_correcting_see_both_texts(manager: Access) -> None:
    identity = entered(manager)
    browser = a_browser(manager)
    changed = {"pseudonym": "Child K", "relationship": "subject_child"}
    address = page(manager, "correct", identity.pk)
    browser.post(address, sent_form(version="1", forms="Saved Vale", **changed))

    answer = browser.post(address, sent_form(version="1", forms="Typed Vale", **changed))

    assert answer.status_code == 409
    assert "Saved Vale" in answer.content.decode()
    assert "Typed Vale" in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"decision": "nobody", "reason": "The name of a street"}, "dismissed"),
        ({"decision": "new", "pseudonym": "Neighbour", "relationship": "other_person"}, "added"),
    ],
)
def test_each_proposed_name_is_decided_by_itself(
    manager: Access, given: dict[str, str], state: str
) -> None:
    proposal = proposed(manager)
    browser = a_browser(manager)
    assert "Kerry Wilde" in browser.get(page(manager, "proposals")).content.decode()

    browser.post(page(manager, "proposal", proposal.pk), sent_form(**given))

    proposal.refresh_from_db()
    assert proposal.state == state
    assert str(proposal.decided_by_id) == manager.actor.id


def test_a_proposed_name_may_be_another_form_of_somebody_known(manager: Access) -> None:
    known, proposal = entered(manager), proposed(manager, "Quilly")

    a_browser(manager).post(
        page(manager, "proposal", proposal.pk),
        sent_form(decision="known", identity=str(known.pk)),
    )

    assert "Quilly" in sealed_register(manager.case).identities[0].forms


def test_dismissing_a_proposed_name_needs_a_reason_and_keeps_what_was_typed(
    manager: Access,
) -> None:
    proposal = proposed(manager)

    answer = a_browser(manager).post(
        page(manager, "proposal", proposal.pk), sent_form(decision="nobody", reason="")
    )

    proposal.refresh_from_db()
    assert proposal.state == "pending"
    assert "Enter why it identifies nobody" in answer.content.decode()


def test_a_double_click_decides_once(manager: Access) -> None:
    proposal, browser = proposed(manager), a_browser(manager)
    given = sent_form(decision="nobody", reason="A street")

    answers = [browser.post(page(manager, "proposal", proposal.pk), given) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]


def test_what_was_dismissed_or_is_known_is_not_proposed_again(manager: Access) -> None:
    entered(manager)
    proposal = proposed(manager)
    found = [
        FoundName(string, "person", "gp.docx", "Again")
        for string in ("Kerry  WILDE", "quillon ashby", "Nell Fern")
    ]

    assert propose(case=manager.case, by=manager.actor, found=found) == 1
    assert proposal.state == "pending"


def test_no_name_stands_in_the_audit(manager: Access) -> None:
    entered(manager)
    proposed(manager)
    a_browser(manager).get(page(manager, "proposals"))

    told = repr(list(Event.objects.filter(case_id=manager.case.pk).values()))
    assert "Quill" not in told
    assert "Kerry" not in told
