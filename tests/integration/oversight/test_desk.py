"""A desk sees what was sent to it and nothing else; its letters are advice, and counted."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests import world

from candour.cases.access import Access
from candour.duties.models import Letter
from candour.incidents.services.decision import standing_decision
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, NotPermitted, WrongState
from candour.oversight import selectors
from candour.oversight.models import DeskLetter, NationalBody, Notified, PackSent, Paper, PaperKind
from candour.oversight.papers import age_band
from candour.oversight.policies import desks_of
from candour.oversight.services.advising import write_to_partnership
from candour.oversight.services.bodies import add_body, end_place, give_place, succeed
from candour.oversight.services.receiving import receive_pack
from candour.oversight.services.sending import send_pack
from candour.people.models import User
from candour.people.roles import Role
from candour.platform.models import Notification
from candour.platform.worker import run_due


@pytest.fixture(autouse=True)
def day(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2024, 5, 7, 10, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def administrator() -> User:
    return world.an_appointment(Role.ADMINISTRATOR)


@pytest.fixture
def panel(administrator: User) -> NationalBody:
    return a_body(administrator, "The national panel", date(2018, 6, 29))


@pytest.fixture
def adviser(administrator: User, panel: NationalBody) -> User:
    user = world.a_user("Adviser Example")
    give_place(by=world.actor(administrator), desk=panel, user=user)
    return user


@pytest.fixture
def manager() -> Access:
    access = world.an_incident(name="Sam Fictional")
    world.a_notified_incident(access)
    return access


def a_body(administrator: User, name: str, began_on: date, desk: bool = True) -> NationalBody:
    return add_body(
        by=world.actor(administrator),
        name=name,
        kind=NationalBody.Kind.PANEL,
        began_on=began_on,
        has_desk=desk,
    )


def sent(manager: Access, panel: NationalBody, kind: PaperKind, words: str = "") -> PackSent:
    pack = send_pack(access=manager, body=panel, kind=kind, words=words)
    run_due()
    return pack


def a_letter(adviser: User, outcome: DeskLetter.Outcome = DeskLetter.Outcome.QUERIES) -> DeskLetter:
    letter = write_to_partnership(
        by=world.actor(adviser),
        notified=Notified.objects.get(),
        outcome=outcome,
        text="Please say more about the school.",
        reply_due_on=clock.today() + timedelta(days=10),
    )
    run_due()
    return letter


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    from candour.people.second_factor import confirm

    confirm(session, user)
    session.save()
    return client


# What arrives


def test_a_desk_knows_a_case_by_what_was_sent_and_not_before(
    manager: Access, panel: NationalBody, adviser: User
) -> None:
    assert not Notified.objects.exists()

    sent(manager, panel, PaperKind.NOTIFICATION)

    row = Notified.objects.get()
    assert row.case_reference == manager.case.reference
    assert row.nature == "DEATH"
    assert row.outcome == ""
    assert [child.age_band for child in row.children.all()] == ["1_to_5"]


def test_no_name_of_the_register_goes_to_a_desk(manager: Access, panel: NationalBody) -> None:
    from candour.incidents.models import Incident

    Incident.objects.filter(case=manager.case).update(outline="Sam Fictional was found at home.")

    sent(manager, panel, PaperKind.NOTIFICATION)

    told = json.dumps(list(Paper.objects.values("content", "words")))
    assert "Fictional" not in told
    assert "was found at home" in told


def test_a_pack_arrives_once_however_often_the_worker_is_killed(
    manager: Access, panel: NationalBody
) -> None:
    pack = sent(manager, panel, PaperKind.NOTIFICATION)

    again = [receive_pack(pack.pk) for _ in range(3)]

    assert {paper.pk for paper in again} == {Paper.objects.get().pk}


def test_what_is_written_after_sending_is_not_seen(manager: Access, panel: NationalBody) -> None:
    from candour.incidents.models import Incident

    sent(manager, panel, PaperKind.NOTIFICATION)
    Incident.objects.filter(case=manager.case).update(outline="Written later")

    assert "Written later" not in json.dumps(Paper.objects.get().content)


def test_nothing_can_be_sent_that_is_not_there_yet(manager: Access, panel: NationalBody) -> None:
    for kind in set(PaperKind) - {PaperKind.NOTIFICATION, PaperKind.REPLY}:
        with pytest.raises(WrongState):
            send_pack(access=manager, body=panel, kind=kind)
    with pytest.raises(Invalid, match="words"):
        send_pack(access=manager, body=panel, kind=PaperKind.REPLY)


def test_to_a_body_without_a_desk_somebody_says_how_it_went(
    manager: Access, administrator: User
) -> None:
    body = a_body(administrator, "Elsewhere", date(2018, 1, 1), desk=False)

    with pytest.raises(Invalid, match="how"):
        send_pack(access=manager, body=body, kind=PaperKind.NOTIFICATION)
    pack = send_pack(
        access=manager, body=body, kind=PaperKind.NOTIFICATION, sent_how="By secure e-mail"
    )
    run_due()

    assert not pack.to_desk
    assert not Notified.objects.exists()


@pytest.mark.parametrize(
    ("age", "band"),
    [("0", "under_1"), ("1", "1_to_5"), ("5", "1_to_5"), ("17", "16_to_17"), ("24", "18_and_over"),
     ("unborn", "unborn"), ("", "not_known")],
)  # fmt: skip
def test_ages_become_the_bands_of_the_panels_reports(age: str, band: str) -> None:
    assert age_band(age) == band


# Letters


def test_a_letter_of_the_desk_arrives_with_the_case_once_and_its_manager_is_told(
    manager: Access, panel: NationalBody, adviser: User
) -> None:
    sent(manager, panel, PaperKind.NOTIFICATION)

    letter = a_letter(adviser)
    run_due()

    arrived = Letter.objects.get(case=manager.case)
    assert arrived.delivery == letter.pk
    assert arrived.reply_due_on == letter.reply_due_on
    told = Notification.objects.get(recipient_id=manager.actor.id)
    assert told.subject_reference == manager.case.reference


def test_a_reply_closes_the_letter_it_answers(
    manager: Access, panel: NationalBody, adviser: User
) -> None:
    sent(manager, panel, PaperKind.NOTIFICATION)
    letter = a_letter(adviser)
    arrived = Letter.objects.get(case=manager.case)

    send_pack(
        access=manager, body=panel, kind=PaperKind.REPLY, words="The school says…", answers=arrived
    )
    run_due()

    letter.refresh_from_db()
    row = Notified.objects.get()
    assert letter.answered_by is not None
    assert (row.standing, row.reply_due_on) == ("received", None)
    assert not selectors.desk_letters_waiting(manager)


def test_a_challenge_is_counted_every_time_and_never_changes_the_decision(
    panel: NationalBody, adviser: User
) -> None:
    manager = decided_not_to_review()
    sent(manager, panel, PaperKind.NOTIFICATION)
    sent(manager, panel, PaperKind.DECISION)
    before = standing_decision(manager.case)

    for _ in range(2):
        a_letter(adviser, DeskLetter.Outcome.RECONSIDER)
        sent(manager, panel, PaperKind.DECISION)

    row = Notified.objects.get()
    assert row.challenges == 2
    assert row.standing == Notified.Standing.KEPT
    assert standing_decision(manager.case) == before
    assert row.outcome == "none"


def decided_not_to_review() -> Access:
    from candour.incidents.models import Recommendation, ReviewDecision

    manager = world.an_incident(name="Jo Fictional")
    world.a_notified_incident(manager)
    ReviewDecision.objects.create(
        case=manager.case,
        outcome=Recommendation.Outcome.NONE,
        reasons="The criteria are not met",
        decided_on=clock.today(),
        stands_from=clock.now(),
        recorded_by_id=manager.actor.id,
    )
    return manager


def test_a_letter_that_asks_needs_a_day_and_a_decision_to_think_over(
    manager: Access, panel: NationalBody, adviser: User
) -> None:
    sent(manager, panel, PaperKind.NOTIFICATION)
    row, by = Notified.objects.get(), world.actor(adviser)

    with pytest.raises(Invalid, match="day"):
        write_to_partnership(by=by, notified=row, outcome=DeskLetter.Outcome.QUERIES, text="Why?")
    with pytest.raises(WrongState, match="not_decided"):
        write_to_partnership(
            by=by,
            notified=row,
            outcome=DeskLetter.Outcome.RECONSIDER,
            text="Think again",
            reply_due_on=clock.today() + timedelta(days=3),
        )
    with pytest.raises(WrongState, match="not_proposed"):
        write_to_partnership(
            by=by, notified=row, outcome=DeskLetter.Outcome.NON_PUBLICATION, text="Publish"
        )


def test_the_desk_owes_its_letter_within_the_working_days_of_the_body(
    panel: NationalBody, adviser: User
) -> None:
    manager = decided_not_to_review()
    sent(manager, panel, PaperKind.DECISION)

    # Fifteen working days from Tuesday 7 May 2024, over the bank holiday of 27 May.
    assert Notified.objects.get().desk_owes_on == date(2024, 5, 29)


# Who is at the desk


def test_somebody_without_a_place_finds_no_desk(manager: Access, panel: NationalBody) -> None:
    sent(manager, panel, PaperKind.NOTIFICATION)
    stranger = world.a_user()

    for path in (reverse("oversight:desks"), reverse("oversight:desk", args=[panel.pk])):
        assert at_desk(stranger).get(path).status_code == 404
    with pytest.raises(Hidden):
        a_letter(stranger)


def test_a_place_ends_at_once_and_nobody_takes_one_for_themselves(
    administrator: User, panel: NationalBody, adviser: User
) -> None:
    by = world.actor(administrator)
    with pytest.raises(NotPermitted):
        give_place(by=by, desk=panel, user=administrator)

    end_place(by=by, member=selectors.places_of(panel).get())

    assert desks_of(world.actor(adviser)) == []


def test_a_successor_sees_what_its_predecessor_received_and_writes_for_itself(
    administrator: User, panel: NationalBody, adviser: User, manager: Access
) -> None:
    old = a_body(administrator, "The panel of experts", date(2013, 6, 1))
    sent(manager, old, PaperKind.NOTIFICATION)
    succeed(by=world.actor(administrator), body=old, successor=panel, ended_on=date(2018, 6, 28))

    assert desks_of(world.actor(adviser)) == [old, panel]
    with pytest.raises(Hidden):
        a_letter(adviser)


def test_a_line_of_bodies_never_loops(administrator: User, panel: NationalBody) -> None:
    old = a_body(administrator, "The panel of experts", date(2013, 6, 1))
    by = world.actor(administrator)
    succeed(by=by, body=old, successor=panel, ended_on=date(2018, 6, 28))

    for body, successor in ((panel, old), (panel, panel)):
        with pytest.raises(Invalid, match="succession_loops"):
            succeed(by=by, body=body, successor=successor, ended_on=date(2025, 1, 1))


# Pages


def test_the_desk_shows_lists_and_takes_a_letter(
    manager: Access, panel: NationalBody, adviser: User
) -> None:
    sent(manager, panel, PaperKind.NOTIFICATION)
    client, row = at_desk(adviser), Notified.objects.get()

    listed = client.get(reverse("oversight:desk", args=[panel.pk]), {"show": "all"})
    assert manager.case.reference in listed.content.decode()
    opened = client.get(reverse("oversight:notified", args=[panel.pk, row.pk]))
    assert "A child was found unresponsive at home." in opened.content.decode()
    answer = client.post(
        reverse("oversight:write", args=[panel.pk, row.pk]),
        {
            "submission": "0b6a0d6e-0c0e-4c43-9d5f-5f4b2f0d1a11",
            "outcome": "agrees",
            "text": "We agree.",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    assert Notified.objects.get().standing == "agreed"
    assert client.get(reverse("case", args=[manager.case.reference])).status_code == 404


def test_the_case_keeps_each_pack_as_it_went_and_hands_it_out_as_a_file(
    manager: Access, panel: NationalBody
) -> None:
    pack = sent(manager, panel, PaperKind.NOTIFICATION)
    browser, reference = world.a_browser(manager), manager.case.reference

    assert browser.get(reverse("oversight:packs", args=[reference])).status_code == 200
    assert browser.get(reverse("oversight:pack", args=[reference, pack.pk])).status_code == 200
    for ending, magic in (("pdf", b"%PDF"), ("docx", b"PK")):
        file = browser.get(reverse("oversight:pack_download", args=[reference, pack.pk, ending]))
        assert file.content.startswith(magic)
        assert "Fictional" not in file["Content-Disposition"]


def test_papers_are_sent_from_a_page_of_the_case(manager: Access, panel: NationalBody) -> None:
    browser, path = (
        world.a_browser(manager),
        reverse("oversight:send", args=[manager.case.reference]),
    )

    shown = browser.get(path).content.decode()
    assert "No decision on a review is in force yet." in shown
    answer = browser.post(
        path,
        {
            "submission": "0b6a0d6e-0c0e-4c43-9d5f-5f4b2f0d1a12",
            "body": str(panel.pk),
            "kind": "notification",
        },
    )

    assert answer.status_code == 302, answer.content.decode()
    assert PackSent.objects.get().case == manager.case
