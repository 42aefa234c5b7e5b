"""A standing body decides when it is quorate; conflicts, dissent and deputies are on record."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from tests import world

from candour.cases.access import Access
from candour.duties.bodies import (
    add_body_member,
    agree_body_terms,
    end_body_member,
    found_body,
    members_on,
)
from candour.duties.deciding import (
    Came,
    finish_meeting_action,
    record_meeting_decision,
    set_meeting_action,
    take_attendance,
)
from candour.duties.meetings import convene
from candour.duties.models import Attendance, BodyMember, Meeting, MeetingAction, StandingBody
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import Hidden, Invalid, NotPermitted, WrongState
from candour.people.models import User
from candour.people.roles import Role

PRESENT, APOLOGIES = Attendance.How.PRESENT, Attendance.How.APOLOGIES


@pytest.fixture(autouse=True)
def day(db: None) -> Iterator[None]:
    with time_machine.travel(datetime(2024, 5, 7, 10, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def manager() -> Access:
    return world.an_incident()


@pytest.fixture
def body(manager: Access) -> StandingBody:
    return found_body(
        by=manager.actor,
        partnership=manager.case.lead_partnership,
        kind=Meeting.Body.SUB_GROUP,
        name="SCR sub-group",
        quorum=2,
    )


@pytest.fixture
def members(manager: Access, body: StandingBody) -> list[BodyMember]:
    return [a_place(manager.actor, body, f"Member {number}") for number in range(3)]


@pytest.fixture
def meeting(manager: Access, body: StandingBody, members: list[BodyMember]) -> Meeting:
    return convene(
        access=manager,
        body=Meeting.Body.SUB_GROUP,
        title="Screening",
        held_on=clock.today(),
        agenda="The referral",
        standing_body=body,
    )


def a_place(
    by: Actor, body: StandingBody, name: str, deputy_for: BodyMember | None = None
) -> BodyMember:
    return add_body_member(
        by=by,
        body=body,
        user=world.an_appointment(Role.SUB_GROUP, body.partnership, world.a_user(name)),
        capacity="Designated doctor",
        starts_on=clock.today() - timedelta(days=100),
        deputy_for=deputy_for,
    )


def decided(manager: Access, meeting: Meeting) -> object:
    return record_meeting_decision(access=manager, meeting=meeting, text="A review is advised")


def test_a_body_that_is_not_quorate_decides_nothing(
    manager: Access, meeting: Meeting, members: list[BodyMember]
) -> None:
    with pytest.raises(WrongState, match="not_quorate"):
        decided(manager, meeting)
    take_attendance(access=manager, meeting=meeting, came={members[0].pk: Came(PRESENT)})
    with pytest.raises(WrongState, match="1 of the 2"):
        decided(manager, meeting)

    take_attendance(access=manager, meeting=meeting, came={members[1].pk: Came(PRESENT)})
    assert decided(manager, meeting)


def test_who_withdraws_for_a_conflict_does_not_count_and_says_why(
    manager: Access, meeting: Meeting, members: list[BodyMember]
) -> None:
    with pytest.raises(Invalid, match="conflict_missing"):
        take_attendance(
            access=manager, meeting=meeting, came={members[0].pk: Came(PRESENT, "", True)}
        )
    take_attendance(
        access=manager,
        meeting=meeting,
        came={
            members[0].pk: Came(PRESENT, "Managed the team", True),
            members[1].pk: Came(PRESENT, "Knows the school", False),
        },
    )

    with pytest.raises(WrongState, match="not_quorate"):
        decided(manager, meeting)


def test_a_deputy_counts_for_the_member_and_only_once(
    manager: Access, meeting: Meeting, body: StandingBody, members: list[BodyMember]
) -> None:
    deputy = a_place(manager.actor, body, "Deputy Example", members[0])
    came = {members[0].pk: Came(PRESENT), deputy.pk: Came(PRESENT)}
    take_attendance(access=manager, meeting=meeting, came=came)
    with pytest.raises(WrongState, match="not_quorate"):
        decided(manager, meeting)

    came = {members[0].pk: Came(APOLOGIES), deputy.pk: Came(PRESENT), members[1].pk: Came(PRESENT)}
    take_attendance(access=manager, meeting=meeting, came=came)
    assert decided(manager, meeting)


def test_only_those_who_sat_there_that_day_stand_in_the_register(
    manager: Access, meeting: Meeting, body: StandingBody, members: list[BodyMember]
) -> None:
    end_body_member(by=manager.actor, member=members[2], ends_on=clock.today() - timedelta(days=1))

    with pytest.raises(Invalid, match="not_a_member"):
        take_attendance(access=manager, meeting=meeting, came={members[2].pk: Came(PRESENT)})
    assert members[2] in members_on(body, clock.today() - timedelta(days=1))


def test_decisions_are_numbered_and_keep_their_dissent(
    manager: Access, meeting: Meeting, members: list[BodyMember]
) -> None:
    came = {member.pk: Came(PRESENT) for member in members}
    take_attendance(access=manager, meeting=meeting, came=came)
    decided(manager, meeting)
    second = record_meeting_decision(
        access=manager, meeting=meeting, text="By July", dissent="Health: too soon"
    )

    assert (second.number, second.dissent) == (2, "Health: too soon")
    page = world.a_browser(manager).get(
        reverse("duties:meeting", args=[manager.case.reference, meeting.pk])
    )
    assert "Dissent: Health: too soon" in page.content.decode()
    assert "Quorate: 3 counted, 2 needed." in page.content.decode()


def test_an_action_is_its_owners_until_it_is_done(manager: Access, meeting: Meeting) -> None:
    owner = world.a_member(manager, Role.SUB_GROUP)
    stranger = world.a_member(manager, Role.REVIEW_PANEL)
    action = set_meeting_action(
        access=manager,
        meeting=meeting,
        text="Ask the school",
        owner=User.objects.get(pk=owner.actor.id),
        due_on=clock.today() + timedelta(days=3),
    )

    with pytest.raises(NotPermitted):
        finish_meeting_action(access=stranger, action=action, note="Done")
    assert finish_meeting_action(access=owner, action=action, note="Asked").done_at
    with pytest.raises(WrongState):
        finish_meeting_action(access=owner, action=action, note="Again")


def test_terms_of_reference_are_followed_by_new_ones_and_never_changed(
    manager: Access, body: StandingBody
) -> None:
    for text in ("First", "Second"):
        agree_body_terms(by=manager.actor, body=body, text=text, agreed_on=clock.today())

    assert [(each.number, each.text) for each in body.terms.all()] == [(2, "Second"), (1, "First")]


def test_a_body_is_kept_by_its_own_partnerships_manager_and_meets_on_its_own_cases(
    manager: Access, body: StandingBody
) -> None:
    elsewhere = world.an_incident(world.a_partnership("Elsewhere Partnership"))

    with pytest.raises(NotPermitted):
        agree_body_terms(by=elsewhere.actor, body=body, text="Ours", agreed_on=clock.today())
    with pytest.raises(Hidden):
        convene(
            access=elsewhere,
            body=Meeting.Body.SUB_GROUP,
            title="Screening",
            held_on=clock.today(),
            agenda="",
            standing_body=body,
        )
    path = reverse("duties:standing_body", args=[body.pk])
    assert world.a_browser(elsewhere).get(path).status_code == 404


def test_a_place_on_a_body_gives_access_to_no_case(
    manager: Access, members: list[BodyMember]
) -> None:
    with pytest.raises(Hidden):
        world.access_for(members[0].user, manager.case)


def test_the_pages_of_a_body_and_its_meeting_do_what_they_say(
    manager: Access, meeting: Meeting, body: StandingBody, members: list[BodyMember]
) -> None:
    browser, case = world.a_browser(manager), manager.case.reference
    newcomer = world.an_appointment(Role.SUB_GROUP, body.partnership, world.a_user("New Example"))
    today = {"day": 7, "month": 5, "year": 2024}
    register = {f"how_{member.pk}": "present" for member in members}
    steps = [
        (reverse("duties:register", args=[case, meeting.pk]), register),
        (reverse("duties:decide", args=[case, meeting.pk]), {"text": "A review is advised"}),
        (
            reverse("duties:set_action", args=[case, meeting.pk]),
            {"text": "Ask", "owner": manager.actor.id, **dated("due_on", today)},
        ),
        (
            reverse("duties:body_terms", args=[body.pk]),
            {"text": "To screen", **dated("agreed_on", today)},
        ),
        (
            reverse("duties:add_member", args=[body.pk]),
            {"person": str(newcomer.pk), "capacity": "Police", **dated("starts_on", today)},
        ),
        (
            reverse("duties:end_member", args=[body.pk, members[0].pk]),
            dated("ends_on", today),
        ),
        (
            reverse("duties:found_body"),
            {
                "partnership": str(body.partnership_id),
                "name": "Review panel",
                "kind": "review_panel",
                "quorum": "3",
            },
        ),
    ]
    for path, typed in steps:
        assert browser.get(path).status_code == 200, path
        answer = browser.post(path, {"submission": str(uuid4()), **typed})
        assert answer.status_code == 302, (path, answer.content.decode()[-3000:])
    action = MeetingAction.objects.get()
    done = reverse("duties:action_done", args=[case, meeting.pk, action.pk])
    assert browser.post(done, {"submission": str(uuid4()), "note": "Done"}).status_code == 302
    assert browser.get(reverse("duties:standing_bodies")).status_code == 200
    assert browser.get(reverse("duties:standing_body", args=[body.pk])).status_code == 200


def dated(name: str, day: dict[str, int]) -> dict[str, object]:
    return {f"{name}-{part}": value for part, value in day.items()}
