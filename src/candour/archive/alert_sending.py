"""Telling people what is new, by e-mail, once they confirmed that they asked for it.

Only the worker does this: it holds the key that opens an address. A message names no search; it
leads to a page that does.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from candour.archive import publication_log
from candour.archive.alerts import asked_by
from candour.archive.finding import SearchNotReady, count_in
from candour.archive.models import Alert, AlertKey, PublicationLog
from candour.engines.search.query import QueryRefused
from candour.kernel import clock
from candour.kernel.actor import SYSTEM
from candour.kernel.errors import Hidden
from candour.platform.config import config
from candour.platform.databases import ARCHIVE
from candour.platform.keys import open_with_service, service_recipient
from candour.platform.mail import queue

_KEPT_UNCONFIRMED = timedelta(hours=48)
_INVITATION = """Somebody, probably you, asked the archive of serious case reviews to send an
email when something new meets a search.

Confirm it here; otherwise nothing is sent and this request is forgotten after 48 hours:
{address}

If it was not you, do nothing.
"""
_NEWS = """{count} new in the archive of serious case reviews for a search that you asked to be
told about. Read them here, or stop these messages with one button on the same page:
{address}
"""


def send_due_alerts() -> int:
    """Invite, tell and forget; return how many messages were written. Called by the worker."""
    _offer_key()
    Alert.objects.filter(confirmed_at=None, asked_at__lt=clock.now() - _KEPT_UNCONFIRMED).delete()
    return _invite() + _tell()


def new_records(found: Alert) -> set[str]:
    """Reviews of which the archive has something since its owner was last told."""
    lines = PublicationLog.objects.filter(sequence__gt=found.seen_up_to)
    return set(
        lines.filter(operation=PublicationLog.Operation.DEPOSITED).values_list(
            "record_id", flat=True
        )
    )


def _offer_key() -> None:
    recipient = str(service_recipient())
    if not AlertKey.objects.filter(recipient=recipient).exists():
        with transaction.atomic(using=ARCHIVE):
            AlertKey.objects.all().delete()
            AlertKey.objects.create(recipient=recipient)


def _invite() -> int:
    waiting = list(Alert.objects.filter(invited_at=None, confirmed_at=None))
    for found in waiting:
        text = _INVITATION.format(address=_page(found))
        subject = "Confirm your alert: case review archive"
        queue(_address(found), subject, text, by=SYSTEM, stop_at=_stop(found))
        Alert.objects.filter(pk=found.pk).update(invited_at=clock.now())
    return len(waiting)


def _tell() -> int:
    told, last = 0, publication_log.last_sequence()
    for found in Alert.objects.exclude(confirmed_at=None).filter(seen_up_to__lt=last):
        try:
            count = _new(found, new_records(found))
        except SearchNotReady:
            continue
        except (QueryRefused, Hidden):
            count = 0
        if count:
            words = "1 paragraph is" if count == 1 else f"{count} paragraphs are"
            text = _NEWS.format(count=words, address=_page(found))
            subject = "New in the case review archive"
            queue(_address(found), subject, text, by=SYSTEM, stop_at=_stop(found))
            told += 1
        Alert.objects.filter(pk=found.pk).update(seen_up_to=last)
    return told


def _new(found: Alert, records: Iterable[str]) -> int:
    return sum(count_in(asked_by(found.query), record) for record in records)


def _address(found: Alert) -> str:
    return open_with_service(bytes(found.address_sealed)).decode()


def _stop(found: Alert) -> str:
    return f"{_page(found)}/stop"


def _page(found: Alert) -> str:
    return f"{config().archive_url.rstrip('/')}/alerts/{found.token}"
