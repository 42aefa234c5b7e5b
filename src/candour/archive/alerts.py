"""Asking to be told what is new, confirming it, and stopping it.

The public site writes an address down sealed, and can read none.
"""

import re

import pyrage
from django.db import transaction
from django.http import QueryDict

from candour.archive import publication_log
from candour.archive.asked import Asked
from candour.archive.finding import understood
from candour.archive.models import Alert, AlertKey
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, WrongState
from candour.platform.databases import ARCHIVE

_ADDRESS = re.compile(r"[^@\s]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_LONGEST = 254
_MOST_WAITING = 500


def ask(address: str, query: str) -> Alert:
    """Write down, sealed, that somebody wishes to be told; nothing is sent before they confirm.

    Raises:
        Invalid: when the address is none, or the search could not be repeated.
        WrongState: when alerts are not set up here, or too many wait to be confirmed.
    """
    if len(address) > _LONGEST or not _ADDRESS.fullmatch(address):
        raise Invalid(
            "no_address", "Enter an email address in full, like name@example.org.", field="email"
        )
    understood(asked_by(query))
    key = AlertKey.objects.first()
    waiting = Alert.objects.filter(confirmed_at=None).count()
    if key is None or waiting >= _MOST_WAITING:
        raise WrongState(
            "alerts_not_ready",
            "Alerts by email cannot be taken at the moment. Try again tomorrow, or follow the "
            "search as an Atom feed.",
        )
    sealed = pyrage.encrypt(address.encode(), [pyrage.x25519.Recipient.from_str(key.recipient)])
    with transaction.atomic(using=ARCHIVE):
        last = publication_log.last_sequence()
        return Alert.objects.create(address_sealed=bytes(sealed), query=query, seen_up_to=last)


def alert(token: str) -> Alert:
    """The alert that this token is for.

    Raises:
        Hidden: when there is none, or there is none any more.
    """
    found = Alert.objects.filter(token=token).first()
    if found is None:
        raise Hidden()
    return found


def confirm(token: str) -> Alert:
    """Begin to tell. Confirming twice changes nothing.

    Raises:
        Hidden: when there is no such alert.
    """
    with transaction.atomic(using=ARCHIVE):
        found = alert(token)
        if found.confirmed_at is None:
            Alert.objects.filter(pk=found.pk).update(confirmed_at=clock.now())
            found.refresh_from_db()
    return found


def stop(token: str) -> None:
    """Stop and forget; an alert that is gone already is no fault."""
    Alert.objects.filter(token=token).delete()


def asked_by(query: str) -> Asked:
    """The search that an alert keeps."""
    return Asked.from_query(QueryDict(query))
