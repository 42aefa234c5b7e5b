"""What is held back for a trial is not done, unless it is on record why it goes ahead."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from tests import world

from candour.cases.access import Access
from candour.contributions.models import Conversation, FamilyContribution, PractitionerEvent
from candour.contributions.services import hearing_family as family
from candour.contributions.services import hearing_practitioners as practitioners
from candour.identities.models import Identity
from candour.identities.sealed import RealIdentity
from candour.identities.services import enter
from candour.kernel import clock
from candour.kernel.errors import Invalid, WrongState
from candour.people.roles import Role
from candour.reviews.models import AgreedException, HeldActivity, ParallelProceeding
from candour.reviews.services import (
    GoesAhead,
    Stands,
    Waiting,
    hold_activity,
    lift_activity,
    record_proceeding,
)

pytestmark = pytest.mark.django_db
Held = HeldActivity.Kind
AGREED = GoesAhead(AgreedException.Basis.AGREED, "The senior investigating officer, by telephone")


@pytest.fixture
def manager() -> Access:
    return world.a_case()


@pytest.fixture
def reviewer(manager: Access) -> Access:
    return world.a_member(manager, Role.LEAD_REVIEWER)


def held_back(manager: Access, kind: HeldActivity.Kind, since: int = 0) -> HeldActivity:
    """Something of this kind waits for a trial, since so many days ago."""
    trial = record_proceeding(
        access=manager, kind=ParallelProceeding.Kind.CRIMINAL, now=Stands("Listed")
    )
    waiting = Waiting(
        kind=kind,
        activity="Speaking with a witness of the trial",
        reason="Evidence",
        agreed_with="The prosecutor",
        interim_learning="Sleep advice goes out now",
        held_on=days_ago(since),
    )
    return hold_activity(access=manager, proceeding=trial, waiting=waiting)


def days_ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def invited(reviewer: Access, goes_ahead: GoesAhead | None = None) -> Conversation:
    return practitioners.invite_practitioner(
        access=reviewer, role_label="Teacher", invited_on=clock.today(), goes_ahead=goes_ahead
    )


def explained(reviewer: Access, conversation: Conversation, days: int = 0) -> Conversation:
    return practitioners.explain_limits(
        access=reviewer,
        conversation=conversation,
        seen_version=conversation.version,
        explained_on=days_ago(days),
    )


def recorded(
    reviewer: Access, heard: Conversation, days: int = 0, goes_ahead: GoesAhead | None = None
) -> Conversation:
    return practitioners.record_conversation(
        access=reviewer,
        conversation=heard,
        seen_version=heard.version,
        held_on=days_ago(days),
        words="I was worried",
        goes_ahead=goes_ahead,
    )


def approached(manager: Access, goes_ahead: GoesAhead | None = None) -> FamilyContribution:
    mother = enter(
        access=manager,
        kind=Identity.Kind.PERSON,
        relationship=Identity.Relationship.MOTHER,
        pseudonym="Mother",
        real=RealIdentity(forms=("Jo Invented",)),
    )
    begun = family.begin_with_family_member(
        access=manager, identity=mother, safe_contact_rule="Through her advocate"
    )
    return family.record_approach(
        access=manager,
        contribution=begun,
        seen_version=begun.version,
        approached_on=clock.today(),
        approached_how="Through the advocate",
        goes_ahead=goes_ahead,
    )


def an_event(reviewer: Access, goes_ahead: GoesAhead | None = None) -> PractitionerEvent:
    details = practitioners.EventDetails(held_on=clock.today(), attendees_by_role="Two teachers")
    return practitioners.record_practitioner_event(
        access=reviewer, details=details, goes_ahead=goes_ahead
    )


@pytest.mark.parametrize(
    ("kind", "act"),
    [(Held.CONVERSATION, invited), (Held.EVENT, an_event)],
)
def test_what_is_held_back_is_refused_until_it_is_on_record_why_it_goes_ahead(
    manager: Access,
    reviewer: Access,
    kind: HeldActivity.Kind,
    act: Callable[..., Conversation | PractitionerEvent],
) -> None:
    held = held_back(manager, kind)
    with pytest.raises(WrongState, match="activity_held_back"):
        act(reviewer)
    assert not Conversation.objects.exists()
    assert not PractitionerEvent.objects.exists()
    done = act(reviewer, AGREED)
    noted = AgreedException.objects.get(held=held)
    assert (noted.subject, noted.words, str(noted.by_id)) == (
        done.pk,
        AGREED.words,
        reviewer.actor.id,
    )


def test_other_activities_go_on(manager: Access, reviewer: Access) -> None:
    held_back(manager, Held.EVENT)
    assert invited(reviewer)
    assert approached(manager)


def test_a_family_member_is_approached_only_with_the_agreement_on_record(
    manager: Access, reviewer: Access
) -> None:
    held_back(manager, Held.FAMILY)
    with pytest.raises(WrongState, match="activity_held_back"), transaction.atomic():
        approached(manager)
    approached(manager, AGREED)
    met = FamilyContribution.objects.get()
    family.record_family_words(
        access=reviewer, contribution=met, seen_version=met.version, words="I asked for help"
    )
    assert AgreedException.objects.count() == 1, "said once, it holds for this person"


def test_a_conversation_before_it_was_held_back_is_recorded_as_it_was(
    manager: Access, reviewer: Access
) -> None:
    heard = explained(reviewer, invited(reviewer), days=9)
    held_back(manager, Held.CONVERSATION, since=5)
    assert recorded(reviewer, heard, days=6).words


def test_a_conversation_while_it_was_held_back_needs_the_agreement_even_afterwards(
    manager: Access, reviewer: Access
) -> None:
    heard = explained(reviewer, invited(reviewer), days=9)
    held = held_back(manager, Held.CONVERSATION, since=5)
    lift_activity(
        access=manager,
        held=held,
        seen_version=held.version,
        lifted_on=days_ago(1),
        reasons="The trial is over",
    )
    assert invited(reviewer), "from the day on which it goes on nothing waits"
    with pytest.raises(WrongState, match="activity_held_back"):
        recorded(reviewer, heard, days=3)
    assert recorded(reviewer, heard, days=1).words


def test_an_agreement_without_words_is_none(manager: Access, reviewer: Access) -> None:
    held_back(manager, Held.CONVERSATION)
    with pytest.raises(Invalid, match="reasons_missing"):
        invited(reviewer, GoesAhead(AgreedException.Basis.NOT_MEANT, " "))
    assert not Conversation.objects.exists()


def test_the_page_says_what_is_held_keeps_what_was_typed_and_takes_the_agreement(
    manager: Access, reviewer: Access
) -> None:
    where = reverse("contributions:invite", args=[manager.case.reference])
    browser = world.a_browser(reviewer)
    assert "although it is held back" not in browser.get(where).content.decode()
    held_back(manager, Held.CONVERSATION)
    assert "Speaking with a witness of the trial" in browser.get(where).content.decode()
    today = clock.today()
    told = {
        "role_label": "Nursery worker",
        **{f"invited_on-{part}": getattr(today, part) for part in ("day", "month", "year")},
        "submission": str(uuid.uuid4()),
    }
    refused = browser.post(where, told)
    assert refused.status_code == 422
    assert "Nursery worker" in refused.content.decode()
    assert "Held back for criminal proceedings" in refused.content.decode()
    goes = {"basis": "not_meant", "why": "She is not a witness"}
    assert browser.post(where, {**told, **goes}).status_code == 302
    beside = world.a_browser(manager).get(reverse("reviews:beside", args=[manager.case.reference]))
    assert "She is not a witness" in beside.content.decode()
