"""A message carries a reference and a link, goes out once, and waits where there is no server."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail as outgoing
from django.core.mail import get_connection, send_mail
from django.db import transaction
from tests import world

from candour.kernel import clock
from candour.kernel.actor import SYSTEM
from candour.platform import mail, worker
from candour.platform.config import config
from candour.platform.jobs import forget_done_jobs
from candour.platform.mail import (
    hold_mail,
    let_mail_go,
    mark_read,
    not_sent,
    notifications_of,
    notify,
)
from candour.platform.models import Job, Mail
from candour.platform.worker import run_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A mail server that keeps what it is given in `outgoing.outbox`."""
    monkeypatch.setattr(config(), "smtp_url", "smtp://mail.example:25")
    monkeypatch.setattr(
        mail,
        "mail_server",
        lambda: get_connection("django.core.mail.backends.locmem.EmailBackend"),
    )
    yield


def tell(user: object = None) -> object:
    return notify(user or world.a_user(), "CR-7KQ2-MW9F", "/cases/CR-7KQ2-MW9F/", by=SYSTEM)


def test_a_message_holds_marking_reference_and_link_and_nothing_else(server: None) -> None:
    tell()
    run_due()
    (message,) = outgoing.outbox
    assert message.subject == "OFFICIAL-SENSITIVE: CR-7KQ2-MW9F"
    assert message.body.startswith("OFFICIAL-SENSITIVE")
    assert "http://localhost:8001/cases/CR-7KQ2-MW9F/" in message.body
    assert message.attachments == []


@pytest.mark.parametrize(
    ("reference", "path"),
    [
        ("Rowan Smith", "/x"),
        ("CR-1", "https://elsewhere.example/"),
        ("CR-1", "//elsewhere.example/"),
    ],
)
def test_prose_and_foreign_links_cannot_be_sent(reference: str, path: str) -> None:
    with pytest.raises(ValueError):
        notify(world.a_user(), reference, path, by=SYSTEM)


def test_without_a_mail_server_it_stands_in_the_list_and_administrators_see_it_waits() -> None:
    user = world.a_user()
    tell(user)
    assert not Job.objects.exists()
    assert notifications_of(user.pk).get().subject_reference == "CR-7KQ2-MW9F"
    assert not_sent().get().to == user.email


def test_a_person_marks_only_their_own_messages_read() -> None:
    one, other = world.a_user(), world.a_user()
    line = tell(one)
    mark_read(other.pk, line.pk)
    assert notifications_of(one.pk).get().read_at is None
    mark_read(one.pk, line.pk)
    assert notifications_of(one.pk).get().read_at is not None


def test_a_message_sent_again_after_a_crash_has_the_same_message_id(server: None) -> None:
    tell()
    queued = Mail.objects.get()
    mail.send(queued.pk)
    Mail.objects.update(sent_at=None)
    mail.send(queued.pk)
    first, second = (message.extra_headers["Message-ID"] for message in outgoing.outbox)
    assert first == second


def test_a_message_that_went_out_is_not_sent_again(server: None) -> None:
    tell()
    run_due()
    mail.send(Mail.objects.get().pk)
    assert len(outgoing.outbox) == 1


def test_a_mail_server_that_is_down_stops_no_request_and_the_message_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(config(), "smtp_url", "smtp://127.0.0.1:1")
    tell()
    run_due()
    job = Job.objects.get()
    assert (job.last_error, job.done_at, job.failed_at) == ("ConnectionRefusedError", None, None)
    assert not_sent().count() == 1


def test_held_mail_waits_until_it_is_let_go(server: None) -> None:
    hold_mail()
    tell()
    run_due()
    assert outgoing.outbox == []
    let_mail_go()
    run_due()
    assert len(outgoing.outbox) == 1


def test_django_s_own_mail_goes_through_the_outbox_sealed(server: None, settings: object) -> None:
    settings.EMAIL_BACKEND = "candour.platform.mail.OutboxBackend"
    send_mail("Set your password", "https://secret-link", None, ["a@example.org"])
    assert outgoing.outbox == []
    assert b"secret-link" not in bytes(Mail.objects.get().text_sealed)
    run_due()
    assert outgoing.outbox[0].body == "https://secret-link"


def test_a_rolled_back_act_tells_nobody(server: None) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        tell()
        raise RuntimeError
    run_due()
    assert (outgoing.outbox, Mail.objects.count()) == ([], 0)


def test_jobs_done_long_ago_are_forgotten_but_not_keys_asked_for_once() -> None:
    before = clock.now() - timedelta(days=40)
    Job.objects.create(kind="a.b", requester=SYSTEM.reference, done_at=before)
    Job.objects.create(kind="a.b", requester=SYSTEM.reference, done_at=before, unique_key="k")
    Job.objects.create(kind="a.b", requester=SYSTEM.reference, failed_at=before)
    forget_done_jobs()
    assert set(Job.objects.values_list("unique_key", "failed_at")) == {("k", None), (None, before)}
    assert worker.given_up().count() == 1
