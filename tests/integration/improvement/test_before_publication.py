"""What the review recommends stays with those who read the analysis until it is published."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from tests import world

from candour.analysis.models import Recommendation
from candour.analysis.services import writing
from candour.archive import storage
from candour.cases.access import Access
from candour.improvement.services import Planned, set_action
from candour.kernel import clock
from candour.people.models import User
from candour.people.roles import PartnerBody, Role

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

TEXT = "Ask where every infant sleeps"
OUTSIDE = [
    Role.AGENCY_AUTHOR,
    Role.NOTIFIER,
    Role.POLICE_LIAISON,
    Role.CORONER,
    Role.PANEL_ADVISER,
    Role.ACTION_OWNER,
    Role.COMMUNICATIONS_LEAD,
]


@pytest.fixture
def manager(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Access]:
    monkeypatch.setattr(storage, "archive_folder", lambda: tmp_path)
    manager = world.an_incident()
    world.a_report(manager)
    recommended(manager)
    return manager


def recommended(manager: Access) -> Recommendation:
    reviewer = world.a_member(manager, Role.LEAD_REVIEWER)
    finding = writing.add_finding(access=reviewer, words=writing.FindingWords("Nobody asked"))
    words = writing.RecommendationWords(text=TEXT, addressee="The partnership")
    return writing.add_recommendation(access=reviewer, words=words, findings=[finding])


def page_of(access: Access, page: str = "response", *args: object) -> str:
    address = reverse(f"improvement:{page}", args=[access.case.reference, *args])
    return world.a_browser(access).get(address).content.decode()


def an_action(manager: Access, owner: User) -> None:
    set_action(
        access=manager,
        recommendation=Recommendation.objects.get(),
        planned=Planned("Change the form", owner, clock.today() + timedelta(days=9), "Safer sleep"),
    )


@pytest.mark.parametrize("role", OUTSIDE)
def test_an_unpublished_recommendation_is_shown_to_nobody_who_may_not_read_the_analysis(
    manager: Access, role: Role
) -> None:
    an_action(manager, world.a_user("Somebody Else"))
    outside = world.a_member(manager, role, agency=world.an_agency())

    page = page_of(outside)
    assert TEXT not in page
    assert "Change the form" not in page
    assert TEXT in page_of(world.a_member(manager, Role.REVIEW_PANEL))


def test_the_owner_of_an_action_sees_what_it_answers_and_no_other(manager: Access) -> None:
    owner = world.a_user("Olu Owner")
    an_action(manager, owner)

    assert TEXT in page_of(world.access_for(owner, manager.case))


def test_once_published_the_recommendations_stand_open_to_all_on_the_case(
    manager: Access,
) -> None:
    world.a_published_report(manager)

    assert TEXT in page_of(world.a_member(manager, Role.AGENCY_AUTHOR, agency=world.an_agency()))
    assert TEXT in page_of(world.a_member(manager, Role.COMMUNICATIONS_LEAD))


def test_the_overview_counts_only_actions_that_the_person_may_see(manager: Access) -> None:
    an_action(manager, world.a_user("Somebody Else"))
    notifier = world.a_member(manager, Role.NOTIFIER)
    address = reverse("case", args=[manager.case.reference])

    assert "1 of 1 action" not in world.a_browser(notifier).get(address).content.decode()
    partner = world.a_member(manager, Role.LEAD_PARTNER, partner_body=PartnerBody.POLICE)
    assert "1 of 1 action" in world.a_browser(partner).get(address).content.decode()
