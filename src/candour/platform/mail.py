"""Telling people that something waits for them: never what it is.

A message carries the marking, a reference and a link. It stands in the person's list inside
Candour in any case; with a mail server configured it also goes out by mail, through the outbox.
"""

import uuid
from collections.abc import Sequence
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet

from candour.kernel import clock
from candour.kernel.actor import SYSTEM, Actor
from candour.platform.acting import present_actor
from candour.platform.config import config
from candour.platform.keys import open_with_service, seal_to_service
from candour.platform.models import Mail, Marker, Notification
from candour.platform.outbox import enqueue

MARKING = "OFFICIAL-SENSITIVE"
SEND_MAIL = "platform.send_mail"
MAIL_HELD = "mail_held"

_TEXT = """{marking}

Something in Candour waits for you: {reference}

Sign in to see it:
{address}

This message holds nothing of the case, by design. Please do not write about the case in a reply.
"""


class Recipient(Protocol):
    """A person with an account."""

    pk: uuid.UUID
    email: str


@transaction.atomic
def notify(
    user: Recipient, subject_reference: str, path: str, *, by: Actor, by_mail: bool = True
) -> Notification:
    """Tell a person, in the caller's transaction, that `path` waits for them.

    Without `by_mail` it stands in their list inside Candour alone.

    `subject_reference` is an opaque reference such as `CR-7KQ2-MW9F`; ValueError for anything
    with white space, which could be a name, and for a path that leaves this site.
    """
    if any(character.isspace() for character in subject_reference):
        raise ValueError("a subject reference holds no white space")
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError("a notification leads to a page of this site")
    if by_mail:
        text = _TEXT.format(
            marking=MARKING, reference=subject_reference, address=config().workspace_url + path
        )
        queue(user.email, f"{MARKING}: {subject_reference}", text, by=by)
    return Notification.objects.create(
        recipient_id=user.pk, subject_reference=subject_reference, path=path, sent_at=clock.now()
    )


@transaction.atomic
def queue(to: str, subject: str, text: str, *, by: Actor, stop_at: str = "") -> Mail:
    """Keep a message, sealed; it is sent by the worker where a mail server is configured.

    `stop_at` is the address that stops such messages when a mail program posts to it.
    """
    mail = Mail.objects.create(
        to=to,
        subject=subject,
        text_sealed=seal_to_service(text.encode()),
        stop_sealed=seal_to_service(stop_at.encode()) if stop_at else b"",
        queued_at=clock.now(),
    )
    if config().smtp_url:
        enqueue(SEND_MAIL, by=by, unique_key=f"mail:{mail.pk}", message=str(mail.pk))
    return mail


def send(mail_id: uuid.UUID) -> None:
    """Send one message; its Message-ID stays the same should it have to be sent again."""
    mail = Mail.objects.select_for_update().get(pk=mail_id)
    if mail.sent_at:
        return
    domain = config().mail_from.rpartition("@")[2]
    EmailMessage(
        subject=mail.subject,
        body=open_with_service(bytes(mail.text_sealed)).decode(),
        from_email=config().mail_from,
        to=[mail.to],
        headers={"Message-ID": f"<{mail.pk}@{domain}>", **_stopping(mail)},
        connection=mail_server(),
    ).send()
    mail.sent_at = clock.now()
    mail.save(update_fields=["sent_at"])


def _stopping(mail: Mail) -> dict[str, str]:
    """The headers by which a mail program offers to stop such messages with one press (RFC 8058).

    The press itself is promised over https alone, as the standard asks.
    """
    if not mail.stop_sealed:
        return {}
    address = open_with_service(bytes(mail.stop_sealed)).decode()
    headers = {"List-Unsubscribe": f"<{address}>"}
    if address.startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def mail_server() -> BaseEmailBackend:
    """The configured mail server; TLS is on unless it is on this machine."""
    parts = urlsplit(config().smtp_url)
    host = parts.hostname or "localhost"
    connection: BaseEmailBackend = get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        host=host,
        port=parts.port or 25,
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=host not in ("localhost", "127.0.0.1", "::1"),
        timeout=20,
    )
    return connection


def notifications_of(user_id: uuid.UUID) -> QuerySet[Notification]:
    """A person's list, newest first."""
    return Notification.objects.filter(recipient_id=user_id)


def mark_read(user_id: uuid.UUID, notification_id: uuid.UUID) -> None:
    """Take a line off a person's list of unread messages; only their own."""
    notifications_of(user_id).filter(pk=notification_id, read_at__isnull=True).update(
        read_at=clock.now()
    )


def mark_all_read(user_id: uuid.UUID) -> None:
    """Take everything off a person's list of unread messages."""
    notifications_of(user_id).filter(read_at__isnull=True).update(read_at=clock.now())


def not_sent() -> QuerySet[Mail]:
    """Messages that have not gone out: no mail server, held after a restore, or failing."""
    return Mail.objects.filter(sent_at__isnull=True)


def mail_is_held() -> bool:
    """Is mail held because this installation was restored from a backup and not confirmed?"""
    return Marker.objects.filter(name=MAIL_HELD).exists()


def hold_mail() -> None:
    """Hold all mail; a restored copy must not write to people before somebody says so."""
    Marker.objects.update_or_create(name=MAIL_HELD, defaults={"at": clock.now()})


def let_mail_go() -> None:
    """Send held mail from now on."""
    Marker.objects.filter(name=MAIL_HELD).delete()


class OutboxBackend(BaseEmailBackend):
    """Django's own mail (a password reset) takes the same way as everything else."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for recipient in message.recipients():
                queue(
                    recipient, str(message.subject), str(message.body), by=present_actor() or SYSTEM
                )
        return len(email_messages)
