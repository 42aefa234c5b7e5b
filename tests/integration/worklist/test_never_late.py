"""What is owed is seen in time: once in the list inside Candour, and by e-mail as a reference."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail as outgoing
from django.core.mail import get_connection
from django.test import Client
from django.urls import reverse
from tests import world

from candour.cases.access import Access
from candour.cases.models import Membership
from candour.cases.services import end_membership
from candour.duties.models import Duty
from candour.duties.services import explain_overdue, fulfil
from candour.kernel import clock
from candour.kernel.errors import Invalid, WrongState
from candour.people.models import User
from candour.people.roles import Role
from candour.platform import mail, worker
from candour.platform.config import config
from candour.platform.models import Job, Mail, Notification
from candour.platform.worker import run_due
from candour.worklist.digests import send_digests
from candour.worklist.models import Reminder, Rhythm
from candour.worklist.reminding import remind
from candour.worklist.selectors import work_of
from candour.worklist.services import (
    arrange_cover,
    choose_rhythm,
    end_cover,
    make_feed,
    revoke_feed,
)

# Tuesday; the notification (five working days) is due on Tuesday 14 May.
STARTED = datetime(2024, 5, 7, 10, 0, tzinfo=UTC)
DUE = date(2024, 5, 14)


@pytest.fixture
def time(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(STARTED, tick=False) as traveller:
        yield traveller


@pytest.fixture
def manager(time: time_machine.Traveller) -> Access:
    return world.an_incident(name="Sam Fictional")


@pytest.fixture
def notifier(manager: Access) -> Access:
    return world.a_member(manager, Role.NOTIFIER)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config(), "smtp_url", "smtp://mail.example:25")
    monkeypatch.setattr(
        mail,
        "mail_server",
        lambda: get_connection("django.core.mail.backends.locmem.EmailBackend"),
    )


def on(traveller: time_machine.Traveller, day: date, hour: int = 9) -> None:
    traveller.move_to(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))


def told(access: Access) -> int:
    return Notification.objects.filter(recipient_id=access.actor.id).count()


def stages(access: Access) -> list[str]:
    rows = Reminder.objects.filter(user_id=access.actor.id, kind="duty")
    return [row.stage for row in rows.order_by("recorded_at")]


# The page


def test_a_person_sees_what_is_theirs_by_day_and_what_others_owe(
    manager: Access, notifier: Access, time: time_machine.Traveller
) -> None:
    reader = world.a_member(manager, Role.SUB_GROUP)

    assert [each.due_on for each in work_of(notifier.actor).this_week] == [DUE] * 2
    assert not work_of(reader.actor).pressing
    on(time, DUE)
    assert len(work_of(notifier.actor).today) == 2
    on(time, DUE + timedelta(days=1))
    assert len(work_of(notifier.actor).overdue) == 2


def test_a_return_is_its_agencys_and_its_manager_waits_for_it(manager: Access) -> None:
    request = world.an_asked_agency(manager)
    signer = world.a_signer(manager, request)

    assert "return" in {each.kind for each in work_of(signer.actor).later}
    assert "return" in {each.kind for each in work_of(manager.actor).waiting_for_others}
    assert "return" not in {each.kind for each in work_of(manager.actor).later}


def test_somebody_who_left_the_case_owes_nothing_on_it(manager: Access, notifier: Access) -> None:
    membership = Membership.objects.get(case=manager.case, user_id=notifier.actor.id)
    end_membership(access=manager, membership=membership, reason="Left")

    assert not work_of(notifier.actor).pressing


def test_the_home_page_groups_what_is_owed(
    manager: Access, notifier: Access, time: time_machine.Traveller
) -> None:
    on(time, DUE + timedelta(days=1))
    page = world.a_browser(notifier).get("/").content.decode()

    assert "Overdue by 1 day" in page
    assert manager.case.reference in page
    assert (
        "Nothing with a day on it is owed by you."
        in world.a_browser(world.a_member(manager, Role.SUB_GROUP)).get("/").content.decode()
    )


# Reminders


def test_a_reminder_comes_two_working_days_before_on_the_day_and_when_late(
    manager: Access, notifier: Access, time: time_machine.Traveller
) -> None:
    Duty.objects.filter(case=manager.case).exclude(code="C1").delete()
    for day in range(7, 23):
        on(time, date(2024, 5, day))
        remind()

    assert stages(notifier) == ["soon", "today", "overdue", "escalated"]
    first = Reminder.objects.filter(user_id=notifier.actor.id).earliest("recorded_at")
    # Two working days before Tuesday 14 May is Friday 10 May.
    assert clock.day_of(first.recorded_at) == date(2024, 5, 10)


def test_reminding_twice_is_reminding_once(
    manager: Access, notifier: Access, time: time_machine.Traveller
) -> None:
    on(time, DUE)
    first = remind()

    assert first > 0
    assert [remind(), remind()] == [0, 0]
    assert told(notifier) == 2


def test_a_reminder_and_its_line_in_the_list_are_there_together_or_not_at_all(
    manager: Access,
    notifier: Access,
    time: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise RuntimeError("killed between the two")

    on(time, DUE)
    monkeypatch.setattr("candour.worklist.reminding.notify", killed)
    with pytest.raises(RuntimeError):
        remind()
    monkeypatch.undo()

    assert not Reminder.objects.exists()
    assert remind() > 0
    assert told(notifier) == 2


def test_what_is_late_by_three_working_days_is_told_to_those_who_oversee(
    manager: Access, notifier: Access, time: time_machine.Traveller
) -> None:
    chair = world.a_member(manager, Role.CHAIR)
    on(time, DUE + timedelta(days=1))
    remind()
    assert told(chair) == 0

    on(time, date(2024, 5, 17))
    remind()
    assert told(chair) > 0


def test_lateness_with_its_reason_recorded_is_not_escalated(
    manager: Access, notifier: Access, time: time_machine.Traveller
) -> None:
    chair = world.a_member(manager, Role.CHAIR)
    on(time, date(2024, 5, 20))
    for duty in Duty.objects.filter(case=manager.case):
        explain_overdue(access=manager, duty=duty, explanation="The police asked us to wait")
    remind()

    assert told(chair) == 0


def test_what_was_done_is_not_reminded_of(
    manager: Access, notifier: Access, time: time_machine.Traveller
) -> None:
    fulfil(access=manager, code="C1")
    fulfil(access=manager, code="C2")
    on(time, DUE)

    assert remind() == 0


# E-mail


def test_an_email_carries_reference_and_link_and_nothing_of_the_case(
    server: None, manager: Access, notifier: Access, time: time_machine.Traveller
) -> None:
    on(time, DUE)
    remind()
    run_due()

    assert outgoing.outbox
    for message in outgoing.outbox:
        assert manager.case.reference in message.subject
        assert "Fictional" not in message.body
        assert "otif" not in message.body.replace("notification", "")
        assert not message.attachments


def test_a_mail_server_that_is_down_loses_nothing(
    server: None,
    manager: Access,
    notifier: Access,
    time: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def down() -> None:
        raise ConnectionRefusedError

    on(time, DUE)
    monkeypatch.setattr(mail, "mail_server", down)
    remind()
    run_due()
    assert told(notifier) == 2
    assert Mail.objects.filter(sent_at__isnull=False).count() == 0

    monkeypatch.setattr(
        mail,
        "mail_server",
        lambda: get_connection("django.core.mail.backends.locmem.EmailBackend"),
    )
    Job.objects.update(run_after=clock.now())
    run_due()
    assert Mail.objects.filter(sent_at__isnull=True).count() == 0


def test_a_worker_killed_between_sending_and_recording_sends_again_under_the_same_message_id(
    server: None,
    manager: Access,
    notifier: Access,
    time: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    on(time, DUE)
    remind()
    job = Job.objects.filter(kind=mail.SEND_MAIL).order_by("pk").first()
    assert job is not None
    real = Mail.save

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Mail, "save", killed)
    with pytest.raises(KeyboardInterrupt):
        worker.do(job)
    monkeypatch.setattr(Mail, "save", real)
    job.refresh_from_db()
    worker.do(job)

    ids = [message.extra_headers["Message-ID"] for message in outgoing.outbox]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert told(notifier) == 2


@pytest.mark.parametrize(
    ("often", "day", "hour", "sent"),
    [
        (Rhythm.Often.DAILY, DUE, 9, 1),
        (Rhythm.Often.DAILY, DUE, 3, 0),
        (Rhythm.Often.DAILY, date(2024, 5, 18), 9, 0),
        (Rhythm.Often.WEEKLY, DUE, 9, 0),
        (Rhythm.Often.WEEKLY, date(2024, 5, 13), 9, 1),
        # Monday 27 May is a bank holiday: the week begins on Tuesday.
        (Rhythm.Often.WEEKLY, date(2024, 5, 27), 9, 0),
        (Rhythm.Often.WEEKLY, date(2024, 5, 28), 9, 1),
    ],
)
def test_a_digest_comes_once_on_its_day_and_takes_the_place_of_single_mails(
    server: None,
    manager: Access,
    notifier: Access,
    time: time_machine.Traveller,
    often: Rhythm.Often,
    day: date,
    hour: int,
    sent: int,
) -> None:
    choose_rhythm(by=notifier.actor, often=often)
    address = User.objects.get(pk=notifier.actor.id).email
    on(time, day, hour)
    remind()
    send_digests()
    send_digests()

    mails = Mail.objects.filter(to=address)
    assert mails.count() == sent
    assert told(notifier) > 0


# Calendar


def test_a_calendar_holds_references_and_days_and_ends_when_it_is_revoked(
    manager: Access, notifier: Access
) -> None:
    path = reverse("worklist:calendar", args=[make_feed(by=notifier.actor)])

    shown = Client().get(path)
    text = shown.content.decode()
    assert shown["Content-Type"].startswith("text/calendar")
    assert f"SUMMARY:Due: {manager.case.reference}" in text
    assert "DTSTART;VALUE=DATE:20240514" in text
    assert not any(word in text for word in ("Fictional", "notif", "Child"))

    revoke_feed(by=notifier.actor)
    assert Client().get(path).status_code == 404
    with pytest.raises(WrongState):
        revoke_feed(by=notifier.actor)


def test_a_new_address_ends_the_old_and_a_closed_account_ends_both(
    manager: Access, notifier: Access
) -> None:
    old, new = (reverse("worklist:calendar", args=[make_feed(by=notifier.actor)]) for _ in range(2))

    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    User.objects.filter(pk=notifier.actor.id).update(is_active=False)
    assert Client().get(new).status_code == 404


# Cover


def test_whoever_covers_is_reminded_where_they_are_on_the_case(
    manager: Access, notifier: Access, time: time_machine.Traveller
) -> None:
    colleague = world.a_member(manager, Role.SUB_GROUP)
    arrange_cover(
        by=notifier.actor,
        covered_by=User.objects.get(pk=colleague.actor.id),
        starts_on=DUE,
        ends_on=DUE,
    )
    on(time, DUE)
    remind()

    assert told(colleague) == told(notifier) == 2


def test_cover_shows_nobody_a_case_they_are_not_on(
    manager: Access, notifier: Access, time: time_machine.Traveller
) -> None:
    elsewhere = world.an_incident(name="Jo Fictional")
    colleague = world.a_member(elsewhere, Role.SUB_GROUP)
    world.a_member(elsewhere, Role.REVIEW_PANEL, User.objects.get(pk=notifier.actor.id))
    arrange_cover(
        by=notifier.actor,
        covered_by=User.objects.get(pk=colleague.actor.id),
        starts_on=DUE,
        ends_on=DUE,
    )
    on(time, DUE)
    remind()

    references = Notification.objects.filter(recipient_id=colleague.actor.id)
    assert manager.case.reference not in references.values_list("subject_reference", flat=True)


def test_cover_is_for_people_who_share_a_case_on_days_in_order(
    manager: Access, notifier: Access
) -> None:
    colleague = User.objects.get(pk=manager.actor.id)
    with pytest.raises(Invalid, match="shares_no_case"):
        arrange_cover(by=notifier.actor, covered_by=world.a_user(), starts_on=DUE, ends_on=DUE)
    with pytest.raises(Invalid, match="days_out_of_order"):
        arrange_cover(
            by=notifier.actor,
            covered_by=colleague,
            starts_on=DUE,
            ends_on=DUE - timedelta(days=1),
        )
    arrange_cover(by=notifier.actor, covered_by=colleague, starts_on=DUE, ends_on=DUE)
    end_cover(by=notifier.actor)
    with pytest.raises(WrongState):
        end_cover(by=notifier.actor)


def test_the_pages_of_reminders_do_what_they_say(manager: Access, notifier: Access) -> None:
    browser = world.a_browser(notifier)
    own = User.objects.get(pk=manager.actor.id)
    typed = {
        "rhythm": {"often": "daily"},
        "feed": {},
        "cover": {
            "covered_by": str(own.pk),
            **{f"starts_on-{part}": value for part, value in _parts(DUE)},
            **{f"ends_on-{part}": value for part, value in _parts(DUE)},
        },
        "revoke": {},
        "cover_ended": {},
    }
    for page, given in typed.items():
        path = reverse(f"worklist:{page}")
        assert browser.get(path).status_code == 200, page
        answer = browser.post(path, {"submission": str(uuid4()), **given})
        assert answer.status_code in (200, 302), (page, answer.content.decode())
        if page == "feed":
            assert "/calendar/" in answer.content.decode()
    for page in ("reminders", "messages"):
        assert browser.get(reverse(f"worklist:{page}")).status_code == 200
    assert browser.post(reverse("worklist:messages_seen")).status_code == 302


def _parts(day: date) -> list[tuple[str, int]]:
    return [("day", day.day), ("month", day.month), ("year", day.year)]
