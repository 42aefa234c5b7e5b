"""Alerts: asked for twice, sealed, stopped with one button, and silent about what was searched."""

import re
from datetime import timedelta
from unittest.mock import Mock
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.test import Client
from tests.integration.archive.deposited import body, paragraphs_of, record

from candour.archive.alert_sending import send_due_alerts
from candour.archive.deposits import deposit
from candour.archive.indexing import index_pending
from candour.archive.models import Alert
from candour.kernel import clock
from candour.kernel.actor import SYSTEM
from candour.platform.keys import open_with_service
from candour.platform.mail import queue, send
from candour.platform.models import Mail

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

ADDRESS = "reader@example.org"


@pytest.fixture(autouse=True)
def ready() -> None:
    deposit(record())
    index_pending()
    send_due_alerts()


def ask(visitor: Client, address: str = ADDRESS, search: str = "q=orchard") -> int:
    return visitor.post("/alerts", {"email": address, "search": search}).status_code


def mails() -> list[str]:
    return [
        f"{sent.to} {sent.subject} {open_with_service(bytes(sent.text_sealed)).decode()}"
        for sent in Mail.objects.order_by("queued_at")
    ]


def publish(words: str, deposit_id: str) -> None:
    parts = paragraphs_of(words)
    deposit(record(deposit_id, paragraphs=parts, html=body(parts)))
    index_pending()


def test_nothing_is_sent_but_an_invitation_until_it_is_confirmed(visitor: Client) -> None:
    assert ask(visitor) == 200
    assert send_due_alerts() == 1
    (invitation,) = mails()
    page = re.search(r"/alerts/\S+", invitation)
    assert page and invitation.startswith(ADDRESS) and "orchard" not in invitation
    publish("An orchard.", "d-2")
    assert send_due_alerts() == 0

    assert visitor.get(page[0]).status_code == 200
    assert Alert.objects.get().confirmed_at is None, "opening the link confirms nothing"
    assert visitor.post(page[0], {"act": "confirm"}).status_code == 200
    assert send_due_alerts() == 1
    assert "1 paragraph is new" in mails()[-1] and "orchard" not in mails()[-1]
    assert send_due_alerts() == 0, "told once"
    publish("No fruit here.", "d-3")
    assert send_due_alerts() == 0, "what does not meet the search is not told"


def test_the_archive_cannot_read_the_address_and_one_button_forgets_it(visitor: Client) -> None:
    ask(visitor)
    alert = Alert.objects.get()
    assert ADDRESS.encode() not in bytes(alert.address_sealed)
    assert ADDRESS not in visitor.get(f"/alerts/{alert.token}").content.decode()
    assert visitor.post(f"/alerts/{alert.token}", {"act": "stop"}).status_code == 200
    assert not Alert.objects.exists()
    assert visitor.get(f"/alerts/{alert.token}").status_code == 404


def test_a_mail_program_stops_an_alert_with_one_post_and_by_opening_nothing(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "candour.archive.alert_sending.config", lambda: Mock(archive_url="https://a.example")
    )
    monkeypatch.setattr("candour.platform.mail.mail_server", mail.get_connection)
    ask(visitor)
    send_due_alerts()
    send(Mail.objects.get().pk)
    headers = mail.outbox[-1].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (address,) = re.findall("<(.+)>", headers["List-Unsubscribe"])
    assert address.encode() not in bytes(Mail.objects.get().stop_sealed), "it is sealed"
    path = urlsplit(address).path

    looked = visitor.get(path)
    assert looked.status_code == 302 and visitor.get(looked["Location"]).status_code == 200
    assert Alert.objects.exists(), "a program that opens every link stops nothing"
    stopped = visitor.post(path, {"List-Unsubscribe": "One-Click"})
    assert stopped.status_code == 200 and "Set-Cookie" not in stopped.headers
    assert not Alert.objects.exists()
    assert visitor.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert visitor.get(path).status_code == 404


def test_a_message_with_nothing_to_stop_offers_no_stopping(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("candour.platform.mail.mail_server", mail.get_connection)
    send(queue("a@example.org", "Subject", "Text", by=SYSTEM).pk)
    assert "List-Unsubscribe" not in mail.outbox[-1].message()


def test_what_is_not_confirmed_is_forgotten_after_two_days(visitor: Client) -> None:
    ask(visitor)
    with time_machine.travel(clock.now() + timedelta(hours=49), tick=False):
        send_due_alerts()
    assert not Alert.objects.exists()


@pytest.mark.parametrize(
    ("address", "search"),
    [("reader", "q=orchard"), ("a@b", "q=x"), (ADDRESS, "q=("), (ADDRESS, ""), ("a" * 300, "q=x")],
)
def test_no_address_or_no_search_is_refused_and_what_was_typed_is_kept(
    visitor: Client, address: str, search: str
) -> None:
    answer = visitor.post("/alerts", {"email": address, "search": search})
    assert answer.status_code == 422
    assert not Alert.objects.exists()


def test_too_many_that_wait_are_refused(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("candour.archive.alerts._MOST_WAITING", 1)
    assert [ask(visitor), ask(visitor)] == [200, 422]


def test_the_form_says_what_is_kept_and_only_alerts_take_a_form(visitor: Client) -> None:
    page = visitor.get("/alerts?q=orchard").content.decode()
    assert "your address sealed" in page and 'value="q=orchard"' in page
    assert "First search for something" in visitor.get("/alerts").content.decode()
    assert visitor.post("/search", {"q": "x"}).status_code == 405
    assert visitor.put("/alerts").status_code == 405
