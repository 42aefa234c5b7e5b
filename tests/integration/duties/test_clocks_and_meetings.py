"""Clocks are explained and never stopped; meetings are convened and minuted."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from tests.world import a_browser, a_member, a_notified_incident, an_agency, an_incident

from candour.audit.models import Event
from candour.cases.access import Access
from candour.duties.meetings import Minutes, convene, minute
from candour.duties.models import Duty, Meeting, Status
from candour.duties.selectors import duties_of, owed_across
from candour.duties.services import fulfil, start_duty
from candour.duties.states import move
from candour.kernel import clock
from candour.kernel.errors import EditedElsewhere, Invalid, NotPermitted, WrongState
from candour.people.roles import Role


@pytest.fixture
def time(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2024, 5, 7, 10, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def manager(time: time_machine.Traveller) -> Access:
    return an_incident()


def sent_form(**given: str) -> dict[str, str]:
    return {"submission": str(uuid.uuid4()), **given}


def page(access: Access, name: str, *ids: object) -> str:
    return reverse(f"duties:{name}", args=[access.case.reference, *ids])


def a_meeting(manager: Access, agenda: str = "The referral") -> Meeting:
    return convene(
        access=manager,
        body=Meeting.Body.SUB_GROUP,
        title="Screening",
        held_on=clock.today(),
        agenda=agenda,
    )


# Clocks


def test_starting_a_clock_twice_from_one_day_is_starting_it_once(manager: Access) -> None:
    first = Duty.objects.get(case=manager.case, code="C1")

    again = start_duty(
        access=manager, code="C1", starts=clock.today(), owed_by="The council", owed_to="Others"
    )

    assert again == first


def test_meeting_a_duty_is_recorded_once_for_each_that_is_open(manager: Access) -> None:
    assert fulfil(access=manager, code="C1") == 1
    assert fulfil(access=manager, code="C1") == 0


def test_what_is_owed_across_cases_is_only_what_is_still_open_on_ones_own(manager: Access) -> None:
    elsewhere = an_incident(by=None)
    fulfil(access=manager, code="C1")

    owed = owed_across(a_member(manager, Role.SUB_GROUP).actor)

    assert [each.duty.code for each in owed] == ["C2"]
    assert elsewhere.case not in [each.duty.case for each in owed]


@pytest.mark.parametrize(
    ("days", "word"),
    [(0, "Due"), (7, "Due today"), (8, "Overdue")],
)
def test_a_clock_says_how_it_stands(
    manager: Access, time: time_machine.Traveller, days: int, word: str
) -> None:
    time.shift(timedelta(days=days))

    standing = next(each for each in duties_of(manager) if each.duty.code == "C1")

    assert standing.word == word


def test_an_overdue_clock_is_explained_on_the_page_and_stays_overdue(
    manager: Access, time: time_machine.Traveller
) -> None:
    time.shift(timedelta(days=20))
    duty = Duty.objects.get(case=manager.case, code="C1")
    browser = a_browser(manager)
    assert (
        page(manager, "explain", duty.pk) in browser.get(page(manager, "clocks")).content.decode()
    )

    answer = browser.post(
        page(manager, "explain", duty.pk), sent_form(explanation="Came to light late"), follow=True
    )

    shown = answer.content.decode()
    assert "Overdue, explained" in shown
    assert "Came to light late" in shown
    assert "working day 5" in shown
    assert Event.objects.filter(name="duties.explained", subject=str(duty.pk)).exists()


def test_the_reason_for_lateness_is_not_for_agencies(
    manager: Access, time: time_machine.Traveller
) -> None:
    time.shift(timedelta(days=20))
    duty = Duty.objects.get(case=manager.case, code="C1")
    a_browser(manager).post(
        page(manager, "explain", duty.pk), sent_form(explanation="Staff were on leave")
    )
    author = a_browser(a_member(manager, Role.AGENCY_AUTHOR, agency=an_agency()))

    shown = author.get(page(manager, "clocks"))

    assert shown.status_code == 200
    assert "Staff were on leave" not in shown.content.decode()
    assert author.get(page(manager, "explain", duty.pk)).status_code == 403


def test_the_clock_page_says_what_alone_would_change_a_clock(manager: Access) -> None:
    shown = a_browser(manager).get(page(manager, "clocks")).content.decode()

    assert "Only a correction of that day would move it" in shown


# How the case has moved


def test_a_step_nobody_may_take_leaves_no_trace(manager: Access) -> None:
    with pytest.raises(WrongState, match="actor_not_permitted"):
        move(access=manager, target="NOT_NOTIFIED", facts={"reasons": "yes"})

    assert not Status.objects.exists()


def test_the_history_names_each_step_and_keeps_reasons_from_those_who_read_no_decision(
    manager: Access,
) -> None:
    a_notified_incident(manager)
    Status.objects.update(reasons="Because the post-mortem said so")

    whole = a_browser(manager).get(page(manager, "history")).content.decode()
    notifier = a_browser(a_member(manager, Role.NOTIFIER)).get(page(manager, "history"))

    assert "Notifying the Panel" in whole
    assert "post-mortem" in whole
    assert "Notifying the Panel" in notifier.content.decode()
    assert "post-mortem" not in notifier.content.decode()


# Meetings


def test_a_meeting_is_convened_and_minuted_on_its_pages(manager: Access) -> None:
    browser = a_browser(manager)
    given = {"title": "Screening", "body": "sub_group", "held_on-day": "8"}
    given |= {"held_on-month": "5", "held_on-year": "2024"}
    assert (
        "Screening"
        in browser.post(page(manager, "convene"), sent_form(**given), follow=True).content.decode()
    )
    meeting = Meeting.objects.get(case=manager.case)

    written = sent_form(version="1", minutes="Heard", decisions="Recommend", dissent="Health")
    answer = browser.post(page(manager, "minute", meeting.pk), written, follow=True)

    assert "Health" in answer.content.decode()


def test_two_people_minuting_see_both_texts(manager: Access) -> None:
    meeting = a_meeting(manager)
    minute(access=manager, meeting=meeting, seen_version=1, minutes=Minutes(minutes="First"))

    answer = a_browser(manager).post(
        page(manager, "minute", meeting.pk), sent_form(version="1", minutes="Second")
    )

    assert answer.status_code == 409
    assert "First" in answer.content.decode()
    assert "Second" in answer.content.decode()
    with pytest.raises(EditedElsewhere):
        minute(access=manager, meeting=meeting, seen_version=1, minutes=Minutes(minutes="Third"))


def test_who_only_reads_decisions_convenes_nothing(manager: Access) -> None:
    member = a_member(manager, Role.SUB_GROUP)

    with pytest.raises(NotPermitted):
        a_meeting(member)
    assert a_browser(member).get(page(manager, "meetings")).status_code == 200
    assert a_browser(member).get(page(manager, "convene")).status_code == 403


def test_a_meeting_has_a_title(manager: Access) -> None:
    with pytest.raises(Invalid, match="title_missing"):
        convene(
            access=manager,
            body=Meeting.Body.BOARD,
            title=" ",
            held_on=clock.today(),
            agenda="",
        )


def test_meetings_are_not_for_the_notifier_nor_for_other_cases(manager: Access) -> None:
    meeting = a_meeting(manager)
    notifier = a_browser(a_member(manager, Role.NOTIFIER))
    assert notifier.get(page(manager, "meetings")).status_code == 404

    other = an_incident()
    assert a_browser(other).get(page(other, "meeting", meeting.pk)).status_code == 404
    assert a_browser(other).get(page(other, "minute", meeting.pk)).status_code == 404
