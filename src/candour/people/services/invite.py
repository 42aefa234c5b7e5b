"""Inviting people: an account begins with a link that is shown once and used once."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from candour.audit.services import record
from candour.kernel.actor import SYSTEM, Actor
from candour.kernel.errors import Invalid, WrongState
from candour.people.models import Partnership, User
from candour.people.policies import may_administer, may_change_account
from candour.people.roles import LinkPurpose, Role
from candour.people.selectors import appointments_in_force
from candour.people.services.appoint import appoint
from candour.people.services.links import make_link, revoke_links
from candour.platform.config import config
from candour.platform.mail import queue

INVITATION_DAYS = 7
NEW_PASSWORD_DAYS = 1

_SUBJECT = "Your link to Candour"
_TEXT = """Somebody made a link with which you can sign in to Candour or set your password:

{address}

It works once and for a short time only. If you did not expect it, do nothing and tell the
business unit of your safeguarding partnership.
"""


@dataclass(frozen=True)
class Invited:
    """A person, and the address to hand over to them. It is shown now and never again."""

    user: User
    address: str


@transaction.atomic
def invite(
    *, by: Actor, email: str, name: str, job_title: str = "", telephone: str = ""
) -> Invited:
    """Make an account without a password and the link with which its owner takes it over.

    The link lives for seven days. Invalid for a missing name, or an address that is no address
    or has an account already.
    """
    may_administer(by).require()
    email = checked_email(email)
    if not name.strip():
        raise Invalid("name_missing", "Enter the person's name.", "name")
    user = User.objects.create_user(email=email, name=name.strip())
    user.job_title, user.telephone = job_title.strip(), telephone.strip()
    user.save(update_fields=["job_title", "telephone"])
    record("people.invited", by=by, subject=str(user.pk))
    return _invitation(by, user)


@transaction.atomic
def renew_invitation(*, by: Actor, user: User) -> Invited:
    """A new link for somebody who has not taken over their account; the old one dies."""
    may_change_account(by, user).require()
    if user.joined_at:
        raise WrongState("joined", "This person has already joined. Make a new password link.")
    return _invitation(by, user)


@transaction.atomic
def new_password_link(*, by: Actor, user: User) -> Invited:
    """A link, good for one day, with which the person sets a new password.

    It does not replace the second factor: whoever made the link cannot sign in with it.
    """
    may_change_account(by, user).require()
    if not user.is_active or not user.joined_at:
        raise WrongState("not_joined", "This person has not joined yet. Invite them again.")
    return password_link(by=by, user=user)


@transaction.atomic
def first_administrator_link(
    *, email: str, name: str, partnership: Partnership, another: bool = False
) -> Invited:
    """The account of the first administrator, made at set-up; asked again before they have
    joined, a new link. WrongState once an administrator has joined.

    With `another` whoever runs the installation adds one more, as the second person without whom
    no administrator can be appointed from inside.
    """
    administrators = appointments_in_force(partnership).filter(role=Role.ADMINISTRATOR.value)
    if not another and any(one.user.joined_at for one in administrators):
        raise WrongState(
            "administrator_joined",
            f"{partnership.name} has an administrator already; ask them to invite you.",
        )
    waiting = administrators.filter(user__email__iexact=email.strip()).first()
    if waiting:
        return renew_invitation(by=SYSTEM, user=waiting.user)
    invited = invite(by=SYSTEM, email=email, name=name)
    appoint(by=SYSTEM, user=invited.user, partnership=partnership, role=Role.ADMINISTRATOR)
    return invited


def password_link(*, by: Actor, user: User) -> Invited:
    """A fresh link for a new password, whoever asked for it; earlier ones die."""
    return personal_link(by, user, LinkPurpose.NEW_PASSWORD, NEW_PASSWORD_DAYS)


def personal_link(by: Actor, user: User, purpose: LinkPurpose, days: int) -> Invited:
    """A fresh link of this purpose for this person; earlier ones die."""
    revoke_links(by=by, purpose=purpose, subject=str(user.pk))
    made = make_link(by=by, purpose=purpose, subject=str(user.pk), days=days)
    return Invited(user, link_address(made.token))


def mail_link(*, by: Actor, invited: Invited) -> None:
    """Mail a personal link to its owner where a mail server is configured.

    Without one nothing is queued: the link is handed over by whoever made it.
    """
    if config().smtp_url:
        queue(invited.user.email, _SUBJECT, _TEXT.format(address=invited.address), by=by)


def _invitation(by: Actor, user: User) -> Invited:
    invited = personal_link(by, user, LinkPurpose.INVITATION, INVITATION_DAYS)
    mail_link(by=by, invited=invited)
    return invited


def link_address(token: str) -> str:
    """The whole address of a personal link."""
    return config().workspace_url.rstrip("/") + reverse("personal_link", args=[token])


def checked_email(email: str) -> str:
    """The address in its one form; Invalid where it is none, or is somebody's already."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid(
            "email_invalid", "Enter an e-mail address like name@example.gov.uk.", "email"
        ) from error
    if User.objects.filter(email__iexact=email).exists():
        raise Invalid(
            "already_invited",
            "Somebody with this e-mail address has an account. Find them in the list of people.",
            "email",
        )
    return email
