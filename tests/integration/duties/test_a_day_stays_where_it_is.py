"""A day once counted moves by nobody's silence; lateness has a reason and an approver."""

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from tests import world

from candour.cases.access import Access
from candour.duties.models import Duty
from candour.duties.recounting import (
    approve_lateness,
    count_again,
    day_of_today,
    happened_to,
)
from candour.duties.services import explain_overdue
from candour.engines.statute.rulefiles import use_local_rules
from candour.kernel.errors import Invalid, NotPermitted, WrongState
from candour.people.roles import PartnerBody, Role

# C1 of an incident known on Tuesday 7 May 2024 falls on Tuesday 14 May.
HOLIDAY = '[[day]]\nday = 2024-05-10\nchange = "holiday_added"\nreason = "Proclaimed on 8 May"\n'


@pytest.fixture
def time(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2024, 5, 7, 10, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def manager(time: time_machine.Traveller) -> Access:
    return world.an_incident()


@pytest.fixture
def proclaimed(tmp_path: Path) -> Iterator[Path]:
    """A holiday of the local calendar, from when the test asks for it."""
    (tmp_path / "calendar.toml").write_text(HOLIDAY, encoding="utf-8")
    yield tmp_path
    use_local_rules(None)


def the_clock(access: Access, code: str = "C1") -> Duty:
    return Duty.objects.get(case=access.case, code=code)


def test_a_holiday_proclaimed_later_moves_no_day_by_itself(
    manager: Access, proclaimed: Path
) -> None:
    assert day_of_today(the_clock(manager)) is None
    use_local_rules(proclaimed)
    duty = the_clock(manager)
    assert duty.due_on == date(2024, 5, 14)
    assert day_of_today(duty) == date(2024, 5, 15)
    browser = world.a_browser(manager)
    text = browser.get(reverse("duties:clocks", args=[manager.case.reference])).content.decode()
    assert "Counted today it would fall on 15 May 2024; it stays where it is." in text


def test_a_named_person_counts_it_again_with_a_reason_and_the_day_before_is_kept(
    manager: Access, proclaimed: Path
) -> None:
    with pytest.raises(WrongState, match="nothing_changes"):
        count_again(access=manager, duty=the_clock(manager), reasons="To be sure")
    use_local_rules(proclaimed)
    with pytest.raises(Invalid, match="reasons_missing"):
        count_again(access=manager, duty=the_clock(manager), reasons=" ")
    where = reverse("duties:count_again", args=[manager.case.reference, the_clock(manager).pk])
    sent = {"reasons": "The holiday of 10 May", "submission": str(uuid.uuid4())}
    assert world.a_browser(manager).post(where, sent).status_code == 302
    moved = the_clock(manager)
    assert moved.due_on == date(2024, 5, 15)
    assert "The holiday of 10 May" in moved.counted[-1]
    assert [each.what for each in happened_to(manager, moved)] == [
        "Started",
        "Counted again on the calendar of the day",
    ]


def test_a_day_that_has_passed_is_never_moved(
    manager: Access, proclaimed: Path, time: time_machine.Traveller
) -> None:
    use_local_rules(proclaimed)
    time.move_to(datetime(2024, 5, 15, 10, 0, tzinfo=UTC), tick=False)
    with pytest.raises(WrongState, match="day_past"):
        count_again(access=manager, duty=the_clock(manager), reasons="The holiday of 10 May")


def test_lateness_is_approved_by_somebody_who_decides_and_not_by_whoever_explained_it(
    manager: Access, time: time_machine.Traveller
) -> None:
    partner = world.a_member(manager, Role.LEAD_PARTNER, partner_body=PartnerBody.POLICE)
    with pytest.raises(WrongState, match="nothing_explained"):
        approve_lateness(access=partner, duty=the_clock(manager))
    time.move_to(datetime(2024, 6, 3, 10, 0, tzinfo=UTC), tick=False)
    explain_overdue(access=partner, duty=the_clock(manager), explanation="The post-mortem was late")
    with pytest.raises(WrongState, match="own_reason"):
        approve_lateness(access=partner, duty=the_clock(manager))
    with pytest.raises(WrongState, match="actor_not_permitted"):
        approve_lateness(access=manager, duty=the_clock(manager))
    other = world.a_member(manager, Role.LEAD_PARTNER, partner_body=PartnerBody.HEALTH)

    approve_lateness(access=other, duty=the_clock(manager))

    assert the_clock(manager).approved_by_id is not None
    assert the_clock(manager).fulfilled_at is None
    explain_overdue(access=manager, duty=the_clock(manager), explanation="Another reason")
    assert the_clock(manager).approved_at is None


def test_the_page_of_a_clock_shows_its_count_and_what_happened(
    manager: Access, time: time_machine.Traveller
) -> None:
    time.move_to(datetime(2024, 6, 3, 10, 0, tzinfo=UTC), tick=False)
    duty = the_clock(manager)
    explain_overdue(access=manager, duty=duty, explanation="The post-mortem was late")
    chair = world.a_member(manager, Role.CHAIR)
    browser = world.a_browser(chair)
    where = reverse("duties:clock", args=[manager.case.reference, duty.pk])
    text = browser.get(where).content.decode()
    for words in ("working day 5", "Lateness explained", "The post-mortem was late", "Nobody yet"):
        assert words in text
    approving = reverse("duties:approve", args=[manager.case.reference, duty.pk])
    assert approving in text
    sent = {"sure": "on", "submission": str(uuid.uuid4())}
    assert browser.post(approving, sent).status_code == 302
    assert "Lateness approved" in browser.get(where).content.decode()


def test_only_those_who_decide_reach_the_page_that_approves(manager: Access) -> None:
    duty = the_clock(manager)
    where = reverse("duties:approve", args=[manager.case.reference, duty.pk])
    answer = world.a_browser(manager).get(where)
    assert answer.status_code in (403, 404)
    with pytest.raises((NotPermitted, WrongState)):
        approve_lateness(access=manager, duty=duty)
