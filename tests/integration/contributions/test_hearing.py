"""People are heard in their own words, which count only once they have agreed them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from tests import world

from candour.audit.models import Event
from candour.cases.access import Access
from candour.contributions.models import Conversation, FamilyContribution, PractitionerEvent
from candour.contributions.selectors import agreed_conversations, agreed_family, conversations_of
from candour.contributions.services import hearing_family as family
from candour.contributions.services import hearing_practitioners as practitioners
from candour.identities.models import Identity
from candour.identities.sealed import RealIdentity
from candour.identities.services import enter
from candour.kernel import clock
from candour.kernel.errors import EditedElsewhere, Hidden, Invalid, NotPermitted, WrongState
from candour.people.roles import Role
from candour.platform.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Access:
    return world.a_case()


@pytest.fixture
def reviewer(manager: Access) -> Access:
    return world.a_member(manager, Role.LEAD_REVIEWER)


@pytest.fixture
def invited(reviewer: Access) -> Conversation:
    return practitioners.invite_practitioner(
        access=reviewer, role_label="Health visitor", invited_on=clock.today()
    )


def step(conversation: Conversation) -> dict[str, object]:
    return {"conversation": conversation, "seen_version": conversation.version}


def recorded(reviewer: Access, conversation: Conversation) -> Conversation:
    explained = practitioners.explain_limits(
        access=reviewer, explained_on=clock.today(), **step(conversation)
    )
    return practitioners.record_conversation(
        access=reviewer, held_on=clock.today(), words="I was worried", **step(explained)
    )


def test_accounts_are_numbered_in_the_case(reviewer: Access, invited: Conversation) -> None:
    second = practitioners.invite_practitioner(
        access=reviewer, role_label="Teacher", invited_on=clock.today()
    )
    assert [str(invited), str(second)] == ["practitioner account 1", "practitioner account 2"]


def test_nothing_is_recorded_before_the_limits_of_confidentiality_were_explained(
    reviewer: Access, invited: Conversation
) -> None:
    with pytest.raises(WrongState, match="limits_not_explained"):
        practitioners.record_conversation(
            access=reviewer, held_on=clock.today(), words="I was worried", **step(invited)
        )


def test_limits_are_not_explained_after_the_conversation(
    reviewer: Access, invited: Conversation
) -> None:
    explained = practitioners.explain_limits(
        access=reviewer, explained_on=clock.today(), **step(invited)
    )
    with pytest.raises(Invalid, match="limits_too_late"):
        practitioners.record_conversation(
            access=reviewer,
            held_on=clock.today() - timedelta(days=1),
            words="Earlier",
            **step(explained),
        )


def test_words_are_cited_only_once_the_person_has_agreed_them(
    reviewer: Access, invited: Conversation
) -> None:
    held = recorded(reviewer, invited)
    assert not agreed_conversations(reviewer)
    practitioners.agree_conversation(access=reviewer, agreed_on=clock.today(), **step(held))
    assert list(agreed_conversations(reviewer)) == [held]


def test_corrected_words_are_to_be_agreed_again(reviewer: Access, invited: Conversation) -> None:
    held = recorded(reviewer, invited)
    agreed = practitioners.agree_conversation(
        access=reviewer, agreed_on=clock.today(), **step(held)
    )
    corrected = practitioners.correct_conversation(
        access=reviewer, words="I was very worried", corrections="“very”", **step(agreed)
    )
    assert corrected.agreed_on is None
    assert not agreed_conversations(reviewer)


def test_two_reviewers_do_not_overwrite_each_other(reviewer: Access, invited: Conversation) -> None:
    held = recorded(reviewer, invited)
    practitioners.correct_conversation(access=reviewer, words="First", corrections="", **step(held))
    with pytest.raises(EditedElsewhere):
        practitioners.correct_conversation(
            access=reviewer, conversation=held, seen_version=held.version, words="x", corrections=""
        )


def test_why_a_conversation_did_not_take_place_is_kept(
    reviewer: Access, invited: Conversation
) -> None:
    with pytest.raises(Invalid):
        practitioners.record_not_held(access=reviewer, reason=" ", **step(invited))
    done = practitioners.record_not_held(access=reviewer, reason="Declined", **step(invited))
    assert done.not_held_reason == "Declined"


@pytest.mark.parametrize(
    "role",
    [Role.AGENCY_AUTHOR, Role.SIGNING_OFF_MANAGER, Role.BUSINESS_MANAGER, Role.CHAIR, Role.CORONER],
)
def test_no_employer_and_nobody_but_the_reviewers_reads_an_account(
    manager: Access, reviewer: Access, invited: Conversation, role: Role
) -> None:
    recorded(reviewer, invited)
    agency = world.an_agency_in_scope(manager)
    other = world.a_member(manager, role, agency=agency)
    with pytest.raises(NotPermitted):
        conversations_of(other)
    browser = world.a_browser(other)
    place = f"/cases/{manager.case.reference}/practitioners/"
    for path in ("", "invite/", f"{invited.pk}/", f"{invited.pk}/record/"):
        assert browser.get(place + path).status_code == 404, path


def test_reading_accounts_is_an_event(reviewer: Access, invited: Conversation) -> None:
    list(conversations_of(reviewer))
    assert Event.objects.filter(
        name="contributions.conversations_read", actor=reviewer.actor.reference
    ).exists()


def test_a_practitioner_event_says_who_came_by_role(reviewer: Access) -> None:
    with pytest.raises(Invalid):
        practitioners.record_practitioner_event(
            access=reviewer, details=practitioners.EventDetails(held_on=clock.today())
        )
    event = practitioners.record_practitioner_event(
        access=reviewer,
        details=practitioners.EventDetails(
            held_on=clock.today(), attendees_by_role="Two health visitors"
        ),
    )
    details = practitioners.EventDetails(held_on=clock.today(), attendees_by_role="Three")
    practitioners.amend_practitioner_event(
        access=reviewer, event=event, seen_version=1, details=details
    )
    with pytest.raises(EditedElsewhere):
        practitioners.amend_practitioner_event(
            access=reviewer, event=event, seen_version=1, details=details
        )


# The family


def a_relative(manager: Access, pseudonym: str, name: str) -> Identity:
    return enter(
        access=manager,
        kind=Identity.Kind.PERSON,
        relationship=Identity.Relationship.OTHER_RELATIVE,
        pseudonym=pseudonym,
        real=RealIdentity(forms=(name,)),
    )


@pytest.fixture
def mother(manager: Access) -> FamilyContribution:
    return family.begin_with_family_member(
        access=manager,
        identity=a_relative(manager, "Mother", "Canary Fictional"),
        safe_contact_rule="Never by post: she shares the address",
    )


def on(contribution: FamilyContribution) -> dict[str, object]:
    return {"contribution": contribution, "seen_version": contribution.version}


def approached(access: Access, contribution: FamilyContribution) -> FamilyContribution:
    return family.record_approach(
        access=access,
        approached_on=clock.today(),
        approached_how="The lead reviewer, by telephone",
        **on(contribution),
    )


def test_a_persons_record_begins_with_the_safe_contact_rule(manager: Access) -> None:
    person = a_relative(manager, "Father", "Someone Fictional")
    with pytest.raises(Invalid, match="rule_missing"):
        family.begin_with_family_member(access=manager, identity=person, safe_contact_rule=" ")


def test_a_person_has_one_record(manager: Access, mother: FamilyContribution) -> None:
    with pytest.raises(Invalid, match="already_begun"):
        family.begin_with_family_member(
            access=manager, identity=mother.identity, safe_contact_rule="By telephone"
        )


def test_a_person_of_another_case_cannot_be_heard_here(manager: Access) -> None:
    elsewhere = world.a_case(world.a_partnership("Elsewhere Partnership"))
    stranger = a_relative(elsewhere, "Mother", "Other Fictional")
    with pytest.raises(Hidden):
        family.begin_with_family_member(
            access=manager, identity=stranger, safe_contact_rule="By telephone"
        )


def test_not_approaching_somebody_needs_reasons_and_keeps_who_decided(
    manager: Access, mother: FamilyContribution
) -> None:
    with pytest.raises(Invalid):
        family.decide_not_to_approach(access=manager, reason=" ", **on(mother))
    decided = family.decide_not_to_approach(access=manager, reason="A trial", **on(mother))
    assert str(decided.not_approached_by_id) == manager.actor.id


def test_an_approach_takes_the_place_of_the_decision_against_it(
    manager: Access, mother: FamilyContribution
) -> None:
    decided = family.decide_not_to_approach(access=manager, reason="A trial", **on(mother))
    met = approached(manager, decided)
    assert (met.not_approached_reason, met.not_approached_by) == ("", None)
    with pytest.raises(WrongState, match="already_approached"):
        family.decide_not_to_approach(access=manager, reason="A trial", **on(met))


def test_words_are_recorded_by_the_reviewers_after_an_approach(
    manager: Access, reviewer: Access, mother: FamilyContribution
) -> None:
    with pytest.raises(WrongState, match="not_approached"):
        family.record_family_words(access=reviewer, words="He loved trains", **on(mother))
    met = approached(reviewer, mother)
    with pytest.raises(NotPermitted):
        family.record_family_words(access=manager, words="He loved trains", **on(met))
    assert family.record_family_words(access=reviewer, words="He loved trains", **on(met)).words


def test_a_familys_words_are_cited_only_once_read_back_and_agreed(
    reviewer: Access, mother: FamilyContribution
) -> None:
    told = family.record_family_words(
        access=reviewer, words="He loved trains", **on(approached(reviewer, mother))
    )
    today = clock.today()
    heard = family.record_reading_back(
        access=reviewer, read_back_on=today, agreed=False, **on(told)
    )
    assert heard.read_back_on == today
    assert not agreed_family(reviewer)
    agreed = family.record_reading_back(
        access=reviewer, read_back_on=today, agreed=True, **on(heard)
    )
    assert list(agreed_family(reviewer)) == [mother]
    family.record_family_words(access=reviewer, words="He loved buses", **on(agreed))
    assert not agreed_family(reviewer)


def test_no_message_goes_to_anybody(
    manager: Access, reviewer: Access, mother: FamilyContribution, invited: Conversation
) -> None:
    recorded(reviewer, invited)
    family.record_family_words(access=reviewer, words="Words", **on(approached(reviewer, mother)))
    assert not mail.outbox
    assert not Job.objects.exists()


@pytest.mark.parametrize("role", [Role.AGENCY_AUTHOR, Role.SIGNING_OFF_MANAGER, Role.NOTIFIER])
def test_agencies_find_no_family_record(
    manager: Access, mother: FamilyContribution, role: Role
) -> None:
    agency = world.an_agency_in_scope(manager)
    browser = world.a_browser(world.a_member(manager, role, agency=agency))
    place = f"/cases/{manager.case.reference}/family/"
    for path in ("", "begin/", f"{mother.pk}/", f"{mother.pk}/words/"):
        assert browser.get(place + path).status_code == 404, path


# Through the pages


def once() -> dict[str, str]:
    return {"submission": str(uuid4())}


def today(name: str) -> dict[str, str]:
    day = clock.today()
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }


@pytest.fixture
def browser(reviewer: Access) -> Client:
    return world.a_browser(reviewer)


def test_an_account_goes_from_invitation_to_agreement_through_its_pages(
    browser: Client, manager: Access
) -> None:
    place = f"/cases/{manager.case.reference}/practitioners/"
    sent = {"role_label": "Teacher", "agency": "", **today("invited_on"), **once()}
    assert browser.post(place + "invite/", sent).status_code == 302
    account = Conversation.objects.get()
    steps = {
        "limits/": today("explained_on"),
        "record/": {**today("held_on"), "words": "I rang twice"},
        "correct/": {"words": "I rang three times", "corrections": "three, not twice"},
        "agree/": today("agreed_on"),
    }
    for version, (path, fields) in enumerate(steps.items(), start=1):
        address = f"{place}{account.pk}/{path}"
        assert browser.get(address).status_code == 200
        sent = {**fields, "version": str(version), **once()}
        assert browser.post(address, sent).status_code == 302, path
    text = browser.get(f"{place}{account.pk}/").content.decode()
    assert "I rang three times" in text
    assert "Agreed on" in browser.get(place).content.decode()


def test_an_event_is_recorded_and_amended_through_its_pages(
    browser: Client, manager: Access
) -> None:
    place = f"/cases/{manager.case.reference}/practitioners/"
    sent = {**today("held_on"), "attendees_by_role": "Two teachers", **once()}
    assert browser.post(place + "events/add/", sent).status_code == 302
    event = PractitionerEvent.objects.get()
    address = f"{place}events/{event.pk}/"
    assert "Two teachers" in browser.get(address).content.decode()
    sent = {**today("held_on"), "attendees_by_role": "Three teachers", "version": "1", **once()}
    assert browser.post(address, sent).status_code == 302
    again = browser.post(address, {**sent, **once()})
    assert again.status_code == 409


def test_every_page_about_a_person_opens_with_the_safe_contact_rule_and_shows_no_name(
    browser: Client, manager: Access, reviewer: Access, mother: FamilyContribution
) -> None:
    told = family.record_family_words(
        access=reviewer, words="He loved trains", **on(approached(reviewer, mother))
    )
    place = f"/cases/{manager.case.reference}/family/"
    for path in ("", "safe-contact/", "approach/", "not-approached/", "words/", "read-back/"):
        text = browser.get(f"{place}{told.pk}/{path}").content.decode()
        assert "Never by post: she shares the address" in text, path
        assert "Canary" not in text, path


def test_nobodys_words_stand_on_the_list_or_on_another_relatives_page(
    browser: Client, manager: Access, reviewer: Access, mother: FamilyContribution
) -> None:
    family.record_family_words(
        access=reviewer, words="He loved trains", **on(approached(reviewer, mother))
    )
    father = family.begin_with_family_member(
        access=manager,
        identity=a_relative(manager, "Father", "Someone Fictional"),
        safe_contact_rule="By telephone",
    )
    place = f"/cases/{manager.case.reference}/family/"
    for path in ("", f"{father.pk}/", f"{father.pk}/words/", "begin/"):
        assert "He loved trains" not in browser.get(place + path).content.decode(), path


def test_a_family_member_is_heard_through_the_pages(
    browser: Client, manager: Access, reviewer: Access
) -> None:
    person = a_relative(manager, "Grandmother", "Nan Fictional")
    place = f"/cases/{manager.case.reference}/family/"
    sent = {"identity": str(person.pk), "safe_contact_rule": "By telephone", **once()}
    assert browser.post(place + "begin/", sent).status_code == 302
    held = FamilyContribution.objects.get()
    steps = {
        "approach/": {**today("approached_on"), "approached_how": "A visit"},
        "words/": {"words": "He loved trains"},
        "read-back/": {**today("read_back_on"), "agreed": "yes"},
    }
    for version, (path, fields) in enumerate(steps.items(), start=1):
        sent = {**fields, "version": str(version), **once()}
        assert browser.post(f"{place}{held.pk}/{path}", sent).status_code == 302, path
    assert list(agreed_family(reviewer)) == [held]
