"""The board answers, actions have owners, and nobody closes their own."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests import world

from candour.analysis.models import Recommendation
from candour.cases.access import Access
from candour.improvement.models import Action, ActionEvidence, Response
from candour.improvement.selectors import actions_owned_by, answers_of, is_overdue
from candour.improvement.services import (
    Planned,
    add_evidence,
    change_action,
    close_action,
    record_impact,
    respond,
    set_action,
)
from candour.kernel import clock
from candour.kernel.errors import EditedElsewhere, Invalid, NotPermitted, WrongState
from candour.people.models import User
from candour.people.roles import Role

pytestmark = pytest.mark.django_db

TOKEN = "7f8b1a1e-4b3f-4f57-9a53-0f1c1a9b8e{:02}"


@pytest.fixture
def manager() -> Access:
    manager = world.an_incident()
    for number in (1, 2):
        Recommendation.objects.create(
            case=manager.case,
            number=number,
            text=f"Ask about sleep {number}",
            addressee="The board",
        )
    return manager


@pytest.fixture
def owner() -> User:
    return world.a_user("Olu Owner")


def asked(manager: Access, number: int = 1) -> Recommendation:
    return Recommendation.objects.get(case=manager.case, number=number)


def planned(owner: User, days: int = 30) -> Planned:
    return Planned(
        text="Teach every health visitor",
        owner=owner,
        due_on=clock.today() + timedelta(days=days),
        intended_outcome="Every infant sleeps where it is safest",
    )


@pytest.fixture
def action(manager: Access, owner: User) -> Action:
    return set_action(access=manager, recommendation=asked(manager), planned=planned(owner))


def close(access: Access, action: Action, days: int = 90) -> Action:
    return close_action(
        access=access,
        action=Action.objects.get(pk=action.pk),
        seen_version=Action.objects.get(pk=action.pk).version,
        reasons="The records of ten visits",
        impact_review_on=clock.today() + timedelta(days=days),
    )


def test_an_action_is_closed_on_evidence_by_somebody_other_than_its_owner(
    manager: Access, owner: User, action: Action
) -> None:
    with pytest.raises(WrongState, match="evidence_missing"):
        close(manager, action)
    theirs = world.access_for(owner, manager.case)
    add_evidence(access=theirs, action=action, note="Half of them taught", is_progress=True)
    with pytest.raises(WrongState, match="evidence_missing"):
        close(manager, action)
    add_evidence(access=theirs, action=action, note="All taught", where="Training records")
    closed = close(manager, action)
    assert closed.closed_by_id != owner.pk
    assert closed.impact_review_on


def test_an_owner_who_may_close_actions_still_may_not_close_their_own(manager: Access) -> None:
    chair = world.a_member(manager, Role.CHAIR)
    own = set_action(
        access=manager,
        recommendation=asked(manager),
        planned=planned(User.objects.get(pk=chair.actor.id)),
    )
    add_evidence(access=chair, action=own, note="Done")
    with pytest.raises(NotPermitted, match="closed_by_owner"):
        close(chair, own)


def test_an_action_is_not_closed_without_a_coming_day_for_its_impact(
    manager: Access, action: Action
) -> None:
    add_evidence(access=manager, action=action, note="Done")
    with pytest.raises(Invalid, match="impact_date_missing"):
        close(manager, action, days=0)


def test_impact_is_looked_at_only_after_closing(manager: Access, action: Action) -> None:
    with pytest.raises(WrongState, match="action_open"):
        record_impact(access=manager, action=action, seen_version=1, found="Nothing yet")
    add_evidence(access=manager, action=action, note="Done")
    closed = close(manager, action)
    found = record_impact(
        access=manager, action=closed, seen_version=closed.version, found="Audit shows it"
    )
    assert found.impact_found == "Audit shows it"


def test_an_action_without_an_outcome_for_children_is_refused(manager: Access, owner: User) -> None:
    empty = Planned("Do it", owner, clock.today(), intended_outcome=" ")
    with pytest.raises(Invalid, match="recommendation_incomplete"):
        set_action(access=manager, recommendation=asked(manager), planned=empty)


def test_the_owner_comes_onto_the_case_and_sees_their_own_actions_alone(
    manager: Access, owner: User, action: Action
) -> None:
    set_action(
        access=manager, recommendation=asked(manager, 2), planned=planned(world.a_user("Other"))
    )
    theirs = world.access_for(owner, manager.case)
    (only,) = answers_of(theirs)
    assert [each.pk for each in only.actions] == [action.pk]
    assert [each.pk for each in actions_owned_by(theirs.actor)] == [action.pk]
    assert len(answers_of(manager)) == 2


def test_what_is_past_its_day_is_overdue_until_it_is_closed(manager: Access, owner: User) -> None:
    late = set_action(
        access=manager, recommendation=asked(manager), planned=planned(owner, days=-1)
    )
    assert is_overdue(late)
    add_evidence(access=manager, action=late, note="Done")
    assert not is_overdue(close(manager, late))


def test_a_change_of_an_action_keeps_its_reason(
    manager: Access, owner: User, action: Action
) -> None:
    with pytest.raises(Invalid, match="reasons_missing"):
        change_action(
            access=manager, action=action, seen_version=1, planned=planned(owner), reason=""
        )
    change_action(
        access=manager, action=action, seen_version=1, planned=planned(owner, 60), reason="Funding"
    )
    assert ActionEvidence.objects.get().note == "Changed: Funding"


def test_two_people_answering_one_recommendation_lose_nothing(manager: Access) -> None:
    told = {
        "access": manager,
        "recommendation": asked(manager),
        "answer": Response.Answer.ACCEPTED,
        "responded_on": clock.today(),
    }
    respond(text="We accept this.", **told)
    with pytest.raises(EditedElsewhere):
        respond(text="So do I.", **told)
    assert Response.objects.get().text == "We accept this."


def test_the_response_and_an_action_are_written_on_their_pages(
    manager: Access, owner: User
) -> None:
    case = {"reference": manager.case.reference}
    browser = world.a_browser(manager)
    today = clock.today()
    day = {"day": str(today.day), "month": str(today.month), "year": str(today.year)}
    answer = {
        "answer": "accepted",
        "text": "We accept this.",
        **{f"responded_on-{part}": value for part, value in day.items()},
        "version": 0,
        "submission": "",
    }
    page = reverse("improvement:respond", kwargs={**case, "number": 1})
    assert browser.post(page, answer).status_code == 302
    late = browser.post(page, {**answer, "text": "Typed by another."})
    assert late.status_code == 409
    assert "We accept this." in late.content.decode()
    assert "Typed by another." in late.content.decode()
    plan = {
        "text": "Teach everybody",
        "owner": str(owner.pk),
        "agency": "",
        **{f"due_on-{part}": value for part, value in day.items()},
        "intended_outcome": "Children are asked",
        "submission": TOKEN.format(1),
    }
    page = reverse("improvement:set_action", kwargs={**case, "number": 1})
    assert browser.post(page, plan).status_code == 302
    shown = browser.get(reverse("improvement:response", kwargs=case)).content.decode()
    assert "We accept this." in shown
    assert "Teach everybody" in shown
    theirs = world.a_browser(world.access_for(owner, manager.case))
    assert "Teach everybody" in theirs.get(reverse("improvement:mine")).content.decode()


def test_the_owner_adds_evidence_on_the_page_and_finds_no_button_to_close(
    manager: Access, owner: User, action: Action
) -> None:
    address = {"reference": manager.case.reference, "action_id": action.pk}
    theirs = world.a_browser(world.access_for(owner, manager.case))
    told = {
        "is_progress": "evidence",
        "note": "All taught",
        "where": "Records",
        "submission": TOKEN.format(2),
    }
    page = reverse("improvement:evidence", kwargs=address)
    assert theirs.post(page, told).status_code == 302
    shown = theirs.get(reverse("improvement:action", kwargs=address)).content.decode()
    assert "All taught" in shown
    assert "Close the action" not in shown
    assert theirs.get(reverse("improvement:close", kwargs=address)).status_code == 403
    closing = world.a_browser(manager).get(reverse("improvement:close", kwargs=address))
    assert closing.status_code == 200


def test_another_owners_action_is_not_found(manager: Access, action: Action) -> None:
    other = world.a_user("Other Owner")
    set_action(access=manager, recommendation=asked(manager, 2), planned=planned(other))
    address = {"reference": manager.case.reference, "action_id": action.pk}
    browser = world.a_browser(world.access_for(other, manager.case))
    assert browser.get(reverse("improvement:action", kwargs=address)).status_code == 404
