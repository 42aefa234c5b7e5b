"""One-use links: made, opened, used, revoked. Only hashes are kept of what opens them."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F

from candour.audit.services import record
from candour.kernel import clock
from candour.kernel.actor import Actor, ActorKind
from candour.kernel.errors import NotPermitted
from candour.kernel.references import new_reference
from candour.people.models import OneUseLink
from candour.people.roles import LinkPurpose
from candour.people.selectors import links_in_force

DAYS = 14

_DEAD = (
    "This link cannot be used: it has been used already, has run out or was withdrawn. "
    "Ask the person who sent it for a new one."
)
_WRONG_CODE = (
    "That is not the code for this link. Check the code you were given and try again. "
    "After five wrong codes the link stops working."
)


@dataclass(frozen=True)
class MadeLink:
    """A new link with what opens it. Token and code are shown now and never again."""

    link: OneUseLink
    token: str
    code: str


def link_actor(link: OneUseLink) -> Actor:
    """The holder of a link, as the one who acts."""
    return Actor(id=str(link.pk), kind=ActorKind.LINK)


@transaction.atomic
def make_link(
    *,
    by: Actor,
    purpose: LinkPurpose,
    subject: str,
    case_id: uuid.UUID | None = None,
    days: int = DAYS,
    expires_at: datetime | None = None,
    code_channel: str = "",
) -> MadeLink:
    """Make a link; with a `code_channel` ("telephone") also a code to be given that other way.

    The caller decides whether `by` may; a link lives `days` days unless `expires_at` says when.
    """
    token = secrets.token_urlsafe(32)
    code = new_reference("C").removeprefix("C-") if code_channel else ""
    link = OneUseLink.objects.create(
        purpose=purpose.value,
        subject=subject,
        case_id=case_id,
        token_hash=_hash(token),
        code_hash=make_password(code) if code else "",
        code_channel=code_channel,
        made_at=clock.now(),
        expires_at=expires_at or clock.now() + timedelta(days=days),
    )
    _record("people.link_made", by, link)
    return MadeLink(link, token, code)


def find_link(*, token: str, purpose: LinkPurpose | None = None) -> OneUseLink:
    """The living link this token belongs to, before any code; NotPermitted if there is none."""
    links = links_in_force().filter(token_hash=_hash(token))
    link = (links.filter(purpose=purpose.value) if purpose else links).first()
    if link is None:
        raise NotPermitted("link_dead", _DEAD)
    return link


def open_link(*, token: str, code: str = "") -> OneUseLink:
    """The link, if token and code both fit; it stays open until it is used, revoked or runs out.

    NotPermitted for a dead link or a wrong code; the fifth wrong code kills the link. Must not be
    called inside a transaction: a wrong code has to be counted although the request fails.
    """
    link = find_link(token=token)
    if not link.code_hash or check_password(_as_read_aloud(code), link.code_hash):
        return link
    count_wrong(link)
    raise NotPermitted("link_wrong_code", _WRONG_CODE)


def count_wrong(link: OneUseLink) -> None:
    """One more wrong answer from the holder of a link; committed whatever happens next."""
    with transaction.atomic(durable=True):
        OneUseLink.objects.filter(pk=link.pk).update(attempts=F("attempts") + 1)


@transaction.atomic
def use_link(*, by: Actor, link: OneUseLink) -> OneUseLink:
    """Use it up; NotPermitted when somebody was faster. Other links for the same end die too."""
    locked = links_in_force().select_for_update().filter(pk=link.pk).first()
    if locked is None:
        raise NotPermitted("link_dead", _DEAD)
    locked.used_at = clock.now()
    locked.save(update_fields=["used_at"])
    _record("people.link_used", by, locked)
    if locked.purpose != LinkPurpose.CONTRIBUTION:
        revoke_links(by=by, purpose=LinkPurpose(locked.purpose), subject=locked.subject)
    return locked


@transaction.atomic
def revoke_links(*, by: Actor, purpose: LinkPurpose, subject: str) -> int:
    """Withdraw every living link of this purpose and subject; how many there were."""
    links = list(
        links_in_force().select_for_update().filter(purpose=purpose.value, subject=subject)
    )
    for link in links:
        link.revoked_at = clock.now()
        link.save(update_fields=["revoked_at"])
        _record("people.link_revoked", by, link)
    return len(links)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _as_read_aloud(code: str) -> str:
    letters = "".join(code.split()).replace("-", "").upper()
    return f"{letters[:4]}-{letters[4:]}"


def _record(name: str, by: Actor, link: OneUseLink) -> None:
    record(name, by=by, case_id=link.case_id, subject=str(link.pk), purpose=link.purpose)
