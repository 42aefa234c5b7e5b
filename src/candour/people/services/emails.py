"""A person's e-mail address, with which they sign in: changed when the new one is shown to work."""

from django.db import transaction
from django.urls import reverse

from candour.audit.services import record
from candour.kernel.actor import Actor
from candour.kernel.errors import Invalid, NotPermitted, WrongState
from candour.people.models import EmailChange, User
from candour.people.policies import may_change_account
from candour.people.roles import LinkPurpose
from candour.people.services.accounts import end_sessions
from candour.people.services.invite import checked_email
from candour.people.services.links import find_link, make_link, revoke_links, use_link
from candour.platform.config import config
from candour.platform.mail import queue

_DAYS = 1
_SUBJECT = "Your e-mail address in Candour"
_TO_THE_NEW = """Somebody who is signed in to Candour says that this is their e-mail address.
If it was you, sign in there and open:

{address}

It works once and for a day. If it was not you, do nothing.
"""
_TO_THE_OLD = """The e-mail address with which you sign in to Candour is being changed.
If it was not you, tell an administrator of your partnership at once.
"""
_CHANGED = """The e-mail address with which you signed in to Candour has been changed.
If you did not expect it, tell an administrator of your partnership at once.
"""


@transaction.atomic
def ask_new_email(*, by: Actor, email: str) -> EmailChange:
    """Mail a link to the new address, and word to the old one; nothing is changed yet.

    WrongState where no mail server is configured: an administrator changes it then.
    """
    if not config().smtp_url:
        raise WrongState(
            "no_mail_server",
            "This installation has no mail server, so a new address cannot be tried. Ask an "
            "administrator to change it.",
        )
    user = User.objects.select_for_update().get(pk=by.id)
    new = checked_email(email)
    revoke_links(by=by, purpose=LinkPurpose.NEW_EMAIL, subject=by.id)
    made = make_link(by=by, purpose=LinkPurpose.NEW_EMAIL, subject=by.id, days=_DAYS)
    change = EmailChange.objects.create(user=user, email=new, link=made.link)
    address = config().workspace_url.rstrip("/") + reverse("email_confirm", args=[made.token])
    queue(new, _SUBJECT, _TO_THE_NEW.format(address=address), by=by)
    queue(user.email, _SUBJECT, _TO_THE_OLD, by=by)
    record("people.email_change_asked", by=by, subject=by.id)
    return change


@transaction.atomic
def confirm_new_email(*, by: Actor, token: str) -> User:
    """The link came to the new address: it is theirs from now; other sessions go on.

    NotPermitted for a dead link, or one that was made for somebody else.
    """
    link = find_link(token=token, purpose=LinkPurpose.NEW_EMAIL)
    change = EmailChange.objects.filter(link=link, user_id=by.id).first()
    if change is None:
        raise NotPermitted("link_dead", "This link was not made for you.")
    new = checked_email(change.email)
    use_link(by=by, link=link)
    return _change(by, User.objects.select_for_update().get(pk=by.id), new)


@transaction.atomic
def change_email_for(*, by: Actor, user: User, email: str) -> User:
    """An administrator changes somebody's address; they are signed out everywhere.

    Password and authenticator app stay theirs: with the new address alone nobody gets in.
    """
    may_change_account(by, user).require()
    new = checked_email(email)
    locked = User.objects.select_for_update().get(pk=user.pk)
    changed = _change(by, locked, new)
    end_sessions(by=by, user=changed)
    return changed


def _change(by: Actor, user: User, new: str) -> User:
    old = user.email
    if not old:
        raise Invalid("email_missing", "This account has no address to change.", "email")
    user.email = new
    user.save(update_fields=["email"])
    queue(old, _SUBJECT, _CHANGED, by=by)
    record("people.email_changed", by=by, subject=str(user.pk))
    return user
