"""The register of reviewers, and independence tested along the whole line of every body."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from tests import world

from candour.cases.access import Access
from candour.engines.statute import independence
from candour.kernel.errors import EditedElsewhere, Invalid, NotPermitted
from candour.oversight.models import Reviewer
from candour.oversight.services.register import (
    POINTS,
    Profile,
    add_past_review,
    change_reviewer,
    enter_reviewer,
    give_feedback,
)
from candour.people.models import Agency, User
from candour.people.roles import Role
from candour.reviews.declarations import Declared
from candour.reviews.reviewers import declare_independence
from candour.reviews.selectors import review_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Access:
    return world.an_incident()


@pytest.fixture
def known(manager: Access) -> Reviewer:
    return enter_reviewer(
        by=manager.actor,
        partnership=manager.case.lead_partnership,
        profile=Profile("Robin Example", "Twelve reviews", ("LT", "SILP")),
    )


def strong() -> dict[str, str]:
    return {key: "strong" for key, _ in POINTS}


def declared(body: str) -> Declared:
    return Declared(
        engagements=(independence.Engagement(body, "employed", date(2010, 1, 1), None),),
        case_involvement=independence.CaseInvolvement.NONE,
        relation=independence.Relation.NONE,
        commissioner_role=independence.CommissionerRole.NONE,
        commissioner_until=None,
        same_board_reviews=0,
        published_view=independence.PublishedView.NONE,
    )


# Independence


@pytest.mark.parametrize("worked_for", ["Old Trust", "Present Trust", "New Trust"])
def test_work_for_a_predecessor_or_a_successor_is_work_for_the_body(
    manager: Access, worked_for: str
) -> None:
    home = manager.case.lead_partnership
    old, present, new = (
        world.an_agency(home, name) for name in ("Old Trust", "Present Trust", "New Trust")
    )
    Agency.objects.filter(pk=present.pk).update(predecessor=old)
    Agency.objects.filter(pk=new.pk).update(predecessor=present)
    world.an_agency_in_scope(manager, "Present Trust")

    judged = declare_independence(
        access=manager,
        review=review_of(manager),
        user=world.a_user(),
        declared=declared(worked_for),
    )

    assert judged.result == "conflict"


def test_a_line_of_bodies_that_loops_is_judged_and_ends(manager: Access) -> None:
    home = manager.case.lead_partnership
    one, other = world.an_agency(home, "One"), world.an_agency(home, "Other")
    Agency.objects.filter(pk=one.pk).update(predecessor=other)
    Agency.objects.filter(pk=other.pk).update(predecessor=one)
    world.an_agency_in_scope(manager, "One")

    judged = declare_independence(
        access=manager,
        review=review_of(manager),
        user=world.a_user(),
        declared=declared("Elsewhere"),
    )

    assert judged.result == "independent"


def test_a_declaration_is_judged_anew_when_a_body_comes_into_scope(manager: Access) -> None:
    world.an_agency_in_scope(manager, "One")
    judged = declare_independence(
        access=manager,
        review=review_of(manager),
        user=world.a_user(),
        declared=declared("Later Trust"),
    )
    assert judged.result == "independent"

    world.an_agency_in_scope(manager, "Later Trust")

    judged.refresh_from_db()
    assert judged.result == "conflict"


# The register


def test_the_register_is_kept_and_read_by_those_who_commission(
    manager: Access, known: Reviewer
) -> None:
    member = world.an_appointment(Role.SUB_GROUP, manager.case.lead_partnership)
    chair = world.an_appointment(Role.CHAIR, manager.case.lead_partnership)

    with pytest.raises(NotPermitted):
        give_feedback(
            by=world.actor(member), reviewer=known, about="One", found=strong(), words="Good"
        )
    assert give_feedback(
        by=world.actor(chair), reviewer=known, about="One", found=strong(), words="Good"
    )


def test_feedback_is_on_every_point_with_words_and_on_nobodys_own_work(
    manager: Access, known: Reviewer
) -> None:
    by = manager.actor
    with pytest.raises(Invalid, match="points_missing"):
        give_feedback(by=by, reviewer=known, about="One", found={"time": "weak"}, words="Late")
    with pytest.raises(Invalid, match="reasons_missing"):
        give_feedback(by=by, reviewer=known, about="One", found=strong(), words=" ")
    Reviewer.objects.filter(pk=known.pk).update(user=User.objects.get(pk=by.id))
    known.refresh_from_db()
    with pytest.raises(NotPermitted, match="own_work"):
        give_feedback(by=by, reviewer=known, about="One", found=strong(), words="Good")


def test_a_name_stands_once_and_two_people_who_edit_lose_nothing(
    manager: Access, known: Reviewer
) -> None:
    home = manager.case.lead_partnership
    with pytest.raises(Invalid, match="reviewer_known"):
        enter_reviewer(by=manager.actor, partnership=home, profile=Profile("robin EXAMPLE"))
    changed = Profile("Robin Example", capacity="One other review")
    change_reviewer(by=manager.actor, reviewer=known, seen_version=1, profile=changed)
    with pytest.raises(EditedElsewhere):
        change_reviewer(by=manager.actor, reviewer=known, seen_version=1, profile=changed)


def test_a_past_review_is_one_that_was_published(manager: Access, known: Reviewer) -> None:
    with pytest.raises(Invalid, match="year_odd"):
        add_past_review(
            by=manager.actor, reviewer=known, title="Child T", board="A board", year=1066
        )


def test_the_pages_of_the_register_do_what_they_say(manager: Access, known: Reviewer) -> None:
    browser = world.a_browser(manager)
    home = str(manager.case.lead_partnership_id)
    steps = [
        (
            reverse("oversight:enter_reviewer"),
            {"partnership": home, "name": "Sam Other", "methods": ["LT"]},
        ),
        (
            reverse("oversight:change_reviewer", args=[known.pk]),
            {"partnership": home, "name": "Robin Example", "version": "1"},
        ),
        (
            reverse("oversight:past_review", args=[known.pk]),
            {"title": "Child T", "board": "A board", "year": "2015"},
        ),
        (
            reverse("oversight:feedback", args=[known.pk]),
            {"about": "Child T", "words": "Plain and fair", **strong()},
        ),
    ]
    for path, typed in steps:
        assert browser.get(path).status_code == 200, path
        answer = browser.post(path, {"submission": str(uuid4()), **typed})
        assert answer.status_code == 302, (path, answer.content.decode()[-2500:])
    shown = browser.get(reverse("oversight:reviewer", args=[known.pk])).content.decode()
    assert "Plain and fair" in shown
    assert browser.get(reverse("oversight:reviewers")).status_code == 200
    elsewhere = world.a_browser(world.an_incident(world.a_partnership("Elsewhere Partnership")))
    assert elsewhere.get(reverse("oversight:reviewer", args=[known.pk])).status_code == 404
